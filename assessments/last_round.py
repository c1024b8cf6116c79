"""What a partnership said of the same criterion one round before."""

from dataclasses import dataclass

from assessments.carry_forward import Path, path_to
from assessments.forms import DOES_NOT_APPLY
from assessments.models import Assessment, Rating
from hallmarks.marks import Label, does_not_apply
from hallmarks.outline import Question, outline_by_id
from hallmarks.templatetags.levels import label_on


@dataclass(frozen=True)
class LastAnswer:
    """Last round's rating of a criterion, with the criterion as it was asked then."""

    rating: Rating
    asked: Question

    @property
    def round_name(self) -> str:
        """The round it was given in."""
        return self.rating.assessment.round.name

    @property
    def label(self) -> Label:
        """How its level is shown, on the scale of its own time."""
        level = self.asked.level_by_id(self.rating.level_id)
        return label_on(level, self.asked) if level else does_not_apply()


@dataclass(frozen=True)
class LastRound:
    """The round before beside one criterion: its name, the question of then if it was asked, and the answer if any."""

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
    """Return what the round before has to say of a criterion; None where there is no such round; one query."""
    previous = assessment.round.previous
    if previous is None:
        return None
    path = path_to(outline_by_id(previous.version_id), question)
    return LastRound(previous.name, path, last_answer(assessment, question) if path else None)


def last_answer(assessment: Assessment, question: Question) -> LastAnswer | None:
    """Return what counted as answered in the round before, by lineage; None where there is nothing; one query."""
    if assessment.round.previous_id is None:
        return None
    rating = (
        Rating.objects.answered()
        .filter(
            assessment__round=assessment.round.previous_id,
            assessment__partnership=assessment.partnership_id,
            criterion__lineage=question.criterion.lineage,
        )
        .select_related("assessment__round", "criterion")
        .first()
    )
    if rating is None:
        return None
    then = outline_by_id(rating.criterion.version_id)
    index = then.place_of(rating.criterion.code)
    return LastAnswer(rating, then.questions[index]) if index is not None else None
