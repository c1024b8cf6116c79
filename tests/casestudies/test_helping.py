"""Agreeing to be named, and asking: who is told what, once, not too often, and never after it was withdrawn."""

import datetime
import json
import uuid

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import Settings

from audit.models import Event
from casestudies import services
from casestudies.models import Enquiry, HelpOffer
from hallmarks.models import Version
from outbox.models import Message
from outbox.services import send_waiting
from tests.assessments.answering import NOW, seat
from tests.assessments.at_once import all_at_once
from tests.assessments.helping import MAILBOX, REPLY_TO, ask, offered
from tests.casestudies.making import make_case_study
from tests.people import Cast, Places
from tests.reports.releases import neighbours

pytestmark = pytest.mark.django_db
TEXT = "Secret-question: how did you begin?"


def offer(cast: Cast, role: str = "Team", mailbox: str = MAILBOX, read: int = 0) -> HelpOffer:
    return services.offer_help(role=role, mailbox=mailbox, read=read, by=seat(cast.neighbour), arrived_at=NOW())


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="help.").order_by("pk").values_list("kind", flat=True))


# --- agreeing -----------------------------------------------------------------------------------------


def test_an_offer_is_made_changed_and_withdrawn_and_each_is_recorded(cast: Cast, places: Places) -> None:
    first = offer(cast)
    second = offer(cast, "Another team", read=first.pk)
    assert [row.role for row in HelpOffer.objects.current()] == ["Another team"]
    assert services.withdraw_help(by=seat(cast.neighbour), arrived_at=NOW())
    assert not HelpOffer.objects.current().exists()
    assert kinds() == ["help.offered", "help.changed", "help.withdrawn"]
    changed = Event.objects.get(kind="help.changed")
    assert changed.before == {"role": "Team", "mailbox": MAILBOX}
    assert (changed.partnership, changed.target_id) == ("derby", str(second.pk))


def test_the_same_words_or_a_second_withdrawal_change_nothing(cast: Cast) -> None:
    assert offer(cast).pk == offer(cast).pk
    services.withdraw_help(by=seat(cast.neighbour), arrived_at=NOW())
    assert not services.withdraw_help(by=seat(cast.neighbour), arrived_at=NOW())
    assert kinds() == ["help.offered", "help.withdrawn"]


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    first = offer(cast)
    second = offer(cast, "Another team", read=first.pk)
    with pytest.raises(services.StaleOffer) as caught:
        offer(cast, "A third", read=first.pk)
    assert caught.value.current == second
    services.withdraw_help(by=seat(cast.neighbour), arrived_at=NOW())
    with pytest.raises(services.StaleOffer) as caught:
        offer(cast, "A third", read=second.pk)
    assert caught.value.current is None


# --- asking -------------------------------------------------------------------------------------------


def test_a_question_is_kept_mailed_and_recorded_without_its_text(cast: Cast, places: Places, version: Version) -> None:
    offered(places.derby, cast.neighbour)
    lead = version.criteria.get(code="LEAD.1")
    made = ask(cast.officer, places.derby, TEXT, criterion=lead)
    assert (made.asker, made.helper, made.mailbox) == (places.amber_valley, places.derby, MAILBOX)
    message = Message.objects.get()
    assert (message.to, message.status) == (MAILBOX, "waiting")
    event = Event.objects.get(kind="help.asked")
    about = {"helper": "derby", "criterion": "LEAD.1", "case_study": "", "characters": len(TEXT)}
    assert event.after == about
    assert "Secret-question" not in json.dumps([event.before, event.after])


def test_the_mail_says_who_asks_about_what_the_text_and_where_to_answer(
    cast: Cast, places: Places, version: Version, settings: Settings
) -> None:
    offered(places.derby, cast.neighbour)
    lead = version.criteria.get(code="LEAD.1")
    study = make_case_study(cast.neighbour, lead, is_published=True, title="How we lead")
    ask(cast.officer, places.derby, f"{TEXT}\nAnd why?", criterion=lead, case_study=study)
    settings.EMAIL_HOST = "mail.example"
    assert [one.status for one in send_waiting()] == ["sent"]
    (sent,) = mail.outbox
    assert sent.subject == "Amber Valley partnership asks about “Leaders give direction”"
    assert sent.to == [MAILBOX]
    body = str(sent.body)
    for words in (
        "Amber Valley partnership has a question for Derby partnership",
        "“Leaders give direction” (Leadership 1)",
        "“How we lead”",
        f"\n> {TEXT}\n> And why?\n",
        f"Please answer to this address: {REPLY_TO}",
        "/helping/derby/questions/",
    ):
        assert words in body, words
    assert not getattr(sent, "alternatives", [])
    assert "&" not in body
    assert cast.officer.email not in body
    assert cast.officer.name not in body


@pytest.mark.parametrize(
    "text",
    [
        "Hello\nBcc: everybody@portal.test\n\nPlease answer to this address: thief@evil.test",
        "Hello\u2028Please answer to this address: thief@evil.test",
        "Hello\x85Please answer to this address: thief@evil.test",
        "{{ settings.SECRET_KEY }} {% load i18n %} %(asker)s",
        "<script>alert(1)</script> & “so on”",
    ],
)
def test_a_hostile_text_stays_a_marked_text(text: str, cast: Cast, places: Places, settings: Settings) -> None:
    offered(places.derby, cast.neighbour)
    ask(cast.officer, places.derby, text)
    settings.EMAIL_HOST = "mail.example"
    list(send_waiting())
    (sent,) = mail.outbox
    assert (sent.to, sent.cc, sent.bcc) == ([MAILBOX], [], [])
    assert set(sent.message().keys()).isdisjoint({"Bcc", "Cc"})
    for line in text.splitlines():
        assert not line or f"> {line}\n" in str(sent.body)
    unmarked = [line for line in str(sent.body).splitlines() if not line.startswith(">")]
    assert [line for line in unmarked if "thief" in line] == []


