"""Revealed views in words: one voice an agency, ties named as such, strategic and delivery apart."""

import pytest

from assessments.agency_views import CriterionViews, Row, differing_by_section, of_each
from assessments.agreement import DELIVERY, STRATEGIC, Given
from assessments.models import Assessment
from assessments.templatetags.agency_views import at_level
from tests.assessments.answering import question

pytestmark = pytest.mark.django_db
GAP, WORKING, SOME, WELL = range(4)


def seen(assessment: Assessment, *given: Given) -> CriterionViews:
    return CriterionViews(question(assessment, "LEAD.1"), given)


def names(row: Row) -> tuple[list[str], list[str]]:
    return [voice.agency for voice in row.strategic], [voice.agency for voice in row.delivery]


def test_an_agency_has_one_voice_the_middle_of_its_members(assessment: Assessment) -> None:
    views = seen(
        assessment,
        Given("Council", STRATEGIC, WELL),
        Given("Council", DELIVERY, SOME),
        Given("Council", DELIVERY, GAP),
        Given("Police", DELIVERY, WORKING),
    )
    assert views.agencies == [("Council", "some success"), ("Police", "working towards")]


def test_a_tie_is_named_as_one_and_stands_beside_both_levels(assessment: Assessment) -> None:
    views = seen(assessment, Given("Council", DELIVERY, WORKING), Given("Council", DELIVERY, SOME))
    assert views.agencies == [("Council", "between working towards and some success")]
    splits = [(row.level.position, voice.split_with) for row in views.rows for voice in row.voices]
    assert splits == [(WORKING, "some success"), (SOME, "working towards")]


def test_strategic_and_delivery_stand_apart(assessment: Assessment) -> None:
    views = seen(assessment, Given("Council", STRATEGIC, WELL), Given("Council", DELIVERY, GAP))
    top, *_between, bottom = views.rows_from_the_top
    assert (names(top), names(bottom)) == ((["Council"], []), ([], ["Council"]))
    assert views.summary == "Leaders see doing well; delivery staff see gap identified."


@pytest.mark.parametrize(
    ("positions", "summary"),
    [
        ([], "Nobody gave a view."),
        ([SOME, SOME], "All who gave a view see some success."),
        ([GAP, SOME], "Agencies see anything between gap identified and some success."),
    ],
)
def test_the_finding_is_a_sentence(assessment: Assessment, positions: list[int], summary: str) -> None:
    given = [Given(f"Agency {n}", DELIVERY, position) for n, position in enumerate(positions)]
    assert seen(assessment, *given).summary == summary


@pytest.mark.parametrize(
    ("agencies", "summary"),
    [
        (["Council"], "The only agency is split between gap identified and doing well."),
        (["Council", "Police"], "Every agency is split between gap identified and doing well."),
    ],
)
def test_members_who_are_split_are_never_told_as_of_one_view(
    assessment: Assessment, agencies: list[str], summary: str
) -> None:
    given = [Given(agency, DELIVERY, level) for agency in agencies for level in (GAP, WELL)]
    assert seen(assessment, *given).summary == summary


def test_agencies_split_around_the_same_point_are_not_told_as_of_one_view(assessment: Assessment) -> None:
    given = [Given("Council", DELIVERY, level) for level in (GAP, WELL)]
    given += [Given("Police", DELIVERY, level) for level in (WORKING, SOME)]
    assert seen(assessment, *given).summary == "Agencies see anything between gap identified and doing well."


def test_a_comment_stands_with_agency_standpoint_and_level(assessment: Assessment) -> None:
    views = seen(assessment, Given("Council", STRATEGIC, WELL, "We lead."), Given("Police", DELIVERY, GAP))
    assert [
        (comment.voice.agency, comment.voice.standpoint_in_words, comment.label.name, comment.text)
        for comment in views.comments
    ] == [("Council", "strategic", "Doing well", "We lead.")]


def test_sections_count_where_agencies_differ(assessment: Assessment) -> None:
    first, second, law = (question(assessment, code) for code in ("LEAD.1", "LEAD.2", "LAW.1"))
    apart = [Given("Council", DELIVERY, GAP), Given("Police", DELIVERY, WELL)]
    views = of_each([first, second, law], {first.criterion.pk: apart, second.criterion.pk: apart[:1]})
    assert differing_by_section(views) == {"LEAD": 1, "LAW": 0}


def test_nobody_stands_beside_a_level_before_the_reveal_or_beside_does_not_apply(assessment: Assessment) -> None:
    views = seen(assessment, Given("Council", DELIVERY, GAP))
    level = views.question.levels[GAP]
    assert [voice.agency for voice in at_level(views, level)] == ["Council"]
    assert at_level(None, level) == at_level(views, None) == ()
