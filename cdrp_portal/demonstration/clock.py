"""Another moment than now, for what happened before the first run."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone


@contextmanager
def as_of(moment: datetime.datetime) -> Iterator[None]:
    """Let services believe that it is this moment for as long as the block runs.

    The audit trail takes its dates from the clock and lets nobody change them, so only the clock can be set.
    """
    with mock.patch.object(timezone, "now", return_value=moment):
        yield


def working_day(day: datetime.date) -> datetime.date:
    """Return the day, or the Friday before a weekend."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))
