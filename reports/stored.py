"""Reports: each rendered once, its file named by what it is made of, its bytes remembered by their hash.

The file comes first and the row after it. Whoever finds a file without its row, because something was killed between
the two, adds the row from the file. Whoever finds a row without its file renders again, and keeps that only if it is
the same.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessments.models import ReviewedSubmission, Submission
from reports import once, pdf, printing
from reports.models import StoredReport
from reports.once import Claim
from reports.parts import ReportContext
from reports.printing import Job
from reports.services.keeping import keep_report

ENGLISH = "en"
# Leaves the reason beside the place where the file would be; forgotten when a worker starts.
FAILED = ".failed"
# Marks what somebody waits for.
WANTED = ".wanted"
# Pages for print that nobody asked for in so many days are made again when somebody does.
PAGE_DAYS = 30


class ReportLost(Exception):
    """The file is gone, and what is rendered now is not what was given away once."""


@dataclass(frozen=True)
class Report:
    """One report of a submission, or of that with its closed review, in one form and language."""

    submission: Submission
    reviewed: ReviewedSubmission | None
    form: str
    language: str = ENGLISH

    @property
    def key(self) -> str:
        """What it is made of: the same key stands for the same bytes, for ever."""
        return key_of(self.submission.sha256, self.reviewed.sha256 if self.reviewed else None, self.form, self.language)

    @property
    def path(self) -> Path:
        """Where its file is, or will be."""
        return path_of(self.key)

    @property
    def failed_path(self) -> Path:
        """Where it says why it could not be made."""
        return once.folder() / f"{self.key}{FAILED}"

    @property
    def wanted_path(self) -> Path:
        """Where it says that somebody waits for it."""
        return wanted_path(self.path)

    def job(self) -> Job:
        """Return what the PDF maker is told; raises Unreadable."""
        return printing.job_of(self.submission, self.reviewed, self.form, self.language, self.key)

    def context(self) -> ReportContext:
        """Return what it says."""
        return printing.context_of(self.submission, self.reviewed, self.form, self.language)

    def row(self) -> StoredReport | None:
        """Return what is remembered of its bytes."""
        rows = StoredReport.objects.filter(submission=self.submission, reviewed=self.reviewed)
        return rows.filter(form=self.form, language=self.language).first()


def key_of(submission: str, reviewed: str | None, form: str, language: str) -> str:
    """Return the name of a report by the fingerprints of its documents."""
    return "-".join(filter(None, [submission, reviewed, form, language]))


def path_of(key: str) -> Path:
    """Return where a report's file is, or will be."""
    return once.folder() / f"{key}.pdf"


def wanted_path(path: Path) -> Path:
    """Return where it says that somebody waits for a file."""
    return path.with_suffix(WANTED)


def is_stored(report: Report) -> bool:
    """Say whether a report can be given away at once: its file is there, and its row; one query."""
    return report.path.exists() and report.row() is not None


def stored(report: Report) -> Path:
    """Return the file of a report, made now if it is missing.

    Raises PdfUnavailable, PdfTooHeavy, Unreadable or ReportLost.
    """
    if not is_stored(report):
        with once.claimed(report.path) as claim:
            content = b""
            if not claim.is_made:
                job = report.job()
                with once.in_turn():
                    content = pdf.run(job.html, job.identifier, job.attachments)
            finish(report, claim, content)
    return report.path


def finish(report: Report, claim: Claim, content: bytes) -> None:
    """Keep a report that was made under a claim, and its row; raises ReportLost."""
    known = report.row()
    if not claim.is_made:
        if known and known.sha256 != hashlib.sha256(content).hexdigest():
            raise ReportLost(report.submission.reference)
        claim.keep(content)
    if known is None:
        remember(report)
    report.failed_path.unlink(missing_ok=True)
    report.wanted_path.unlink(missing_ok=True)


def remember(report: Report) -> StoredReport:
    """Add the row of a report from its file."""
    return keep_report(
        submission=report.submission,
        reviewed=report.reviewed,
        form=report.form,
        language=report.language,
        content=report.path.read_bytes(),
    )


def stored_page(html: str) -> Path:
    """Return the file of a page for print, made when its text is first asked for; raises as `pdf.run` does.

    Its name is the text's own fingerprint, so a page that says something else is another file; a region's says another
    day every day, so what nobody asks for any more is forgotten.
    """
    fingerprint = pdf.fingerprint_of(html)
    path = path_of(f"page-{fingerprint}")
    try:
        os.utime(path)
    except FileNotFoundError:
        once.forget("page-*.pdf", PAGE_DAYS)
        with once.claimed(path) as claim:
            if not claim.is_made:
                with once.in_turn():
                    claim.keep(pdf.run(html, fingerprint))
    return path


def lost() -> Iterator[Report]:
    """Yield the reports whose row is there and whose file is not, as after a backup without files."""
    shas = ("submission__sha256", "reviewed__sha256", "form", "language")
    present = {path.name for path in once.folder().glob("*.pdf")}
    gone = [
        pk for pk, *made_of in StoredReport.objects.values_list("pk", *shas) if f"{key_of(*made_of)}.pdf" not in present
    ]
    for pk in gone:
        row = StoredReport.objects.select_related("submission__assessment__partnership", "reviewed").get(pk=pk)
        yield Report(row.submission, row.reviewed, row.form, row.language)
