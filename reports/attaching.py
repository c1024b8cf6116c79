"""The files inside a report: the very texts that were frozen, so that their SHA-256 is the fingerprint on the cover."""

from django.utils.translation import gettext as _

from assessments import documents
from assessments.models import ReviewedSubmission, Submission
from reports.attached import Attached
from reviews import documents as review_documents

SUBMISSION, REVIEW = "submission.json", "review.json"
SCHEMA_PATH = "/schemas/%(name)s-1.json"


def attached_to(submission: Submission, reviewed: ReviewedSubmission | None = None) -> tuple[Attached, ...]:
    """Return what is attached to a submission's report, and to that with its closed review."""
    document = documents.read(submission.document)
    answers = Attached(
        SUBMISSION,
        submission.document,
        _described(_("The submitted answers as JSON."), "submission", document.portal),
        document.submitted_at,
    )
    if reviewed is None:
        return (answers,)
    closed_at = review_documents.read(reviewed.document).closed_at
    words = _described(_("The closed review as JSON."), "review", document.portal)
    return answers, Attached(REVIEW, reviewed.document, words, closed_at)


def _described(what: str, name: str, portal: str) -> str:
    """Say what a file is, and where its schema can be read; early submissions do not name their portal."""
    if not portal:
        return what
    address = portal.rstrip("/") + SCHEMA_PATH % {"name": name}
    return f"{what} {_('Schema: %(address)s') % {'address': address}}"
