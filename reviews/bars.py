"""Stacked bars as segments in per cent, so that a bar stretches with the page and its numbers do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

INK, WHITE = "#0b0c0c", "#ffffff"
# Room that one digit takes on a small phone, in per cent of the bar.
DIGIT = 2.6


@dataclass(frozen=True)
class Shade:
    """A fill, and the colour of a number on it."""

    fill: str
    ink: str


PRACTICE = (Shade("#fcf1cb", INK), Shade("#76b9b4", INK), Shade("#356f92", WHITE), Shade("#161f50", WHITE))
STATUTORY = (Shade("#7d1a10", WHITE), Shade("#f4d690", INK), Shade("#2a7a57", WHITE))
BLANK = Shade(WHITE, INK)


@dataclass(frozen=True)
class Segment:
    """One part of a bar; places are per cent of its width, written as SVG wants them."""

    number: int
    shade: Shade
    x: str
    width: str
    middle: str
    shows_number: bool


def bar(parts: Sequence[tuple[int, Shade]]) -> tuple[Segment, ...]:
    """Return the segments of a bar that is as long as all the numbers together; empty parts have none."""
    total = sum(number for number, _shade in parts)
    starts = accumulate((number for number, _shade in parts), initial=0)
    return tuple(
        _segment(number, shade, start, total) for (number, shade), start in zip(parts, starts, strict=False) if number
    )


def step(position: int, steps: int, shades: Sequence[Shade]) -> int:
    """Return which shade a level has; a scale of another length is spread over the same shades."""
    return position if steps == len(shades) else round(position * (len(shades) - 1) / max(steps - 1, 1))


def _segment(number: int, shade: Shade, start: int, total: int) -> Segment:
    share = 100 * number / total
    return Segment(
        number=number,
        shade=shade,
        x=f"{100 * start / total:.3f}%",
        width=f"{share:.3f}%",
        middle=f"{100 * start / total + share / 2:.3f}%",
        shows_number=share >= DIGIT * len(str(number)),
    )
