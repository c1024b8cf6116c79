"""The row of a case study: locked for a change, and the trail of each change."""

from typing import Any

from accounts.models import Membership
from audit.services import record
from casestudies.models import CaseStudy


class Stale(Exception):
    """Somebody saved the case study after the writer read it; `current` is what they saved."""

    def __init__(self, current: CaseStudy) -> None:
        super().__init__("The case study changed since it was read.")
        self.current = current


def lock(case_study: CaseStudy) -> CaseStudy:
    """Return the row, which nobody else changes until the transaction ends."""
    return CaseStudy.objects.select_for_update(of=("self",)).with_place().get(pk=case_study.pk)


def record_change(what: str, case_study: CaseStudy, by: Membership, before: Any = None, after: Any = None) -> None:
    """Write what somebody of its partnership did with a case study."""
    record(
        kind=f"casestudy.{what}",
        target=case_study,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=case_study.partnership.slug,
        before=before,
        after=after,
    )
