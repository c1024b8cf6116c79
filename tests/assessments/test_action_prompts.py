"""Where other pages tell of improvement actions: the criterion, the check, the task list, your work."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments import services
from assessments.models import Assessment, Round
from tests import criteria
from tests.assessments.acting import act, agency, in_days, overdue
from tests.assessments.answering import NOW, rate, rate_everything, seat, url
from tests.assessments.test_action_pages import address, new_address, text_of
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def coordinator(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.coordinator)


# --- the criterion ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "offered"), [("working_towards", True), ("some_success", False)])
def test_a_low_level_offers_an_action(
    coordinator: Client, assessment: Assessment, cast: Cast, level: str, offered: bool
) -> None:
    rate(assessment, "LEAD.2", cast.officer, level=level)
    page = text_of(coordinator, url("criterion", assessment, "LEAD.2"))
    assert ("Add an improvement action" in page) is offered


def test_a_criterion_names_its_own_actions_only(coordinator: Client, assessment: Assessment, cast: Cast) -> None:
    here = act(assessment, cast.officer, "LEAD.2", text="About this one")
    act(assessment, cast.officer, "LEAD.1", text="About another")
    page = text_of(coordinator, url("criterion", assessment, "LEAD.2"))
    assert address("action", here.code) in page
    assert "About another" not in page


def test_a_viewer_reads_the_actions_of_a_criterion(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    act(assessment, cast.officer, "LEAD.2", text="About this one")
    page = text_of(sign_in(cast.viewer), url("criterion", assessment, "LEAD.2"))
    assert "About this one" in page
    assert "Add an improvement action" not in page


# --- the check and the declaration --------------------------------------------------------------------


def test_the_check_names_low_levels_without_an_action_and_blocks_nothing(
    coordinator: Client, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    act(assessment, cast.officer, "LEAD.2")
    page = text_of(coordinator, url("check", assessment))
    prompt = page[page.index("Low levels without an action") :]
    assert "3 low levels have no improvement action." in prompt
    links = {
        code for code in ("LEAD.1", "LEAD.2", "LAW.1", "LAW.2") if new_address(code).replace("&", "&amp;") in prompt
    }
    assert links == {"LEAD.1", "LAW.1", "LAW.2"}
    assert "Go on to submit" in page
    declaration = text_of(coordinator, url("submit", assessment))
    assert "3 low levels have no improvement action." in declaration
    assert "Submit to the Government Office" in declaration


def test_where_each_has_one_there_is_no_prompt(coordinator: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    for code in ("LEAD.1", "LEAD.2", "LAW.1", "LAW.2"):
        act(assessment, cast.officer, code)
    assert "without an action" not in text_of(coordinator, url("check", assessment))
    assert "no improvement action" not in text_of(coordinator, url("submit", assessment))


# --- the task list ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "acted", "words", "state"),
    [
        ((), (), "Nothing is rated low", ""),
        (("LEAD.1", "LEAD.2"), (), "0 of 2 low ratings have an action", "Not started"),
        (("LEAD.1", "LEAD.2"), ("LEAD.1",), "1 of 2 low ratings have an action", "In progress"),
        (("LEAD.1",), ("LEAD.1",), "1 of 1 low rating has an action", "Each has one"),
    ],
)
def test_the_task_list_counts_low_ratings_with_an_action(
    coordinator: Client,
    assessment: Assessment,
    cast: Cast,
    low: tuple[str, ...],
    acted: tuple[str, ...],
    words: str,
    state: str,
) -> None:
    for code in low:
        rate(assessment, code, cast.officer, level="gap_identified")
    for code in acted:
        act(assessment, cast.officer, code)
    page = text_of(coordinator, url("tasks", assessment))
    row = page[page.index("hint-actions status-actions") :]
    assert words in row
    assert state in row[: row.index("</li>")]


def test_the_next_round_opens_on_the_open_actions(
    coordinator: Client, assessment: Assessment, cast: Cast, places: Places
) -> None:
    act(assessment, cast.officer, "LEAD.1")
    done = act(assessment, cast.officer, "LEAD.2")
    services.finish_action(action=done, revision=1, by=seat(cast.officer), arrived_at=NOW())
    round_ = criteria.make_round(assessment.round.version, places, slug="2028")
    later = Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)
    Round.objects.filter(pk=round_.pk).update(opens_on=in_days(-2))
    assert "from earlier rounds" not in text_of(coordinator, url("tasks", later))
    Round.objects.filter(pk=round_.pk).update(previous=assessment.round)
    assert "1 action still open from earlier rounds" in text_of(coordinator, url("tasks", later))
    assert "from earlier rounds" not in text_of(coordinator, url("tasks", assessment))


# --- your work ----------------------------------------------------------------------------------------


def test_your_work_shows_what_ones_own_agency_owes_within_a_month(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    council = agency(assessment.partnership, "Local authority")
    act(assessment, cast.officer, text="In a month", owner=council, due_on=in_days(30))
    act(assessment, cast.officer, text="Later", owner=council, due_on=in_days(31))
    act(assessment, cast.officer, text="The police's", due_on=in_days(3))
    overdue(act(assessment, cast.officer, text="Late", owner=council), 8)
    page = text_of(sign_in(cast.officer), reverse("home"))
    assert page.index("1 week overdue") < page.index("In a month")
    assert "Later" not in page
    assert "The police&#x27;s" not in page
    assert address("actions") in page


def test_your_work_shows_five_at_most_and_a_reviewer_none(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    council = agency(assessment.partnership, "Local authority")
    for number in range(7):
        act(assessment, cast.officer, text=f"Number {number}", owner=council, due_on=in_days(number))
    page = text_of(sign_in(cast.coordinator), reverse("home"))
    assert [number for number in range(7) if f"Number {number}" in page] == [0, 1, 2, 3, 4]
    assert "Improvement actions" not in text_of(sign_in(cast.reviewer), reverse("home"))
