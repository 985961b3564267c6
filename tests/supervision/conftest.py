"""A unit that attained level 2, and one that was drawn for verification, each made once."""

import pytest

import snapshots
from supervision.verifying import Verifying, attained, drawn


@pytest.fixture
def announced(db: None) -> Verifying:
    return snapshots.laid(attained)


@pytest.fixture
def owed(db: None) -> Verifying:
    return snapshots.laid(drawn)
