"""A check sheet of shared information as evidence: only for the Hallmarks criteria that ask about it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from assessments.models import Assessment, Evidence
from assessments.sheet_queries import logs_to_cite, sheet_for
from hallmarks.models import Criterion, Version
from sharing.models import InformationSet
from sharing.periods import quarters_back, time_of
from tests import criteria
from tests.assessments.answering import rate_everything, stamp_on, submit, url
from tests.counting import counted
from tests.people import Cast, Places
from tests.sharing.making import make_reference, save_line, this_quarter

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
CODE, PART = "LEAD.1", "LEAD.1a"
HERE = ["2027", "amber-valley"]
NOTHING: dict[str, Any] = {"received_from": None, "received_on": None}


@pytest.fixture
def version(db: None) -> Version:
    """The tests' criteria as if they were the Hallmarks; their LEAD.1 asks for the police's sets."""
    make_reference()
    InformationSet.objects.filter(hallmark_code="H3.S3a").update(hallmark_code=CODE)
    return criteria.make_version("2007", framework="hallmarks")


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_the_criterion_says_how_its_own_sets_stand_and_leads_to_the_sheet(
    officer: Client, assessment: Assessment, places: Places, cast: Cast
) -> None:
    before = this_quarter().previous
    save_line(places, cast.officer, quarter=before, received_on=before.ends_on)
    save_line(places, cast.officer, 3, quarter=before, received_on=before.ends_on)
    page = text_of(officer, url("criterion", assessment, CODE))
    sheet = reverse("sharing:sheet", args=["amber-valley", before.year, before.number])
    assert f'<a class="govuk-link" href="{sheet}">1 of 8 received</a>' in page
    assert "Add it as evidence" in page
    assert "check sheet" not in text_of(officer, url("criterion", assessment, "LEAD.2"))


def test_a_lettered_part_asks_for_the_last_quarter_and_its_whole_for_a_year(
    assessment: Assessment, places: Places, cast: Cast
) -> None:
    before, today = this_quarter().previous, timezone.localdate()
    InformationSet.objects.filter(hallmark_code="H3.S3b").update(hallmark_code=PART)
    save_line(places, cast.officer, 3, quarter=before, received_on=before.ends_on)
    part, whole = Criterion(code=PART, title="Fires"), Criterion(code=CODE, title="Everything")
    shown = [sheet_for(assessment, one, today) for one in (part, whole)]
    assert [one and (one.when, one.counts.in_words) for one in shown] == [
        (before.name, "1 of 1 received"),
        (time_of(quarters_back(before, 4)), "1 of 12 received"),
    ]
    offered = {one.code: logs_to_cite(assessment, one, today) for one in (part, whole)}
    assert [(log.when, log.counts.in_words) for log in offered[PART]][:2] == [
        (before.name, "1 of 1 received"),
        (before.previous.name, "0 of 1 received"),
    ]
    assert offered[CODE][0].title.endswith(": received 1 of 12")
    assert [log.quarters for log in offered[CODE]][1:] == [log.quarters for log in offered[PART]]


def test_a_viewer_reads_the_line_without_the_button(officer: Client, assessment: Assessment, cast: Cast) -> None:
    officer.force_login(cast.viewer)
    page = text_of(officer, url("criterion", assessment, CODE))
    assert "0 of 8 received" in page
    assert "Add it as evidence" not in page


def test_other_criteria_sets_neither_show_nor_pay_for_it(
    officer: Client, assessment: Assessment, places: Places
) -> None:
    criteria.make_round(criteria.make_version(), places, slug="other")
    other = Assessment.objects.with_round().get(round__slug="other", partnership=places.amber_valley)
    asked = []
    for one in (assessment, other):
        page = url("criterion", one, CODE)
        officer.get(page)
        with counted() as counting:
            assert ("check sheet" in text_of(officer, page)) == (one == assessment)
        asked.append(counting.number)
    assert asked[0] == asked[1] + 1
    assert officer.get(url("evidence_sheet", other, CODE)).status_code == 404


def test_the_button_saves_the_page_and_leads_to_the_question(officer: Client, assessment: Assessment) -> None:
    page = url("criterion", assessment, CODE)
    sent = {**stamp_on(officer, assessment, CODE), "reason": "Kept", "then": "sheet"}
    where = url("evidence_sheet", assessment, CODE)
    assert officer.post(page, sent).headers["Location"].startswith(f"{where}?asked=")
    assert assessment.ratings.get().reason == "Kept"


def test_the_sheet_becomes_a_file_that_says_what_arrived_and_never_changes(
    officer: Client, assessment: Assessment, places: Places, cast: Cast
) -> None:
    before = this_quarter().previous
    line = save_line(places, cast.officer, quarter=before, received_on=before.ends_on, note="Ann’s list")
    save_line(places, cast.officer, 3, quarter=before, received_on=before.ends_on)
    where = url("evidence_sheet", assessment, CODE)
    for _press in range(2):
        assert officer.post(where, {"sheet": str(before)}).headers["Location"] == url("criterion", assessment, CODE)
    evidence = Evidence.objects.get()
    assert evidence.title == f"Information sharing check sheet, {before.name}: received 1 of 2"
    assert (evidence.link, evidence.media_type) == ("", "text/plain; charset=utf-8")
    save_line(places, cast.officer, quarter=before, state="missing", revision=line.revision, **NOTHING)
    sent = officer.get(reverse("assessments:evidence_download", args=[*HERE, CODE, evidence.number]))
    day = date_format(before.ends_on, "j F Y")
    said = sent.content.decode()
    assert f"1. Incidents (Police force)\r\n   Received from Police force on {day}\r\n   Note: Ann’s list" in said
    assert "2. Crimes (Police force)\r\n   Missing: not received" in said
    assert "fires" not in said
    assert sent.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert '.txt"' in sent.headers["Content-Disposition"]


def test_the_government_office_reads_the_file_of_a_submission(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    officer.post(url("evidence_sheet", assessment, CODE), {"sheet": str(this_quarter().previous)})
    rate_everything(assessment, cast.officer)
    submission = submit(assessment, cast.coordinator)
    file = reverse("assessments:submitted_file", args=[submission.reference, Evidence.objects.get().sha256])
    assert "Missing: not received" in text_of(sign_in(cast.reviewer), file)


def test_nobody_may_upload_a_text(officer: Client, assessment: Assessment) -> None:
    file = SimpleUploadedFile("sheet.txt", b"Received", "text/plain; charset=utf-8")
    reply = officer.post(url("evidence_file", assessment, CODE), {"title": "Sheet", "file": file})
    assert "is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file" in reply.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("sheet", ["", "1999-Q1", "x", "2026"])
def test_a_quarter_that_is_not_offered_is_asked_about(officer: Client, assessment: Assessment, sheet: str) -> None:
    reply = officer.post(url("evidence_sheet", assessment, CODE), {"sheet": sheet})
    assert "Select a quarter" in reply.content.decode()
    assert not Evidence.objects.exists()


def test_a_closed_round_takes_no_more_sheets(officer: Client, assessment: Assessment) -> None:
    round_ = assessment.round
    round_.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    round_.save()
    reply = officer.post(url("evidence_sheet", assessment, CODE), {"sheet": str(this_quarter())})
    assert reply.status_code == 409


def test_without_the_laws_list_there_is_nothing_to_offer(officer: Client, assessment: Assessment) -> None:
    InformationSet.objects.all().delete()
    assert "check sheet" not in text_of(officer, url("criterion", assessment, CODE))
