"""One criterion as its page shows it: where partnerships stand, how it went over the rounds, whom to learn from.

A Government Office's page is filled from counts and names; a partnership's from what is released, with itself named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from casestudies.models import CaseStudy
from hallmarks import charts
from hallmarks.marks import Label, does_not_apply, in_a_sentence
from reports import tables
from reports.comparison import TOP_LEVELS, Asked, Line
from reports.queries import Place
from reports.trends import Point, Trend


@dataclass(frozen=True)
class Step:
    """One level of the strip: how many are at it, their share in per cent, and who they are, where names may be."""

    label: Label
    count: int
    share: int | None
    names: tuple[Place, ...]
    is_picked: bool


@dataclass(frozen=True)
class TrendRow:
    """One round of the trend, as the page shows it."""

    point: Point
    line: Line
    bar: SafeString
    picked: Label | None
    share: int


@dataclass(frozen=True)
class Picked:
    """Whose place is marked: by name for a Government Office, as "you" for a partnership itself."""

    name: str
    is_you: bool = False


@dataclass(frozen=True)
class CriterionSheet:
    """Everything the page prints; `named` is empty where nobody may be named, `line` is that of the round shown."""

    round: Round
    asked: Asked
    place: tuple[int, int]
    area: str
    trend: Trend
    studies: Sequence[CaseStudy]
    query: str
    named: Sequence[Place] = ()
    picked: Picked | None = None
    notices: Sequence[str] = ()

    @cached_property
    def line(self) -> Line:
        """The counts of the round shown."""
        return self.trend.shown or Line(self.asked, (0,) * len(self.asked.levels), 0)

    @property
    def has_rated(self) -> bool:
        """Whether there is a strip to draw."""
        return self.line.n + self.line.does_not_apply > 0

    @property
    def total(self) -> int:
        """How many blocks the strip has."""
        return self.line.n + self.line.does_not_apply

    @property
    def picked_words(self) -> str:
        """Where the marked partnership stands, as a sentence; blank where it has not answered."""
        label = tables.picked_label(self.line)
        if not (self.picked and label):
            return ""
        if self.line.picked_does_not_apply:
            words = _("You say that it does not apply.") if self.picked.is_you else _("%(name)s: it does not apply.")
        else:
            words = _("You are at %(level)s.") if self.picked.is_you else _("%(name)s is at %(level)s.")
        return words % {"name": self.picked.name, "level": in_a_sentence(label.name)}

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels as it stands in a sentence; blank for a requirement, which is met or not."""
        if self.asked.is_statutory or len(self.asked.levels) < TOP_LEVELS:
            return ""
        return in_a_sentence(self.asked.levels[-TOP_LEVELS])

    @property
    def top_level(self) -> str:
        """The highest level as it stands in a sentence."""
        return in_a_sentence(self.asked.levels[-1])

    @property
    def median(self) -> str:
        """The median as it stands in a sentence; blank where there is none."""
        return in_a_sentence(tables.median_words(self.line)) if self.line.median else ""

    @property
    def key(self) -> list[Label]:
        """The key to the strip and the bars."""
        return tables.key([self.line, *(row.line for row in self.rows)])

    @property
    def strip(self) -> SafeString:
        """One block for each partnership, in order of level."""
        segments = [charts.Segment(step.count, step.label.paint) for step in self._upwards]
        framed = next((at for at, step in enumerate(self._upwards) if step.is_picked and step.count), None)
        return charts.strip(segments, self._strip_words(), framed)

    @property
    def steps(self) -> list[Step]:
        """The same as a table: the highest level first, what does not apply last."""
        levels = len(self.asked.levels)
        return [*reversed(self._upwards[:levels]), *self._upwards[levels:]]

    @cached_property
    def rows(self) -> list[TrendRow]:
        """The rounds that can be compared, newest first."""
        return [_trend_row(point, point.line) for point in self.trend.compared if point.line]

    @property
    def asked_elsewise(self) -> list[str]:
        """Why a round is not among the bars."""
        return [_left_out(point) for point in self.trend.left_out]

    @cached_property
    def _upwards(self) -> list[Step]:
        line = self.line
        steps = [
            Step(label, count, _percent(count, line.n), self._names(at), at == line.picked)
            for at, (label, count) in enumerate(zip(tables.labels(line), line.counts, strict=True))
        ]
        if not line.does_not_apply:
            return steps
        return [
            *steps,
            Step(does_not_apply(), line.does_not_apply, None, self._names(None), line.picked_does_not_apply),
        ]

    def _names(self, position: int | None) -> tuple[Place, ...]:
        return tuple(each for each in self.named if each.position == position)

    def _strip_words(self) -> str:
        words = ngettext("%(n)s partnership in order of level.", "%(n)s partnerships in order of level.", self.total)
        counts = tables.in_words(self.line)
        return f"{words % {'n': self.total}} {counts} {self.picked_words}".strip()


def _trend_row(point: Point, line: Line) -> TrendRow:
    bar = SafeString() if line.is_withheld else tables.bar_on_page(line)
    return TrendRow(point, line, bar, tables.picked_label(line), _percent(line.upper, line.n) or 0)


def _left_out(point: Point) -> str:
    if point.on_other_levels:
        return _("%(round)s: it was rated on other levels.") % {"round": point.name}
    return _("%(round)s: it was not asked.") % {"round": point.name}


def _percent(count: int, n: int) -> int | None:
    return round(100 * count / n) if n else None
