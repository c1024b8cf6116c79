"""What a submission freezes beside the answers: what moved since the last ones, and how agencies saw it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings

from assessments import documents
from assessments.agency_views import CriterionViews
from assessments.documents import ActionEntry, CriterionEntry, Document, SpreadEntry
from assessments.models import Assessment, Submission
from assessments.movement import moved
from assessments.queries import answer_sheet, document_of, open_actions
from assessments.view_queries import seen


@dataclass(frozen=True)
class Beside:
    """What stands in a document beside the answers; `spread` by the criterion's code."""

    actions: tuple[ActionEntry, ...] = ()
    previous: Document | None = None
    spread: Mapping[str, tuple[SpreadEntry, ...]] = field(default_factory=dict)
    portal: str = ""

    def added_to(self, document: Document) -> Document:
        """Return the document with all of this."""
        before = moved(self.previous, document) if self.previous else {}

        def added(entry: CriterionEntry) -> CriterionEntry:
            return replace(entry, before=before.get(entry.code), spread=self.spread.get(entry.code, ()))

        sections = tuple(replace(each, criteria=tuple(map(added, each.criteria))) for each in document.sections)
        return replace(document, actions=self.actions, portal=self.portal, sections=sections)


def beside(assessment: Assessment, at: datetime.datetime, *, with_spread: bool = False) -> Beside:
    """Return what is frozen with an assessment's answers; three queries, one of them only for the spread."""
    return Beside(
        actions=open_actions(assessment),
        previous=_previous(assessment),
        spread=_spread(seen(assessment, at)) if with_spread else {},
        portal=settings.SITE_URL,
    )


def draft_document(assessment: Assessment, at: datetime.datetime) -> Document:
    """Return the assessment as it stands, in the submission's form, for a draft report."""
    nothing = {"reference": "", "submitted_at": "", "submitted_by": ""}
    answers = document_of(assessment, answer_sheet(assessment), number=0, agreed_by=(), **nothing)
    return beside(assessment, at).added_to(answers)


def _previous(assessment: Assessment) -> Document | None:
    """Return what the partnership submitted last in an earlier round of the same set, if it was not withdrawn."""
    earlier = Submission.objects.filter(
        assessment__partnership=assessment.partnership_id,
        assessment__round__version__framework=assessment.round.version.framework_id,
        assessment__round__opens_on__lt=assessment.round.opens_on,
        is_current=True,
    )
    text = earlier.order_by("-assessment__round__opens_on").values_list("document", flat=True).first()
    return documents.read(text) if text else None


def _spread(views: Iterable[CriterionViews]) -> dict[str, tuple[SpreadEntry, ...]]:
    return {each.question.criterion.code: _agencies(each) for each in views if each.given}


def _agencies(views: CriterionViews) -> tuple[SpreadEntry, ...]:
    slugs = {level.position: level.slug for level in views.question.levels}
    counts = Counter(views.spread.agencies.values())
    return tuple(
        SpreadEntry(slugs[middle.low], slugs[middle.high], number) for middle, number in sorted(counts.items())
    )
