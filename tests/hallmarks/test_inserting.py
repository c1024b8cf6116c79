"""Rows written by one statement are what they would be one by one, and the database refuses what it would refuse."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hallmarks.inserting import insert
from hallmarks.models import Criterion, Indicator, Version
from tests.counting import counted
from tests.criteria import make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    return make_version(is_draft=True)


def row(version: Version, **changes: Any) -> dict[str, Any]:
    """The columns of a criterion of the test set, as another criterion."""
    found = dict(Criterion.objects.filter(version=version, code="LEAD.2").values().get())
    del found["id"]
    return found | {"code": "NEW", "lineage": "new", "number": 77} | changes


def test_every_kind_of_value_arrives(version: Version) -> None:
    changes = {
        "is_key": True,
        "in_force_from": datetime.date(2027, 4, 1),
        "in_force_to": None,
        "text": 'Say "so" — ’tis\r\n{{ x }} % %s \\ 日本 😀 \u2028',
        "note": "",
    }
    insert(Criterion, [row(version, **changes)])
    found = Criterion.objects.get(code="NEW")
    assert {name: getattr(found, name) for name in changes} == changes


def test_many_rows_are_one_statement_and_keep_their_order(version: Version) -> None:
    criterion = Criterion.objects.get(version=version, code="LEAD.2")
    rows = [{"criterion_id": criterion.pk, "number": n, "text": f"Sign {n}"} for n in range(999, 0, -1)]
    with counted() as spent:
        insert(Indicator, rows)
    assert spent.number == 1
    written = Indicator.objects.filter(criterion=criterion).order_by("pk").values_list("number", flat=True)
    assert list(written) == list(range(999, 0, -1))


def test_no_rows_are_no_statement() -> None:
    with counted() as spent:
        insert(Indicator, [])
    assert spent.number == 0


@pytest.mark.parametrize("changes", [{"code": "LEAD.1"}, {"kind": "legal"}, {"title": None}])
def test_what_the_model_forbids_is_refused(version: Version, changes: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Criterion, [row(version, **changes)])


def test_nothing_is_written_into_a_published_set() -> None:
    published = make_version()
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Criterion, [row(published)])
