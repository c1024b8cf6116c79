"""How long ago a day was, in words."""

import datetime

import pytest
from django.utils import timezone

from govuk.moments import overdue


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, ""),
        (0, ""),
        (1, "1 day overdue"),
        (6, "6 days overdue"),
        (7, "1 week overdue"),
        (22, "3 weeks overdue"),
        (60, "8 weeks overdue"),
        (61, "2 months overdue"),
        (365, "12 months overdue"),
        (729, "23 months overdue"),
        (730, "2 years overdue"),
        (1500, "4 years overdue"),
    ],
)
def test_overdue_in_words(days: int, words: str) -> None:
    assert overdue(timezone.localdate() - datetime.timedelta(days=days)) == words
