"""Submit: freeze the answers into one document with a fingerprint, chained to the one before."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import Membership
from assessments import documents, queries
from assessments.beside import Beside, beside
from assessments.models import Assessment, Submission, SubmittedRating
from assessments.services.carrying import carry_again
from assessments.services.states import Refused, lock_open, require_asked
from assessments.services.surveys import close_with
from audit.services import record
from hallmarks.outline import outline_by_id


class Incomplete(Refused):
    """Some criteria have no answer; `missing` holds their codes in published order."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"{len(missing)} criteria have no answer.")
        self.missing = missing


@transaction.atomic
def submit_assessment(
    *,
    assessment: Assessment,
    agreed_by: Iterable[str],
    by: Membership,
    arrived_at: datetime.datetime,
    with_spread: bool = False,
) -> Submission:
    """Send the assessment to the Government Office; nothing in it can change afterwards, and its check is closed.

    `agreed_by` names the agencies that agreed; `with_spread` tells how agencies saw each criterion. Raises
    Incomplete, or what `lock_open` and `require_asked` raise.
    """
    lock_open(assessment, arrived_at)
    require_asked(assessment, assessment.round.version_id)
    sheet = queries.answer_sheet(assessment)
    missing = [answered.question.criterion.code for answered in sheet if not answered.is_answered]
    if missing:
        raise Incomplete(missing)
    shown = beside(assessment, arrived_at, with_spread=with_spread)
    submission = _freeze(assessment, sheet, shown, tuple(agreed_by), by, arrived_at)
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.SUBMITTED)
    assessment.status = Assessment.Status.SUBMITTED
    record(
        kind="assessment.submitted",
        target=assessment,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        after={"reference": submission.reference, "sha256": submission.sha256},
    )
    close_with(assessment=assessment, by=by, arrived_at=arrived_at)
    carry_again(assessment=assessment, by=by.user)
    return submission


def _freeze(
    assessment: Assessment,
    sheet: list[queries.Answered],
    shown: Beside,
    agreed_by: tuple[str, ...],
    by: Membership,
    arrived_at: datetime.datetime,
) -> Submission:
    number = assessment.submissions.count() + 1
    reference = f"{assessment.round.slug}-{assessment.partnership.slug}-{number}".upper()
    previous = Submission.objects.filter(assessment__partnership=assessment.partnership).order_by("pk").last()
    document = queries.document_of(
        assessment,
        sheet,
        reference=reference,
        number=number,
        submitted_at=arrived_at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        submitted_by=f"{by.get_role_display()}, {by.agency}",
        agreed_by=agreed_by,
        previous_sha256=previous.sha256 if previous else "",
    )
    assessment.submissions.filter(is_current=True).update(is_current=False)
    return _keep(assessment, sheet, shown.added_to(document), by, arrived_at)


def _keep(
    assessment: Assessment,
    sheet: list[queries.Answered],
    document: documents.Document,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Submission:
    text = documents.canonical(document)
    codes = [question.criterion.code for question in outline_by_id(assessment.round.version_id).questions]
    place = assessment.partnership
    submission = Submission.objects.create(
        assessment=assessment,
        number=document.number,
        reference=document.reference,
        submitted_by=by.user,
        submitted_at=arrived_at,
        region=place.region,
        police_force=place.police_force,
        family_group=place.family_group,
        document=text,
        sha256=documents.fingerprint(text),
        previous_sha256=document.previous_sha256,
        levels=documents.packed(document, codes),
    )
    SubmittedRating.objects.bulk_create(
        SubmittedRating(
            submission=submission,
            criterion=answered.question.criterion,
            level=answered.rating.level if answered.rating else None,
        )
        for answered in sheet
    )
    return submission
