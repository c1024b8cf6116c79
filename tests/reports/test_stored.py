"""A report is made once and then ever the same, whoever asks, whatever is lost in between."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, Submission
from audit.models import Event
from reports import once, pdf, stored
from reports.models import StoredReport
from reports.once import BeingMade, Claim
from reports.stored import ReportLost
from reviews import documents as review_documents
from tests.assessments.answering import rate, rate_everything, submit
from tests.people import Cast
from tests.reports.storing import Quick, full, short
from tests.reviews import rows

SignIn = Callable[[User | None], Client]


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    sent: Submission = submit(assessment, cast.coordinator)
    return sent


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Quick:
    return Quick(monkeypatch)


def address(view: str = "pdf") -> str:
    return reverse(f"reports:{view}", args=["2027", "amber-valley"])


def files() -> list[str]:
    return sorted(path.name for path in (settings.VAR_DIR / "reports").glob("*.p*"))


def test_it_is_made_once(submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    first, second = client.get(address()), client.get(address())
    assert first.content == second.content == b"%PDF-" + full(submission).key.encode()
    assert len(quick.asked) == 1
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == 'inline; filename="amber-valley-2027.pdf"'
    assert "private" in first["Cache-Control"]


def test_each_form_is_a_file_of_its_own(submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    long, brief = client.get(address()), client.get(address("pdf_short"))
    assert long.content != brief.content
    assert long["ETag"] != brief["ETag"]
    assert brief["Content-Disposition"] == 'inline; filename="amber-valley-2027-report-short.pdf"'
    assert "This is the short form" in quick.told[1]
    assert "This is the short form" not in quick.told[0]


def test_an_earlier_submission_keeps_its_own_report(
    assessment: Assessment, submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast
) -> None:
    rows.send_back(rows.begin(submission), cast.reviewer)
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    rate(fresh, "LEAD.1", cast.officer, level="doing_well", reason="Mended", revision=1)
    second = submit(fresh, cast.coordinator)
    for person in (cast.viewer, cast.reviewer, cast.administrator):
        client = sign_in(person)
        earlier, current = client.get(address(), {"number": "1"}), client.get(address())
        assert earlier.content == b"%PDF-" + full(submission).key.encode()
        assert current.content == b"%PDF-" + full(second).key.encode()
        assert earlier["Content-Disposition"] == 'inline; filename="amber-valley-2027-submission-1.pdf"'
    assert len(quick.asked) == 2


@pytest.mark.parametrize("number", ["0", "x", "-1", "2", "99999"])
def test_a_submission_that_is_not_there_is_not_found(
    submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast, number: str
) -> None:
    assert sign_in(cast.viewer).get(address(), {"number": number}).status_code == 404


def test_no_report_opens_to_anybody_else(submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.neighbour, cast.stranger, cast.reviewer_elsewhere, cast.former):
        for view in ("pdf", "pdf_short"):
            client, etag = sign_in(person), f'"{full(submission).key}"'
            assert client.get(address(view), {"number": "1"}).status_code == 404
            # Whoever knows the fingerprint does not learn from a 304 that there is such a report.
            assert client.get(address(view), headers={"If-None-Match": etag}).status_code == 404
    assert quick.asked == []


class TestReviewed:
    """The report with the review is there for everybody at once: when the review is closed."""

    def test_not_before_it_is_closed(self, submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast) -> None:
        rows.say(rows.begin(submission), "LEAD.1", cast.reviewer, level="doing_well")
        for person in (cast.viewer, cast.reviewer, cast.administrator):
            assert sign_in(person).get(address("reviewed_pdf")).status_code == 404
        assert quick.asked == []

    def test_then_for_both_sides_and_nobody_else(
        self, submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast
    ) -> None:
        rows.close(rows.begin(submission), cast.reviewer, "Well done.")
        for person in (cast.viewer, cast.coordinator, cast.reviewer, cast.administrator):
            answer = sign_in(person).get(address("reviewed_pdf"))
            assert answer.status_code == 200
            assert answer["Content-Disposition"] == 'inline; filename="amber-valley-2027-reviewed-report.pdf"'
        for person in (cast.neighbour, cast.stranger, cast.reviewer_elsewhere, cast.former):
            assert sign_in(person).get(address("reviewed_pdf")).status_code == 404
        assert len(quick.asked) == 1
        assert "Well done." in quick.told[0]

    def test_what_was_submitted_stays_as_it_was(
        self, submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast
    ) -> None:
        before = sign_in(cast.viewer).get(address()).content
        rows.close(rows.begin(submission), cast.reviewer, "Well done.")
        assert sign_in(cast.viewer).get(address()).content == before


def test_a_browser_that_has_it_is_not_sent_it_again_nor_is_the_file_opened(
    submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    etag = client.get(address())["ETag"]
    full(submission).path.unlink()
    again = client.get(address(), headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_what_is_stored_is_for_the_portal_alone(submission: Submission, quick: Quick) -> None:
    path = stored.stored(full(submission))
    assert path.name == f"{submission.sha256}-full-en.pdf"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_its_bytes_are_remembered_and_the_trail_says_so(submission: Submission, quick: Quick) -> None:
    content = stored.stored(full(submission)).read_bytes()
    row = StoredReport.objects.get()
    assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), len(content))
    event = Event.objects.filter(kind="report.stored").get()
    assert (event.actor_id, event.partnership) == (None, "amber-valley")


def test_a_file_without_its_row_gets_it_and_is_not_made_again(submission: Submission, quick: Quick) -> None:
    report = full(submission)
    report.path.write_bytes(b"%PDF-of one that was killed")
    assert stored.stored(report).read_bytes() == b"%PDF-of one that was killed"
    assert StoredReport.objects.get().sha256 == hashlib.sha256(b"%PDF-of one that was killed").hexdigest()
    assert quick.asked == []


class TestLost:
    """The row came back with a backup, and the file did not."""

    def test_the_same_bytes_are_kept_again(self, submission: Submission, quick: Quick) -> None:
        stored.stored(full(submission)).unlink()
        assert stored.stored(full(submission)).exists()
        assert len(quick.asked) == 2
        assert StoredReport.objects.count() == 1

    def test_others_never_pass_for_them(
        self, submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stored.stored(full(submission)).unlink()
        monkeypatch.setattr(pdf, "run", lambda *_job: b"%PDF-of another lock file")
        with pytest.raises(ReportLost):
            stored.stored(full(submission))
        assert files() == []
        answer = sign_in(cast.viewer).get(address())
        page = answer.content.decode()
        assert answer["Content-Type"].startswith("text/html")
        assert "The file of this report was lost" in page
        assert "Leaders give direction" in page
        assert "ETag" not in answer


def test_a_review_that_cannot_be_read_is_a_page_and_no_error(
    submission: Submission, quick: Quick, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.close(rows.begin(submission), cast.reviewer)
    monkeypatch.setattr(review_documents, "SCHEMA", "cdrp-portal/review/2")
    answer = sign_in(cast.viewer).get(address("reviewed_pdf"))
    assert answer.status_code == 503
    assert "Your report could not be made" in answer.content.decode()


def test_a_report_that_takes_too_long_is_ended_and_not_stored(
    submission: Submission, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # A PDF maker that waits takes no processor time, so only the clock can end it.
    idle = tmp_path / "idle"
    idle.write_text("#!/bin/sh\nexec sleep 20\n")
    idle.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(idle))
    monkeypatch.setattr(pdf, "REPORT_SECONDS", 1)
    began = time.monotonic()
    answer = sign_in(cast.officer).get(address())
    assert time.monotonic() - began < 15
    assert answer.status_code == 503
    assert "It needed more time or memory than a report may take" in answer.content.decode()
    assert files() == []
    assert StoredReport.objects.count() == 0


def test_two_who_ask_at_once_have_it_made_once(
    submission: Submission, quick: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, claim = full(submission), once.locked

    def made_while_waiting(path: Path, *, wait: bool) -> int:
        if path.name.startswith(report.key):
            report.path.write_bytes(b"%PDF-of the other")
        return claim(path, wait=wait)

    monkeypatch.setattr(once, "locked", made_while_waiting)
    assert stored.stored(report).read_bytes() == b"%PDF-of the other"
    assert quick.asked == []
    assert files() == [f"{report.key}.pdf"]


def test_one_at_a_time_makes_a_file(tmp_path: Path) -> None:
    first = Claim(tmp_path / "a.pdf")
    with pytest.raises(BeingMade):
        Claim(tmp_path / "a.pdf", wait=False)
    Claim(tmp_path / "b.pdf", wait=False).release()
    first.keep(b"%PDF-")
    first.release()
    second = Claim(tmp_path / "a.pdf", wait=False)
    assert second.is_made
    second.release()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf"]


def test_whoever_is_killed_lets_go(tmp_path: Path) -> None:
    source = (
        "import os, signal, sys; sys.path.insert(0, '.')\n"
        "from reports.once import Claim\n"
        "from pathlib import Path\n"
        "Claim(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", source, str(tmp_path / "a.pdf")]
    assert subprocess.run(command, cwd=settings.BASE_DIR, check=False, timeout=60).returncode == -9
    assert (tmp_path / "a.pdf.part").exists()
    Claim(tmp_path / "a.pdf", wait=False).release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["fsync", "write"])
def test_nothing_half_made_is_left(
    submission: Submission, monkeypatch: pytest.MonkeyPatch, quick: Quick, name: str
) -> None:
    def full_disk(*_arguments: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, name, full_disk)
    with pytest.raises(OSError, match="No space left"):
        stored.stored(full(submission))
    monkeypatch.undo()
    assert files() == []
    assert StoredReport.objects.count() == 0


def test_without_pango_the_report_is_a_page_that_says_why(
    submission: Submission, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pango(command: list[str], **_options: object) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.CompletedProcess(command, 69, b"", b"")

    monkeypatch.setattr(subprocess, "run", without_pango)
    for view in ("pdf", "pdf_short"):
        answer = sign_in(cast.reviewer).get(address(view))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "This server cannot make PDFs yet" in page
        assert "Leaders give direction" in page
        assert "static/css/report.css" in page


def test_submitting_makes_no_report(assessment: Assessment, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_job: object) -> bytes:
        raise AssertionError("Whoever submits waited for a report.")

    monkeypatch.setattr(pdf, "run", never)
    rate_everything(assessment, cast.officer)
    client = Client()
    client.force_login(cast.coordinator)
    page = reverse("assessments:submit", args=["2027", "amber-valley"])
    agencies = list(assessment.partnership.agencies.values_list("name", flat=True))
    answer = client.post(page, {"agreed_by": agencies, "agreed": "on", "declaration": "on"}, follow=True)
    assert "Assessment submitted" in answer.content.decode()
    assert Submission.objects.filter(assessment=assessment).exists()


def test_the_short_form_is_a_key_of_its_own(submission: Submission) -> None:
    assert full(submission).key != short(submission).key
