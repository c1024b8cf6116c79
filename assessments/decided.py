"""What a meeting agreed about a criterion, in the meeting's own words, beside what stands of it now."""

from dataclasses import dataclass

from assessments.models import Decision, Rating
from hallmarks.marks import NO_LEVEL, Label, does_not_apply, in_a_sentence
from hallmarks.outline import Question
from hallmarks.templatetags.levels import label_on


@dataclass(frozen=True)
class Agreed:
    """A decision with its criterion, the agencies present, and the rating as it stands; `writer` saved that last."""

    question: Question
    decision: Decision
    rating: Rating
    present: tuple[str, ...] = ()
    writer: str = ""

    @property
    def label(self) -> Label:
        """How the agreed level is shown, on the scale of the criterion."""
        level = self.question.level_by_id(self.decision.level_id)
        if level is None and self.decision.level is not None:
            # The scale was changed after the meeting, and has no such level: the word stands, in no place of it.
            return Label(NO_LEVEL, self.decision.level.name)
        return label_on(level, self.question) if level else does_not_apply()

    @property
    def level_in_words(self) -> str:
        """The agreed level inside a sentence; blank where the meeting agreed that the criterion does not apply."""
        return "" if self.decision.does_not_apply else in_a_sentence(self.label.name)

    @property
    def has_other_level(self) -> bool:
        """Whether somebody chose another level since, so that it is to be agreed again."""
        return not self.decision.is_kept_by(self.rating)

    @property
    def has_other_reason(self) -> bool:
        """Whether somebody wrote another reason since; what was agreed stays agreed."""
        return self.decision.reason != self.rating.reason

    @property
    def was_changed(self) -> bool:
        """Whether level or reason are no longer the meeting's."""
        return not self.decision.says(self.rating)
