"""Improvement actions as files: the list that the address chooses, in its order, with days as days."""

import csv
import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, ImprovementAction
from hallmarks.models import Criterion
from partnerships.models import Agency
from tests.people import Cast

SignIn = Callable[[User | None], Client]
URL = "/actions/amber-valley/"


@pytest.fixture
def actions(assessment: Assessment, cast: Cast) -> None:
    """One open and overdue, one done; the first's text could be a formula."""
    owners = list(Agency.objects.filter(partnership=assessment.partnership))
    known = {
        "partnership": assessment.partnership,
        "raised_in": assessment,
        "criterion": Criterion.objects.get(version=assessment.round.version, code="LEAD.1"),
        "owner": owners[0],
    }
    day = datetime.date(2026, 3, 1)
    ImprovementAction.objects.create(text="=HYPERLINK(1)", due_on=day, **known)
    ImprovementAction.objects.create(text="Meet monthly", due_on=day, status="done", closed_on=day, **known)


def texts(client: Client, **data: str) -> list[str]:
    content = client.get(f"{URL}actions.csv", data).content.decode("utf-8-sig")
    return [row["What will be done"] for row in csv.DictReader(io.StringIO(content, newline=""))]


def test_the_list_is_the_one_that_the_page_shows(actions: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    assert texts(client) == ["'=HYPERLINK(1)"]
    assert texts(client, show="done") == ["Meet monthly"]
    assert texts(client, show="all", owner="Nobody") == ["'=HYPERLINK(1)", "Meet monthly"]
    for query in ({"show": "done"}, {"show": "all", "order": "owner"}, {}):
        page = client.get(URL, query).content.decode()
        asked = "&amp;".join(f"{name}={value}" for name, value in query.items())
        for form in ("csv", "xlsx"):
            assert f'href="{URL}actions.{form}{"?" if asked else ""}{asked}"' in page


def test_days_are_days_and_texts_run_nothing(actions: None, sign_in: SignIn, cast: Cast) -> None:
    content = sign_in(cast.viewer).get(f"{URL}actions.xlsx").content
    heading, first = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    row = dict(zip([cell.value for cell in heading], first, strict=True))
    assert row["By when"].value == datetime.datetime(2026, 3, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert (row["What will be done"].value, row["What will be done"].quotePrefix) == ("=HYPERLINK(1)", True)
    assert row["Overdue"].value == "Yes"
