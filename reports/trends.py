"""One criterion over the rounds: the same question by lineage, and how many questions kept their meaning."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from reports.comparison import Asked, Count, Line, tabulate, withhold_few


@dataclass(frozen=True)
class Edition:
    """What was asked in one round."""

    slug: str
    name: str
    asked: tuple[Asked, ...]

    @property
    def lineages(self) -> dict[str, tuple[str, ...]]:
        """The levels of each of its criteria, by lineage."""
        return {asked.lineage: asked.levels for asked in self.asked}

    def same_as(self, criterion: Asked) -> Asked | None:
        """Return the criterion of the same lineage, if it was asked."""
        return next((asked for asked in self.asked if asked.lineage == criterion.lineage), None)

    def comparable(self, other: "Edition") -> int:
        """Count its criteria that were asked in another round with the same levels."""
        theirs = other.lineages
        return sum(theirs.get(lineage) == levels for lineage, levels in self.lineages.items())


@dataclass(frozen=True)
class Point:
    """One round of a trend: no line where the criterion was not asked, or was asked on other levels.

    `comparable` of the criteria of the round shown were asked in this one too.
    """

    slug: str
    name: str
    comparable: int
    line: Line | None = None
    on_other_levels: bool = False
    is_shown_round: bool = False


@dataclass(frozen=True)
class Trend:
    """The rounds, newest first, and how many criteria can be compared over all those in which this one was asked."""

    points: tuple[Point, ...]
    criteria: int
    comparable: int

    @property
    def compared(self) -> list[Point]:
        """The rounds that can be compared."""
        return [point for point in self.points if point.line]

    @property
    def left_out(self) -> list[Point]:
        """The rounds that cannot."""
        return [point for point in self.points if not point.line]

    @property
    def shown(self) -> Line | None:
        """The line of the round that the page is about."""
        return next((point.line for point in self.points if point.is_shown_round), None)


def trend(criterion: Asked, shown: Edition, editions: Sequence[Edition], lines: Mapping[str, Line]) -> Trend:
    """Follow a criterion of the round shown through all rounds, newest first.

    `lines` are the criterion's lines by round: counted, or read from what is released. A round without one is empty.
    """
    points = [_point(criterion, shown, edition, lines.get(edition.slug)) for edition in editions]
    followed = {point.slug for point in points if point.line}
    kept = (set(e.lineages.items()) for e in editions if e.slug in followed)
    return Trend(tuple(points), len(shown.asked), len(reduce(set.intersection, kept, set(shown.lineages.items()))))


def lines_by_round(
    criterion: Asked,
    editions: Iterable[Edition],
    counts: Mapping[str, Iterable[Count]],
    hidden: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Line]:
    """Tabulate the counts of each round in which the criterion was asked; `hidden` are criteria not told, by round."""
    same = ((edition.slug, edition.same_as(criterion)) for edition in editions)
    found = {slug: tabulate([asked], counts.get(slug, ())) for slug, asked in same if asked}
    return {slug: withhold_few(lines, (hidden or {}).get(slug, ()))[0] for slug, lines in found.items()}


def _point(criterion: Asked, shown: Edition, edition: Edition, line: Line | None) -> Point:
    asked, comparable = edition.same_as(criterion), shown.comparable(edition)
    is_shown = edition.slug == shown.slug
    if asked is None or asked.levels != criterion.levels:
        return Point(edition.slug, edition.name, comparable, None, asked is not None, is_shown)
    return Point(edition.slug, edition.name, comparable, line or tabulate([asked], ())[0], False, is_shown)
