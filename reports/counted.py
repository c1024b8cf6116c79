"""Packed levels have a character for every criterion of a set; what a round does not count is left out of them."""

from collections.abc import Callable

from assessments.models import Round
from hallmarks.outline import outline_by_id


def counted_marks(round_: Round) -> Callable[[str], str]:
    """Return a function that leaves only the criteria in packed levels that were in force when the round opened."""
    questions = outline_by_id(round_.version_id).questions
    places = [at for at, question in enumerate(questions) if question.criterion.counts_on(round_.opens_on)]
    if len(places) == len(questions):
        return lambda levels: levels
    return lambda levels: "".join(levels[at : at + 1] for at in places)
