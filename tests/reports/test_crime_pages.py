"""Ratings beside crime: nobody's ratings by way of a public figure; and the page that loads figures."""

import datetime
import html
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from assessments.models import Round
from audit.models import Event
from partnerships.models import CrimeFigure, Partnership
from reports.crime import Area, Beside, Figure, Rated, groups, overlap
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.comparing import neighbours
from tests.reports.conftest import Submit

SignIn = Callable[[User | None], Client]
EARLIER, LATER = datetime.date(2006, 10, 31), datetime.date(2007, 3, 31)
CRIME, TIME, LOAD = "/compare/2027/crime/", "/compare/crime/amber-valley/", "/crime-figures/load/"
TABLE = "CDRP,12 months to Oct 06,12 months to Mar 07,Volume change\nDerby,100,90,-9\nTotal,1000,90,\n"
GIVEN = {"text": TABLE, "source": "A paper (2007)"}


def area(number: int, *, change: int = 0, is_named: bool = False, upper: int = 1, family: str = "") -> Area:
    two = (Figure(EARLIER, 1000), Figure(LATER, 1000 + change))
    return Area(f"a-{number}", f"A {number}", family, is_named, *two, Rated(upper, 4))


def record(partnership: Partnership, earlier: int, later: int, note: str = "") -> None:
    for day, value in ((EARLIER, earlier), (LATER, later)):
        CrimeFigure.objects.create(
            partnership=partnership,
            measure="bcs-comparator",
            period=f"12 months to {day:%B %Y}",
            ends_on=day,
            value=value,
            source="A paper (2007)",
            note=note,
        )


