"""A Government Office agrees that a published version is good practice, or takes that back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import RegionalPost
from audit.services import record
from casestudies.models import CaseStudy, CaseStudyVersion, Endorsement
from casestudies.services.indexing import index
from casestudies.services.publishing import NotPublished
from casestudies.services.rows import lock


class NewerVersion(Exception):
    """Another version was published after the reviewer read one; `current` is that."""

    def __init__(self, current: CaseStudyVersion) -> None:
        super().__init__("A newer version was published.")
        self.current = current


@transaction.atomic
def agree_as_good_practice(*, case_study: CaseStudy, number: int, reason: str, by: RegionalPost) -> Endorsement:
    """Agree to the version that the reviewer read (`number`), once; raises NotPublished or NewerVersion."""
    current = lock(case_study)
    version = current.versions.first()
    if version is None or current.status != CaseStudy.Status.PUBLISHED:
        raise NotPublished
    if version.number != number:
        raise NewerVersion(version)
    standing = version.endorsements.standing().first()
    if standing is not None:
        return standing
    made = Endorsement.objects.create(
        version=version, region=by.region, agreed_by=by.user, agreed_at=timezone.now(), reason=reason
    )
    _record("agreed", current, by, after={"version": number, "reason": reason})
    index(current)
    return made


@transaction.atomic
def withdraw_agreement(*, case_study: CaseStudy, reason: str, by: RegionalPost) -> int:
    """Take back what was agreed of any version, with a reason; return of how many versions it stood."""
    current = lock(case_study)
    standing = Endorsement.objects.standing().of(current)
    numbers = sorted(standing.values_list("version__number", flat=True))
    if numbers:
        Endorsement.objects.filter(pk__in=standing.values("pk")).update(
            withdrawn_at=timezone.now(), withdrawn_reason=reason
        )
        _record("agreement_withdrawn", current, by, {"versions": numbers}, {"reason": reason})
        index(current)
    return len(numbers)


def _record(what: str, case_study: CaseStudy, by: RegionalPost, before: Any = None, after: Any = None) -> None:
    record(
        kind=f"casestudy.{what}",
        target=case_study,
        by=by.user,
        role=f"Reviewer, {by.region.government_office}",
        partnership=case_study.partnership.slug,
        before=before,
        after=after,
    )
