"""Many views, one agreed rating: each agency's view, how far agencies are apart, and in which order to talk.

The measure of disagreement is the mean absolute difference between all pairs of agencies, in levels (Gini's mean
difference, on ordered steps): 0 when all agree. The distance between leaders and delivery staff counts as much, and
then the widest tie inside an agency, as in both the agencies' middles may agree. It puts a meeting's criteria in order;
nobody is ranked by it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

STRATEGIC, DELIVERY = "strategic", "delivery"
# What members of each agency said.
Positions = dict[str, list[int]]


class Given(NamedTuple):
    """One member's view: the agency it was given for, where the member stands, and the level's position from 0."""

    agency: str
    standpoint: str
    position: int
    comment: str = ""


class Middle(NamedTuple):
    """A median on ordered levels: two positions where an even number of voices is split between them."""

    low: int
    high: int

    @property
    def is_tie(self) -> bool:
        """Whether the voices are split between two levels."""
        return self.low != self.high

    @property
    def point(self) -> float:
        """The place on the scale that distances are measured from; halfway where voices are split."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Spread:
    """What agencies think of one criterion: one voice an agency, and apart from that by standpoint."""

    agencies: Mapping[str, Middle]
    strategic: Mapping[str, Middle]
    delivery: Mapping[str, Middle]
    disagreement: float

    @property
    def is_one_voice(self) -> bool:
        """Whether every agency sees the same, be it one level or a split between the same two."""
        return len(set(self.agencies.values())) < 2

    @property
    def widest_tie(self) -> int:
        """How many levels the members of one agency are apart, where they are most evenly split; 0 without a tie."""
        return max((middle.high - middle.low for middle in self.agencies.values()), default=0)

    @property
    def standpoints_apart(self) -> float:
        """How many levels lie between leaders and delivery staff; 0 where one of them is silent."""
        leaders, front_line = self.leaders, self.front_line
        return abs(leaders.point - front_line.point) if leaders and front_line else 0.0

    @cached_property
    def is_split_by_standpoint(self) -> bool:
        """Whether leaders and delivery staff both spoke and do not see the same."""
        leaders, front_line = self.leaders, self.front_line
        return leaders is not None and front_line is not None and leaders != front_line

    @cached_property
    def differs(self) -> bool:
        """Whether those who gave a view are not of one: agencies, leaders and delivery, or members of an agency."""
        return not self.is_one_voice or self.widest_tie > 0 or self.is_split_by_standpoint

    @property
    def width(self) -> tuple[float, float, int]:
        """What a meeting's order is made of: how far agencies, or leaders and delivery staff, are apart; then the rest.

        Where the leaders of every agency see otherwise than its delivery staff, all agencies stand in the middle and
        none differs from another, though there is everything to talk about: so the larger of the two distances leads.
        """
        return max(self.disagreement, self.standpoints_apart), self.disagreement, self.widest_tie

    @cached_property
    def leaders(self) -> Middle | None:
        """The middle of the strategic views, one voice an agency; None where nobody strategic gave one."""
        return _overall(self.strategic)

    @cached_property
    def front_line(self) -> Middle | None:
        """The middle of the delivery views, one voice an agency; None where nobody in delivery gave one."""
        return _overall(self.delivery)


def median(positions: Iterable[int]) -> Middle:
    """Return the median of at least one position."""
    ordered = sorted(positions)
    return Middle(ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2])


def spread(views: Sequence[Given]) -> Spread:
    """Return how the agencies see one criterion; an agency's view is the median of its members'."""
    everybody: Positions = defaultdict(list)
    by_standpoint: Mapping[str, Positions] = {STRATEGIC: defaultdict(list), DELIVERY: defaultdict(list)}
    for agency, standpoint, position, _comment in views:
        everybody[agency].append(position)
        by_standpoint[standpoint][agency].append(position)
    agencies = _medians(everybody)
    strategic, delivery = (_medians(by_standpoint[standpoint]) for standpoint in (STRATEGIC, DELIVERY))
    return Spread(agencies, strategic, delivery, disagreement(list(agencies.values())))


def disagreement(voices: Sequence[Middle]) -> float:
    """Return the mean absolute difference between all pairs of agencies, in levels; 0 for fewer than two."""
    number = len(voices)
    if number < 2:
        return 0.0
    # In order, each point is subtracted once for every one above it and added once for every one below it.
    points = sorted(voice.point for voice in voices)
    apart = sum(point * (2 * place - number + 1) for place, point in enumerate(points))
    return apart / (number * (number - 1) / 2)


def far_from_most(position: int, agencies: Mapping[str, Middle], distance: int = 2) -> bool:
    """Say whether a level differs by at least `distance` levels from the views of more than half of the agencies."""
    far = sum(abs(middle.point - position) >= distance for middle in agencies.values())
    return far * 2 > len(agencies)


def _medians(positions: Positions) -> dict[str, Middle]:
    return {agency: median(members) for agency, members in sorted(positions.items())}


def _overall(agencies: Mapping[str, Middle]) -> Middle | None:
    ends = [end for middle in agencies.values() for end in (middle.low, middle.high)]
    return median(ends) if ends else None
