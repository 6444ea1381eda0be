"""The settings of a release that does not exist yet: one room more."""

from chibo.settings import *  # noqa: F403
from chibo.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.platform.next_release"]
