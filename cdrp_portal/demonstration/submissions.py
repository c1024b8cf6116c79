"""Freeze filled sheets into submissions in bulk: the same document, fingerprint and chain as the portal's own."""

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings

from accounts.models import Role
from assessments import documents, queries
from assessments.beside import Beside
from assessments.models import Assessment, Submission, SubmittedRating
from cdrp_portal.demonstration import actions
from cdrp_portal.demonstration.answers import Sheet
from hallmarks.inserting import insert
from hallmarks.outline import outline_of
from partnerships.models import Partnership

FIRST = 1


def submit(sheets: Sequence[Sheet], days: Sequence[datetime.datetime]) -> None:
    """Write a submission for each sheet, at the moment that `days` gives for it, chained to the one before."""
    Assessment.objects.filter(pk__in=[sheet.assessment.pk for sheet in sheets]).update(
        status=Assessment.Status.SUBMITTED
    )
    last = _last_sent(sheet.assessment.partnership for sheet in sheets)
    promised = actions.open_on(sheets, (at.date() for at in days))
    submissions = Submission.objects.bulk_create(
        [
            _freeze(sheet, at, last.get(sheet.assessment.partnership_id), entries)
            for sheet, at, entries in zip(sheets, days, promised, strict=True)
        ]
    )
    insert(
        SubmittedRating,
        (
            {"submission_id": submission.pk, "criterion_id": rating.criterion_id, "level_id": rating.level_id}
            for submission, sheet in zip(submissions, sheets, strict=True)
            for rating, _answered in sheet.rated
        ),
    )


def _last_sent(partnerships: Iterable[Partnership]) -> dict[int, Submission]:
    earlier = Submission.objects.filter(assessment__partnership__in=list(partnerships)).order_by("pk")
    return {sent.assessment.partnership_id: sent for sent in earlier.select_related("assessment")}


def _freeze(
    sheet: Sheet, at: datetime.datetime, last: Submission | None, promised: tuple[documents.ActionEntry, ...]
) -> Submission:
    assessment, place = sheet.assessment, sheet.assessment.partnership
    document = queries.document_of(
        assessment,
        sheet.answered,
        reference=f"{assessment.round.slug}-{place.slug}-{FIRST}".upper(),
        number=FIRST,
        submitted_at=at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        submitted_by=f"{Role.COORDINATOR.label}, {sheet.sender.agency}",
        agreed_by=tuple(sorted(agency.name for agency in place.agencies.all())),
        previous_sha256=last.sha256 if last else "",
    )
    previous = documents.read(last.document) if last else None
    text = documents.canonical(Beside(promised, previous, portal=settings.SITE_URL).added_to(document))
    codes = [question.criterion.code for question in outline_of(assessment.round.version).questions]
    return Submission(
        assessment=assessment,
        number=document.number,
        reference=document.reference,
        submitted_by=sheet.sender.user,
        submitted_at=at,
        region=place.region,
        police_force=place.police_force,
        family_group=place.family_group,
        document=text,
        sha256=documents.fingerprint(text),
        previous_sha256=document.previous_sha256,
        levels=documents.packed(document, codes),
    )
