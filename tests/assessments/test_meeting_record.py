"""What a meeting agreed stays its own: on every page, after later words, on paper, and once it is submitted."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Standpoint, User
from assessments.models import Assessment, Decision, Rating, Round
from tests import criteria
from tests.assessments.answering import NOW, rate, rate_everything, stamp, submit, url
from tests.assessments.deciding import agencies, decide
from tests.assessments.giving import give, make_member, reveal
from tests.assessments.test_meeting_pages import send, text_of
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
# Where each page tells it, and what comes after its name in the address.
PAGES = [("criterion", "LEAD.2"), ("meeting_criterion", "LEAD.2"), ("meeting_agenda",), ("check",)]


@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.officer)


@pytest.fixture
def agreed(assessment: Assessment, cast: Cast) -> None:
    """Let a meeting agree on LEAD.2, with two agencies present and one that sees it otherwise."""
    decide(
        assessment,
        "LEAD.2",
        cast.officer,
        reason="The meeting’s own words.",
        present=("Police force", "Local authority"),
        dissent="Police: gap",
    )


@pytest.fixture
def revealed(assessment: Assessment, cast: Cast) -> None:
    """Let three agencies see LEAD.2 differently, and one alone LEAD.1."""
    third = make_member(assessment, "probation", "Probation service", Standpoint.STRATEGIC)
    give(assessment, cast.coordinator, code="LEAD.2", level=3, comment="We lead it.")
    give(assessment, cast.colleague, code="LEAD.2", level=0)
    give(assessment, third, code="LEAD.2", level=3)
    give(assessment, third, code="LEAD.1", level=1)
    reveal(assessment, cast.coordinator)


# --- the meeting's words ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer", "viewer"])
@pytest.mark.parametrize("page", [("criterion", "LEAD.2"), ("check",)])
def test_the_pages_of_a_criterion_say_what_the_meeting_agreed_who_was_there_and_who_saw_it_otherwise(
    page: tuple[str, ...], who: str, agreed: None, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    text = text_of(sign_in(cast.everybody()[who]), page[0], assessment, *page[1:])
    assert re.search(r"Your meeting on \d+ \w+ \d{4} agreed on “some success”\.", text)
    assert "Present: Local authority, Police force." in text
    assert "Seen differently: Police: gap" in text
    assert "changed since" not in text


@pytest.mark.parametrize("page", PAGES)
def test_words_written_later_do_not_pass_for_the_meetings(
    page: tuple[str, ...], agreed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="some_success", reason="Written at a desk.", revision=1)
    text = text_of(officer, page[0], assessment, *page[1:])
    assert "The meeting’s own words." in text
    assert "The reason was changed since, by Pat Colleague" in text
    assert "agreed again" not in text, "the level is still the one agreed"
    assert "1 of 4 agreed" in text_of(officer, "tasks", assessment)


def test_saving_the_new_words_at_a_meeting_makes_them_the_meetings(
    agreed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="some_success", reason="Better said.", revision=1)
    form = officer.get(url("meeting_criterion", assessment, "LEAD.2")).context["form"]
    assert (form["level"].value(), form["reason"].value()) == ("some_success", "Better said.")
    present = [str(agency.pk) for agency in agencies(assessment, "Local authority", "Police force")]
    send(officer, assessment, revision=2, reason="Better said.", present=present, dissent="Police: gap")
    assert Decision.objects.get().reason == "Better said."
    assert "changed since" not in text_of(officer, "criterion", assessment, "LEAD.2")


def test_the_check_page_and_the_criterion_ask_nothing_more_for_what_was_agreed(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    for code, level in (("LEAD.1", "some_success"), ("LEAD.2", "some_success"), ("LAW.1", "met")):
        rate(assessment, code, cast.officer, level=level, reason="We agreed.")
    for page in (("check",), ("criterion", "LEAD.2")):
        address = url(page[0], assessment, *page[1:])
        officer.get(address)
        with counted() as before:
            officer.get(address)
        decide(assessment, "LEAD.2", cast.officer, revision=1 + (page[0] == "criterion"), dissent=page[0])
        with counted() as after:
            officer.get(address)
        assert after.number == before.number, after.queries


# --- nobody's answer stands for the room's --------------------------------------------------------------


def test_what_one_person_answered_is_beside_the_form_and_never_ticked(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="doing_well", reason="I think so.")
    answer = officer.get(url("meeting_criterion", assessment, "LEAD.2"))
    form, page = answer.context["form"], answer.content.decode()
    assert (form["level"].value(), form["reason"].value()) == (None, "")
    assert 'type="radio" id="id_level' in page
    assert not re.search(r'name="level" value="\w+" checked', page)
    assert "What Pat Colleague answered, not agreed by a meeting" in page
    assert "I think so." in page
    assert send(officer, assessment, level="", reason="", revision=1).status_code == 200, "it is asked for"
    assert not Decision.objects.exists()


def test_the_words_of_the_answer_may_be_taken_the_level_is_still_chosen(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="doing_well", reason="I think so.")
    address = url("meeting_criterion", assessment, "LEAD.2")
    assert 'href="?start=answer#id_reason"' in text_of(officer, "meeting_criterion", assessment, "LEAD.2")
    form = officer.get(address, {"start": "answer"}).context["form"]
    assert (form["level"].value(), form["reason"].value()) == (None, "I think so.")


def test_a_level_changed_since_is_not_ticked_either(
    agreed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="doing_well", reason="I think so.", revision=1)
    form = officer.get(url("meeting_criterion", assessment, "LEAD.2")).context["form"]
    assert (form["level"].value(), form["reason"].value()) == (None, "")


def test_before_a_meeting_agreed_nothing_is_asked_about_one_persons_level(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.2", cast.officer, level="gap_identified", reason="I think so.")
    assert "why this level" not in text_of(officer, "meeting_criterion", assessment, "LEAD.2")


# --- the shared screen ----------------------------------------------------------------------------------


def test_the_page_that_follows_says_what_was_agreed_and_opens_at_its_own_criterion(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    answer = send(officer, assessment, "LEAD.2", level="doing_well")
    assert answer["Location"] == url("meeting_criterion", assessment, "LEAD.1") + "#now"
    page = officer.get(answer["Location"]).content.decode()
    assert "Leadership 2 agreed: doing well" in page[page.index('id="told"') : page.index('id="now"')]
    assert 'id="now" tabindex="-1" aria-describedby="told">Leaders give direction</h2>' in page
    assert "agreed: doing well" not in text_of(officer, "meeting", assessment), "once"


def test_the_form_comes_right_after_the_views_and_a_link_leads_straight_to_it(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    page = text_of(officer, "meeting", assessment)
    order = [page.index(words) for words in ('class="app-views"', 'name="level"', "We lead it.", "app-agenda")]
    assert order == sorted(order)
    skip = '<a href="#record" class="govuk-skip-link" data-module="govuk-skip-link">Record what you agree</a>'
    assert skip in page
    assert page.index(skip) < page.index("<header")
    assert "#record" not in text_of(sign_in(cast.viewer), "meeting", assessment)


def test_who_is_present_folds_away_once_it_is_known(officer: Client, assessment: Assessment) -> None:
    folded = '<details class="govuk-details app-meet__present">'
    assert folded not in text_of(officer, "meeting", assessment)
    send(officer, assessment, "LEAD.2")
    page = text_of(officer, "meeting", assessment)
    assert folded in page
    assert "Present: Local authority</span>" in page
    assert folded not in send(officer, assessment, "LEAD.1", present=[]).content.decode(), "what is missing is open"


def test_two_texts_can_be_put_together_at_the_meeting_too(officer: Client, assessment: Assessment, cast: Cast) -> None:
    decide(assessment, "LEAD.2", cast.colleague, reason="Theirs", present=("Police force",))
    page = send(officer, assessment, reason="Mine", dissent="Council: gap").content.decode()
    for words in ("Keep theirs", "Keep mine", "Put both together"):
        assert words in page
    answer = send(officer, assessment, reason="Mine", dissent="Council: gap", then="both")
    assert answer.status_code == 200
    assert "Mine\n\nPolice force wrote:\nTheirs</textarea>" in answer.content.decode()
    assert 'value="Council: gap"' in answer.content.decode()
    assert Rating.objects.get().reason == "Theirs", "nothing is saved yet"
    again = answer.context["stamp"]
    send(officer, assessment, revision=again.revision, save_id=str(again.save_id), reason="One text")
    assert Decision.objects.get().reason == "One text"


def test_putting_together_after_the_deadline_keeps_what_was_typed(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    decide(assessment, "LEAD.2", cast.colleague, reason="Theirs")
    Round.objects.filter(pk=assessment.round.pk).update(closes_on=NOW().date() - datetime.timedelta(days=1))
    answer = send(officer, assessment, reason="Mine", then="both")
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert Rating.objects.get().reason == "Theirs"


# --- on paper -------------------------------------------------------------------------------------------


def test_the_paper_names_agencies_and_the_last_level_and_leaves_room_to_write(
    revealed: None, officer: Client, assessment: Assessment, cast: Cast, places: Places
) -> None:
    before = criteria.make_round(assessment.round.version, places, slug="2026", days=60)
    Round.objects.filter(pk=before.pk).update(opens_on=assessment.round.opens_on - datetime.timedelta(days=365))
    last = Assessment.objects.with_round().get(round=before, partnership=places.amber_valley)
    rate(last, "LEAD.2", cast.officer, level="working_towards", reason="Two bodies have still to sign.")
    Round.objects.filter(pk=assessment.round.pk).update(previous=before)
    page = text_of(officer, "meeting_agenda", assessment)
    first = page[page.index("app-plan__item") : page.index("</li>", page.index("app-plan__item"))]
    for words in ("Doing well:</strong> Local authority, Probation service", "Gap identified:</strong> Police force"):
        assert words in first
    assert "Last round: Working towards" in first
    for words in ("Agreed level", "Why", "Seen differently"):
        assert f"<span>{words}</span>" in first


def test_the_paper_is_the_record_once_it_is_agreed(
    revealed: None, agreed: None, officer: Client, assessment: Assessment
) -> None:
    page = text_of(officer, "meeting_agenda", assessment)
    first = page[page.index("app-plan__item") : page.index("</li>", page.index("app-plan__item"))]
    for words in (
        "Some success",
        "The meeting’s own words.",
        "Present: Local authority, Police force.",
        "Seen differently: Police: gap",
    ):
        assert words in first
    assert "app-lines" not in first


def test_what_one_agency_alone_sees_has_no_number(revealed: None, officer: Client, assessment: Assessment) -> None:
    page = text_of(officer, "meeting_agenda", assessment)
    assert re.findall(r"Levels apart: ([\d.]*)", page) == ["2.0"]
    assert page.count("One agency only") == 1
    assert "One agency alone gave a view" in text_of(officer, "meeting_criterion", assessment, "LEAD.1")
    assert "2 criteria of which nobody gave a view" in page


def test_the_reveal_says_that_one_agency_may_stand_alone(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    page = text_of(sign_in(cast.coordinator), "views_reveal", assessment)
    assert "so that no agency stands alone" not in page
    assert "a criterion of which one agency alone gave a view is shown with that agency’s name" in page


# --- after the reveal, and once it is submitted ---------------------------------------------------------


def test_the_page_of_all_views_leads_to_the_meeting_and_begins_where_agencies_differ_most(
    revealed: None, officer: Client, assessment: Assessment
) -> None:
    page = text_of(officer, "views", assessment)
    assert page.count(f'href="{url("meeting", assessment)}"') == 2
    widest = page[page.index('id="widest"') : page.index("</section>", page.index('id="widest"'))]
    assert re.findall(r"meeting/([A-Z]+\.\d)/", widest) == ["LEAD.2"]
    assert page.index('id="criterion-LEAD.2"') < page.index('id="criterion-LEAD.1"'), "in its section as well"
    assert page.count('<details class="govuk-details app-folded"') == 2
    assert "views differ on 1 of 2" in page


def test_what_was_submitted_is_told_and_no_longer_asked_for(
    revealed: None, agreed: None, officer: Client, assessment: Assessment, cast: Cast
) -> None:
    for code, level in (("LEAD.1", "some_success"), ("LAW.1", "met"), ("LAW.2", "met")):
        rate(assessment, code, cast.officer, level=level, reason="Because.")
    submit(assessment, cast.coordinator)
    tasks = text_of(officer, "tasks", assessment)
    assert "What your meeting agreed" in tasks
    assert "1 of 4 agreed" in tasks
    assert "Not started" not in tasks
    page = text_of(officer, "meeting", assessment)
    for words in ("Next criterion that is not agreed", "Not agreed yet", "Agree ratings"):
        assert words not in page
    assert "No meeting’s decision was recorded" in page
    assert "Next criterion" in page
    agenda = text_of(officer, "meeting_agenda", assessment)
    assert "app-lines" not in agenda
    assert "No decision recorded" in agenda


def test_a_submission_without_a_meeting_says_so(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    give_and_reveal(assessment, cast)
    submit(assessment, cast.coordinator)
    tasks = text_of(officer, "tasks", assessment)
    assert "No meeting’s decision was recorded" in tasks
    assert "0 of 4 agreed" not in tasks


def give_and_reveal(assessment: Assessment, cast: Cast) -> None:
    third = make_member(assessment, "probation", "Probation service", Standpoint.STRATEGIC)
    for member in (cast.coordinator, cast.colleague, third):
        give(assessment, member)
    reveal(assessment, cast.coordinator)


def test_a_decision_keeps_its_own_reason(agreed: None, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.2", cast.colleague, level="some_success", reason="Written at a desk.", revision=1)
    decision = Decision.objects.get()
    assert decision.reason == "The meeting’s own words."
    assert decision.is_kept_by(Rating.objects.get())
    assert not decision.says(Rating.objects.get())


def test_the_first_words_of_a_meeting_are_its_own(officer: Client, assessment: Assessment) -> None:
    officer.post(url("meeting_criterion", assessment, "LEAD.2"), {**stamp(), "level": "some_success"})
    assert not Decision.objects.exists(), "a meeting decides in full"
    send(officer, assessment, reason="Typed in the room.")
    assert Decision.objects.get().reason == "Typed in the room."
