"""What the tests of reviews share."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, Submission
from tests.people import Cast, Places
from tests.reviews import reviewing


@pytest.fixture
def sent(assessment: Assessment, cast: Cast) -> Submission:
    """What Amber Valley submitted."""
    return reviewing.submitted(assessment, cast)


@pytest.fixture
def second(places: Places, cast: Cast) -> User:
    """Another reviewer of the East Midlands."""
    return reviewing.second_reviewer(places.east_midlands)


@pytest.fixture
def office(cast: Cast, sign_in: Callable[[User | None], Client]) -> Client:
    """The browser of the region's reviewer."""
    return sign_in(cast.reviewer)
