"""The yearly plan on screen: what is overdue first, one page a step."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from hallmarks.models import Version
from sharing.models import PlanLine
from tests import criteria
from tests.counting import counted
from tests.people import Cast, Places
from tests.sharing.making import plan_step, stamp_on

pytestmark = pytest.mark.usefixtures("reference", "places")
SignIn = Callable[[User | None], Client]
PARTS = [f"{name}_{part}" for name in ("due_on", "done_on") for part in ("day", "month", "year")]


def plan_url(year: int | None = None) -> str:
    return reverse("sharing:plan", args=["amber-valley", year or timezone.localdate().year])


def step_url(number: int = 1) -> str:
    return f"{plan_url()}{number}/"


def planned(**changes: str) -> dict[str, str]:
    return {"owner": "", "note": "", **dict.fromkeys(PARTS, ""), **changes}


def due(day: int, month: int, year: int) -> dict[str, str]:
    return {"due_on_day": str(day), "due_on_month": str(month), "due_on_year": str(year)}


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def test_what_is_overdue_is_said_in_words(officer: Client, places: Places, cast: Cast) -> None:
    plan_step(places, cast.officer, 1, due_in=-3)
    page = officer.get(plan_url()).content.decode()
    lead = page[page.index("app-lead") : page.index("<table")]
    assert "<strong>0 of 2 steps done.</strong>" in lead
    assert 'Overdue: <a class="govuk-link" href="#step-1">Put leaders in place</a>.' in lead
    assert "<strong>3 days overdue</strong>" in page


def test_a_step_that_is_done_is_not_overdue(officer: Client, places: Places, cast: Cast) -> None:
    police = places.amber_valley.agencies.get(name="Police force")
    plan_step(places, cast.officer, 1, due_in=-3, done_on=timezone.localdate(), owner=police)
    plan_step(places, cast.officer, 2, due_in=0)
    page = officer.get(plan_url()).content.decode()
    assert "<strong>1 of 2 steps done.</strong> Next: <a" in page
    assert "Sign the protocol</a>, due" in page
    assert "verdue" not in page
    assert "Police force" in page


def test_codes_lead_to_the_hallmarks_only_where_they_are_loaded(officer: Client, version: Version) -> None:
    assert "H3.S1" in officer.get(plan_url()).content.decode()
    criteria.make_version("2007", framework="hallmarks")
    assert "/criteria/hallmarks/" not in officer.get(plan_url()).content.decode()


@pytest.mark.parametrize("year", [1, 2006, 9998, 10**30])
def test_a_year_out_of_range_is_not_found(officer: Client, year: int) -> None:
    assert officer.get(f"/sharing/amber-valley/plan/{year}/").status_code == 404
    assert officer.get(f"/sharing/amber-valley/plan/{year}/1/").status_code == 404
    assert officer.get(f"/sharing/amber-valley/plan/{year}/calendar/").status_code == 404


def test_the_next_year_may_be_planned(officer: Client) -> None:
    assert officer.get(plan_url(timezone.localdate().year + 1)).status_code == 200
    assert officer.get(f"{plan_url()}99/").status_code == 404


def test_a_step_is_planned_and_the_next_comes_up(officer: Client) -> None:
    year = timezone.localdate().year
    sent = {**planned(owner="Police force", note="Draft first", **due(31, 12, year)), **stamp_on(officer, step_url())}
    assert officer.post(step_url(), sent).headers["Location"] == step_url(2)
    line = PlanLine.objects.select_related("owner").get()
    assert (str(line.owner), str(line.due_on), line.note) == ("Police force", f"{year}-12-31", "Draft first")
    last = {**planned(), **stamp_on(officer, step_url(2))}
    assert officer.post(step_url(2), last).headers["Location"] == plan_url()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (due(1, 1, 2007), "The day it is due must be in"),
        (due(31, 2, 2030), "The day it is due must be a real date"),
        ({"done_on_day": "1", "done_on_month": "1", "done_on_year": "9999"}, "must be today or in the past"),
        ({"done_on_day": "1", "done_on_month": "1", "done_on_year": "2001"}, "The day it was done must be in"),
        ({"owner": "Nobody"}, "Choose an agency from the list"),
    ],
)
def test_a_day_or_owner_that_cannot_be_is_asked_about(officer: Client, changes: dict[str, str], says: str) -> None:
    reply = officer.post(step_url(), {**planned(note="Kept", **changes), **stamp_on(officer, step_url())})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert says in page
    assert 'value="Kept"' in page
    assert not PlanLine.objects.exists()


def test_a_conflict_shows_both(sign_in: SignIn, places: Places, cast: Cast) -> None:
    officer = sign_in(cast.officer)
    sent = {**planned(note="Mine"), **stamp_on(officer, step_url())}
    plan_step(places, cast.colleague, note="Theirs")
    reply = officer.post(step_url(), sent)
    assert reply.status_code == 409
    assert "Theirs" in reply.content.decode()
    assert 'value="Mine"' in reply.content.decode()
    assert PlanLine.objects.get().note == "Theirs"


def test_a_steps_page_asks_little(officer: Client, places: Places, cast: Cast) -> None:
    plan_step(places, cast.officer)
    officer.get(step_url())
    with counted() as asked:
        officer.get(step_url())
    assert asked.number <= 10, asked.queries


def copy_url(year: int) -> str:
    return reverse("sharing:plan_copy", args=["amber-valley", year])


def test_the_next_years_plan_starts_from_this_years(officer: Client, places: Places, cast: Cast) -> None:
    year = timezone.localdate().year
    police = places.amber_valley.agencies.get(name="Police force")
    line = plan_step(places, cast.officer, owner=police, due_on=datetime.date(year, 2, 28), note="This year only")
    assert f"Start from {year}" in officer.get(plan_url(year + 1)).content.decode()
    assert "Start from" not in officer.get(plan_url(year)).content.decode()
    for _press in range(2):
        assert officer.post(copy_url(year + 1)).status_code == 302
    copied = PlanLine.objects.get(year=year + 1)
    assert (copied.step, copied.owner, copied.due_on) == (line.step, police, datetime.date(year + 1, 2, 28))
    assert (copied.note, copied.done_on, copied.revision) == ("", None, 1)
    assert "Start from" not in officer.get(plan_url(year + 1)).content.decode()


def test_copying_leaves_what_is_planned(officer: Client, places: Places, cast: Cast) -> None:
    year = timezone.localdate().year
    plan_step(places, cast.officer, 1)
    plan_step(places, cast.officer, 2)
    kept = {**planned(note="Ours"), **due(1, 5, year + 1)}
    page = f"{plan_url(year + 1)}1/"
    officer.post(page, {**kept, **stamp_on(officer, page)})
    officer.post(copy_url(year + 1))
    lines = {line.step.number: line for line in PlanLine.objects.filter(year=year + 1).select_related("step")}
    assert (lines[1].due_on, lines[1].note) == (datetime.date(year + 1, 5, 1), "Ours")
    assert set(lines) == {1, 2}


def test_a_viewer_copies_nothing(sign_in: SignIn, places: Places, cast: Cast) -> None:
    year = timezone.localdate().year
    plan_step(places, cast.officer)
    viewer = sign_in(cast.viewer)
    assert "Start from" not in viewer.get(plan_url(year + 1)).content.decode()
    assert viewer.post(copy_url(year + 1)).status_code == 403


def test_the_next_step_is_a_link(officer: Client, places: Places, cast: Cast) -> None:
    plan_step(places, cast.officer, 2)
    assert 'Next: <a class="govuk-link" href="#step-2">' in officer.get(plan_url()).content.decode()
