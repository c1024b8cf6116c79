"""Which levels count as low, and which of them nobody is doing anything about."""

import pytest

from assessments.low_levels import coverage, is_low
from assessments.models import Assessment, Rating
from tests.assessments.answering import question

pytestmark = pytest.mark.django_db


def rating(assessment: Assessment, code: str, level: str, **changes: bool) -> Rating:
    asked = question(assessment, code)
    return Rating(assessment=assessment, criterion=asked.criterion, level=asked.level(level), **changes)


@pytest.mark.parametrize(
    ("code", "level", "expected"),
    [
        ("LEAD.1", "gap_identified", True),
        ("LEAD.1", "working_towards", True),
        ("LEAD.1", "some_success", False),
        ("LEAD.1", "doing_well", False),
        ("LAW.1", "not_met", True),
        ("LAW.1", "partly_met", True),
        ("LAW.1", "met", False),
    ],
)
def test_the_two_lowest_levels_are_low(assessment: Assessment, code: str, level: str, expected: bool) -> None:
    assert is_low(question(assessment, code), rating(assessment, code, level)) is expected


def test_what_does_not_count_as_answered_is_not_low(assessment: Assessment) -> None:
    asked = question(assessment, "LEAD.1")
    assert not is_low(asked, None)
    assert not is_low(asked, Rating(assessment=assessment, criterion=asked.criterion, does_not_apply=True, reason="No"))
    assert not is_low(asked, rating(assessment, "LEAD.1", "gap_identified", is_confirmed=False))


def test_a_scale_of_two_has_one_low_level_and_one_without_order_none(assessment: Assessment) -> None:
    asked = question(assessment, "LEAD.1")
    both = type(asked)(asked.criterion, asked.section, asked.levels[:2], ())
    assert [is_low(both, rating(assessment, "LEAD.1", level.slug)) for level in both.levels] == [True, False]
    asked.criterion.scale.is_ordered = False
    assert not is_low(asked, rating(assessment, "LEAD.1", "gap_identified"))


def test_coverage_counts_what_is_taken_up_and_keeps_the_published_order(assessment: Assessment) -> None:
    levels = {"LEAD.1": "gap_identified", "LEAD.2": "working_towards", "LAW.1": "met", "LAW.2": "not_met"}
    rated = [(question(assessment, code), rating(assessment, code, level)) for code, level in levels.items()]
    found = coverage(rated, {"test-lead-2", "test-law-1"})
    assert [asked.criterion.code for asked in found.low] == ["LEAD.1", "LEAD.2", "LAW.2"]
    assert [asked.criterion.code for asked in found.without] == ["LEAD.1", "LAW.2"]
    assert found.taken_up == 1
