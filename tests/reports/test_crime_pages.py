"""Ratings beside crime: nobody's ratings by way of a public figure; and the page that loads figures."""

import datetime
import html
import re
from collections.abc import Callable
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from assessments.models import Round
from audit.models import Event
from partnerships import services
from partnerships.models import CrimeFigure, FamilyGroup, Partnership
from reports.crime import Area, Beside, Figure, Rated, groups, has_after, inside, overlap
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

    def test_months_before_and_after_a_submission(self) -> None:
        sent = [datetime.date(2006, 11, 1), datetime.date(2007, 3, 31), datetime.date(2007, 4, 1)]
        assert inside(EARLIER, sent) == ()
        assert inside(LATER, sent) == (1, 2)
        assert inside(datetime.date(2006, 12, 31), sent) == (1,)
        assert not has_after([EARLIER, LATER], sent)
        assert has_after([datetime.date(2007, 11, 30)], sent)
        assert not has_after([datetime.date(2007, 10, 31)], sent)

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
        for name in ("wide", "narrow"):
            picture = shown[shown.index(f'<svg class="app-chart app-chart--{name}"') :].partition("</svg>")[0]
            assert picture.count("<circle") == 1
            assert "Amber Valley</text>" in picture
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
        assert "No crime figures of your area are loaded" in neighbour

    def test_words_that_say_what_it_does_not_show(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = html.unescape(sign_in(cast.reviewer).get(CRIME).content.decode())
        for words in ("That one leads to the other.", "its own view of itself", "fall back towards the middle"):
            assert words in shown
        assert "7 months in common" in shown
        assert re.search(r"given \d+ years after the figures", shown)
        assert "Amber Valley: A slip." in shown

    def test_names_titles_and_numbers_of_the_picture(
        self, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        shown = html.unescape(sign_in(cast.administrator).get(CRIME).content.decode())
        wide, narrow = re.findall(r'<svg class="app-chart app-chart--(?:wide|narrow)".*?</svg>\n?', shown, re.DOTALL)
        for picture in (wide, narrow):
            texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
            assert "SECRET 5" in texts
            assert not [text for text in texts if re.search(r"-\d", text)]
        assert "Share of good practice criteria at some success or better</text>" in wide
        assert "Change in recorded crime, from the 12 months to October 2006 to the 12 months to March 2007<" in wide
        # Every dot has a row with its name, below the picture.
        names = set(re.findall(r"<circle[^>]*><title>([^<]*)</title>", wide))
        assert len(names) == 7
        below = shown[shown.index("Areas by name") :]
        assert all(f">{name}</a>" in below for name in names)

    def test_an_area_is_marked_and_the_address_keeps_it(
        self, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast.administrator)
        response = client.get(CRIME, {"partnership": "secret-3"})
        shown = html.unescape(response.content.decode())
        assert "SECRET 3 is marked: 1 of 2 criteria at some success or better, recorded crime +14.8%." in shown
        assert re.search(r'font-weight="bold"[^>]*>SECRET 3</text>', shown)
        assert '<option value="secret-3" selected>' in shown
        assert '/compare/2027/crime.svg?partnership=secret-3"' in shown
        assert shown.count(">Marked<") == 1
        assert shown.index("What this does not show") < shown.index('<svg class="app-chart app-chart--wide"')

    def test_nobody_is_marked_whom_one_may_not_name(
        self, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        answers = [
            html.unescape(sign_in(cast.reviewer).get(CRIME, {"partnership": slug}).content.decode())
            for slug in ("secret-3", "nowhere", "\x00<b>")
        ]
        assert all("No area by that name has a dot here, so none is marked." in answer for answer in answers)
        assert all("SECRET" not in answer and "<b>" not in answer for answer in answers)
        # The address of the picture keeps only a name that was recognised.
        assert all('/crime.svg" download' in answer for answer in answers)

    def test_the_picture_as_a_file_keeps_to_what_the_page_shows(
        self, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        url = "/compare/2027/crime.svg"
        drawn = sign_in(cast.administrator).get(url, {"partnership": "secret-3"})
        assert drawn["Content-Type"] == "image/svg+xml"
        assert "crime-2027-secret-3-" in drawn["Content-Disposition"]
        ElementTree.fromstring(drawn.content)  # noqa: S314
        text = html.unescape(drawn.content.decode())
        for words in ("SECRET 5", "too few, or too much alike", "does not show that one leads", "A paper (2007)"):
            assert words in text
        assert "SECRET" not in sign_in(cast.reviewer).get(url).content.decode()
        assert sign_in(cast.viewer).get(url).status_code == 404
        own = sign_in(cast.viewer).get(TIME + "figures.svg").content
        ElementTree.fromstring(own)  # noqa: S314
        assert "1: submission for the 2027 self-assessment" in own.decode()
        assert sign_in(cast.neighbour).get(TIME + "figures.svg").status_code == 404

    def test_the_gap_is_said_in_words(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        family = FamilyGroup.objects.create(number=7, scheme="made up", is_demonstration=True)
        Partnership.objects.filter(crime_figures__isnull=False).update(family_group=family)
        shown = html.unescape(sign_in(cast.administrator).get(CRIME).content.decode())
        assert "median of 7 partnerships: 1,111" in shown
        assert "The family groups are a demonstration grouping." in shown
        over_time = html.unescape(sign_in(cast.viewer).get(TIME).content.decode())
        assert "That is 111 below the median of the 7 partnerships with figures in its family group." in over_time
        assert "The median is 1,111." in over_time

    def test_before_and_not_yet_after(self, filled: list[Partnership], cast: Cast, sign_in: SignIn) -> None:
        shown = html.unescape(sign_in(cast.viewer).get(TIME).content.decode())
        assert "No figure is of months after a submission alone: there is a before and not yet an after." in shown
        assert "7 months in common" in shown

    def test_printed_totals_are_quoted_beside_computed_ones(
        self, filled: list[Partnership], cast: Cast, sign_in: SignIn
    ) -> None:
        client = sign_in(cast.administrator)
        url = "/compare/2027/crime-totals.csv"
        assert "948,644" not in client.get(CRIME).content.decode()
        assert len(client.get(url).content.splitlines()) == 1
        services.load_crime_figures(
            data=TABLE.replace("1000", "948644"), source="A paper (2007)", by=cast.administrator
        )
        services.load_crime_figures(data=TABLE.partition("Total")[0].replace("90", "91"), source="Later", by=None)
        shown = html.unescape(sign_in(cast.reviewer).get(CRIME).content.decode())
        assert "Totals of the 1 area in “A paper (2007)”" in shown
        assert "948,644" in shown
        assert "the printed total does not follow from the printed rows" in shown
        assert '"12 months to Oct 06","100","948644","948544"' in client.get(url).content.decode()
        assert sign_in(cast.viewer).get(url).status_code == 404
        assert "948,644" not in sign_in(cast.viewer).get(CRIME).content.decode()

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

    @pytest.mark.parametrize("address", [CRIME, TIME, CRIME + "?partnership=secret-1", "/compare/2027/calibration/"])
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
        assert "Line 2, Derby: Printed change −9; the two figures give −10." in shown
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

    def test_shape_and_content_are_told_at_once(self, administrator: Client) -> None:
        text = TABLE.replace("100,90", "x,90") + "Darby,0,1,\n"
        shown = html.unescape(administrator.post(LOAD, {**GIVEN, "text": text}).content.decode())
        for words in ("“x” is not a number", "Is it Derby?", "No area is without crime for 12 months."):
            assert words in shown
        places = re.findall(r'id="problem-\d+" role="rowheader">([^<]*)<', shown)
        assert places == ["line 2, “12 months to Oct 06”", "line 4, “12 months to Oct 06”", "line 4"]

    def test_the_preview_shows_another_source_corrections_and_doubts(self, administrator: Client) -> None:
        administrator.post(LOAD, {**GIVEN, "load": "yes"})
        text = "CDRP,12 months to Oct 06,12 months to Mar 07\nDerby,100,9\n"
        shown = html.unescape(administrator.post(LOAD, {"text": text, "source": "Another (2008)"}).content.decode())
        assert "the source of 1 figure changes from “A paper (2007)” to “Another (2008)”." in shown
        assert "1 number becomes another." in shown
        assert re.search(r"Would become</span>9<", shown)
        assert "Line 2, Derby: The later figure is 91.0 per cent below the earlier one." in shown
        assert set(CrimeFigure.objects.values_list("source", flat=True)) == {"A paper (2007)"}

    def test_what_changed_since_the_preview_is_shown_again(self, administrator: Client) -> None:
        preview = administrator.post(LOAD, GIVEN)
        services.load_crime_figures(data=TABLE.replace("90", "95"), source="A paper (2007)", by=None)
        again = {**GIVEN, "load": "yes", "seen": preview.context["plan"].seen}
        response = administrator.post(LOAD, again)
        assert response.status_code == 409
        assert "the figures changed since you looked" in response.content.decode()
        assert CrimeFigure.objects.get(ends_on=LATER).value == 95
        again["seen"] = response.context["plan"].seen
        assert administrator.post(LOAD, again).status_code == 302
        assert CrimeFigure.objects.get(ends_on=LATER).value == 90

    def test_a_period_that_is_not_over_is_refused(self, administrator: Client) -> None:
        text = TABLE.replace("Mar 07", "Mar 2999")
        shown = html.unescape(administrator.post(LOAD, {**GIVEN, "text": text}).content.decode())
        assert "“12 months to Mar 2999” is read as March 2999, which is not over yet." in shown

    def test_a_workbook_is_refused(self, administrator: Client) -> None:
        file = SimpleUploadedFile("t.csv", b"PK\x03\x04\x00\x00")
        shown = administrator.post(LOAD, {"file": file, "source": "x"}).content.decode()
        assert "Save the table as “CSV UTF-8”, not as a workbook." in shown
