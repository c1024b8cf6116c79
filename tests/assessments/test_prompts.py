"""What a rating makes one ask; each threshold from both sides."""

from collections.abc import Mapping

import pytest

from assessments.agreement import Middle
from assessments.models import Assessment
from assessments.prompts import FAR_FROM_MOST, FEW_SIGNS, Rated, prompts_about
from hallmarks.outline import Question
from tests.assessments.answering import question

pytestmark = pytest.mark.django_db
GAP, WORKING, SOME, WELL = range(4)


def at(*positions: int) -> dict[str, Middle]:
    return {f"Agency {n}": Middle(position, position) for n, position in enumerate(positions)}


def kinds(
    asked: Question, level: int, *, answered: int = 0, in_place: int = 0, agencies: Mapping[str, Middle] | None = None
) -> list[str]:
    rated = Rated(asked, asked.levels[level], answered, in_place, agencies or {})
    return [prompt.kind for prompt in prompts_about(rated)]


@pytest.mark.parametrize(("in_place", "expected"), [(0, [FEW_SIGNS]), (1, [FEW_SIGNS]), (2, []), (3, [])])
def test_the_top_level_with_fewer_than_half_of_its_three_signs_in_place_asks_why(
    assessment: Assessment, in_place: int, expected: list[str]
) -> None:
    asked = question(assessment, "LEAD.1")
    assert kinds(asked, WELL, answered=3, in_place=in_place) == expected


def test_a_lower_level_and_a_criterion_without_signs_ask_nothing(assessment: Assessment) -> None:
    assert kinds(question(assessment, "LEAD.1"), SOME, answered=3) == []
    assert kinds(question(assessment, "LEAD.2"), WELL) == []


def test_the_prompt_says_how_many_signs_or_that_nobody_answered_them(assessment: Assessment) -> None:
    asked = question(assessment, "LEAD.1")
    few, none = (prompts_about(Rated(asked, asked.levels[WELL], answered, 1))[0].text for answered in (2, 0))
    assert few == "Doing well, with 1 of 3 signs in place: what makes it so?"
    assert none == "Doing well, with signs not answered yet: what makes it so?"


@pytest.mark.parametrize(
    ("level", "agencies", "expected"),
    [
        (SOME, at(GAP, GAP, SOME), [FAR_FROM_MOST]),
        (SOME, at(GAP, GAP, SOME, SOME), []),  # half is not most
        (WORKING, at(GAP, SOME, SOME), []),  # one level away
        (GAP, at(WELL, WELL, GAP), [FAR_FROM_MOST]),
        (GAP, {"Council": Middle(WORKING, SOME)}, []),  # split: one and a half away
        (SOME, {}, []),
    ],
)
def test_a_level_two_or_more_from_what_most_agencies_saw_asks_why(
    assessment: Assessment, level: int, agencies: dict[str, Middle], expected: list[str]
) -> None:
    assert kinds(question(assessment, "LEAD.2"), level, agencies=agencies) == expected


def test_a_criterion_that_does_not_apply_asks_nothing(assessment: Assessment) -> None:
    assert prompts_about(Rated(question(assessment, "LEAD.1"), None, agencies=at(WELL, WELL))) == ()


def test_a_scale_without_order_has_no_top_and_no_distance(assessment: Assessment) -> None:
    asked = question(assessment, "LEAD.1")
    asked.criterion.scale.is_ordered = False
    assert kinds(asked, WELL, agencies=at(GAP, GAP)) == []
