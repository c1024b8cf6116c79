"""Attach what shows that a rating is true, and take it off again.

The same file, address or case study a second time (a double click, a retry) is the first one.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Max

from accounts.models import Membership
from assessments.linked_answers import content_of, may_be_used
from assessments.models import Assessment, Evidence, Rating
from assessments.services.states import lock_open, require_asked
from audit.services import record
from casestudies.models import CaseStudy
from casestudies.uploads import EVIDENCE, CheckedFile, folder_of, stored
from hallmarks.outline import Question


def add_file(
    *,
    assessment: Assessment,
    question: Question,
    title: str,
    checked: CheckedFile,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Evidence:
    """Store a checked file and attach it, once; a failed transaction leaves neither row nor file."""
    there = Evidence.objects.filter(rating__assessment=assessment, rating__criterion=question.criterion)
    if again := there.filter(sha256=checked.sha256).first():
        return again
    with stored(checked, folder=folder_of(EVIDENCE, assessment.partnership)) as name:
        return _add(
            _rating(assessment, question, arrived_at),
            by,
            title=title,
            file=name,
            sha256=checked.sha256,
            size=checked.size,
            media_type=checked.media_type,
        )


@transaction.atomic
def add_link(
    *,
    assessment: Assessment,
    question: Question,
    title: str,
    link: str,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Evidence:
    """Attach a web address, once."""
    rating = _rating(assessment, question, arrived_at)
    again = rating.evidence.filter(link=link).first()
    return again or _add(rating, by, title=title, link=link)


@transaction.atomic
def cite_case_study(
    *,
    assessment: Assessment,
    question: Question,
    case_study: CaseStudy,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Evidence:
    """Attach a case study, once, by the title that the partnership may read."""
    rating = _rating(assessment, question, arrived_at)
    again = rating.evidence.filter(case_study=case_study).first()
    readable = CaseStudy.objects.citable_by(assessment.partnership).filter(pk=case_study.pk)
    title = readable.values_list(F("shown_title"), flat=True).first() or case_study.slug
    return again or _add(rating, by, title=title, case_study=case_study)


@transaction.atomic
def use_evidence(
    *,
    assessment: Assessment,
    question: Question,
    pieces: Collection[Evidence],
    by: Membership,
    arrived_at: datetime.datetime,
) -> list[Evidence]:
    """Attach pieces that the partnership attached to another criterion, once each; return those that are new here.

    A file is stored once and shared. Level and text stay as they are. What is another partnership's, or was taken off
    meanwhile, is left out, whoever asks for it.
    """
    mine = Evidence.objects.filter(rating__assessment__partnership=assessment.partnership_id)
    wanted = mine.filter(pk__in=[piece.pk for piece in pieces])
    # Whoever removes evidence locks its assessment too, so no file goes while it is being taken; all in one order.
    sources = list(wanted.order_by().values_list("rating__assessment", flat=True).distinct())
    locked = Assessment.objects.select_for_update().filter(pk__in=[assessment.pk, *sources]).order_by("pk")
    list(locked.values_list("pk", flat=True))
    lock_open(assessment, arrived_at)
    require_asked(assessment, question.criterion.version_id)
    found = list(wanted.select_related("case_study", "rating__criterion", "rating__assessment__round"))
    there = Evidence.objects.filter(rating__assessment=assessment, rating__criterion=question.criterion)
    known = {content_of(piece) for piece in there}
    new = {content_of(piece): piece for piece in found if may_be_used(piece) and content_of(piece) not in known}
    if not new:
        return []
    rating, _made = Rating.objects.get_or_create(assessment=assessment, criterion=question.criterion)
    return [_add(rating, by, told=_whence(piece), **_copied(piece)) for piece in new.values()]


@transaction.atomic
def remove_evidence(
    *, assessment: Assessment, evidence: Evidence, by: Membership, arrived_at: datetime.datetime
) -> None:
    """Take a piece of evidence off; its file goes too, unless a submission or another round may still refer to it."""
    lock_open(assessment, arrived_at)
    record(
        kind="evidence.removed",
        target=evidence.rating,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        before={
            "title": evidence.title,
            "criterion": evidence.rating.criterion.code,
            "sha256": evidence.sha256,
        },
    )
    name = evidence.file.name
    evidence.delete()
    if name and not assessment.submissions.exists() and not Evidence.objects.filter(file=name).exists():
        transaction.on_commit(lambda: default_storage.delete(name))


def _rating(assessment: Assessment, question: Question, arrived_at: datetime.datetime) -> Rating:
    lock_open(assessment, arrived_at)
    require_asked(assessment, question.criterion.version_id)
    rating, _made = Rating.objects.get_or_create(assessment=assessment, criterion=question.criterion)
    return rating


def _copied(piece: Evidence) -> dict[str, Any]:
    names = ("title", "link", "case_study_id", "sha256", "size", "media_type")
    return {"file": piece.file.name, **{name: getattr(piece, name) for name in names}}


def _whence(piece: Evidence) -> dict[str, str]:
    """Return where a piece was attached first, for the audit trail."""
    return {"from": f"{piece.rating.assessment.round.slug}/{piece.rating.criterion.code}/{piece.number}"}


def _add(rating: Rating, by: Membership, *, told: Mapping[str, str] | None = None, **fields: Any) -> Evidence:
    last = rating.evidence.aggregate(last=Max("number"))["last"] or 0
    evidence = Evidence.objects.create(rating=rating, number=last + 1, added_by=by.user, **fields)
    record(
        kind="evidence.added",
        target=rating,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=rating.assessment.partnership.slug,
        after={
            "title": evidence.title,
            "criterion": rating.criterion.code,
            "sha256": evidence.sha256,
            **(told or {}),
        },
    )
    return evidence
