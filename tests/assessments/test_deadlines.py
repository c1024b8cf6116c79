"""How pages tell when a round closes: one wording, and never "Closed" before it is."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from assessments.templatetags.deadlines import deadline


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (35, "Closes at the end of {}, in 35 days"),
        (1, "Closes at the end of {}, tomorrow"),
        (0, "Closes at the end of {}, today"),
        (-1, "Closed at the end of {}"),
    ],
)
def test_a_closing_day_in_words(days: int, words: str) -> None:
    day = timezone.localdate() + datetime.timedelta(days=days)
    assert deadline(day) == words.format(date_format(day, "j F Y"))
