"""While reports are made the pages say how far they are, and lead on by themselves."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from assessments.models import Assessment, Submission
from reports import making, stored, wanted
from tests.assessments.answering import rate_everything, submit
from tests.people import Cast, Places
from tests.reports.conftest import Submit
from tests.reports.storing import Quick, full
from tests.reviews import rows

SignIn = Callable[[User | None], Client]
REPORT = ["2027", "amber-valley", "report"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Quick:
    return Quick(monkeypatch)


@pytest.fixture
def submission(assessment: Assessment, cast: Cast, quick: Quick) -> Submission:
    rate_everything(assessment, cast.officer)
    sent: Submission = submit(assessment, cast.coordinator)
    return sent


@pytest.fixture
def worker() -> Iterator[None]:
    with making.working():
        yield


@pytest.fixture
def viewer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.viewer)


def address(view: str, *arguments: str) -> str:
    return reverse(f"reports:{view}", args=arguments)


PDF = "/reports/2027/amber-valley/report.pdf"
PROGRESS = "/reports/2027/amber-valley/report/progress/"
STATE = "/reports/2027/amber-valley/report/progress.json"


class TestWithAWorker:
    @pytest.fixture(autouse=True)
    def _worker(self, worker: None) -> None:
        pass

    def test_a_missing_report_is_left_to_it(self, submission: Submission, viewer: Client, quick: Quick) -> None:
        answer = viewer.get(PDF)
        assert (answer.status_code, answer["Location"]) == (302, PROGRESS)
        assert "ETag" not in answer
        page = viewer.get(PROGRESS).content.decode()
        assert page.count("Your report is being made") == 1
        assert "It is next. This takes a few seconds." in page
        assert "Look again" in page
        assert f'data-then="{PDF}"' in page
        assert 'aria-live="polite"' in page
        assert quick.asked == []

    def test_it_counts_from_the_first_look(
        self, submission: Submission, viewer: Client, submit: Submit, places: Places
    ) -> None:
        # Others were asked for before; what nobody waits for is made afterwards.
        for place in (places.derby, places.exeter, places.cardiff):
            wanted.want(full(submit(place, {"LEAD.1": 1})))
        submit(places.derby, {"LEAD.1": 2}, is_current=False)
        first = viewer.get(STATE).json()
        assert first["words"] == "Your report is being made. 0 of 3 made before yours."
        assert first["below"] == "0 of 3 made before yours."
        stored_row(Submission.objects.current().get(assessment__partnership=places.derby))
        second = viewer.get(first["next"]).json()
        assert second["words"] == "Your report is being made. 1 of 3 made before yours."
        assert second["state"] == "waiting"
        # Without a script the link keeps the count as well.
        assert f'href="{PROGRESS}?of=3"' in viewer.get(PROGRESS, {"of": "3"}).content.decode()

    def test_it_opens_when_it_is_ready(self, submission: Submission, viewer: Client) -> None:
        stored.stored(full(submission))
        assert viewer.get(STATE).json()["state"] == "ready"
        assert viewer.get(PROGRESS)["Location"] == PDF
        assert viewer.get(PDF).status_code == 200

    def test_one_that_failed_says_what_to_do(self, submission: Submission, viewer: Client) -> None:
        full(submission).failed_path.write_text("PdfTooHeavy: <secret path>\n")
        page = viewer.get(PROGRESS).content.decode()
        assert "The report could not be made" in page
        assert "Tell whoever runs this portal" in page
        assert "secret path" not in page
        assert viewer.get(STATE).json()["state"] == "failed"

    def test_an_earlier_one_keeps_its_number(
        self, submission: Submission, viewer: Client, cast: Cast, assessment: Assessment
    ) -> None:
        rows.send_back(rows.begin(submission), cast.reviewer)
        submit(Assessment.objects.with_round().get(pk=assessment.pk), cast.coordinator)
        assert viewer.get(PDF, {"number": "1"})["Location"] == f"{PROGRESS}?number=1"
        assert f'data-then="{PDF}?number=1"' in viewer.get(PROGRESS, {"number": "1"}).content.decode()

    @pytest.mark.parametrize("of", ["x", "-1", "9" * 50, "٣", "1.5", ""])
    def test_no_number_is_too_strange(self, submission: Submission, viewer: Client, of: str) -> None:
        assert viewer.get(STATE, {"of": of}).json()["below"] == "It is next. This takes a few seconds."

    def test_no_other_report_is_known(self, submission: Submission, viewer: Client) -> None:
        for kind in ("draft", "reviewed-report", "x"):
            assert viewer.get(address("progress_state", "2027", "amber-valley", kind)).status_code == 404

    def test_it_tells_others_nothing(self, submission: Submission, sign_in: SignIn, cast: Cast) -> None:
        for person in (cast.neighbour, cast.stranger, cast.reviewer_elsewhere, cast.former):
            assert sign_in(person).get(STATE).status_code == 404
            assert sign_in(person).get(PROGRESS).status_code == 404


def test_without_a_worker_the_request_makes_it(submission: Submission, viewer: Client, quick: Quick) -> None:
    assert viewer.get(STATE).json() == {
        "state": "idle",
        "words": "Your report is made when you open it.",
        "below": "Your report is made when you open it.",
        "next": STATE,
    }
    assert viewer.get(PROGRESS)["Location"] == PDF
    assert viewer.get(PDF).status_code == 200
    assert quick.asked == [full(submission).key]


def test_the_receipt_leads_to_both_and_watches(submission: Submission, viewer: Client) -> None:
    page = viewer.get(reverse("assessments:confirmation", args=["2027", "amber-valley", 1])).content.decode()
    assert f'href="{PDF}"' in page
    assert 'href="/reports/2027/amber-valley/report-short.pdf"' in page
    assert f'data-progress="{STATE}?number=1"' in page
    assert "js/progress.js" in page


def test_a_closed_review_leads_to_its_report(
    submission: Submission, viewer: Client, sign_in: SignIn, cast: Cast
) -> None:
    link = "/reports/2027/amber-valley/reviewed-report.pdf?number=1"
    review = rows.begin(submission)
    theirs = reverse("reviews:questions", args=["2027", "amber-valley"])
    office = reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"])
    assert link not in viewer.get(theirs).content.decode()
    assert link not in sign_in(cast.reviewer).get(office).content.decode()
    rows.close(review, cast.reviewer, "Well done.")
    assert link in sign_in(cast.viewer).get(theirs).content.decode()
    assert link in sign_in(cast.reviewer).get(office).content.decode()


def test_a_closed_review_puts_its_report_first(
    submission: Submission, viewer: Client, sign_in: SignIn, cast: Cast
) -> None:
    first = "Report with the review (PDF)"
    addresses = [
        reverse("assessments:confirmation", args=["2027", "amber-valley", 1]),
        reverse("assessments:check", args=["2027", "amber-valley"]),
        reverse("assessments:tasks", args=["2027", "amber-valley"]),
        reverse("home"),
    ]
    for each in addresses:
        assert first not in viewer.get(each).content.decode()
    rows.close(rows.begin(submission), cast.reviewer, "Well done.")
    client = sign_in(cast.viewer)
    for each in addresses:
        page = client.get(each).content.decode()
        assert page.index("/reports/2027/amber-valley/reviewed-report.pdf") < page.index(PDF)
        assert first in page


def test_the_receipt_tells_that_the_review_is_closed(
    submission: Submission, viewer: Client, sign_in: SignIn, cast: Cast
) -> None:
    receipt = reverse("assessments:confirmation", args=["2027", "amber-valley", 1])
    assert "can now read these answers" in viewer.get(receipt).content.decode()
    rows.close(rows.begin(submission), cast.reviewer, "Well done.")
    submission.refresh_from_db()
    page = sign_in(cast.viewer).get(receipt).content.decode()
    closed = date_format(timezone.localtime(submission.reviewed.closed_at), "j F Y")
    assert f"The Government Office closed its review on {closed}." in page
    assert "can now read these answers" not in page
    assert "reviewed-report/progress.json?number=1" in page


def test_the_receipt_says_where_anybody_can_check(submission: Submission, viewer: Client) -> None:
    page = viewer.get(reverse("assessments:confirmation", args=["2027", "amber-valley", 1])).content.decode()
    assert (
        f'at <a class="govuk-link" href="{reverse("reports:verify")}">Check a report</a>, by choosing the PDF' in page
    )


def test_what_can_be_taken_away_is_called_the_same(submission: Submission, viewer: Client) -> None:
    for name, *more in (("confirmation", 1), ("check",)):
        page = viewer.get(reverse(f"assessments:{name}", args=["2027", "amber-valley", *more])).content.decode()
        links = page[page.index('id="take-away"') :]
        for words in (
            "Report (PDF)",
            "Report for Word (DOCX)",
            "Short report (PDF)",
            "Excel (XLSX)",
            "CSV files (ZIP)",
        ):
            assert f">{words}<" in links
        assert "Submission and review, as tables" in links
        assert "Original record, for checking" in links


def stored_row(submission: Submission) -> None:
    """Remember a report as if it had been made."""
    report = full(submission)
    report.path.write_bytes(b"%PDF-" + report.key.encode())
    stored.remember(report)
    report.wanted_path.unlink()
