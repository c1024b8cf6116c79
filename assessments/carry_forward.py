"""What of the last round reads on in this one: criteria by lineage, levels by slug, signs by their words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hallmarks.outline import Outline, Question


@dataclass(frozen=True)
class Given:
    """One answer as far as it can be carried: the level's key (None: no level), or that it does not apply, and why."""

    level: int | None = None
    does_not_apply: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Path:
    """A criterion of the last round, and the one that it has become."""

    before: Question
    now: Question

    @property
    def is_reworded(self) -> bool:
        """Whether it asks in other words than before."""
        old, new = self.before.criterion, self.now.criterion
        return (old.title, old.text) != (new.title, new.text)

    @property
    def has_other_signs(self) -> bool:
        """Whether signs came, went, changed their words or their order."""
        return [sign.text for sign in self.before.indicators] != [sign.text for sign in self.now.indicators]

    @property
    def only_moved(self) -> bool:
        """Whether nothing changed but the order of the signs."""
        old, new = (sorted(sign.text for sign in asked.indicators) for asked in (self.before, self.now))
        return self.has_other_signs and not self.is_reworded and old == new

    @property
    def is_changed(self) -> bool:
        """Whether an answer of then may no longer answer what is asked now."""
        return self.is_reworded or self.has_other_signs

    @cached_property
    def levels(self) -> Mapping[int, int]:
        """The levels that both scales have, by key: before to now."""
        both = ((old, self.now.level(old.slug)) for old in self.before.levels)
        return {old.pk: new.pk for old, new in both if new}

    @cached_property
    def signs(self) -> Mapping[int, int]:
        """The signs whose words are the same, by key: before to now; each is the heir of one at most."""
        heirs: dict[str, list[int]] = defaultdict(list)
        for sign in reversed(self.now.indicators):
            heirs[sign.text].append(sign.pk)
        return {old.pk: heirs[old.text].pop() for old in self.before.indicators if heirs[old.text]}

    def carry(self, given: Given) -> Given:
        """Return an answer of the last round as it reads in this one: a level that is gone carries no level."""
        return replace(given, level=self.levels.get(given.level) if given.level else None)


def path_to(before: Outline, now: Question) -> Path | None:
    """Return where a criterion comes from, or None if the round before did not ask it."""
    lineage = now.criterion.lineage
    return next((Path(old, now) for old in before.questions if old.criterion.lineage == lineage), None)


def paths(before: Outline, now: Outline) -> dict[int, Path]:
    """Return what became of each criterion, by its key in the round before; one that was dropped is left out."""
    heirs = {question.criterion.lineage: question for question in now.questions}
    return {
        old.criterion.pk: Path(old, heirs[old.criterion.lineage])
        for old in before.questions
        if old.criterion.lineage in heirs
    }
