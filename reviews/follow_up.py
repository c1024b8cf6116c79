"""What became of a review: the actions that a partnership submitted, and those that it made of recommendations."""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from assessments.documents import ActionEntry, Document
from assessments.models import ImprovementAction, Round, Submission
from partnerships.models import Region
from reviews.models import Recommendation


@dataclass(frozen=True)
class Promise:
    """An improvement action as it stood when the partnership submitted; no title where this round did not ask."""

    text: str
    title: str
    owner: str
    due_on: datetime.date


def promised_in(document: Document) -> list[Promise]:
    """Return the actions that were open when the document was submitted, by day; no query."""
    titles = {
        entry.code: f"{section.title} {entry.number}: {entry.title}"
        for section in document.sections
        for entry in section.criteria
    }
    found = [_promise(entry, titles.get(entry.criterion, "")) for entry in document.actions]
    return sorted(found, key=lambda promise: promise.due_on)


def recommended_to(submission: Submission) -> list[Recommendation]:
    """Return what a submission's office recommended to its partnership in any round, with the actions; one query.

    Newest round first, and only what the partnership has read.
    """
    told = Recommendation.objects.told().filter(
        review__submission__assessment__partnership=submission.assessment.partnership_id,
        review__submission__region=submission.region_id,
        withdrawn_at=None,
    )
    found = told.select_related("action__owner", "criterion", "review__submission__assessment__round")
    found = found.defer("review__submission__document", "review__summary")
    return list(found.order_by("-review__submission__assessment__round__opens_on", "made_at", "pk"))


def outstanding_in(region: Region, upto: Round) -> list[Recommendation]:
    """Return what a region's office recommended up to a round of which no action is done, with the actions; one query.

    By partnership, the newest round first; only what the partnership has read.
    """
    done = Q(action__isnull=False, action__status=ImprovementAction.Status.DONE)
    told = Recommendation.objects.told().filter(
        review__submission__region=region,
        review__submission__assessment__round__opens_on__lte=upto.opens_on,
        withdrawn_at=None,
    )
    place = "review__submission__assessment"
    found = told.exclude(done).select_related("action__owner", "criterion", f"{place}__round", f"{place}__partnership")
    return list(
        found.defer("review__submission__document", "review__summary").order_by(
            f"{place}__partnership__name", f"-{place}__round__opens_on", "made_at", "pk"
        )
    )


def _promise(entry: ActionEntry, title: str) -> Promise:
    return Promise(entry.text, title, entry.owner, datetime.date.fromisoformat(entry.due_on))
