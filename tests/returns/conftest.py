"""The forest form of the commune; pages as one of the cast sees them."""

from __future__ import annotations

import pytest

from tests.commune import Commune
from tests.issues.conftest import evening as evening
from tests.issues.conftest import sign_in as sign_in
from tests.returns.acting import Forest


@pytest.fixture
def forest(commune: Commune) -> Forest:
    return Forest(commune)
