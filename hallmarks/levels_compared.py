"""Which scales and levels came, went, moved, or are called or described otherwise; they are known by their slugs."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallmarks.document import LevelEntry, ScaleEntry
from hallmarks.ordering import moved_among


@dataclass(frozen=True)
class LevelChange:
    """A level before and after; one of the two may be missing."""

    before: LevelEntry | None
    after: LevelEntry | None
    is_moved: bool = False

    @property
    def is_told(self) -> bool:
        """Whether anything differs that a reader would see."""
        if self.before is None or self.after is None:
            return True
        before, after = self.before, self.after
        return self.is_moved or (before.name, before.descriptor) != (after.name, after.descriptor)


@dataclass(frozen=True)
class ScaleChange:
    """A scale before and after, with the levels that differ; one of the two scales may be missing."""

    before: ScaleEntry | None
    after: ScaleEntry | None
    levels: tuple[LevelChange, ...] = ()


def compare_scales(older: Sequence[ScaleEntry], newer: Sequence[ScaleEntry]) -> tuple[ScaleChange, ...]:
    """Return the scales that differ, in the new order, then those that have gone."""
    left = {scale.slug: scale for scale in older}
    changes = [_change(left.pop(scale.slug, None), scale) for scale in newer]
    gone = [ScaleChange(scale, None) for scale in left.values()]
    return (*(change for change in changes if change is not None), *gone)


def _change(before: ScaleEntry | None, after: ScaleEntry) -> ScaleChange | None:
    if before is None:
        return ScaleChange(None, after)
    levels = _levels(before.levels, after.levels)
    return ScaleChange(before, after, levels) if levels or before.is_ordered != after.is_ordered else None


def _levels(before: Sequence[LevelEntry], after: Sequence[LevelEntry]) -> tuple[LevelChange, ...]:
    left = {level.slug: level for level in before}
    moved = moved_among([level.slug for level in before], [level.slug for level in after])
    changes = [LevelChange(left.pop(level.slug, None), level, level.slug in moved) for level in after]
    return (*(change for change in changes if change.is_told), *(LevelChange(level, None) for level in left.values()))
