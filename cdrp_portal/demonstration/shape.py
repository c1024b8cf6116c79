"""What the made-up ratings look like: levels and answers drawn from a fixed seed, so every run makes the same ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

SEED = "cdrp-portal demonstration 2"

# The shape of what was published: police and council engagement strong, data sharing and performance
# management weak, nobody doing well throughout, and the best partnership at "some success" on average.
STRONG = frozenset({"LEAD.1", "LEAD.3", "AUDIT.6", "PEOPLE.1", "PROC.1", "RES.1"})
WEAK = frozenset({"AUDIT.1", "AUDIT.2", "PROC.2", "PROC.4", "PROC.5", "FOCUS.1", "KPR.1", "KPR.2", "KPR.3"})
MAY_NOT_APPLY = frozenset({"RES.3", "PEOPLE.6", "FOCUS.2"})
SOME_SUCCESS, DOING_WELL = 2, 3

USUAL_SCORE, STRENGTH, EASE, IMPROVEMENT_A_ROUND = 1.1, 0.6, 0.25, 0.11
BETWEEN_PARTNERSHIPS, BETWEEN_CRITERIA, BETWEEN_ROUNDS = 0.4, 0.5, 0.15
SHARE_NOT_APPLYING, SHARE_WITH_EVIDENCE = 0.06, 0.12
NEVER_SUBMITTED, SUBMITTED_SO_FAR, NOT_STARTED = 0.04, 0.34, 0.2
AHEAD_OF_ORDER = 8.0

ANSWERS = ("yes", "partly", "no")
ANSWER_WEIGHTS = {0: (0, 20, 80), 1: (15, 50, 35), 2: (60, 35, 5), 3: (92, 8, 0)}


@dataclass(frozen=True)
class Question:
    """A criterion as the shape sees it: its code and how many indicators it has."""

    code: str
    indicators: int


@dataclass(frozen=True)
class Line:
    """One made-up answer; `level` counts from 0, and None means that the criterion does not apply."""

    code: str
    level: int | None
    answers: tuple[str, ...]
    has_evidence: bool


@dataclass(frozen=True)
class Progress:
    """How far one partnership is in a round: how many criteria it rated, and whether it submitted."""

    rated: int
    is_submitted: bool


def seeded(*words: object) -> random.Random:
    """Return numbers that depend on the seed and these words only."""
    return random.Random("|".join([SEED, *map(str, words)]))  # noqa: S311


def lines(partnership: str, round_number: int, questions: Sequence[Question]) -> tuple[Line, ...]:
    """Return a partnership's answers in the first, second or third round (0, 1, 2)."""
    levels = _levels(partnership, round_number, questions)
    chance = seeded("answers", partnership, round_number)
    return tuple(
        Line(
            question.code,
            level,
            _answers(level, question.indicators, chance),
            has_evidence=level is not None and chance.random() < SHARE_WITH_EVIDENCE,
        )
        for question, level in zip(questions, levels, strict=True)
    )


def closed_progress(partnership: str, round_number: int, questions: int, *, surely: bool = False) -> Progress:
    """Return how a closed round ended for a partnership; `surely` makes it one of those that submitted."""
    chance = seeded("closed", partnership, round_number)
    if not surely and chance.random() < NEVER_SUBMITTED:
        return Progress(chance.randrange(questions), is_submitted=False)
    return Progress(questions, is_submitted=True)


def open_progress(partnership: str, questions: int) -> Progress:
    """Return how far a partnership is in the open round: a third submitted, a fifth has not begun."""
    chance = seeded("open", partnership)
    place = chance.random()
    if place < SUBMITTED_SO_FAR:
        return Progress(questions, is_submitted=True)
    if place < SUBMITTED_SO_FAR + NOT_STARTED:
        return Progress(0, is_submitted=False)
    return Progress(chance.randrange(1, questions + 1), is_submitted=False)


def rated_first(partnership: str, lines_: Sequence[Line], rated: int) -> tuple[Line, ...]:
    """Return the lines that an unfinished assessment holds: roughly in order, as people work, with some gaps."""
    chance = seeded("order", partnership)
    turns = sorted(range(len(lines_)), key=lambda place: place + chance.uniform(0, AHEAD_OF_ORDER))
    return tuple(lines_[place] for place in sorted(turns[:rated]))


def spread(names: Sequence[str], groups: Sequence[int]) -> dict[str, int]:
    """Deal names out to groups so that the groups differ by one at most, in an order fixed by the seed."""
    dealt = list(names)
    seeded("groups", *groups).shuffle(dealt)
    return {name: groups[place % len(groups)] for place, name in enumerate(dealt)}


def _levels(partnership: str, round_number: int, questions: Sequence[Question]) -> list[int | None]:
    quality = _within(seeded("quality", partnership).gauss(0, BETWEEN_PARTNERSHIPS), 2 * BETWEEN_PARTNERSHIPS)
    lasting, passing = seeded("lasting", partnership), seeded("passing", partnership, round_number)
    levels: list[int | None] = []
    for question in questions:
        own = lasting.gauss(0, BETWEEN_CRITERIA) + passing.gauss(0, BETWEEN_ROUNDS)
        score = _usual(question.code, round_number) + quality + own
        left_out = lasting.random() < SHARE_NOT_APPLYING and question.code in MAY_NOT_APPLY
        levels.append(None if left_out else max(0, min(DOING_WELL, round(score))))
    return _kept_modest(levels, passing)


def _usual(code: str, round_number: int) -> float:
    known = STRENGTH * (code in STRONG) - STRENGTH * (code in WEAK)
    return USUAL_SCORE + known + _ease(code) + IMPROVEMENT_A_ROUND * round_number


@cache
def _ease(code: str) -> float:
    return seeded("ease", code).uniform(-EASE, EASE)


def _kept_modest(levels: list[int | None], chance: random.Random) -> list[int | None]:
    rated = [level for level in levels if level is not None]
    excess = sum(rated) - SOME_SUCCESS * len(rated)
    best = [place for place, level in enumerate(levels) if level == DOING_WELL]
    lowered = set(chance.sample(best, max(0, excess)))
    return [SOME_SUCCESS if place in lowered else level for place, level in enumerate(levels)]


def _answers(level: int | None, indicators: int, chance: random.Random) -> tuple[str, ...]:
    if level is None:
        return ()
    return tuple(chance.choices(ANSWERS, ANSWER_WEIGHTS[level], k=indicators))


def _within(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
