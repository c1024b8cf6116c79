"""The check sheet on screen: what is missing first, one page a set, nobody's text lost."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from partnerships.models import Agency
from sharing.models import InformationSet, SheetLine
from sharing.periods import FIRST
from tests.counting import counted
from tests.people import Cast, Places
from tests.sharing.making import save_line, stamp_on, this_quarter

pytestmark = pytest.mark.usefixtures("reference", "places")
SignIn = Callable[[User | None], Client]


def sheet_url() -> str:
    now = this_quarter()
    return reverse("sharing:sheet", args=["amber-valley", now.year, now.number])


def line_url(number: int = 1) -> str:
    return f"{sheet_url()}{number}/"


def answer(day: datetime.date | None = None, **changes: str) -> dict[str, str]:
    """Return what the form sends for a set that came today from the police."""
    day = day or timezone.localdate()
    parts = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    sent = {"state": "received", "received_from": "Police force", "note": "", **{k: str(v) for k, v in parts.items()}}
    return {**sent, **changes}


def nothing(**changes: str) -> dict[str, str]:
    blank = dict.fromkeys(answer(), "")
    return {**blank, **changes}


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def test_what_is_missing_is_said_first(officer: Client, places: Places, cast: Cast) -> None:
    save_line(places, cast.officer, 2, note="By disc")
    page = officer.get(sheet_url()).content.decode()
    lead = page[page.index("app-lead") : page.index("<table")]
    words = "<strong>1 of 3 received</strong>; missing: set 1 (Police force); set 3 (Fire and rescue authority).</p>"
    assert words in re.sub("<a [^>]*>|</a>", "", lead)
    assert 'href="#set-3"' in lead
    assert "By disc" in page
    assert "Officers and coordinators" not in page


def test_what_does_not_apply_is_left_out_of_the_count(officer: Client, places: Places, cast: Cast) -> None:
    save_line(places, cast.officer, 1)
    save_line(places, cast.officer, 2)
    save_line(places, cast.officer, 3, state="not_for_us", received_from=None, received_on=None, note="No brigade here")
    page = officer.get(sheet_url()).content.decode()
    assert "<strong>2 of 2 received</strong>. Nothing is missing. 1 set does not apply here." in page


def test_other_quarters_stand_beside_it_with_their_counts(officer: Client, places: Places, cast: Cast) -> None:
    save_line(places, cast.officer, quarter=this_quarter().previous)
    now = this_quarter()
    others = dict(officer.get(sheet_url()).context["others"])
    assert len(others) == 8
    assert others[now] is None
    assert others[now.previous].in_words == "1 of 3 received"


def test_a_viewer_reads_and_finds_no_way_to_write(sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.viewer).get(sheet_url()).content.decode()
    assert line_url() not in page
    assert "You can read this sheet" in page


def test_without_the_laws_list_the_page_says_so(officer: Client) -> None:
    InformationSet.objects.all().delete()
    assert "has not been loaded" in officer.get(sheet_url()).content.decode()


@pytest.mark.parametrize("place", ["2007/3", "1/1", "2026/0", "2026/5", "99999/1", "99999999999999999999/1"])
def test_a_quarter_that_never_was_is_not_found(officer: Client, place: str) -> None:
    assert officer.get(f"/sharing/amber-valley/{place}/").status_code == 404
    assert officer.get(f"/sharing/amber-valley/{place}/1/").status_code == 404


def test_the_first_sharing_period_can_be_written_up_and_the_next_quarter_cannot(officer: Client) -> None:
    assert officer.get(f"/sharing/amber-valley/{FIRST.year}/{FIRST.number}/").status_code == 200
    coming = this_quarter().following
    assert officer.get(f"/sharing/amber-valley/{coming.year}/{coming.number}/").status_code == 404
    assert officer.get(f"{sheet_url()}99/").status_code == 404


def test_the_usual_sender_is_chosen_already(officer: Client) -> None:
    form = officer.get(line_url(1)).context["form"]
    assert form["received_from"].value() == "Police force"
    assert officer.get(line_url(3)).context["form"]["received_from"].value() is None


def test_saving_leads_to_the_next_set_that_is_missing(officer: Client, places: Places, cast: Cast) -> None:
    save_line(places, cast.officer, 2)
    sent = {**answer(), **stamp_on(officer, line_url())}
    assert officer.post(line_url(), sent).headers["Location"] == line_url(3)
    assert SheetLine.objects.get(information_set__number=1).received_on == timezone.localdate()


def test_saving_and_going_back_leads_to_the_sheet(officer: Client) -> None:
    sent = {**answer(), **stamp_on(officer, line_url()), "then": "back"}
    back = officer.post(line_url(), sent, follow=True)
    assert back.redirect_chain[0][0] == sheet_url()
    assert "Set 1 saved." in back.content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (nothing(), "Select whether it was received"),
        (nothing(state="received", received_from="Police force"), "Enter the day it arrived"),
        (answer(received_from=""), "Select who sent it, or name the body in the note"),
        (answer(received_from="Yorkshire"), "Choose an agency from the list"),
        (answer(received_on_day="32"), "The day it arrived must be a real date"),
        (answer(timezone.localdate() + datetime.timedelta(days=1)), "must be today or in the past"),
        (answer(datetime.date(2007, 10, 1)), "must not be before the quarter began"),
        (nothing(state="not_for_us"), "Enter why it does not apply here"),
        (answer(state="missing"), "Select “Received”, or clear the day it arrived"),
        (answer(note="x" * 301), "“Note” must be 300 characters or fewer"),
        (answer(note="a\x00b"), "has a broken character"),
    ],
)
def test_half_an_answer_is_asked_about_and_kept_on_the_page(officer: Client, sent: dict[str, str], says: str) -> None:
    reply = officer.post(line_url(), {**sent, **stamp_on(officer, line_url())})
    assert reply.status_code == 200
    assert says in reply.content.decode()
    assert {name: reply.context["form"].data[name] for name in sent} == sent
    assert not SheetLine.objects.exists()


def test_a_body_that_is_no_agency_is_named_in_the_note(officer: Client) -> None:
    officer.post(line_url(), {**answer(received_from="", note="The coroner"), **stamp_on(officer, line_url())})
    assert SheetLine.objects.get().note == "The coroner"


def test_a_receipt_can_be_taken_back(officer: Client, places: Places, cast: Cast) -> None:
    save_line(places, cast.officer)
    asked = officer.post(line_url(), {**answer(state="missing"), **stamp_on(officer, line_url())})
    assert "clear the day it arrived and who sent it" in asked.content.decode()
    assert SheetLine.objects.get().state == "received"
    officer.post(line_url(), {**nothing(state="missing"), **stamp_on(officer, line_url())})
    line = SheetLine.objects.get()
    assert (line.state, line.received_from, line.received_on) == ("missing", None, None)


def test_an_agency_of_a_neighbour_is_not_in_the_list(officer: Client, places: Places) -> None:
    Agency.objects.filter(partnership=places.derby).update(name="Derby's own")
    reply = officer.post(line_url(), {**answer(received_from="Derby's own"), **stamp_on(officer, line_url())})
    assert "Choose an agency from the list" in reply.content.decode()


@pytest.mark.parametrize("broken", [{"revision": "x"}, {"revision": "-1"}, {"save_id": "x"}, {"revision": "9" * 30}])
def test_a_form_with_a_broken_stamp_is_a_bad_request(officer: Client, broken: dict[str, str]) -> None:
    sent = {**answer(), **stamp_on(officer, line_url()), **broken}
    assert officer.post(line_url(), sent).status_code == 400


def test_a_conflict_shows_both_and_saving_again_is_a_decision(sign_in: SignIn, places: Places, cast: Cast) -> None:
    officer = sign_in(cast.officer)
    sent = {**answer(note="Mine <b>"), **stamp_on(officer, line_url())}
    save_line(places, cast.colleague, note="Theirs <i>")
    reply = officer.post(line_url(), sent)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "Theirs &lt;i&gt;" in page
    assert "Mine &lt;b&gt;" in page
    assert "Pat Colleague (Police force)" in page
    assert "Save mine over theirs" in page
    assert "Changed by a colleague" in page
    assert SheetLine.objects.get().note == "Theirs <i>"
    form = reply.context["form"]
    again = {**sent, **{name: str(form[name].value()) for name in ("revision", "save_id")}}
    assert officer.post(line_url(), again).status_code == 302
    assert SheetLine.objects.get().note == "Mine <b>"


def test_a_retry_after_a_lost_answer_is_no_conflict(officer: Client) -> None:
    sent = {**answer(), **stamp_on(officer, line_url())}
    assert [officer.post(line_url(), sent).status_code for _try in range(2)] == [302, 302]
    assert SheetLine.objects.get().revision == 1


def test_a_lines_page_asks_little(officer: Client) -> None:
    officer.get(line_url())
    with counted() as asked:
        officer.get(line_url())
    assert asked.number <= 10, asked.queries


def test_your_work_and_the_task_list_lead_here(officer: Client, assessment: object) -> None:
    for url in ("/", "/assessments/2027/amber-valley/"):
        page = officer.get(url).content.decode()
        assert reverse("sharing:index", args=["amber-valley"]) in page
        assert reverse("sharing:plan_index", args=["amber-valley"]) in page
