"""Tables, drawings and packages taken from the comparison: the same as the pages show, and not a level more."""

import csv
import datetime
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from assessments.models import Assessment, Round
from hallmarks.models import Version
from partnerships.models import AreaType, Partnership
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.comparing import FAMILY, family, make_list, neighbours, review
from tests.reports.conftest import Submit
from tests.reports.releases import close, fill
from tests.reports.releases import neighbours as unnamed

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/"
FILES = (
    *("comparison.csv", "comparison.xlsx", "comparison.svg", "package.zip"),
    *("LEAD.1/criterion.csv", "LEAD.1/criterion.xlsx", "LEAD.1/strip.svg", "LEAD.1/trend.svg"),
)
EVERYWHERE = {"region": "both-nations"}


@pytest.fixture
def country(places: Places, submit: Submit) -> None:
    """In the East Midlands two at different levels, one of them reviewed; in the South West six of family 7."""
    Partnership.objects.filter(pk=places.derby.pk).update(family_group=family())
    places.derby.refresh_from_db()
    review(submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 2, "LAW.1": 2, "LAW.2": 0}), {"LEAD.1": 2})
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": None, "LAW.1": 2})
    for at, place in enumerate(neighbours(places.exeter.police_force, 6, "west")):
        submit(place, {"LEAD.1": 0 if at < 4 else 2, "LAW.1": 1})


@pytest.fixture
def released(round_: Round, places: Places, author: User) -> list[Partnership]:
    """Twelve of one force and region and four of another force, in a round that has closed."""
    at = close(round_) - datetime.timedelta(hours=1)
    force = places.amber_valley.police_force
    few = type(force).objects.create(slug="few", name="Few Police", region=force.region)
    here = [places.amber_valley, places.derby, *unnamed(force, 10), *unnamed(few, 4, "m")]
    fill(round_, here, author, at)
    return here


def take(client: Client, file: str, **data: str) -> HttpResponse:
    response: HttpResponse = client.get(URL + file, data)  # type: ignore[assignment]
    assert response.status_code == 200, file
    return response


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def package_of(client: Client) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(take(client, "package.zip").content))
    return {name: archive.read(name) for name in archive.namelist()}


def words_of(content: bytes) -> str:
    """All that a file says, unpacked."""
    if not content.startswith(b"PK"):
        return content.decode()
    archive = zipfile.ZipFile(io.BytesIO(content))
    return "".join(archive.read(name).decode() for name in archive.namelist())


# Tables


@pytest.mark.parametrize("page", ["comparison", "LEAD.1/criterion"])
def test_a_workbook_holds_the_rows_of_the_csv_with_numbers_as_numbers(
    country: None, sign_in: SignIn, cast: Cast, page: str
) -> None:
    client = sign_in(cast.reviewer)
    text = list(csv.reader(io.StringIO(take(client, f"{page}.csv").content.decode("utf-8-sig"), newline="")))
    cells = cells_of(take(client, f"{page}.xlsx").content)
    assert [["" if cell is None else str(cell) for cell in row] for row in cells] == text
    heading, first = cells[:2]
    assert type(first[heading.index("Gave a level")]) is int


