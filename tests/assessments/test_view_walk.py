"""The way through a form of views: the rest in minutes, the next one without a view, the short form."""

import pytest

from assessments.models import Assessment
from assessments.queries import questions_for
from assessments.view_walk import Walk, minutes_for, walks
from tests.assessments.answering import question

pytestmark = pytest.mark.django_db


@pytest.fixture
def every(assessment: Assessment) -> Walk:
    """Return the way through LEAD.1, LEAD.2, LAW.1 and LAW.2, the second and last of which have a view."""
    keys = {question(assessment, code).criterion.pk for code in ("LEAD.2", "LAW.2")}
    return Walk(questions_for(assessment).questions, keys)


def next_after(walk: Walk, code: str) -> str:
    stop = walk.at(code)
    assert stop
    return stop.next_waiting.criterion.code if stop.next_waiting else ""


@pytest.mark.parametrize(("number", "minutes"), [(0, 0), (1, 1), (2, 1), (13, 9), (20, 13), (22, 15), (49, 33)])
def test_forty_seconds_a_criterion_in_whole_minutes(number: int, minutes: int) -> None:
    assert minutes_for(number) == minutes


def test_the_rest_is_what_has_no_view(every: Walk) -> None:
    assert (every.total, every.done, every.minutes_in_all, every.minutes_left) == (4, 2, 3, 1)
    assert every.first.criterion.code == "LEAD.1"


def test_next_is_the_next_without_a_view_and_after_the_last_the_first_again(every: Walk) -> None:
    assert next_after(every, "LEAD.1") == "LAW.1"
    assert next_after(every, "LAW.2") == "LEAD.1"


def test_the_last_without_a_view_leads_nowhere(assessment: Assessment, every: Walk) -> None:
    given = {*every.given, question(assessment, "LEAD.1").criterion.pk}
    assert next_after(Walk(every.questions, given), "LAW.1") == ""


def test_neighbours_are_neighbours_whether_given_or_not(every: Walk) -> None:
    stop = every.at("LEAD.2")
    assert stop
    assert (stop.number, stop.previous and stop.previous.criterion.code) == (2, "LEAD.1")
    assert stop.following
    assert stop.following.criterion.code == "LAW.1"
    assert every.at("NO.1") is None


def test_the_short_form_has_the_key_criteria(assessment: Assessment) -> None:
    short, every = walks(questions_for(assessment).questions)
    assert short
    assert [one.criterion.code for one in short.questions] == ["LEAD.1"]
    assert every.total == 4


def test_a_set_without_key_criteria_has_no_short_form(assessment: Assessment) -> None:
    short, every = walks(questions_for(assessment).questions[1:])
    assert short is None
    assert every.total == 3
