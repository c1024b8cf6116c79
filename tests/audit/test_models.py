"""The trail cannot be changed: not by the ORM, not by SQL, not on either engine."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from audit.models import AppendOnlyError, Event
from audit.services import record
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast) -> Event:
    with transaction.atomic():
        return record(kind="test.done", target=cast.viewer, by=cast.officer, after={"level": "some success"})


def sql(statement: str) -> Callable[[Event], object]:
    def run(event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def change_kind(event: Event) -> None:
    event.kind = "test.undone"
    event.save()


WAYS: dict[str, Callable[[Event], object]] = {
    "save": change_kind,
    "delete": lambda event: event.delete(),
    "queryset update": lambda event: Event.objects.update(kind="test.undone"),
    "queryset delete": lambda event: Event.objects.all().delete(),
    "raw delete": lambda event: Event.objects.all()._raw_delete("default"),
    "bulk update": lambda event: Event.objects.bulk_update([event], ["kind"]),
    "upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, update_fields=["kind"], unique_fields=["id"]
    ),
    "SQL update": sql("UPDATE audit_event SET kind = 'test.undone'"),
    "SQL delete": sql("DELETE FROM audit_event"),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_it_refuses(event: Event, way: str) -> None:
    with pytest.raises((AppendOnlyError, DatabaseError), match=r"append-only|cannot be"), transaction.atomic():
        WAYS[way](event)
    assert list(Event.objects.values_list("pk", "kind")) == [(event.pk, "test.done")]


def test_it_refuses_to_be_emptied(event: Event) -> None:
    # SQLite has no TRUNCATE; there the word itself is refused.
    with pytest.raises(DatabaseError), transaction.atomic():
        sql("TRUNCATE audit_event CASCADE")(event)
    assert Event.objects.count() == 1


def test_it_refuses_to_take_an_events_place(event: Event) -> None:
    # On SQLite this deletes the row that is there, and by default without asking its triggers.
    replace = "REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    otherwise = "" if connection.vendor == "sqlite" else " ON CONFLICT (id) DO UPDATE SET kind = EXCLUDED.kind"
    columns = "at, kind, target_type, target_id, actor_role, partnership, request_id"
    others = columns.replace("kind", "'test.undone'")
    statement = f"{replace} audit_event (id, {columns}) SELECT id, {others} FROM audit_event WHERE true{otherwise}"  # noqa: S608
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)(event)
    assert Event.objects.get().kind == "test.done"


def test_it_outlives_what_it_tells_of(event: Event, cast: Cast) -> None:
    cast.viewer.memberships.all().delete()
    pk = cast.viewer.pk
    User.objects.filter(pk=pk).delete()
    assert Event.objects.get().target_id == str(pk)


def test_it_is_found_by_what_it_tells_of(event: Event, cast: Cast) -> None:
    assert list(Event.objects.about(cast.viewer)) == [event]
    assert not Event.objects.about(cast.officer).exists()