def test_files_say_what_they_are_of_and_when_they_were_taken(country: None, sign_in: SignIn, cast: Cast) -> None:
    client, today = sign_in(cast.reviewer), timezone.localdate().isoformat()
    names = {
        "comparison.xlsx": f"comparison-2027-east-midlands-{today}.xlsx",
        "LEAD.1/strip.svg": f"strip-2027-lead1-east-midlands-{today}.svg",
        "package.zip": f"data-package-2027-{today}.zip",
    }
    for file, name in names.items():
        assert take(client, file)["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_criterion_names_whom_the_page_names(country: None, sign_in: SignIn, cast: Cast) -> None:
    found = rows_of(take(sign_in(cast.reviewer), "LEAD.1/criterion.csv", partnership="derby").content)
    named = {row["Level"]: (row["Partnerships"], row["Share in per cent"], row["Who"]) for row in found}
    assert named["Doing well"] == ("1", "50", "Amber Valley")
    assert named["Working towards"] == ("1", "50", "Derby")
    assert {row["Level of Derby"] for row in found} == {"Working towards"}
    beyond = rows_of(take(sign_in(cast.reviewer), "LEAD.1/criterion.csv", **EVERYWHERE).content)
    assert "Who" not in beyond[0]
    assert {row["Level"]: row["Partnerships"] for row in beyond}["Gap identified"] == "4"


def test_fewer_than_five_elsewhere_have_no_number(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.derby, {"LEAD.1": 2})
    submit(places.exeter, {"LEAD.1": 0})
    (row,) = rows_of(take(sign_in(cast.reviewer), "LEAD.1/criterion.csv", **EVERYWHERE).content)
    assert row["Note"] == "Not shown"
    assert (row["Partnerships"], row["Gave a level"], row["Level"]) == ("", "", "")


# Drawings


@pytest.mark.parametrize("file", ["comparison.svg", "LEAD.1/strip.svg", "LEAD.1/trend.svg"])
def test_a_drawing_stands_by_itself(country: None, sign_in: SignIn, cast: Cast, file: str) -> None:
    response = take(sign_in(cast.reviewer), file, partnership="derby")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].tag.endswith("title")
    words = " ".join(root.itertext())
    for known in ("East Midlands", "2027 self-assessment", "Gap identified", "Derby"):
        assert known in words
    for forbidden in (b"<script", b"style=", b"<style", b"href", b"onload"):
        assert forbidden not in response.content


