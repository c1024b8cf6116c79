"""The tables of strengths, calibration, crime and heat maps as files: what the pages show, with numbers as numbers."""

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from partnerships.models import Partnership
from tests.people import Cast, Places
from tests.reports.comparing import neighbours, review
from tests.reports.conftest import Submit
from tests.reports.releases import close, fill
from tests.reports.test_crime_pages import record

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/"
HEAT, TIME = URL + "regions/east-midlands/heat-map", "/compare/crime/amber-valley/figures"
FILES = (HEAT, URL + "heat-map", URL + "strengths", URL + "calibration", URL + "crime", TIME)


@pytest.fixture
def country(places: Places, submit: Submit) -> None:
    """Two in the East Midlands, one reviewed; six in the South West; figures of all but one."""
    review(submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 0, "LAW.1": 2}), {"LEAD.1": 2, "LEAD.2": 0})
    submit(places.derby, {"LEAD.1": 2, "LEAD.2": 1, "LAW.1": 0})
    west = neighbours(places.exeter.police_force, 6, "west")
    for number, place in enumerate([places.amber_valley, *west]):
        if number:
            submit(place, {"LEAD.1": 3, "LEAD.2": number % 2, "LAW.1": 1})
        record(place, 1000, 1000 + 37 * number, note="A slip." if number == 0 else "")


def rows(client: Client, url: str, **data: str) -> list[dict[str, str]]:
    response = client.get(url + ".csv", data)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def cells(client: Client, url: str, **data: str) -> list[dict[str, Any]]:
    response = client.get(url + ".xlsx", data)
    assert response.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    heading, *found = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(heading, row, strict=True)) for row in found]


def as_text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


@pytest.mark.parametrize("url", FILES)
def test_a_workbook_holds_the_rows_of_the_csv(country: None, sign_in: SignIn, cast: Cast, url: str) -> None:
    client = sign_in(cast.reviewer)
    text, found = rows(client, url), cells(client, url)
    assert text
    assert [{name: as_text(value) for name, value in row.items()} for row in found] == text


@pytest.mark.parametrize("url", FILES)
def test_the_page_leads_to_its_files_with_its_choices(country: None, sign_in: SignIn, cast: Cast, url: str) -> None:
    page = url.removesuffix("figures") if url == TIME else url + "/"
    shown = sign_in(cast.reviewer).get(page, {"region": "east-midlands", "cols": "weakest"}).content.decode()
    kept = {
        HEAT: "?cols=weakest",
        URL + "strengths": "?region=east-midlands",
        URL + "calibration": "?region=east-midlands",
    }
    for form in ("csv", "xlsx"):
        assert f'href="{url}.{form}{kept.get(url, "")}" download' in shown


def test_strengths_by_group(country: None, sign_in: SignIn, cast: Cast) -> None:
    found = cells(sign_in(cast.reviewer), URL + "strengths")
    told = {(row["Group"], row["What"], row["Code"]): row for row in found}
    first = told["East Midlands", "Shared strength", "LEAD.1"]
    assert (first["At the upper levels"], first["Gave a level"]) == (2, 2)
    assert told["England", "Shared weakness", "LEAD.2"]["Gave a level"] == 8
    assert told["East Midlands", "Partnerships differ", "LEAD.1"]["Levels apart"] == 1
    assert told["East Midlands", "Statutory requirement", "LAW.1"]["At the upper levels"] == 1
    everywhere = rows(sign_in(cast.reviewer), URL + "strengths", region="both-nations")
    assert {row["Group"] for row in everywhere} == {"England and Wales"}
    assert sign_in(cast.reviewer).get(URL + "strengths.csv", {"region": "south-west"}).status_code == 404


def test_calibration_of_few_has_counts_and_says_why_no_kappa(country: None, sign_in: SignIn, cast: Cast) -> None:
    found = {(row["Area"], row["Code"]): row for row in cells(sign_in(cast.reviewer), URL + "calibration")}
    own, first = found["East Midlands", None], found["East Midlands", "LEAD.1"]
    assert (own["Closed reviews"], own["Ratings"], own["Same level"], own["Reviewer lower"]) == (1, 2, 1, 1)
    assert (first["Ratings"], first["Weighted kappa"], first["Note"]) == (1, None, "Too few to say")
    hidden = {row["Area"]: row for row in rows(sign_in(cast.reviewer_elsewhere), URL + "calibration")}["East Midlands"]
    assert (hidden["Ratings"], hidden["Note"]) == ("", "Fewer than 5 closed reviews: not shown")
    assert sign_in(cast.reviewer).get(URL + "calibration.csv", {"region": "south-west"}).status_code == 404


def test_crime_names_whom_the_page_names_and_rounds_the_rest(country: None, sign_in: SignIn, cast: Cast) -> None:
    own, group = cells(sign_in(cast.reviewer), URL + "crime")
    assert (own["Area"], own["At the upper levels"], own["Gave a level"], own["Note"]) == (
        "Amber Valley",
        1,
        2,
        "A slip.",
    )
    assert (own["12 months to March 2007"], own["Change"], own["Change in per cent"]) == (1000, 0, 0)
    assert (group["Area"], group["Areas"], group["12 months to March 2007"]) == ("Without names", 6, None)
    assert (group["Change in per cent"], group["Change in per cent, up to"]) == (3.7, 22.2)
    assert group["Middle half from"] == 50
    assert len(cells(sign_in(cast.administrator), URL + "crime")) == 7


def test_a_partnerships_crime_is_its_own(country: None, sign_in: SignIn, cast: Cast) -> None:
    (own,) = rows(sign_in(cast.viewer), URL + "crime")
    assert own["Area"] == "Amber Valley"
    assert rows(sign_in(cast.neighbour), URL + "crime") == []
    figures = cells(sign_in(cast.viewer), TIME)
    assert [(row["Recorded crime"], row["At the upper levels"]) for row in figures] == [
        (1000, None),
        (1000, None),
        (None, 1),
    ]
    assert type(figures[0]["When"]) is datetime.datetime


def test_names_that_start_a_formula_are_texts(country: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    Partnership.objects.filter(pk=places.amber_valley.pk).update(name="=1+1")
    client = sign_in(cast.reviewer)
    for url, name in ((HEAT, "Partnership"), (URL + "crime", "Area"), (TIME, "Partnership")):
        assert "'=1+1" in {row[name] for row in rows(client, url)}
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(url + ".xlsx").content)).worksheets[0]
        assert next(cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1") == "s"


def test_a_partnerships_strengths_are_of_the_release(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.officer)
    assert client.get(URL + "strengths.csv").status_code == 404
    at = close(round_) - datetime.timedelta(hours=1)
    here = [places.amber_valley, places.derby, *neighbours(places.amber_valley.police_force, 10)]
    fill(round_, here, author, at)
    found = rows(client, URL + "strengths", **{"with": "region"})
    assert {row["Group"] for row in found} >= {"East Midlands"}
    assert not {"Derby", "N 1"} & {value for row in found for value in row.values()}
