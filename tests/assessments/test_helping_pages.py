"""From a gap to a helper as people meet it: who is shown, asking, what is kept, agreeing, and who reads what."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from assessments.models import Assessment, Round
from audit.models import Event
from casestudies.models import Enquiry, HelpOffer
from outbox.models import Message
from tests.assessments.acting import act
from tests.assessments.answering import rate, url
from tests.assessments.helping import MAILBOX, REPLY_TO, answered, ask, helper, offered, past_round
from tests.casestudies.making import make_case_study
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
QUESTIONS = "/helping/{}/questions/"
OFFER = "/helping/{}/"


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


@pytest.fixture
def derby(round_: Round, places: Places, cast: Cast) -> HelpOffer:
    """Derby does LEAD.1 and LEAD.2 well, and agreed to be asked."""
    last = past_round(round_)
    answered(past_round(round_, "2025", 500), places.derby, cast.neighbour, "LEAD.2")
    return helper(last, places.derby, cast.neighbour)


def text_of(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return plain(answer)


def plain(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sent(client: Client, where: str, **changes: str) -> dict[str, str]:
    """Return what the form sends as it stands on the page."""
    save_id = re.search(r'name="save_id" value="([^"]+)"', client.get(where).content.decode())
    assert save_id
    return {"save_id": save_id[1], "text": "How did you begin?", "mailbox": REPLY_TO, **changes}


def where(assessment: Assessment, slug: str = "derby") -> str:
    return url("ask_helper", assessment, "LEAD.1", slug)


# --- where helpers are shown --------------------------------------------------------------------------


def test_a_low_rating_leads_to_who_does_it_well(
    officer: Client, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    page = url("criterion", assessment, "LEAD.1")
    assert "Who does this well" not in text_of(officer, page)
    rating = rate(assessment, "LEAD.1", cast.officer, level="working_towards")
    found = text_of(officer, page)
    assert "Same region as you (East Midlands); the Government Office agreed “doing well” in its review" in found
    assert where(assessment) in found
    rate(assessment, "LEAD.1", cast.officer, level="some_success", revision=rating.revision)
    assert "Who does this well" not in text_of(officer, page)


def test_the_page_to_read_shows_them_and_a_viewer_cannot_ask(
    sign_in: SignIn, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="gap_identified")
    viewer = sign_in(cast.viewer)
    for page in (url("criterion", assessment, "LEAD.1"), url("helpers", assessment, "LEAD.1")):
        found = text_of(viewer, page)
        assert "<strong>Derby</strong>" in found
        assert where(assessment) not in found
    assert viewer.get(where(assessment)).status_code == 403


def test_an_improvement_action_leads_there_too(
    officer: Client, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    action = act(assessment, cast.officer, code="LEAD.1")
    page = reverse("assessments:action", args=["amber-valley", action.code])
    assert where(assessment) in text_of(officer, page)


def test_nobody_to_name_is_said(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="gap_identified")
    for page in (url("criterion", assessment, "LEAD.1"), url("helpers", assessment, "LEAD.1")):
        assert "has agreed to be asked yet" in text_of(officer, page)


def test_a_withdrawn_offer_vanishes_at_once(
    officer: Client, sign_in: SignIn, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    assert "<strong>Derby</strong>" in text_of(officer, url("helpers", assessment, "LEAD.1"))
    assert sign_in(cast.neighbour).post(OFFER.format("derby") + "withdraw/").status_code == 302
    assert "Derby" not in text_of(sign_in(cast.officer), url("helpers", assessment, "LEAD.1"))


def test_the_case_study_is_shown_by_its_published_title(
    officer: Client, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    lead = assessment.round.version.criteria.get(code="LEAD.1")
    study = make_case_study(cast.neighbour, lead, is_published=True, title="How <we> lead")
    type(study).objects.filter(pk=study.pk).update(title="In the making")
    found = text_of(officer, url("helpers", assessment, "LEAD.1"))
    assert "How &lt;we&gt; lead" in found
    assert study.get_absolute_url() in found
    assert "In the making" not in found


def test_the_criterion_page_asks_one_query_more(
    officer: Client, assessment: Assessment, world: None, cast: Cast
) -> None:
    page = url("criterion", assessment, "LEAD.1")
    officer.get(page)
    with counted() as before:
        officer.get(page)
    rate(assessment, "LEAD.1", cast.officer, level="gap_identified", revision=1)
    with counted() as after:
        assert "<strong>Derby</strong>" in plain(officer.get(page))
    assert after.number == before.number + 1, after.queries
    assert after.number <= 12


# --- asking -------------------------------------------------------------------------------------------


def test_a_question_goes_out_and_both_sides_see_it(
    officer: Client, sign_in: SignIn, assessment: Assessment, derby: HelpOffer, cast: Cast
) -> None:
    text = "How did you <b>begin</b>?\nAnd why?"
    answer = officer.post(where(assessment), sent(officer, where(assessment), text=text), follow=True)
    assert "Your question to Derby is on its way." in plain(answer)
    mine = text_of(officer, QUESTIONS.format("amber-valley"))
    assert "You asked Derby" in mine
    assert "Waiting to be sent" in mine
    assert f"They answer to {REPLY_TO}" in mine
    assert "&lt;b&gt;begin&lt;/b&gt;" in mine
    assert MAILBOX not in mine
    theirs = text_of(sign_in(cast.neighbour), QUESTIONS.format("derby"))
    assert "Amber Valley asked you" in theirs
    assert f"Answer to {REPLY_TO}" in theirs


def test_the_mailbox_is_filled_in_from_the_offer_or_the_last_question(
    officer: Client, assessment: Assessment, derby: HelpOffer, places: Places, cast: Cast
) -> None:
    assert 'name="mailbox" value' not in text_of(officer, where(assessment))
    ask(cast.officer, places.derby)
    assert f'value="{REPLY_TO}"' in text_of(officer, where(assessment))
    offered(places.amber_valley, cast.coordinator, "team@amber-valley.example")
    assert 'value="team@amber-valley.example"' in text_of(officer, where(assessment))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "", "Enter your question"),
        ("text", "x" * 2001, "2,000"),
        ("text", "bell \x07", "broken character"),
        ("mailbox", "", "Enter the address of a mailbox"),
        ("mailbox", "x@y", "correct form"),
        ("mailbox", "a@b.example\r\nBcc: x@evil.test", "correct form"),
        ("mailbox", "x" * 300 + "@b.example", ""),
        ("mailbox", "jo.smith@council.example", "looks like one person’s own"),
        ("mailbox", "team@hotmail.com", "looks like one person’s own"),
        ("mailbox", "Officer@Portal.test", "looks like one person’s own"),
    ],
)
def test_what_cannot_be_sent_is_told_and_kept(
    field: str, value: str, says: str, officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    given = sent(officer, where(assessment), **{field: value})
    if field != "text":
        given["text"] = "Keep me."
    answer = officer.post(where(assessment), given)
    assert answer.status_code == 200
    assert says in plain(answer)
    assert field == "text" or "Keep me." in plain(answer)
    assert not Enquiry.objects.exists()


def test_a_persons_own_address_is_a_warning_and_no_ban(
    officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    given = sent(officer, where(assessment), mailbox="jo.smith@council.example")
    assert "Use this address all the same" in plain(officer.post(where(assessment), given))
    assert officer.post(where(assessment), {**given, "is_agreed": "on"}).status_code == 302
    assert Enquiry.objects.get().reply_to == "jo.smith@council.example"


@pytest.mark.parametrize("stamp", [{}, {"save_id": ""}, {"save_id": "x" * 5000}, {"save_id": "'; drop"}])
def test_a_form_without_its_stamp_is_refused(
    stamp: dict[str, str], officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    given = {"text": "A", "mailbox": REPLY_TO, **stamp}
    assert officer.post(where(assessment), given).status_code == 400


def test_a_double_click_sends_one(officer: Client, assessment: Assessment, derby: HelpOffer) -> None:
    given = sent(officer, where(assessment))
    assert [officer.post(where(assessment), given).status_code for _click in range(2)] == [302, 302]
    assert (Enquiry.objects.count(), Message.objects.count()) == (1, 1)


def test_a_page_from_the_browsers_memory_with_another_text_asks_first(
    officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    given = sent(officer, where(assessment))
    officer.post(where(assessment), given)
    answer = officer.post(where(assessment), {**given, "text": "And what did it cost?"})
    assert answer.status_code == 409
    assert "Send this one too" in plain(answer)
    assert "And what did it cost?" in plain(answer)
    again = re.search(r'name="save_id" value="([^"]+)"', answer.content.decode())
    assert again
    assert again[1] != given["save_id"]
    answer = officer.post(where(assessment), {**given, "save_id": again[1], "text": "And what did it cost?"})
    assert answer.status_code == 302
    assert Enquiry.objects.count() == 2


def test_an_offer_withdrawn_meanwhile_is_told_and_the_text_kept(
    officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    given = sent(officer, where(assessment), text="Keep <me>.")
    HelpOffer.objects.update(withdrawn_at=timezone.now())
    answer = officer.post(where(assessment), given)
    assert answer.status_code == 409
    assert "Derby cannot be asked about this" in plain(answer)
    assert "Keep &lt;me&gt;." in plain(answer)
    assert not Enquiry.objects.exists()
    assert officer.get(where(assessment)).status_code == 409


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        ("ENQUIRIES_A_DAY", "Your partnership asked 1 question today"),
        ("ENQUIRIES_TO_ONE_HELPER_A_DAY", "Derby was asked 1 question today"),
    ],
)
def test_too_many_in_a_day_is_told_and_the_text_kept(
    limit: str, says: str, officer: Client, assessment: Assessment, derby: HelpOffer, settings: Settings
) -> None:
    setattr(settings, limit, 1)
    officer.post(where(assessment), sent(officer, where(assessment)))
    answer = officer.post(where(assessment), sent(officer, where(assessment), text="Keep me."))
    assert answer.status_code == 429
    assert says in plain(answer)
    assert "Keep me." in plain(answer)
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("slug", ["exeter", "amber-valley", "nowhere"])
def test_who_never_offered_is_not_there_to_ask(
    slug: str, officer: Client, assessment: Assessment, derby: HelpOffer
) -> None:
    assert officer.get(where(assessment, slug)).status_code == 404
    given = {"save_id": str(uuid.uuid4()), "text": "A", "mailbox": REPLY_TO}
    assert officer.post(where(assessment, slug), given).status_code == 404


# --- agreeing to be named -----------------------------------------------------------------------------


def test_a_coordinator_agrees_changes_and_withdraws(
    sign_in: SignIn, assessment: Assessment, derby: HelpOffer, places: Places, cast: Cast
) -> None:
    HelpOffer.objects.update(withdrawn_at=timezone.now())
    neighbour, page = sign_in(cast.neighbour), OFFER.format("derby")
    before = text_of(neighbour, page)
    assert "You would be named on 2 criteria now" in before
    assert "Leadership 1: Leaders give direction" in before
    given = {"revision": "0", "role": "Safety team", "mailbox": "team@derby.example"}
    assert "Other partnerships can ask you" in plain(neighbour.post(page, given, follow=True))
    current = HelpOffer.objects.current().get()
    given = {"revision": str(current.pk), "role": "Another team", "mailbox": "team@derby.example"}
    neighbour.post(page, given)
    assert "no longer named" in plain(neighbour.post(page + "withdraw/", follow=True))
    assert not HelpOffer.objects.current().exists()
    kinds = Event.objects.filter(kind__startswith="help.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["help.offered", "help.changed", "help.withdrawn"]


def test_what_a_colleague_changed_is_shown_beside_what_was_typed(sign_in: SignIn, derby: HelpOffer, cast: Cast) -> None:
    given = {"revision": "0", "role": "My team", "mailbox": "mine@derby.example"}
    answer = sign_in(cast.neighbour).post(OFFER.format("derby"), given)
    assert answer.status_code == 409
    assert f"Community safety team, {MAILBOX}" in plain(answer)
    assert 'value="My team"' in plain(answer)
    again = {**given, "revision": str(derby.pk)}
    assert sign_in(cast.neighbour).post(OFFER.format("derby"), again).status_code == 302


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 40])
def test_an_offer_without_its_stamp_is_refused(revision: str, sign_in: SignIn, derby: HelpOffer, cast: Cast) -> None:
    given = {"revision": revision, "role": "T", "mailbox": "t@derby.example"}
    assert sign_in(cast.neighbour).post(OFFER.format("derby"), given).status_code == 400


def test_the_people_page_leads_to_it_for_coordinators_alone(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    page, leads = reverse("accounts:people", args=["amber-valley"]), OFFER.format("amber-valley")
    assert f'href="{leads}"' in text_of(sign_in(cast.coordinator), page)
    assert f'href="{leads}"' not in text_of(sign_in(cast.administrator), page)


# --- what became of it, and who reads it --------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"status": "waiting"}, "Waiting to be sent"),
        ({"status": "waiting", "error": "The mail server could not be reached."}, "It is tried again."),
        ({"status": "sent", "sent_at": timezone.now()}, ">Sent<"),
        ({"status": "failed", "error": "550 5.1.1 …"}, "550 5.1.1 …"),
        ({"status": "sending", "next_attempt_at": timezone.now()}, "May have gone"),
    ],
)
def test_the_state_of_the_mail_is_told(
    state: dict[str, Any], says: str, officer: Client, derby: HelpOffer, places: Places, cast: Cast
) -> None:
    ask(cast.officer, places.derby)
    Message.objects.update(**state)
    assert says.replace(">Sent<", "Sent") in text_of(officer, QUESTIONS.format("amber-valley"))


def test_helpers_learn_which_mailbox_fails(sign_in: SignIn, derby: HelpOffer, places: Places, cast: Cast) -> None:
    ask(cast.officer, places.derby)
    Message.objects.update(status="failed", error="550 5.1.1 …")
    assert f"It did not reach {MAILBOX}" in text_of(sign_in(cast.neighbour), QUESTIONS.format("derby"))
    assert MAILBOX not in text_of(sign_in(cast.officer), QUESTIONS.format("amber-valley"))
