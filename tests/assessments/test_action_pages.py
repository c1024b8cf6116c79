"""Improvement actions as members meet them: the list, raising, following, conflicts, and nothing lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments import services
from assessments.models import Assessment, ImprovementAction, ProgressNote, Round
from tests.assessments.acting import act, agency, in_days, overdue, plan
from tests.assessments.answering import NOW, rate, rate_everything, seat, stamp, submit, url
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


@pytest.fixture
def action(assessment: Assessment, cast: Cast) -> ImprovementAction:
    return act(assessment, cast.officer)


def address(name: str, *more: str, query: dict[str, str] | None = None) -> str:
    return reverse(f"assessments:{name}", args=["amber-valley", *more], query=query)


def new_address(code: str = "LEAD.2") -> str:
    return address("action_new", query={"round": "2027", "criterion": code})


def sent(**changes: Any) -> dict[str, Any]:
    """Return what the form sends, with a day two months ahead."""
    day = changes.pop("due_on", in_days(60))
    parts = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
    return {"text": "Share one audit", "owner": "Police force", **parts, **changes}


def text_of(client: Client, where: str) -> str:
    """Return a page's text with its white space made plain."""
    answer = client.get(where)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- the list -----------------------------------------------------------------------------------------


def test_an_empty_list_says_where_actions_come_from(officer: Client, assessment: Assessment) -> None:
    page = text_of(officer, address("actions"))
    assert "There are no improvement actions yet. An action starts from a low rating" in page
    assert address("action_new") in page


def test_a_viewer_reads_and_is_offered_nothing_to_write(sign_in: SignIn, cast: Cast, action: ImprovementAction) -> None:
    viewer = sign_in(cast.viewer)
    assert "Share one audit" in text_of(viewer, address("actions"))
    assert address("action_new") not in text_of(viewer, address("actions"))
    page = text_of(viewer, address("action", action.code))
    assert "Add a progress note" not in page
    assert address("action_done", action.code) not in page


def test_it_says_in_words_how_many_are_open_and_overdue(
    officer: Client, action: ImprovementAction, assessment: Assessment, cast: Cast
) -> None:
    overdue(act(assessment, cast.officer, "LEAD.1", text="Late one"), 22)
    page = text_of(officer, address("actions"))
    assert "2 actions are open. 1 of them is overdue. 0 done, 0 dropped." in page
    assert page.count("3 weeks overdue") == 1
    assert page.index("Late one") < page.index("Share one audit")


def test_by_agency_it_stands_under_the_agencys_name(
    officer: Client, action: ImprovementAction, assessment: Assessment, cast: Cast
) -> None:
    council = agency(assessment.partnership, "Local authority")
    act(assessment, cast.officer, "LEAD.1", text="Later one", owner=council, due_on=in_days(90))
    page = text_of(officer, address("actions", query={"order": "owner"}))
    table = page[page.index("<table") :]
    assert table.index("Local authority") < table.index("Later one") < table.index("Police force")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"Open one"}),
        ({"show": "done"}, {"Done one"}),
        ({"show": "dropped"}, {"Dropped one"}),
        ({"show": "all"}, {"Open one", "Done one", "Dropped one"}),
        ({"show": "all", "owner": "Local authority"}, {"Done one"}),
        ({"show": "nonsense", "owner": "Nobody\0", "order": "x"}, {"Open one"}),
    ],
)
def test_it_shows_what_is_asked_for(
    officer: Client, assessment: Assessment, cast: Cast, query: dict[str, str], shown: set[str]
) -> None:
    council, by, at = agency(assessment.partnership, "Local authority"), seat(cast.officer), NOW()
    act(assessment, cast.officer, text="Open one")
    done = act(assessment, cast.officer, text="Done one", owner=council)
    dropped = act(assessment, cast.officer, text="Dropped one")
    services.finish_action(action=done, revision=1, by=by, arrived_at=at)
    services.drop_action(action=dropped, revision=1, reason="No money", by=by, arrived_at=at)
    page = text_of(officer, address("actions", query=query))
    assert {text for text in ("Open one", "Done one", "Dropped one") if text in page} == shown
    assert ("No money" in page) == ("Dropped one" in shown)


