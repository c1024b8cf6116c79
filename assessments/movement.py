"""What moved since a partnership last submitted: two documents compared, criterion by criterion."""

from collections.abc import Mapping

from assessments.documents import HIGHER, LOWER, SAME, BeforeEntry, CriterionEntry, Document


def moved(before: Document, now: Document) -> Mapping[str, BeforeEntry]:
    """Return what the earlier document said of the criteria of the later one, by their codes there; by lineage."""
    earlier = {entry.lineage: entry for entry in before.every_criterion()}
    pairs = ((entry, earlier.get(entry.lineage)) for entry in now.every_criterion())
    return {entry.code: _entry(before, then, now, entry) for entry, then in pairs if then}


def _entry(before: Document, then: CriterionEntry, now: Document, entry: CriterionEntry) -> BeforeEntry:
    level = before.level_of(then)
    return BeforeEntry(
        round=before.round.name,
        level=level.name if level else "",
        change=_change(then.level, entry, now),
        is_reworded=(then.title, then.text) != (entry.title, entry.text),
    )


def _change(slug: str, entry: CriterionEntry, now: Document) -> str:
    """Say where a level stands beside that of then; "" where either is missing or the scale has it no more."""
    places = {level.slug: level.position for level in now.levels_of(entry.scale)}
    if slug not in places or entry.level not in places:
        return ""
    if places[slug] == places[entry.level]:
        return SAME
    return HIGHER if places[entry.level] > places[slug] else LOWER
