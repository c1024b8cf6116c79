"""What the PDF maker is told of a report: its text, made from frozen documents alone, and the files inside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from assessments import documents
from assessments.models import ReviewedSubmission, Submission
from reports import contexts
from reports.attached import Attached
from reports.attaching import attached_to
from reports.models import StoredReport
from reports.parts import ReportContext
from reviews import documents as review_documents

TEMPLATES = {
    StoredReport.Form.FULL.value: "reports/report.html",
    StoredReport.Form.SHORT.value: "reports/report_short.html",
}
# In which language of the portal a report is written.
LANGUAGES = {"en": settings.LANGUAGE_CODE}


class Unreadable(Exception):
    """The frozen document is not one that this portal can read."""


@dataclass(frozen=True)
class Job:
    """What the PDF maker needs to make one report."""

    html: str
    identifier: str
    attachments: Sequence[Attached]


def job_of(submission: Submission, reviewed: ReviewedSubmission | None, form: str, language: str, key: str) -> Job:
    """Return what the PDF maker is told of a report; raises Unreadable."""
    try:
        with translation.override(LANGUAGES[language]):
            page = {"report": context_of(submission, reviewed, form, language), "stylesheet": "own:report.css"}
            return Job(render_to_string(TEMPLATES[form], page), key, attached_to(submission, reviewed))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def context_of(submission: Submission, reviewed: ReviewedSubmission | None, form: str, language: str) -> ReportContext:
    """Return what a report says: from the submission's document, and where it was reviewed from the review's too."""
    document, words = documents.read(submission.document), LANGUAGES[language]
    if reviewed is None:
        return contexts.of_submission(document, submission.sha256, form=form, language=words)
    review = review_documents.read(reviewed.document)
    return contexts.of_reviewed(document, submission.sha256, review, reviewed.sha256, form=form, language=words)
