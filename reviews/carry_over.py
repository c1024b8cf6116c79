"""Which answers a partnership left as they were between two submissions, so that what was said of them still holds."""

from typing import Any

from assessments.documents import CriterionEntry, Document


def unchanged(before: Document, now: Document) -> set[str]:
    """Return the codes of the criteria that were answered in the same words, signs and evidence both times."""
    said = {entry.code: _answer(entry) for entry in before.every_criterion()}
    return {entry.code for entry in now.every_criterion() if said.get(entry.code) == _answer(entry)}


def _answer(entry: CriterionEntry) -> tuple[Any, ...]:
    return (entry.level, entry.does_not_apply, entry.reason, entry.indicators, entry.evidence)
