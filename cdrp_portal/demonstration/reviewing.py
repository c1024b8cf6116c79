"""What made-up reviews say: mostly what the partnership said, and a little differently from office to office."""

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessments.models import LONDON
from cdrp_portal.demonstration import review_texts, shape
from cdrp_portal.demonstration.clock import working_day
from hallmarks.outline import Question

# The shares of levels that the mildest and the strictest office see lower, and higher, than partnerships do.
LOWER, HIGHER = (0.05, 0.26), (0.01, 0.06)
SHARE_WITH_REASON, SHARE_REVIEWED_BESIDE_KEY = 0.3, 0.75
STRICT_FROM, AGREED_UNDER = 0.2, 0.1
SHARE_WITH_SUMMARY = 0.85
OFFICE_HOURS = range(9, 17)


@dataclass(frozen=True)
class Seen:
    """One criterion as a reviewer sees it; `level` counts from 0, and None means that it does not apply."""

    question: Question
    level: int | None
    reason: str
    submitted: int | None


def seen(slug: str, number: int, region: str, answers: Sequence[tuple[Question, int | None]]) -> list[Seen]:
    """Return what a region's reviewer says of a partnership's answers: of all key criteria, and most others."""
    chance, (lower, higher) = shape.seeded("reviewed", slug, number), _leaning(region)
    return [
        _see(question, level, lower, higher, chance)
        for question, level in answers
        if question.criterion.is_key or chance.random() < SHARE_REVIEWED_BESIDE_KEY
    ]


def summary(lines: Sequence[Seen], chance: random.Random) -> str:
    """Return what a reviewer says of the whole, true to the lines; some write nothing."""
    if chance.random() > SHARE_WITH_SUMMARY:
        return ""
    rated = [line for line in lines if line.level is not None and line.submitted is not None]
    lower = sum(line.level < line.submitted for line in rated if line.level is not None and line.submitted is not None)
    share = lower / max(1, len(rated))
    kind = "lower" if share >= STRICT_FROM else "agreed" if share < AGREED_UNDER else "mixed"
    return f"{review_texts.OVERALL[kind]}\n\n{chance.choice(review_texts.CLOSING)}"


def moments(
    first: datetime.date, last: datetime.date, number: int, chance: random.Random
) -> Iterator[datetime.datetime]:
    """Yield so many moments in office hours between two days, in their order."""
    span = max(0, (last - first).days)
    days = sorted(chance.randint(0, span) for _turn in range(number))
    for place, day in enumerate(days):
        # Somewhat later than the one before, should both fall on one day.
        time = datetime.time(OFFICE_HOURS[place % len(OFFICE_HOURS)], chance.randrange(60))
        at = max(first, working_day(first + datetime.timedelta(days=day)))
        yield datetime.datetime.combine(at, time, tzinfo=LONDON)


def _leaning(region: str) -> tuple[float, float]:
    chance = shape.seeded("office", region)
    return chance.uniform(*LOWER), chance.uniform(*HIGHER)


def _see(question: Question, level: int | None, lower: float, higher: float, chance: random.Random) -> Seen:
    turn = chance.random()
    if level is None:
        return Seen(question, None, chance.choice(review_texts.DOES_NOT_APPLY), level)
    if level and turn < lower:
        return Seen(question, level - 1, chance.choice(review_texts.LOWER), level)
    if level + 1 < len(question.levels) and turn > 1 - higher:
        return Seen(question, level + 1, chance.choice(review_texts.HIGHER), level)
    has_reason = chance.random() < SHARE_WITH_REASON
    return Seen(question, level, chance.choice(review_texts.SAME) if has_reason else "", level)
