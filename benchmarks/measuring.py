"""Take two things in turn, many times, and compare their medians: the machine's mood then cancels out."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Medians of two things in milliseconds, and what the first costs in units of the second."""

    what: str
    against: str
    first_ms: float
    second_ms: float
    goal: str

    @property
    def ratio(self) -> float:
        """The first's median as a multiple of the second's."""
        return self.first_ms / self.second_ms


def side_by_side(
    what: str,
    first: Callable[[], object],
    against: str,
    second: Callable[[], object],
    goal: str,
    times: int = 300,
    warm_up: int = 10,
) -> Measured:
    """Run both in turn, `times` each after a warm-up, and return their medians."""
    for _warm_up in range(warm_up):
        first()
        second()
    gc.collect()
    taken: tuple[list[float], list[float]] = ([], [])
    for _turn in range(times):
        for thing, times_taken in zip((first, second), taken, strict=True):
            began = time.perf_counter()
            thing()
            times_taken.append((time.perf_counter() - began) * 1000)
    return Measured(what, against, statistics.median(taken[0]), statistics.median(taken[1]), goal)


def table(rows: list[Measured], counts: list[tuple[str, int, str]]) -> str:
    """Return the figures as the README's table."""
    lines = ["| what | against | median ms | against ms | ratio | goal |", "|---|---|---:|---:|---:|---|"]
    lines += [
        f"| {row.what} | {row.against} | {row.first_ms:.2f} | {row.second_ms:.2f} | {row.ratio:.2f} | {row.goal} |"
        for row in rows
    ]
    lines += ["", "| page | queries | goal |", "|---|---:|---|"]
    lines += [f"| {name} | {number} | {goal} |" for name, number, goal in counts]
    return "\n".join(lines)
