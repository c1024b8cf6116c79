"""Publish a case study, in versions; take it out of use again; show it to the public."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from casestudies import personal
from casestudies.article import Article, document_of, fingerprint, read, working_article
from casestudies.changes import changes
from casestudies.checking import what_to_check
from casestudies.models import CaseStudy, CaseStudyVersion
from casestudies.services.indexing import index
from casestudies.services.rows import Stale, lock, record_change


class NotChecked(Exception):
    """Something in it may tell of a person, and nobody said that it was looked at; `found` is what."""

    def __init__(self, found: Sequence[personal.Finding]) -> None:
        super().__init__("There is something to check before it is published.")
        self.found = found


class NotPublished(Exception):
    """Only what is published can be agreed, retired or shown to the public."""


@transaction.atomic
def publish_case_study(
    *, case_study: CaseStudy, revision: int, by: Membership, seen: str = "", is_checked: bool = False
) -> CaseStudy:
    """Freeze the working text as the next version, which every signed-in person may read.

    Raises Stale if it is not the text the coordinator read (`revision`, and with the files `seen`, its fingerprint),
    and NotChecked if something in it may tell of a person and the coordinator did not say that it was checked. One that
    was retired comes back; a version is only made when something changed.
    """
    current = lock(case_study)
    article = working_article(CaseStudy.objects.with_article().get(pk=current.pk))
    newest = current.versions.first()
    is_same = newest is not None and not changes(read(newest.document), article)
    if is_same and current.status == CaseStudy.Status.PUBLISHED:
        return current
    if current.revision != revision or seen not in {"", fingerprint(article)}:
        raise Stale(current)
    found = what_to_check(article)
    if found and not is_checked:
        raise NotChecked(found)
    version = newest if newest and is_same else _freeze(current, article, newest, by)
    _publish(current, version, found, by)
    index(current)
    return current


@transaction.atomic
def retire_case_study(*, case_study: CaseStudy, reason: str, by: Membership) -> CaseStudy:
    """Say why it should no longer be followed: it stays at its address, and is no longer found; raises NotPublished."""
    current = lock(case_study)
    if current.is_retired:
        return current
    if current.is_draft:
        raise NotPublished
    current.status, current.retired_reason = CaseStudy.Status.RETIRED, reason
    current.save()
    record_change("retired", current, by, {"status": "published"}, {"status": "retired", "reason": reason})
    index(current)
    return current


@transaction.atomic
def set_public(*, case_study: CaseStudy, is_public: bool, by: Membership) -> CaseStudy:
    """Show it to people who do not sign in, or no longer; raises NotPublished for what is not published."""
    current = lock(case_study)
    if current.is_public == is_public:
        return current
    if is_public and current.status != CaseStudy.Status.PUBLISHED:
        raise NotPublished
    current.is_public = is_public
    current.save()
    record_change("public", current, by, {"is_public": not is_public}, {"is_public": is_public})
    return current


def _freeze(
    case_study: CaseStudy, article: Article, newest: CaseStudyVersion | None, by: Membership
) -> CaseStudyVersion:
    return CaseStudyVersion.objects.create(
        case_study=case_study,
        number=newest.number + 1 if newest else 1,
        document=document_of(article),
        published_by=by.user,
        published_at=timezone.now(),
    )


def _publish(
    case_study: CaseStudy, version: CaseStudyVersion, found: Sequence[personal.Finding], by: Membership
) -> None:
    before = {"status": case_study.status}
    case_study.status, case_study.retired_reason = CaseStudy.Status.PUBLISHED, ""
    case_study.save()
    after = {"status": "published", "revision": case_study.revision, "version": version.number}
    # What was found is in the text; the trail only keeps that somebody looked, and at how much.
    checked = {"checked": personal.counted(found)} if found else {}
    record_change("published", case_study, by, before, after | checked)
