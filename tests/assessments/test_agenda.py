"""The order of a meeting, worked out by hand, and the strip of dots beside each criterion."""

import re

import pytest

from assessments.agency_views import of_each
from assessments.agenda import Agenda, Standing, agenda_of
from assessments.agreement import DELIVERY, STRATEGIC, Given
from assessments.models import Assessment, Rating
from assessments.queries import questions_for
from tests.assessments.deciding import decide
from tests.people import Cast

pytestmark = pytest.mark.django_db
GAP, WORKING, SOME, WELL = range(4)


def each(standpoint: str, **positions: int) -> list[Given]:
    return [Given(agency, standpoint, position) for agency, position in positions.items()]


def agenda(assessment: Assessment, **given: list[Given]) -> Agenda:
    """Lay out an agenda; `LEAD_1=[…]` are the views of LEAD.1."""
    questions = questions_for(assessment).questions
    keys = {asked.criterion.code.replace(".", "_"): asked.criterion.pk for asked in questions}
    views = of_each(questions, {keys[code]: views for code, views in given.items()})
    standing = {
        rating.criterion_id: Standing(rating, rating.decision) for rating in Rating.objects.select_related("decision")
    }
    return agenda_of(views, standing, is_revealed=bool(given))


def codes(found: Agenda) -> list[str]:
    return [item.code for item in found.items]


def test_the_widest_differences_come_first_and_criteria_without_views_last(assessment: Assessment) -> None:
    found = agenda(
        assessment,
        # Council 0 (two members), police 1, fire 2: pairs are 1, 2 and 1 apart, so 4/3.
        LAW_1=[*each(DELIVERY, Council=0, Police=1, Fire=2), Given("Council", STRATEGIC, 0)],
        # All of one view: 0. Still before LEAD.1, of which nobody gave one.
        LEAD_2=each(DELIVERY, Council=1, Police=1),
        # Council 0, police 2: one pair, 2 apart.
        LAW_2=each(DELIVERY, Council=0, Police=2),
    )
    assert codes(found) == ["LAW.2", "LAW.1", "LEAD.2", "LEAD.1"]
    apart = [round(item.views.spread.disagreement, 3) for item in found.items]
    assert apart == [2, 1.333, 0, 0]


def test_a_split_between_leaders_and_delivery_goes_before_one_inside_an_agency_and_both_before_one_view(
    assessment: Assessment,
) -> None:
    found = agenda(
        assessment,
        LEAD_1=each(DELIVERY, Council=1, Police=1),
        LEAD_2=each(DELIVERY, Council=0, Police=0) + each(DELIVERY, Council=2, Police=2),
        LAW_1=each(STRATEGIC, Council=2, Police=2) + each(DELIVERY, Council=1, Police=1),
        LAW_2=each(STRATEGIC, Council=2, Police=2) + each(DELIVERY, Council=0, Police=0),
    )
    assert codes(found) == ["LAW.2", "LAW.1", "LEAD.2", "LEAD.1"]
    assert {item.views.spread.disagreement for item in found.items} == {0}
    assert found.differing == 3


def test_equals_and_everything_before_the_reveal_stand_in_published_order(assessment: Assessment) -> None:
    one = each(DELIVERY, Council=0, Police=1)
    assert codes(agenda(assessment, LAW_1=one, LEAD_1=one, LEAD_2=one)) == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]
    assert codes(agenda(assessment)) == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]


def test_a_meeting_opens_where_nothing_is_decided_and_goes_round_once(assessment: Assessment, cast: Cast) -> None:
    decide(assessment, "LEAD.1", cast.officer)
    found = agenda(assessment)
    opening = found.opening
    assert opening is not None
    assert (opening.code, found.agreed) == ("LEAD.2", 1)
    after = found.after("LAW.2")
    assert after is not None
    assert after.code == "LEAD.2"
    for code in ("LEAD.2", "LAW.1"):
        decide(assessment, code, cast.officer, level="")
    assert agenda(assessment).after("LAW.2") is None, "itself is not another one"
    decide(assessment, "LAW.2", cast.officer, level="")
    done = agenda(assessment)
    assert done.opening == done.items[0]


def test_the_sentence_tells_levels_and_agencies_in_words(assessment: Assessment) -> None:
    found = agenda(
        assessment,
        LEAD_1=each(STRATEGIC, Council=3, Police=3) + each(DELIVERY, Council=1, Fire=0),
        LEAD_2=each(DELIVERY, Council=2),
    )
    assert [item.views.in_use for item in found.items[:2]] == [
        "Three levels are in use across three agencies.",
        "One agency alone gave a view, so there is nothing to compare.",
    ]


def test_the_strip_has_a_square_for_each_strategic_view_a_circle_for_each_of_delivery(assessment: Assessment) -> None:
    given = each(STRATEGIC, Council=3, Police=3, Fire=2) + each(DELIVERY, Council=1, Police=1)
    given += [Given("Fire", DELIVERY, 0), Given("Fire", DELIVERY, 1)]  # split between two levels
    strip = str(agenda(assessment, LEAD_1=given).items[0].views.strip)
    assert strip.count('width="9"') == 3
    assert strip.count('<circle r="4"') == 2
    assert strip.count('<circle r="2"') == 2, "one voice, half at each of two levels"
    title = re.search("<title>(.*)</title>", strip)
    assert title is not None
    assert title[1] == (
        "Strategic: 2 doing well, 1 some success. "
        "Delivery: 2 working towards, 1 between gap identified and working towards."
    )


def test_there_is_no_strip_where_nobody_gave_a_view(assessment: Assessment) -> None:
    assert str(agenda(assessment).items[0].views.strip) == ""


def test_what_one_agency_alone_sees_comes_after_every_difference_and_before_what_nobody_sees(
    assessment: Assessment,
) -> None:
    found = agenda(
        assessment,
        LEAD_1=each(DELIVERY, Council=0),
        LAW_1=each(DELIVERY, Council=1, Police=1),
    )
    assert codes(found) == ["LAW.1", "LEAD.1", "LEAD.2", "LAW.2"]
    assert [item.views.is_alone for item in found.items] == [False, True, False, False]


def test_each_level_names_its_agencies_with_one_voice_each(assessment: Assessment) -> None:
    given = each(STRATEGIC, Council=3, Police=3) + each(DELIVERY, Fire=0)
    given += [Given("Health", DELIVERY, 0), Given("Health", DELIVERY, 1)]
    assert agenda(assessment, LEAD_1=given).items[0].views.voices == [
        ("Doing well", "Council, Police"),
        ("Between gap identified and working towards", "Health"),
        ("Gap identified", "Fire"),
    ]
