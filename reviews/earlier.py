"""What was submitted and said of a criterion one round before, and how similar areas rated it then."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.models import ReviewedRating, Submission, SubmittedRating
from hallmarks import charts
from hallmarks.marks import Label, does_not_apply, in_a_sentence
from hallmarks.outline import Question, outline_by_id


class _Row(NamedTuple):
    partnership: int
    family: int | None
    criterion: int
    level: int | None
    reviewed: int | None
    reviewed_level: int | None
    reviewed_reason: str | None


@dataclass(frozen=True)
class Earlier:
    """The round before, as far as this criterion was asked then and the partnership submitted.

    `areas` counts the partnerships of the same family group that gave a level; 0 where there is nothing to draw.
    """

    round_name: str
    theirs: Label | None
    ours: Label | None
    reason: str
    areas: int
    bar: SafeString | str


def earlier(submission: Submission, question: Question) -> Earlier | None:
    """Return what the round before has to say of a criterion, by lineage; two queries at most."""
    previous = submission.assessment.round.previous
    if previous is None:
        return None
    then = _asked_then(previous.version_id, question)
    if then is None:
        return None
    own = submission.assessment.partnership_id
    rows = _rows(submission, previous.pk, then)
    mine = next((row for row in rows if row.partnership == own), None)
    group = [row for row in rows if row.family and row.family == submission.family_group_id and row.level]
    return Earlier(
        round_name=previous.name,
        theirs=_label(then, mine.level) if mine else None,
        ours=_label(then, mine.reviewed_level) if mine and mine.reviewed else None,
        reason=(mine.reviewed_reason if mine else "") or "",
        areas=len(group),
        bar=_bar(then, group, own) if group else "",
    )


def _asked_then(version: int, question: Question) -> Question | None:
    lineage = question.criterion.lineage
    return next((each for each in outline_by_id(version).questions if each.criterion.lineage == lineage), None)


def _rows(submission: Submission, round_: int, then: Question) -> list[_Row]:
    whose = Q(submission__assessment__partnership=submission.assessment.partnership_id)
    if submission.family_group_id:
        whose |= Q(submission__family_group=submission.family_group_id)
    said = ReviewedRating.objects.filter(
        reviewed__submission=OuterRef("submission"), criterion=OuterRef("criterion")
    ).order_by()
    found: Any = (
        SubmittedRating.objects.filter(
            whose, submission__is_current=True, submission__assessment__round=round_, criterion=then.criterion
        )
        .order_by()
        .values_list(
            "submission__assessment__partnership",
            "submission__family_group",
            "criterion",
            "level",
            Subquery(said.values("pk")[:1]),
            Subquery(said.values("level")[:1]),
            Subquery(said.values("reason")[:1]),
        )
    )
    return [_Row(*row) for row in found]


def _label(then: Question, level: int | None) -> Label:
    found = then.level_by_id(level)
    return then.labels[found.position] if found else does_not_apply()


def _bar(then: Question, group: Sequence[_Row], own: int) -> SafeString:
    counted = Counter(row.level for row in group)
    levels = [(level, then.labels[level.position]) for level in then.levels]
    words = ", ".join(f"{in_a_sentence(label.name)} {counted[level.pk]}" for level, label in levels)
    mine = next((row.level for row in group if row.partnership == own), None)
    place = next((n for n, (level, _label) in enumerate(levels) if level.pk == mine), None)
    shape = charts.Shape(
        bar=26, text=14, pointer=place, has_pointer_row=place is not None, rated=0 if then.is_statutory else len(group)
    )
    segments = [charts.Segment(counted[level.pk], label.paint) for level, label in levels]
    return charts.stacked_bar(segments, _("Similar areas: %(counts)s") % {"counts": words}, charts.Web(), shape)
