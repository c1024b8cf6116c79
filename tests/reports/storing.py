"""Short ways for the tests of stored reports."""

from collections.abc import Sequence

import pytest

from assessments.models import ReviewedSubmission, Submission
from reports import pdf
from reports.attached import Attached
from reports.kinds import FULL, SHORT
from reports.stored import Report
from reports.warm import WarmMaker


class Quick:
    """Stands in for the PDF maker: keeps what it was asked to make, and makes other bytes for every key."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.told: list[str] = []
        monkeypatch.setattr(pdf, "run", self.run)
        monkeypatch.setattr(WarmMaker, "run", lambda _maker, *job: self.run(*job))

    def run(self, html: str, identifier: str, attachments: Sequence[Attached] = ()) -> bytes:
        self.asked.append(identifier)
        self.told.append(html)
        return b"%PDF-" + identifier.encode()


def full(submission: Submission, reviewed: ReviewedSubmission | None = None) -> Report:
    """The full report."""
    return Report(submission, reviewed, FULL.form)


def short(submission: Submission, reviewed: ReviewedSubmission | None = None) -> Report:
    """The short report."""
    return Report(submission, reviewed, SHORT.form)