class TestSums:
    def test_groups_hold_five_or_more_in_order_of_change(self) -> None:
        found = groups([area(n, change=10 * n, upper=n % 5) for n in range(23)])
        assert [found[0].start, found[-1].end] == list(map(Fraction, (0, 22)))
        assert sum(group.n for group in found) == 23

    @pytest.mark.parametrize("number", range(60))
    def test_no_group_is_ever_smaller(self, number: int) -> None:
        found = groups([area(n, change=n) for n in range(number)])
        assert sum(group.n for group in found) == (number if number >= 5 else 0)
        assert all(group.n >= 5 for group in found)

    def test_the_middle_half_by_nearest_rank(self) -> None:
        found = groups([area(n, upper=n) for n in range(5)])[0]
        assert [found.low, found.median, found.high] == list(map(Fraction, (25, 50, 75)))

    def test_nothing_is_said_of_all_where_few_are_elsewhere(self) -> None:
        own = [area(n, change=n, is_named=True, upper=n % 5) for n in range(12)]
        assert Beside(own).correlation is not None
        assert Beside([*own, area(99)]).correlation is None
        assert Beside([*own, *(area(90 + n) for n in range(5))]).correlation is not None

    def test_gap_to_the_median_of_the_family(self) -> None:
        areas = [area(n, change=change, family="F") for n, change in enumerate((0, 100, 500))]
        gap = Beside(areas).gap(areas[2])
        assert gap is not None
        assert (gap.n, gap.median, gap.gap) == (3, Fraction(1100), Fraction(400))
        assert Beside(areas[:2]).gap(areas[0]) is None
        assert Beside([area(1), area(2), area(3)]).gap(area(1)) is None

    def test_months_in_common(self) -> None:
        assert (overlap((EARLIER, LATER)), overlap((EARLIER, EARLIER.replace(year=2007)))) == (7, 0)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def filled(self, round_: Round, places: Places, submit: Submit) -> list[Partnership]:
        """Amber Valley here, and six elsewhere, all with figures and levels."""
        others = neighbours(places.exeter.police_force, 6, "secret")
        for number, place in enumerate([places.amber_valley, *others]):
            submit(place, {"LEAD.1": number % 4, "LEAD.2": 3, "LAW.1": 0})
            record(place, 1000, 1000 + 37 * number, note="A slip." if number == 0 else "")
        return others

    def test_elsewhere_has_no_name_and_no_dot(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = sign_in(cast.reviewer).get(CRIME).content.decode()
        assert "Amber Valley" in shown
        assert "SECRET" not in shown
        picture = shown[shown.index('<svg class="app-chart"') :]
        assert picture[: picture.index("</svg>")].count("<circle") == 1
        assert "Areas by name: 1. Groups without names: 1." in picture
        # A change in per cent is a name to whoever has the printed table: only the ends of a group are shown.
        for inner in ("+7.4%", "+11.1%", "+14.8%", "+18.5%"):
            assert inner not in shown

    def test_statutory_requirements_are_left_out(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        assert "1 of 2" in sign_in(cast.reviewer).get(CRIME).content.decode()

    def test_an_administrator_sees_all_by_name(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = sign_in(cast.administrator).get(CRIME).content.decode()
        assert "SECRET 5" in shown
        assert "<circle" in shown

    def test_a_partnership_sees_itself_and_no_sum(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        response = sign_in(cast.viewer).get(CRIME)
        shown, beside = response.content.decode(), response.context["page"].beside
        assert (len(beside.both), beside.correlation, beside.groups) == (1, None, [])
        assert "Amber Valley" in shown
        assert not re.search("SECRET|<circle|rho|Median share", shown)
        neighbour = sign_in(cast.neighbour).get(CRIME).content.decode()
        assert "Amber Valley" not in neighbour
        assert "There are no crime figures of your area." in neighbour

    def test_words_that_say_what_it_does_not_show(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = html.unescape(sign_in(cast.reviewer).get(CRIME).content.decode())
        for words in ("That one leads to the other.", "its own view of itself", "fall back towards the middle"):
            assert words in shown
        assert "7 months in common" in shown
        assert re.search(r"given \d+ years after the figures", shown)
        assert "Amber Valley: A slip." in shown

    def test_without_figures(self, round_: Round, cast: Cast, sign_in: SignIn) -> None:
        for person in (cast.reviewer, cast.viewer, cast.administrator):
            assert "No crime figures of two periods" in sign_in(person).get(CRIME).content.decode()

    def test_over_time(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = html.unescape(sign_in(cast.viewer).get(TIME).content.decode())
        assert "1,000 crimes were recorded in the 12 months to March 2007." in shown
        assert "1. Submission for the 2027 self-assessment" in shown
        assert sign_in(cast.neighbour).get(TIME).status_code == 404
        assert sign_in(cast.reviewer_elsewhere).get(TIME).status_code == 404
        assert sign_in(cast.reviewer).get("/compare/crime/derby/").status_code == 200

    @pytest.mark.parametrize("address", [CRIME, TIME, "/compare/2027/calibration/"])
    def test_few_queries_however_many(
        self, address: str, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast.administrator)
        client.get(address)
        with counted() as found:
            assert client.get(address).status_code == 200
        assert found.number <= 10, found.queries


@pytest.mark.django_db
class TestLoading:
    @pytest.fixture
    def administrator(self, cast: Cast, sign_in: SignIn) -> Client:
        return sign_in(cast.administrator)

    def test_nobody_else_finds_the_page(self, cast: Cast, sign_in: SignIn) -> None:
        for person in (cast.coordinator, cast.reviewer):
            assert sign_in(person).post(LOAD, {**GIVEN, "load": "yes"}).status_code == 404
        assert not CrimeFigure.objects.exists()

    def test_a_file_is_previewed_then_the_same_text_is_loaded(self, administrator: Client, cast: Cast) -> None:
        file = SimpleUploadedFile("t.csv", b"\xef\xbb\xbf" + TABLE.encode())
        preview = administrator.post(LOAD, {"file": file, "source": "A paper (2007)"})
        shown = html.unescape(preview.content.decode())
        assert "Line 2, Derby: Printed change -9; the two figures give -10." in shown
        assert "They differ" in shown
        assert not CrimeFigure.objects.exists()
        again = {"text": preview.context["text"].replace("\n", "\r\n"), "source": "A paper (2007)", "load": "yes"}
        done = administrator.post(LOAD, again, follow=True)
        assert "Loaded: 2 figures are new" in done.content.decode()
        assert Event.objects.get(kind="crime_figures.loaded").actor_id == cast.administrator.pk

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (TABLE.replace("90", "ninety"), "line 2"),
            (TABLE.replace("Derby", "Darby"), "Is it Derby?"),
            ('"<script>alert(1)</script>', "The quotation marks do not fit."),
        ],
    )
    def test_problems_keep_what_was_typed(self, text: str, said: str, administrator: Client) -> None:
        for sent in ({}, {"load": "yes"}):
            response = administrator.post(LOAD, {"text": text, "source": "A paper (2007)", **sent})
            shown = response.content.decode()
            assert said in html.unescape(shown)
            assert "Nothing was loaded. Correct the table" in shown
            assert html.escape(text.splitlines()[0]) in shown or text.splitlines()[0] in html.unescape(shown)
            assert "<script>alert" not in shown
        assert not CrimeFigure.objects.exists()

    def test_what_is_missing_is_asked_for(self, administrator: Client) -> None:
        shown = administrator.post(LOAD, {}).content.decode()
        assert "Choose a file, or paste the table" in shown
        assert "Enter where the table was printed" in shown
        both = {**GIVEN, "file": SimpleUploadedFile("t.csv", TABLE.encode())}
        assert "not both" in administrator.post(LOAD, both).content.decode()

    def test_a_workbook_is_refused(self, administrator: Client) -> None:
        file = SimpleUploadedFile("t.csv", b"PK\x03\x04\x00\x00")
        shown = administrator.post(LOAD, {"file": file, "source": "x"}).content.decode()
        assert "Save the table as CSV, not as a workbook." in shown
