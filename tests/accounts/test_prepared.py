"""Reads whose SQL is kept answer as the QuerySet would, whatever the values."""

import datetime

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.prepared import Prepared, columns, instance, numbered
from assessments.models import Assessment, Round
from tests.counting import counted
from tests.people import Cast

pytestmark = pytest.mark.django_db


def people(email: str, pk: int) -> "QuerySet[User, tuple[object, ...]]":
    return User.objects.filter(email=email, pk=pk).values_list("name", "date_joined", "is_active")


def test_it_answers_for_each_value_as_the_query_would(cast: Cast) -> None:
    prepared = Prepared(people, text=["email"], number=["pk"])
    for person in (cast.officer, cast.viewer):
        assert prepared.rows(email=person.email, pk=person.pk) == list(people(person.email, person.pk))


def test_values_come_out_as_python_knows_them(cast: Cast) -> None:
    ((_name, joined, is_active),) = Prepared(people, text=["email"], number=["pk"]).rows(
        email=cast.officer.email, pk=cast.officer.pk
    )
    assert isinstance(joined, datetime.datetime)
    assert is_active is True


def test_a_value_is_never_part_of_the_sql(cast: Cast) -> None:
    prepared = Prepared(people, text=["email"], number=["pk"])
    for text in ("' OR 1=1 --", "\ue000email", '"; DROP TABLE accounts_user', "%s"):
        assert prepared.rows(email=text, pk=cast.officer.pk) == []


def test_it_asks_once_each_time(cast: Cast) -> None:
    prepared = Prepared(people, text=["email"], number=["pk"])
    prepared.rows(email="", pk=0)
    with counted() as queries:
        prepared.rows(email=cast.officer.email, pk=cast.officer.pk)
    assert queries.number == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_asked_as_the_old_one_was(cast: Cast) -> None:
    prepared = Prepared(people, text=["email"], number=["pk"])
    wanted = list(people(cast.officer.email, cast.officer.pk))
    for _connection in range(2):
        assert prepared.rows(email=cast.officer.email, pk=cast.officer.pk) == wanted
        connection.close()


def test_a_row_becomes_the_instance_that_it_came_from(cast: Cast) -> None:
    names = columns("", Membership)
    seat = Membership.objects.get(user=cast.officer)
    row = Membership.objects.filter(pk=seat.pk).values_list(*names).get()
    made = instance(Membership, names, row)
    assert made == seat
    assert {name: getattr(made, name) for name in names} == {name: getattr(seat, name) for name in names}
    assert not made._state.adding
    assert made._state.db == connection.alias


def test_a_day_is_compared_as_it_is(assessment: Assessment) -> None:
    opened = Prepared(lambda day: Round.objects.opened_by(day).values_list("slug"), day=["day"])
    day = assessment.round.opens_on
    assert opened.rows(day=day) == [(assessment.round.slug,)]
    assert opened.rows(day=day - datetime.timedelta(days=1)) == []


def test_several_values_have_names_of_their_own(cast: Cast) -> None:
    keys = sorted([cast.officer.pk, cast.viewer.pk])
    prepared = Prepared(
        lambda **keys: User.objects.filter(pk__in=keys.values()).order_by("pk").values_list("pk"),
        number=[*numbered("key", range(2))],
    )
    assert prepared.rows(**numbered("key", keys)) == [(key,) for key in keys]
