"""Whether two numbers go together over partnerships: Spearman's rank correlation and how sure one can be of it.

Ranks rather than values, because levels have an order and no distances, and because one area that is unlike the others
must not decide. Equal values share the middle of their ranks. The interval is Fisher's: rho is turned into
z = artanh(rho), the standard error of which is sqrt((1 + rho^2 / 2) / (n - 3)) for ranks (Bonett and Wright 2000), and
the ends are turned back. Below ten pairs nothing is said, and at rho = 1 or -1 there is no interval.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

FEWEST = 10
# How many standard errors lie to each side of a 95 % interval.
REACH = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Correlation:
    """Rho with its 95 % interval; none below ten pairs, or where one of the two never changes."""

    n: int
    rho: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def has_interval(self) -> bool:
        """Whether there is an interval."""
        return self.low is not None and self.high is not None

    @property
    def includes_none(self) -> bool:
        """Whether the interval holds 0, so that the two may have nothing to do with each other."""
        return self.low is not None and self.high is not None and self.low <= 0 <= self.high


def spearman(first: Sequence[float], second: Sequence[float]) -> Correlation:
    """Return the rank correlation of pairs."""
    n = len(first)
    rho = _pearson(ranks(first), ranks(second)) if n >= FEWEST else None
    if rho is None or math.isclose(abs(rho), 1):
        return Correlation(n, rho)
    middle, away = math.atanh(rho), REACH * math.sqrt((1 + rho**2 / 2) / (n - 3))
    return Correlation(n, rho, math.tanh(middle - away), math.tanh(middle + away))


def ranks(values: Sequence[float]) -> list[float]:
    """Return each value's rank from 1; equal ones share the middle of theirs."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(place)
    return [(places[value][0] + places[value][-1]) / 2 for value in values]


def _pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    middle = (len(first) + 1) / 2
    across = sum((x - middle) * (y - middle) for x, y in zip(first, second, strict=True))
    spread = math.sqrt(sum((x - middle) ** 2 for x in first) * sum((y - middle) ** 2 for y in second))
    return max(-1.0, min(1.0, across / spread)) if spread else None
