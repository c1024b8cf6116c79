"""An event stands or falls with the change that it tells of."""

from contextlib import suppress

import pytest
from django.db import transaction

from audit.models import AppendOnlyError, Event
from audit.services import NotInTransactionError, record
from tests.people import Cast

# What JSON, SQL and percent signs might trip over.
ODD = [None, {}, {"reason": "100 % “sure” 'quoted' %s \\ \n"}, {"n": [1, 2.5, None, True]}]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused(cast: Cast) -> None:
    with pytest.raises(NotInTransactionError, match=r"test\.done"):
        record(kind="test.done", target=cast.viewer, by=cast.officer)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_event(cast: Cast) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        record(kind="test.done", target=cast.viewer, by=cast.officer)
        raise ZeroDivisionError
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_it_says_who_what_and_in_which_role(cast: Cast) -> None:
    with transaction.atomic():
        event = record(
            kind="test.done",
            target=cast.viewer,
            by=cast.officer,
            partnership="amber-valley",
            role="officer",
            before={"level": None},
            after={"level": "doing well"},
        )
    event.refresh_from_db()
    assert (event.actor_id, event.actor_role, event.partnership) == (cast.officer.pk, "officer", "amber-valley")
    assert (event.target_type, event.before, event.after) == ("accounts.user", {"level": None}, {"level": "doing well"})
    assert event.at.utcoffset() is not None


@pytest.mark.django_db
def test_what_was_recorded_is_a_row_like_any_other(cast: Cast) -> None:
    with transaction.atomic():
        events = [
            record(kind=f"test.{n}", target=cast.viewer, by=cast.officer, after=after) for n, after in enumerate(ODD)
        ]
    found = list(Event.objects.order_by("pk"))
    assert [(event.pk, event.kind, event.at, event.after) for event in events] == [
        (event.pk, event.kind, event.at, event.after) for event in found
    ]
    with pytest.raises(AppendOnlyError):
        events[0].save()


@pytest.mark.django_db
def test_a_command_acts_as_nobody(cast: Cast) -> None:
    with transaction.atomic():
        assert record(kind="test.done", target=cast.viewer, by=None).actor_id is None
