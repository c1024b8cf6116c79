"""A review's criteria as a file: both levels and reasons, as the page shows them."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Submission
from tests.people import Cast
from tests.reviews.reviewing import ask, give, recommend, text_of, url

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]


def cells(client: Client, **query: str) -> list[dict[str, Any]]:
    response = client.get(url("submission_xlsx"), query)
    assert response.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    heading, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_both_levels_stand_beside_each_other(sent: Submission, cast: Cast, office: Client) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "=2 of 6")
    ask(sent, cast.reviewer, code="LEAD.1")
    recommend(sent, cast.reviewer, code="LAW.2")
    found = {row["Code"]: row for row in cells(office)}
    assert list(found) == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]
    first = found["LEAD.1"]
    assert (first["Level of the partnership"], first["Its reason"]) == ("Some success", "We meet")
    assert (first["Level of the Government Office"], first["Reason of the Government Office"]) == (
        "Working towards",
        "=2 of 6",
    )
    assert (first["Differs"], first["Questions"], first["Wait for a reply"]) == ("Yes", 1, 1)
    assert found["LEAD.2"]["Level of the partnership"] == "Does not apply"
    assert (found["LAW.2"]["Recommendations"], found["LAW.2"]["Level of the Government Office"]) == (1, None)


def test_the_csv_holds_the_same_and_starts_no_formula(sent: Submission, cast: Cast, office: Client) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "=2 of 6")
    text = office.get(url("submission_csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[0]["Reason of the Government Office"] == "'=2 of 6"
    assert [row["Code"] for row in rows] == [row["Code"] for row in cells(office)]


def test_it_keeps_the_choice_of_the_page(sent: Submission, cast: Cast, office: Client) -> None:
    give(sent, "LEAD.1", cast.reviewer, "working_towards")
    give(sent, "LAW.1", cast.reviewer, "met")
    assert [row["Code"] for row in cells(office, show="differences")] == ["LEAD.1"]
    assert f"{url('submission_xlsx')}?number=1&amp;show=differences" in text_of(office, url(), show="differences")
    assert office.get(url("submission_csv"), {"number": "2"}).status_code == 404


def test_nobody_else_gets_it(sent: Submission, cast: Cast, sign_in: SignIn) -> None:
    for person in (cast.coordinator, cast.neighbour, cast.reviewer_elsewhere):
        for form in ("csv", "xlsx"):
            assert sign_in(person).get(url(f"submission_{form}")).status_code == 404