def test_a_drawing_of_awkward_names_is_well_formed(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(name='<script>&"\x0b' + "long " * 20)
    for file in ("comparison.svg", "LEAD.1/strip.svg", "LEAD.1/trend.svg"):
        content = take(sign_in(cast.reviewer), file, partnership="derby").content
        ElementTree.fromstring(content)  # noqa: S314 - our own
        assert b"<script" not in content


def test_a_partnerships_drawing_names_it(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    content = take(sign_in(cast.officer), "LEAD.1/strip.svg").content.decode()
    assert "Amber Valley is at gap identified." in content
    assert "You " not in content


def test_what_is_not_shown_is_not_drawn(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    for file in ("LEAD.1/strip.svg", "LEAD.1/trend.svg", "comparison.svg"):
        content = take(sign_in(cast.officer), file, **{"with": "force"}).content.decode()
        assert "Not shown" in content
        assert not re.search(r"\d partnerships?:", content)


# The package


def test_every_field_is_described_and_every_file_is_what_its_description_says(
    country: None, round_: Round, sign_in: SignIn, cast: Cast
) -> None:
    Round.objects.filter(pk=round_.pk).update(is_demonstration=True)
    files = package_of(sign_in(cast.reviewer))
    description = json.loads(files["datapackage.json"])
    assert description["demonstration"] is True
    assert description["created"].startswith(timezone.localdate().isoformat())
    assert description["round"]["slug"] == "2027"
    assert "Test criteria 2026, Test publisher: A test" in description["sources"][0]["title"]
    names = [resource["name"] for resource in description["resources"]]
    assert names[:7] == ["round", "partnerships", "criteria", "levels", "signs", "ratings", "counts"]
    assert set(files) == {"README.txt", "datapackage.json", *(f"{name}.csv" for name in names)}
    assert "the answers are made up" in files["README.txt"].decode()
    for resource in description["resources"]:
        content = files[resource["path"]]
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        assert rows_of(content) or resource["name"] not in names[:7]
        must_fit(rows_of(content), resource["schema"])


def must_fit(rows: list[dict[str, str]], schema: dict[str, Any]) -> None:
    known: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": int,
        "date": datetime.date.fromisoformat,
        "datetime": lambda value: datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z"),
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    for field in schema["fields"]:
        assert field["description"]
        values = [row[field["name"]] for row in rows]
        if field.get("constraints"):
            assert all(values), field["name"]
        for value in filter(None, values):
            known[field["type"]](value)
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert not rows or list(rows[0]) == [field["name"] for field in schema["fields"]]


def test_links_between_files_hold(country: None, sign_in: SignIn, cast: Cast) -> None:
    files = package_of(sign_in(cast.administrator))
    for resource in json.loads(files["datapackage.json"])["resources"]:
        for link in resource["schema"].get("foreignKeys", []):
            there = {row[link["reference"]["fields"]] for row in rows_of(files[link["reference"]["resource"] + ".csv"])}
            assert {row[link["fields"]] for row in rows_of(files[resource["path"]])} <= there


def test_a_reviewer_has_the_own_region_by_name_and_counts_beyond(country: None, sign_in: SignIn, cast: Cast) -> None:
    files = package_of(sign_in(cast.reviewer))
    assert [row["partnership"] for row in rows_of(files["partnerships.csv"])] == ["amber-valley", "derby"]
    found = {(row["partnership"], row["criterion"]): row for row in rows_of(files["ratings.csv"])}
    assert found["amber-valley", "LEAD.1"]["level"] == "Doing well"
    assert (found["derby", "LEAD.2"]["does_not_apply"], found["derby", "LEAD.2"]["position"]) == ("true", "")
    assert ("derby", "LAW.2") not in found
    assert "WEST" not in "".join(content.decode() for content in files.values())
    counts = {
        (row["group"], row["criterion"], row["level"]): row["partnerships"] for row in rows_of(files["counts.csv"])
    }
    assert counts["both-nations", "LEAD.1", "Gap identified"] == "4"
    assert counts[FAMILY, "LEAD.1", "Working towards"] == "1"
    assert {group for group, _code, _level in counts} >= {"east-midlands", "nation-england", AreaType.UNITARY}
    assert "south-west" not in {group for group, _code, _level in counts}


def test_counts_are_those_of_the_comparison(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    files = package_of(client)
    queries = {
        "east-midlands": {},
        "nation-england": {"region": "nation-england"},
        "both-nations": EVERYWHERE,
        FAMILY: {**EVERYWHERE, "family": FAMILY},
        AreaType.UNITARY: {**EVERYWHERE, "kind": AreaType.UNITARY},
    }
    for group, query in queries.items():
        shown = {row["Code"]: row for row in rows_of(take(client, "comparison.csv", **query).content)}
        for row in (row for row in rows_of(files["counts.csv"]) if row["group"] == group):
            assert shown[row["criterion"]][row["level"]] == row["partnerships"]


def test_few_elsewhere_are_left_out_of_a_package(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.derby, {"LEAD.1": 2})
    submit(places.exeter, {"LEAD.1": 0})
    counts = rows_of(package_of(sign_in(cast.reviewer))["counts.csv"])
    # Exeter is all there is beyond the region, so of a group with it in it nothing is said; Derby alone is unitary.
    assert {row["group"] for row in counts} == {"east-midlands", AreaType.UNITARY}
    assert {row["level"] for row in counts if row["partnerships"] != "0"} == {"Some success"}


def test_administrators_have_everybody_by_name(country: None, sign_in: SignIn, cast: Cast) -> None:
    files = package_of(sign_in(cast.administrator))
    assert {row["partnership"] for row in rows_of(files["ratings.csv"])} >= {"amber-valley", "west-5"}


def test_a_partnership_has_itself_and_the_release(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    files = package_of(sign_in(cast.officer))
    assert [row["partnership"] for row in rows_of(files["partnerships.csv"])] == ["amber-valley"]
    levels = {row["criterion"]: row["position"] for row in rows_of(files["ratings.csv"])}
    assert levels == {"LEAD.1": "0", "LEAD.2": "1", "LAW.1": "2", "LAW.2": "0"}
    assert {row["partnership"] for row in rows_of(files["ratings.csv"])} == {"amber-valley"}
    counts = rows_of(files["counts.csv"])
    here = [row for row in counts if (row["group"], row["criterion"]) == ("east-midlands", "LEAD.1")]
    assert [row["partnerships"] for row in here] == [*"4453"]
    # The force would leave four: it is not there.
    assert not {"derbyshire", "few"} & {row["group"] for row in counts}
    said = "".join(content.decode() for content in files.values())
    assert "Derby" not in said.replace("Derbyshire", "")
    assert "Secret" not in said


def test_a_package_of_partnerships_is_the_same_but_for_themselves(
    released: list[Partnership], sign_in: SignIn, cast: Cast
) -> None:
    mine, theirs = package_of(sign_in(cast.officer)), package_of(sign_in(cast.neighbour))
    # LAW.2 is asked of Amber Valley alone.
    assert {name for name in mine if b"LAW.2" in mine[name]} >= {"criteria.csv", "ratings.csv"}
    assert not any(b"LAW.2" in content for content in theirs.values())
    both = {name: [line for line in mine[name].splitlines() if b"LAW.2" not in line] for name in mine}
    differing = {name for name in mine if both[name] != theirs[name].splitlines()}
    assert differing == {"partnerships.csv", "ratings.csv", "datapackage.json"}


def test_before_the_close_there_is_nothing_to_take(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    fill(round_, [places.amber_valley, *unnamed(places.amber_valley.police_force, 11)], author, timezone.now())
    client = sign_in(cast.officer)
    assert {client.get(URL + file).status_code for file in FILES} == {404}


def test_it_says_nothing_of_persons(country: None, sign_in: SignIn, cast: Cast) -> None:
    said = words_of(take(sign_in(cast.administrator), "package.zip").content)
    for person in User.objects.all():
        assert person.email not in said
        assert f'"{person.name}"' not in said


def test_the_same_data_are_the_same_bytes(country: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.administrator)
    for file in ("package.zip", "comparison.xlsx"):
        assert take(client, file).content == take(client, file).content


def test_the_operator_sets_the_terms(country: None, sign_in: SignIn, cast: Cast, settings: Settings) -> None:
    client = sign_in(cast.reviewer)
    usual = json.loads(package_of(client)["datapackage.json"])["licenses"]
    assert usual[0]["name"] == "other-closed"
    assert "Ask those who run the portal" in usual[0]["title"]
    settings.DATA_TERMS, settings.DATA_TERMS_URL = "Open Government Licence v3.0", "https://licence.example/"
    files = package_of(client)
    set_ = json.loads(files["datapackage.json"])["licenses"]
    assert set_ == [{"path": "https://licence.example/", "title": "Open Government Licence v3.0"}]
    assert "Open Government Licence v3.0 https://licence.example/" in files["README.txt"].decode()


def test_a_package_asks_the_same_for_few_and_for_many(
    country: None, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    take(client, "package.zip")
    with counted() as few:
        take(client, "package.zip")
    for place in neighbours(places.exeter.police_force, 20, "more"):
        submit(place, {"LEAD.1": 1})
    with counted() as many:
        take(client, "package.zip")
    assert many.number == few.number <= 10


@pytest.mark.parametrize("file", FILES)
def test_once_the_release_is_decided_no_file_asks_much(
    released: list[Partnership], sign_in: SignIn, cast: Cast, file: str
) -> None:
    client = sign_in(cast.officer)
    take(client, file)
    with counted() as asked:
        take(client, file)
    assert asked.number <= 10, asked.queries


# Who


@pytest.mark.parametrize("file", FILES)
def test_a_partnership_never_gets_anothers_level(
    released: list[Partnership], sign_in: SignIn, cast: Cast, file: str
) -> None:
    client = sign_in(cast.officer)
    plain = words_of(take(client, file).content)
    for data in ({"partnership": "derby"}, EVERYWHERE, {"region": "east-midlands"}, {"list": "towns"}):
        said = words_of(take(client, file, **data).content)
        assert said == plain
        assert "Secret" not in said
        assert "Derby" not in said.replace("Derbyshire", "")


@pytest.mark.parametrize("file", FILES)
def test_another_regions_reviewer_has_counts_alone(
    country: None, places: Places, submit: Submit, sign_in: SignIn, cast: Cast, file: str
) -> None:
    for place in neighbours(places.derby.police_force, 4, "east"):
        submit(place, {"LEAD.1": 1})
    client = sign_in(cast.reviewer_elsewhere)
    for data in ({}, EVERYWHERE, {**EVERYWHERE, "partnership": "derby"}, {**EVERYWHERE, "force": "derbyshire"}):
        said = words_of(take(client, file, **data).content)
        for name in ("Derby", "Amber Valley", "EAST 1", "derbyshire", "amber-valley"):
            assert name not in said
    if file != "package.zip":
        assert client.get(URL + file, {"region": "east-midlands"}).status_code == 404


# Addresses


class Reading(HTMLParser):
    """The filters of a page with their choices, what is chosen, and where its files are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.filters: dict[str, list[str]] = {}
        self.chosen: dict[str, str] = {}
        self.files: list[str] = []
        self._name = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "select":
            self._name = given["name"] or ""
            self.filters[self._name] = []
        elif tag == "option":
            self.filters[self._name].append(given["value"] or "")
            if "selected" in given:
                self.chosen[self._name] = given["value"] or ""
        elif tag == "a" and "download" in given:
            self.files.append(given["href"] or "")


def read(client: Client, url: str, **data: str) -> Reading:
    response = client.get(url, data)
    assert response.status_code == 200
    return Reading(response.content.decode())


def must_keep_every_choice(client: Client, url: str, leave_out: tuple[str, ...] = ("round",)) -> int:
    """Choose each value of each filter: it is chosen on the page, and its files are the page's."""
    walked = 0
    for name, values in read(client, url).filters.items():
        for value in values if name not in leave_out else ():
            page = read(client, url, **{name: value})
            assert page.chosen[name] == value, (name, value)
            # The package is of the whole round, whatever is chosen.
            for file in (file for file in page.files if "/package." not in file):
                query = {key: values[0] for key, values in parse_qs(urlparse(file).query).items()}
                assert query.get(name, "") == value, (file, name, value)
                # What the link reproduces is what the page showed: the page at the file's query chooses the same.
                assert read(client, url, **query).chosen == page.chosen
            walked += 1
    return walked


def test_every_filter_of_a_government_office_is_kept(
    country: None, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    make_list(cast.reviewer, places.derby)
    # Derby would be the only unitary area and the only one of its family: a group of one is not offered.
    neighbours(places.derby.police_force, 1, "beside")
    round_ = Round.objects.get(slug="2027")
    Assessment.objects.create(round=round_, partnership=Partnership.objects.get(slug="beside-0"))
    client = sign_in(cast.reviewer)
    found = read(client, URL).filters
    assert set(found) >= {"region", "family", "kind", "list", "section", "key", "partnership", "sort"}
    assert must_keep_every_choice(client, URL) > 15


def test_every_filter_of_a_partnership_is_kept(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.officer)
    assert {"with", "section", "key", "sort"} <= set(read(client, URL).filters)
    assert must_keep_every_choice(client, URL) > 8


@pytest.mark.parametrize("query", [{}, {"family": FAMILY}, {"partnership": "derby"}, EVERYWHERE])
def test_the_files_of_a_criterion_keep_the_group(
    country: None, sign_in: SignIn, cast: Cast, query: dict[str, str]
) -> None:
    client = sign_in(cast.reviewer)
    files = read(client, URL + "LEAD.1/", **query).files
    assert len(files) == 4
    for file in files:
        asked = {key: values[0] for key, values in parse_qs(urlparse(file).query).items()}
        assert asked == {"region": "east-midlands", **query}
        assert client.get(file).status_code == 200


def test_a_round_before_follows_the_lineage(
    country: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    early = Round.objects.create(
        slug="2025",
        name="2025 self-assessment",
        version=version,
        opens_on=timezone.localdate() - datetime.timedelta(days=700),
        closes_on=timezone.localdate() - datetime.timedelta(days=600),
    )
    submit(places.derby, {"LEAD.1": 0}, to=early)
    found = rows_of(take(sign_in(cast.reviewer), "LEAD.1/criterion.csv").content)
    before = {row["Level"]: (row["Partnerships"], row["Who"]) for row in found if row["Round"] == early.name}
    # Of a round before, the page names nobody.
    assert before["Gap identified"] == ("1", "")
    drawn = take(sign_in(cast.reviewer), "LEAD.1/trend.svg").content.decode()
    assert "2025 self-assessment (n = 1)" in drawn