def test_where_no_action_is_like_that_it_says_so(officer: Client, action: ImprovementAction) -> None:
    assert "None of the actions is like that." in text_of(officer, address("actions", query={"show": "dropped"}))


# --- raising ------------------------------------------------------------------------------------------


def test_from_the_criterion_to_the_list(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="working_towards", reason="Two of five come")
    assert "Two of five come" in text_of(officer, new_address())
    answer = officer.post(new_address(), sent(), follow=True)
    made = ImprovementAction.objects.get()
    assert answer.redirect_chain == [(address("action", made.code), 302)]
    assert "The improvement action is on the list." in answer.content.decode()
    assert made.raised_in == assessment


def test_the_criterion_page_saves_before_it_leads_to_the_action(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="gap_identified")
    answer = officer.post(
        url("criterion", assessment, "LEAD.2"),
        {**stamp(1), "level": "gap_identified", "reason": "Typed just now", "then": "action"},
    )
    assert answer["Location"] == new_address()
    assert assessment.ratings.get().reason == "Typed just now"


def test_what_is_missing_is_said_beside_its_field(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="gap_identified")
    page = officer.post(new_address(), {}).content.decode()
    for words in (
        "Enter what will be done",
        "Select the agency that owns the action",
        "Enter the day by which it will be done",
    ):
        assert page.count(words) == 2
    assert not ImprovementAction.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": in_days(-1)}, "The day must be today or later"),
        ({"owner": "Somebody else"}, "Select an agency of your partnership"),
        ({"text": "x" * 301}, "Enter 300 characters or fewer. You entered 301."),
        ({"text": "a\x00b"}, "has a broken character at place 2"),
        ({"text": " \u200b "}, "Enter what will be done"),
        ({"due_on_month": "13"}, "The day must be a real date"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy_and_the_rest_kept(
    officer: Client, assessment: Assessment, cast: Cast, changes: dict[str, Any], words: str
) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="gap_identified")
    answer = officer.post(new_address(), sent(**changes))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert str(in_days(60).year) in page
    assert not ImprovementAction.objects.exists()


def test_a_level_raised_meanwhile_stops_it_and_loses_nothing(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="doing_well")
    page = officer.post(new_address(), sent(text="What I typed")).content.decode()
    assert "This criterion is not at a low level now" in page
    assert "What I typed" in page


def test_without_a_low_criterion_one_is_chosen(officer: Client, assessment: Assessment, cast: Cast) -> None:
    act(assessment, cast.officer, "LEAD.2")
    rate(assessment, "LEAD.1", cast.officer, level="some_success")
    rate(assessment, "LAW.1", cast.officer, level="partly_met")
    page = text_of(officer, new_address("LEAD.1"))
    assert "“Leaders give direction” is not at a low level." in page
    without, already = page.index("Without an action"), page.index("With an action already")
    assert without < page.index("One strategy group") < already < page.index("Partners share the work")


@pytest.mark.parametrize("query", [{"round": "1999"}, {"round": "20\0"}, {"criterion": "NONE.1"}])
def test_a_round_or_criterion_that_is_not_there_is_not_found(
    officer: Client, assessment: Assessment, query: dict[str, str]
) -> None:
    assert officer.get(address("action_new", query=query)).status_code == 404


def test_a_partnership_without_a_round_has_nothing_to_act_on(officer: Client) -> None:
    assert officer.get(address("action_new")).status_code == 404


# --- following ----------------------------------------------------------------------------------------


def test_one_action_tells_its_criterion_its_round_and_its_notes(
    officer: Client, action: ImprovementAction, assessment: Assessment, cast: Cast
) -> None:
    services.add_note(action=action, text="<b>Begun</b>", by=seat(cast.colleague), arrived_at=NOW())
    page = text_of(officer, address("action", action.code))
    assert url("criterion", assessment, "LEAD.2") in page
    assert "2027 self-assessment" in page
    assert "Police force (Officer)" in page
    assert "&lt;b&gt;Begun&lt;/b&gt;" in page
    assert "Pat Colleague" not in page


