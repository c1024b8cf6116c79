"""The comparison of a partnership: its own levels, the release beside them, and nothing of any other."""

import csv
import datetime
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.models import Round
from partnerships.models import Partnership
from reports import access, releasing
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.releases import close, fill, neighbours, send

SignIn = Callable[[User | None], Client]
URL, CSV = "/compare/2027/", "/compare/2027/comparison.csv"
NOT_SHOWN = "Not shown"


@pytest.fixture
def released(round_: Round, places: Places, author: User) -> list[Partnership]:
    """Twelve of one force and region, and four of another force, too few to be shown."""
    at = close(round_) - datetime.timedelta(hours=1)
    force = places.amber_valley.police_force
    few = type(force).objects.create(slug="few", name="Few Police", region=force.region)
    here = [places.amber_valley, places.derby, *neighbours(force, 10), *neighbours(few, 4, "m")]
    fill(round_, here, author, at)
    return here


def page(client: Client, **data: str) -> str:
    response = client.get(URL, data)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(client: Client, **data: str) -> dict[str, dict[str, str]]:
    text = client.get(CSV, data).content.decode("utf-8-sig")
    return {row["Code"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


# Who


def test_the_scope_of_everybody(released: list[Partnership], round_: Round, places: Places, cast: Cast) -> None:
    east, west = places.east_midlands.pk, places.south_west.pk
    member, reviewer, administrator = (
        access.scope(user, "2027") for user in (cast.viewer, cast.reviewer, cast.administrator)
    )
    assert (member.reads_release, reviewer.reads_release, administrator.reads_release) == (True, False, False)
    assert (member.cuts(east), reviewer.cuts(east), reviewer.cuts(west)) == (False, True, False)
    assert administrator.cuts(west)
    assert member.names(places.amber_valley.pk, east)
    assert not member.names(places.derby.pk, east)
    assert reviewer.names(places.derby.pk, east)
    assert not reviewer.names(places.exeter.pk, west)


def test_a_seat_beside_a_post_reads_as_the_government_office(released: list[Partnership], cast: Cast) -> None:
    RegionalPost.objects.create(code="both", user=cast.viewer, region=released[0].region)
    assert not access.scope(cast.viewer, "2027").reads_release


def test_strangers_and_former_members_compare_nothing(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.stranger, cast.former):
        for url in ("/compare/", URL, CSV):
            assert sign_in(person).get(url).status_code == 404


def test_a_round_without_ones_partnership_is_not_there(
    released: list[Partnership], round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    round_.assessments.filter(partnership=places.amber_valley).exclude(submissions__isnull=False).delete()
    other = Round.objects.create(
        slug="theirs", name="Theirs", version=round_.version, opens_on=round_.opens_on, closes_on=round_.closes_on
    )
    other.assessments.create(partnership=places.derby)
    assert sign_in(cast.officer).get("/compare/theirs/").status_code == 404
    assert sign_in(cast.neighbour).get("/compare/theirs/").status_code == 200


# When


def test_before_the_close_the_page_says_when_and_no_number(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    fill(round_, [places.derby, *neighbours(places.amber_valley.police_force, 11)], author, timezone.now())
    client = sign_in(cast.officer)
    shown = client.get(URL).content.decode()
    day = f"{round_.closes_on.day} {round_.closes_on:%B %Y}"
    assert f"when this round has closed, at the end of {day}" in shown
    assert "<svg" not in shown
    assert client.get(CSV).status_code == 404


# What


@pytest.mark.parametrize("kind", ["", "region", "force", "area", "nation", "family", "nonsense"])
def test_no_other_partnership_is_named(released: list[Partnership], sign_in: SignIn, cast: Cast, kind: str) -> None:
    for found in (page(sign_in(cast.officer), **{"with": kind}), str(rows_of(sign_in(cast.officer), **{"with": kind}))):
        assert "Amber Valley" in found
        assert "Derby<" not in found
        assert "'Derby'" not in found
        assert "Secret" not in found


def test_ones_own_level_stands_beside_the_groups(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    found = rows_of(sign_in(cast.officer))["LEAD.1"]
    assert (found["Group"], found["Level of Amber Valley"]) == ("East Midlands", "Gap identified")
    assert [found[name] for name in ("Gap identified", "Working towards", "Some success", "Doing well")] == list("4453")
    assert (found["Gave a level"], found["Note"]) == ("16", "")
    shown = page(sign_in(cast.officer))
    assert "16 partnerships: 4 gap identified, 4 working towards, 5 some success, 3 doing well." in shown
    assert "Kept apart, because the law asks for these." in shown


def test_a_withheld_cell_says_so_in_words_and_holds_no_number(
    released: list[Partnership], sign_in: SignIn, cast: Cast
) -> None:
    # The region is shown, and less the force it would be four.
    assert NOT_SHOWN not in page(sign_in(cast.officer))
    assert page(sign_in(cast.officer), **{"with": "force"}).count(NOT_SHOWN) == 8
    for row in rows_of(sign_in(cast.officer), **{"with": "force"}).values():
        assert row["Note"] == NOT_SHOWN
        assert not any(row[name] for name in ("Gap identified", "Met", "Gave a level", "Median", "Middle half"))


def test_the_page_tells_how_many_are_withheld(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    at = close(round_) - datetime.timedelta(hours=1)
    fill(round_, [places.amber_valley, *neighbours(places.amber_valley.police_force, 4)], author, at)
    shown = page(sign_in(cast.officer))
    assert "nothing can be shown, because it would say too much of single partnerships" in shown
    assert "4 of 4 criteria are not shown." in shown
    assert shown.count(NOT_SHOWN) == 8
    assert "Some success" in shown  # its own level is still there
    assert "<svg" not in shown


def test_who_had_submitted_nothing_sees_the_release_without_itself(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    at = close(round_) - datetime.timedelta(hours=1)
    fill(round_, neighbours(places.amber_valley.police_force, 12), author, at)
    send(round_, places.amber_valley, "3333", author, at + datetime.timedelta(days=1))
    shown = page(sign_in(cast.officer))
    assert "Amber Valley had nothing submitted when the round closed" in shown
    assert rows_of(sign_in(cast.officer))["LEAD.1"]["Level of Amber Valley"] == ""
    assert rows_of(sign_in(cast.officer))["LEAD.1"]["Gave a level"] == "12"


def test_later_submissions_do_not_move_it(
    released: list[Partnership], round_: Round, author: User, sign_in: SignIn, cast: Cast
) -> None:
    before = rows_of(sign_in(cast.officer))
    send(round_, released[0], "3333", author, timezone.now())
    send(round_, released[1], "3333", author, timezone.now())
    releasing.forget()
    assert rows_of(sign_in(cast.officer)) == before


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ({"section": "LAW"}, ["LAW.1", "LAW.2"]),
        ({"key": "1"}, ["LEAD.1"]),
        ({"section": "nonsense", "sort": "nonsense"}, ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]),
        ({"section": "LAW", "key": "1"}, []),
    ],
)
def test_it_is_narrowed_as_the_address_says(
    released: list[Partnership], sign_in: SignIn, cast: Cast, data: dict[str, str], codes: list[str]
) -> None:
    assert list(rows_of(sign_in(cast.officer), **data)) == codes
    assert ("No criterion fits" in page(sign_in(cast.officer), **data)) is (not codes)


def test_orders_put_what_is_not_shown_last(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    for sort in ("strengths", "weaknesses", "spread"):
        notes = [row["Note"] for row in rows_of(sign_in(cast.officer), sort=sort).values()]
        assert notes == sorted(notes)


def test_another_round_is_chosen_with_the_same_selection(
    released: list[Partnership], round_: Round, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    other = Round.objects.create(
        slug="2025", name="2025", version=round_.version, opens_on=round_.opens_on, closes_on=round_.closes_on
    )
    other.assessments.create(partnership=places.amber_valley)
    response = sign_in(cast.officer).get(URL, {"round": "2025", "with": "force"})
    assert response["Location"] == "/compare/2025/?with=force"


def test_it_asks_the_same_for_few_and_for_many(
    released: list[Partnership], round_: Round, author: User, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.officer)
    page(client)
    with counted() as few:
        page(client)
    more = neighbours(released[0].police_force, 60, "q")
    fill(round_, more, author, round_.closes_at)
    page(client)
    with counted() as many:
        page(client)
    assert many.number == few.number <= 10
