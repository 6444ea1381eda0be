"""Real installations, as the tests of the platform make them."""

from tests.platform.conftest import template as template
