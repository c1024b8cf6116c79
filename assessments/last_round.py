"""What a partnership said of the same criterion when it last answered it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from assessments.carry_forward import Path, path_to
from assessments.forms import DOES_NOT_APPLY
from assessments.models import Assessment, Rating, ReviewedRating
from hallmarks.marks import Label, does_not_apply
from hallmarks.outline import Question, outline_by_id
from hallmarks.templatetags.levels import label_on


@dataclass(frozen=True)
class LastReview:
    """What the Government Office said of last round's answer when it closed its review."""

    label: Label
    reason: str


@dataclass(frozen=True)
class LastAnswer:
    """The newest earlier rating of a criterion, as it was asked then, with what a closed review said of it."""

    rating: Rating
    asked: Question
    review: LastReview | None = None

    @property
    def round_name(self) -> str:
        """The round it was given in."""
        return self.rating.assessment.round.name

    @property
    def label(self) -> Label:
        """How its level is shown, on the scale of its own time."""
        return _label(self.asked, self.rating.level_id)


@dataclass(frozen=True)
class LastRound:
    """The last answer beside one criterion: its round, the question of then, and the answer.

    Without an answer it is the round before, with the question if it was asked.
    """

    name: str
    path: Path | None
    answer: LastAnswer | None

    @property
    def chosen(self) -> str:
        """The value that the answer's radio has in this round; blank where this round has no such level."""
        if self.answer is None or self.path is None:
            return ""
        if self.answer.rating.does_not_apply:
            return DOES_NOT_APPLY
        level = self.path.now.level_by_id(self.path.levels.get(self.answer.rating.level_id or 0))
        return level.slug if level else ""


def last_round(assessment: Assessment, question: Question) -> LastRound | None:
    """Return what earlier rounds have to say of a criterion; None where there are none; one query."""
    previous = assessment.round.previous
    if previous is None:
        return None
    answer = last_answer(assessment, question)
    if answer is not None:
        return LastRound(answer.round_name, Path(answer.asked, question), answer)
    return LastRound(previous.name, path_to(outline_by_id(previous.version_id), question), None)


def last_answer(assessment: Assessment, question: Question) -> LastAnswer | None:
    """Return what counted as answered in the newest earlier round, by lineage; None without any; one query."""
    if assessment.round.previous_id is None:
        return None
    rating = _earlier(assessment).filter(criterion__lineage=question.criterion.lineage).first()
    return _as_asked(rating) if rating else None


def last_answers(assessment: Assessment) -> dict[str, LastAnswer]:
    """Return the newest earlier answer of each criterion, by lineage; one query."""
    if assessment.round.previous_id is None:
        return {}
    newest: dict[str, Rating] = {}
    for rating in _earlier(assessment).defer("reason"):
        newest.setdefault(rating.criterion.lineage, rating)
    found = {lineage: _as_asked(rating) for lineage, rating in newest.items()}
    return {lineage: answer for lineage, answer in found.items() if answer}


def _earlier(assessment: Assessment) -> QuerySet[Rating]:
    """Return what counted as answered in earlier rounds, the newest first."""
    return (
        Rating.objects.answered()
        .filter(
            assessment__round__opens_on__lt=assessment.round.opens_on,
            assessment__partnership=assessment.partnership_id,
        )
        .order_by("-assessment__round__opens_on")
        .select_related("assessment__round", "criterion")
        .annotate(**_reviewed())
    )


def _as_asked(rating: Rating) -> LastAnswer | None:
    then = outline_by_id(rating.criterion.version_id)
    index = then.place_of(rating.criterion.code)
    if index is None:
        return None
    asked = then.questions[index]
    return LastAnswer(rating, asked, _review(asked, rating))


def _reviewed() -> dict[str, Subquery]:
    """What the closed review of the same round holds of the same criterion, in the query of the rating."""
    lines: QuerySet[Any, Any] = ReviewedRating.objects.filter(
        reviewed__submission__assessment=OuterRef("assessment"), criterion=OuterRef("criterion")
    ).order_by("-reviewed")
    return {f"reviewed_{name}": Subquery(lines.values(name)[:1]) for name in ("pk", "level", "reason")}


def _review(asked: Question, rating: Any) -> LastReview | None:
    # Any: the annotations of `_reviewed` are not the model's own attributes.
    if rating.reviewed_pk is None:
        return None
    return LastReview(_label(asked, rating.reviewed_level), rating.reviewed_reason)


def _label(asked: Question, level_id: int | None) -> Label:
    level = asked.level_by_id(level_id)
    return label_on(level, asked) if level else does_not_apply()
