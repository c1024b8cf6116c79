"""All of a region's reports in one archive: for its Government Office, streamed, and honest about what is missing."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Assessment, Submission
from reports import making, once, stored, wanted
from reports.region_reports import PIECE, archive_of, filed_in
from tests.assessments.answering import rate_everything, submit
from tests.people import Cast, Places
from tests.reports.conftest import Submit
from tests.reports.storing import Quick, full
from tests.reviews import rows

SignIn = Callable[[User | None], Client]
PAGE = "/reports/2027/regions/east-midlands/"
ZIP, STATE = f"{PAGE}reports.zip", f"{PAGE}progress.json"


@pytest.fixture
def submission(assessment: Assessment, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Submission:
    Quick(monkeypatch)
    rate_everything(assessment, cast.officer)
    sent: Submission = submit(assessment, cast.coordinator)
    return sent


@pytest.fixture
def office(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.reviewer)


def opened(answer: object) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def listed(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("list.csv").decode("utf-8-sig"))))


def test_each_current_submission_is_in_it(submission: Submission, office: Client) -> None:
    path = stored.stored(full(submission))
    answer = office.get(ZIP)
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    archive = opened(answer)
    assert archive.testzip() is None
    assert archive.namelist() == ["list.csv", "amber-valley-2027.pdf"]
    assert archive.read("amber-valley-2027.pdf") == path.read_bytes()
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    (line,) = listed(archive)
    assert line["Reference"] == submission.reference
    assert line["SHA-256 of the answers"] == submission.sha256
    assert line["SHA-256 of the file"] == full(submission).row().sha256  # type: ignore[union-attr]


def test_a_closed_review_is_in_it(submission: Submission, office: Client, cast: Cast) -> None:
    stored.stored(full(submission))
    reviewed = rows.close(rows.begin(submission), cast.reviewer, "Well done.")
    # The report without the review does not stand in for it.
    assert office.get(ZIP)["Location"] == PAGE
    path = stored.stored(full(submission, reviewed))
    archive = opened(office.get(ZIP))
    assert archive.read("amber-valley-2027.pdf") == path.read_bytes()
    assert listed(archive)[0]["SHA-256 of the review"] == reviewed.sha256


class TestMissing:
    @pytest.fixture(autouse=True)
    def _two(self, submission: Submission, submit: Submit, places: Places) -> None:
        submit(places.derby, {"LEAD.1": 1})
        stored.stored(full(submission))

    def test_the_page_says_so_first(self, office: Client) -> None:
        assert office.get(ZIP)["Location"] == PAGE
        page = office.get(PAGE).content.decode()
        assert "1 of 2 reports made" in page
        assert "Ask whoever runs it to start the worker" in page
        assert office.get(STATE).json() == {"state": "idle", "words": "1 of 2 reports made"}

    def test_while_they_are_made_it_watches(self, office: Client) -> None:
        with making.working():
            page = office.get(PAGE).content.decode()
            assert "The others are being made now" in page
            assert f'data-progress="{STATE}"' in page
            assert office.get(STATE).json()["state"] == "waiting"

    def test_what_is_missing_is_made_before_what_nobody_waits_for(self, office: Client) -> None:
        office.get(PAGE)
        (mark,) = wanted.marks()
        derby = Submission.objects.get(assessment__partnership__slug="derby")
        assert mark == full(derby).wanted_path

    def test_what_there_is_comes_with_a_list_of_what_is_not(self, office: Client) -> None:
        archive = opened(office.get(f"{ZIP}?as-it-is"))
        assert archive.namelist() == ["list.csv", "amber-valley-2027.pdf"]
        files = {line["Partnership"]: line["File"] for line in listed(archive)}
        assert files == {"Amber Valley": "amber-valley-2027.pdf", "Derby": "Not made yet"}

    def test_a_file_that_was_lost_is_missing_too(self, office: Client, submission: Submission) -> None:
        full(submission).path.unlink()
        assert office.get(STATE).json()["words"] == "0 of 2 reports made"
        assert opened(office.get(f"{ZIP}?as-it-is")).namelist() == ["list.csv"]


def test_a_region_without_submissions_has_nothing_to_take(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    page = sign_in(cast.reviewer).get(PAGE).content.decode()
    assert "No partnership has submitted in this round yet." in page


def test_nobody_else_gets_it(submission: Submission, sign_in: SignIn, cast: Cast) -> None:
    stored.stored(full(submission))
    for person in (cast.coordinator, cast.neighbour, cast.stranger, cast.reviewer_elsewhere, cast.former):
        for address in (PAGE, STATE, ZIP, f"{ZIP}?as-it-is"):
            assert sign_in(person).get(address).status_code == 404
    assert sign_in(cast.administrator).get(ZIP).status_code == 200


def test_another_region_is_never_in_it(submission: Submission, submit: Submit, places: Places, office: Client) -> None:
    submit(places.exeter, {"LEAD.1": 1})
    stored.stored(full(submission))
    assert opened(office.get(ZIP)).namelist() == ["list.csv", "amber-valley-2027.pdf"]


def test_it_never_has_to_fit_into_memory(submission: Submission, places: Places) -> None:
    report = full(submission)
    report.path.write_bytes(b"%PDF-" + b"x" * (PIECE * 40))
    stored.remember(report)
    filed = filed_in(places.east_midlands, submission.assessment.round)
    pieces = [len(piece) for piece in archive_of(filed, is_demonstration=False)]
    assert sum(pieces) > PIECE * 40
    assert max(pieces) < PIECE * 2


def test_the_regions_page_leads_there(submission: Submission, office: Client) -> None:
    page = office.get("/regions/east-midlands/2027/").content.decode()
    assert f'href="{ZIP}"' in page
    assert f'data-progress="{STATE}"' in page
    assert once.folder().exists()