def test_a_title_of_several_lines_makes_no_header(cast: Cast, places: Places, settings: Settings) -> None:
    type(places.amber_valley).objects.filter(pk=places.amber_valley.pk).update(name="Amber\r\nBcc: x@evil.test")
    offered(places.derby, cast.neighbour)
    ask(cast.officer, places.derby)
    settings.EMAIL_HOST = "mail.example"
    list(send_waiting())
    assert "Bcc" not in mail.outbox[0].message()


def test_the_same_page_sent_twice_asks_once(cast: Cast, places: Places) -> None:
    offered(places.derby, cast.neighbour)
    once = uuid.uuid4()
    assert ask(cast.officer, places.derby, save_id=once) == ask(cast.officer, places.derby, save_id=once)
    assert (Enquiry.objects.count(), Message.objects.count(), len(kinds())) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once(cast: Cast, places: Places) -> None:
    offered(places.derby, cast.neighbour)
    once = uuid.uuid4()
    assert all_at_once(*[lambda: ask(cast.officer, places.derby, save_id=once)] * 3) == []
    assert (Enquiry.objects.count(), Message.objects.count()) == (1, 1)


def test_another_text_from_the_same_page_is_another_question(cast: Cast, places: Places) -> None:
    offered(places.derby, cast.neighbour)
    once = uuid.uuid4()
    ask(cast.officer, places.derby, save_id=once)
    with pytest.raises(services.AskedAlready):
        ask(cast.officer, places.derby, "And what did it cost?", save_id=once)
    offered(places.amber_valley, cast.coordinator)
    with pytest.raises(services.AskedAlready):
        ask(cast.neighbour, places.amber_valley, save_id=once)
    assert Enquiry.objects.count() == 1


def test_who_withdrew_or_never_offered_is_not_asked(cast: Cast, places: Places) -> None:
    with pytest.raises(services.NotOffered):
        ask(cast.officer, places.derby)
    offer(cast)
    services.withdraw_help(by=seat(cast.neighbour), arrived_at=NOW())
    with pytest.raises(services.NotOffered):
        ask(cast.officer, places.derby)
    assert (Enquiry.objects.count(), Message.objects.count()) == (0, 0)


def test_nobody_asks_themselves(cast: Cast, places: Places) -> None:
    offered(places.amber_valley, cast.coordinator)
    with pytest.raises(services.NotOffered):
        ask(cast.officer, places.amber_valley)


def test_a_partnership_asks_so_often_a_day(cast: Cast, places: Places, settings: Settings) -> None:
    settings.ENQUIRIES_A_DAY = 2
    offered(places.derby, cast.neighbour)
    offered(places.exeter, cast.neighbour)
    ask(cast.officer, places.derby)
    ask(cast.colleague, places.exeter)
    with pytest.raises(services.AskerAsksTooMuch):
        ask(cast.coordinator, places.derby)
    ask(cast.officer, places.derby, arrived_at=NOW() + datetime.timedelta(days=1))


def test_a_helper_is_asked_so_often_a_day_by_all_together(cast: Cast, places: Places, settings: Settings) -> None:
    settings.ENQUIRIES_TO_ONE_HELPER_A_DAY = 2
    offered(places.exeter, cast.coordinator)
    ask(cast.officer, places.exeter)
    ask(cast.neighbour, places.exeter)
    with pytest.raises(services.HelperIsAskedTooMuch):
        ask(cast.officer, places.exeter)
    offered(places.derby, cast.neighbour)
    ask(cast.officer, places.derby)


def test_a_day_ends_at_midnight_in_london(cast: Cast, places: Places, settings: Settings) -> None:
    settings.ENQUIRIES_A_DAY = 1
    offered(places.derby, cast.neighbour)
    late = datetime.datetime(2027, 6, 1, 22, 30, tzinfo=datetime.UTC)
    ask(cast.officer, places.derby, arrived_at=late)
    ask(cast.officer, places.derby, arrived_at=late + datetime.timedelta(minutes=31))
    assert timezone.localtime(late).hour == 23


@pytest.mark.django_db(transaction=True)
def test_several_at_once_do_not_go_over_the_limit(cast: Cast, places: Places, settings: Settings) -> None:
    settings.ENQUIRIES_A_DAY = 2
    offered(places.derby, cast.neighbour)
    failed = all_at_once(*[lambda: ask(cast.officer, places.derby)] * 4)
    assert [type(each) for each in failed] == [services.AskerAsksTooMuch] * 2
    assert Enquiry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_each_other_do_not_wait_for_ever(cast: Cast, places: Places) -> None:
    offered(places.derby, cast.neighbour)
    offered(places.amber_valley, cast.coordinator)
    one, other = (lambda: ask(cast.officer, places.derby)), (lambda: ask(cast.neighbour, places.amber_valley))
    assert all_at_once(one, other, one, other) == []


def test_the_offers_of_many_stand_beside_each_other(cast: Cast, places: Places) -> None:
    for place in neighbours(places.derby.police_force, 3):
        offered(place, cast.neighbour)
    assert HelpOffer.objects.current().count() == 3
