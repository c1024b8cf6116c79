"""What the tests of sharing begin with."""

import pytest

from tests.sharing.making import make_reference


@pytest.fixture
def reference(db: None) -> None:
    """Three sets of information and two steps of the year."""
    make_reference()