def test_a_note_is_added(officer: Client, action: ImprovementAction) -> None:
    answer = officer.post(address("action", action.code), {"text": "Half done"}, follow=True)
    assert "The progress note is added." in answer.content.decode()
    assert ProgressNote.objects.get().written_by.code == "officer"


@pytest.mark.parametrize(("text", "words"), [("", "Enter the progress note"), ("x" * 1001, "You entered 1001")])
def test_a_note_that_is_refused_stays_on_the_page(
    officer: Client, action: ImprovementAction, text: str, words: str
) -> None:
    page = officer.post(address("action", action.code), {"text": text}).content.decode()
    assert words in page
    assert text in page
    assert not ProgressNote.objects.exists()


def test_another_partnerships_action_is_not_found_under_ones_own(
    officer: Client, assessment: Assessment, cast: Cast, places: Places
) -> None:
    derby = Assessment.objects.with_round().get(round=assessment.round, partnership=places.derby)
    theirs = act(derby, cast.neighbour, owner=agency(places.derby, "Local authority"))
    for name in ("action", "action_edit", "action_done", "action_drop"):
        assert officer.get(address(name, theirs.code)).status_code == 404
        assert officer.post(address(name, theirs.code), {"revision": "1", "text": "x"}).status_code == 404


def test_everything_works_after_the_round_has_closed(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    Round.objects.filter(pk=assessment.round_id).update(opens_on=in_days(-90), closes_on=in_days(-30))
    assert officer.post(new_address(), sent()).status_code == 302
    code = ImprovementAction.objects.get().code
    assert officer.post(address("action", code), {"text": "Going well"}).status_code == 302
    assert officer.post(address("action_edit", code), {**sent(text="More"), "revision": "1"}).status_code == 302
    assert officer.post(address("action_done", code), {"revision": "2"}).status_code == 302
    assert ImprovementAction.objects.get().status == "done"
    assert "Add an improvement action" in text_of(officer, url("criterion", assessment, "LEAD.1"))


# --- changing and closing -----------------------------------------------------------------------------


def colleague_changes(action: ImprovementAction, cast: Cast) -> None:
    services.change_action(
        action=action,
        plan=plan(action.partnership, text="What my colleague wrote"),
        revision=1,
        by=seat(cast.colleague),
        arrived_at=NOW(),
    )


def test_a_change_is_saved(officer: Client, action: ImprovementAction) -> None:
    assert 'value="1"' in text_of(officer, address("action_edit", action.code))
    answer = officer.post(address("action_edit", action.code), {**sent(text="Better"), "revision": "1"})
    assert answer["Location"] == address("action", action.code)
    assert ImprovementAction.objects.get().text == "Better"


def test_a_conflict_shows_both_and_saving_again_is_a_decision(
    officer: Client, action: ImprovementAction, cast: Cast
) -> None:
    colleague_changes(action, cast)
    mine = {**sent(text="What I wrote", owner="Local authority"), "revision": "1"}
    answer = officer.post(address("action_edit", action.code), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What my colleague wrote" in page
    assert "What I wrote" in page
    assert "A colleague changed it while you were writing" in page
    assert ImprovementAction.objects.get().text == "What my colleague wrote"
    again = {**mine, "revision": answer.context["form"]["revision"].value()}
    assert officer.post(address("action_edit", action.code), again).status_code == 302
    assert ImprovementAction.objects.get().text == "What I wrote"


@pytest.mark.parametrize("revision", ["", "x", "0", "-1", str(2**31), "1\0"])
def test_a_form_without_its_revision_is_a_bad_request(
    officer: Client, action: ImprovementAction, revision: str
) -> None:
    for name in ("action_edit", "action_done", "action_drop"):
        assert officer.post(address(name, action.code), {**sent(), "revision": revision}).status_code == 400


def test_what_was_typed_for_an_action_closed_meanwhile_is_shown(
    officer: Client, action: ImprovementAction, cast: Cast
) -> None:
    services.drop_action(action=action, revision=1, reason="No money", by=seat(cast.colleague), arrived_at=NOW())
    answer = officer.post(address("action_edit", action.code), {**sent(text="My new text"), "revision": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    day = in_days(60)
    assert all(words in page for words in ("My new text", "No money", f"{day.day} {day.month} {day.year}"))
    done = officer.post(address("action_done", action.code), {"reason": "It was great", "revision": "1"})
    assert done.status_code == 409
    assert "It was great" in done.content.decode()


def test_a_drop_needs_its_reason(officer: Client, action: ImprovementAction) -> None:
    page = officer.post(address("action_drop", action.code), {"revision": "1", "reason": " "}).content.decode()
    assert "Enter why the action is dropped" in page
    assert ImprovementAction.objects.get().status == "open"
    officer.post(address("action_drop", action.code), {"revision": "1", "reason": "No money"})
    assert "No money" in text_of(officer, address("action", action.code))


def test_closing_what_a_colleague_changed_asks_again_and_keeps_the_text(
    officer: Client, action: ImprovementAction, cast: Cast
) -> None:
    colleague_changes(action, cast)
    answer = officer.post(address("action_done", action.code), {"revision": "1", "reason": "It works"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What my colleague wrote" in page
    assert "It works" in page
    again = {"revision": answer.context["form"]["revision"].value(), "reason": "It works"}
    assert officer.post(address("action_done", action.code), again).status_code == 302
    assert ImprovementAction.objects.get().status == "done"


def test_a_closed_action_offers_no_change(officer: Client, action: ImprovementAction, cast: Cast) -> None:
    services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    for name in ("action_edit", "action_done", "action_drop"):
        assert address(name, action.code) not in text_of(officer, address("action", action.code))
        assert officer.get(address(name, action.code))["Location"] == address("action", action.code)


def test_a_dropped_action_stays_beside_its_criterion_with_the_reason_and_can_be_opened_again(
    officer: Client, action: ImprovementAction, assessment: Assessment, cast: Cast
) -> None:
    services.drop_action(action=action, revision=1, reason="No money", by=seat(cast.colleague), arrived_at=NOW())
    assert "No money" in officer.get(url("criterion", assessment, "LEAD.2")).content.decode()
    answer = officer.post(address("action_reopen", action.code), follow=True)
    assert "The action is open again." in answer.content.decode()
    assert ImprovementAction.objects.get().is_open


def test_looking_at_the_address_that_opens_again_changes_nothing(
    officer: Client, action: ImprovementAction, cast: Cast
) -> None:
    services.finish_action(action=action, revision=1, by=seat(cast.officer), arrived_at=NOW())
    officer.get(address("action_reopen", action.code))
    assert not ImprovementAction.objects.get().is_open


# --- where one came from, and the file ----------------------------------------------------------------


def back_to(where: str) -> str:
    return f'<a href="{where}" class="govuk-back-link'


def test_back_leads_where_one_came_from(officer: Client, assessment: Assessment, cast: Cast) -> None:
    action = act(assessment, cast.officer)
    here = {"round": "2027", "criterion": action.criterion.code}
    tasks, criterion = url("tasks", assessment), url("criterion", assessment, action.criterion.code)
    assert back_to(tasks) in text_of(officer, address("actions", query={"round": "2027"}))
    for round_ in ("", "x", "\0"):
        page = text_of(officer, address("actions", query={"round": round_}))
        assert back_to("/") in page
    shown = text_of(officer, address("action", action.code, query=here))
    assert back_to(criterion) in shown
    shown = text_of(officer, address("action", action.code))
    assert back_to(address("actions")) in shown


def test_the_navigation_says_that_actions_are_ones_work(officer: Client, assessment: Assessment) -> None:
    assert 'aria-current="true"' in text_of(officer, address("actions"))


def test_the_list_names_the_level(officer: Client, assessment: Assessment, cast: Cast) -> None:
    action = act(assessment, cast.officer)
    level = assessment.ratings.get(criterion=action.criterion).level
    assert level
    assert f"{action.criterion.code}, {level.name}" in text_of(officer, address("actions"))
