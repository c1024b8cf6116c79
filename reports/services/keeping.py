"""Remember what was rendered by the hash of its bytes."""

import hashlib

from django.db import transaction

from assessments.models import ReviewedSubmission, Submission
from audit.services import record
from reports.models import StoredReport


class AnotherReport(Exception):
    """What was rendered now is not what was rendered once and given away."""


@transaction.atomic
def keep_report(
    *, submission: Submission, reviewed: ReviewedSubmission | None, form: str, language: str, content: bytes
) -> StoredReport:
    """Remember a report's bytes, by nobody: the portal itself makes reports; again is harmless.

    Raises AnotherReport where other bytes are remembered; then nothing is written.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    found, is_new = StoredReport.objects.get_or_create(
        submission=submission,
        reviewed=reviewed,
        form=form,
        language=language,
        defaults={"sha256": sha256, "size": len(content)},
    )
    if found.sha256 != sha256:
        raise AnotherReport
    if is_new:
        record(
            kind="report.stored",
            target=found,
            by=None,
            partnership=submission.assessment.partnership.slug,
            after={"reference": submission.reference, "form": form, "sha256": sha256},
        )
    return found
