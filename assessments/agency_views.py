"""Revealed views of one criterion as pages show them: in words, level by level, strategic and delivery apart.

Revealed views are frozen, so `view_queries.seen` keeps these objects, and they keep what was worked out and drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Standpoint
from assessments.agreement import DELIVERY, STRATEGIC, Given, Middle, Spread, spread
from assessments.dots import dots
from hallmarks.marks import Label, in_a_sentence
from hallmarks.models import Level
from hallmarks.outline import Question


@dataclass(frozen=True)
class Voice:
    """An agency's view at one level; `split_with` is the other level where its members are split between two."""

    agency: str
    standpoint: str
    split_with: str = ""

    @property
    def standpoint_in_words(self) -> str:
        """The standpoint inside a sentence."""
        return in_a_sentence(str(Standpoint(self.standpoint).label))


@dataclass(frozen=True)
class Row:
    """One level with the agencies that see it."""

    level: Level
    label: Label
    strategic: tuple[Voice, ...]
    delivery: tuple[Voice, ...]

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody at this level, strategic first."""
        return self.strategic + self.delivery


@dataclass(frozen=True)
class Comment:
    """What a member wrote, without the name: for which agency, from where, and beside which level."""

    voice: Voice
    label: Label
    text: str


@dataclass(frozen=True, eq=False)
class CriterionViews:
    """What the agencies think of one criterion, once everybody may know."""

    question: Question
    given: Sequence[Given]

    @cached_property
    def spread(self) -> Spread:
        """The sums: one voice an agency."""
        return spread(self.given)

    @cached_property
    def rows(self) -> list[Row]:
        """Each level with its agencies, lowest first."""
        return [self._row(level) for level in self.question.levels]

    @property
    def rows_from_the_top(self) -> list[Row]:
        """Each level with its agencies, highest first."""
        return self.rows[::-1]

    @cached_property
    def agencies(self) -> list[tuple[str, str]]:
        """Each agency with its one view in words, whatever its members' standpoints."""
        return [(agency, self.in_words(middle)) for agency, middle in self.spread.agencies.items()]

    @cached_property
    def comments(self) -> list[Comment]:
        """What members wrote, in order of agency."""
        return [
            Comment(Voice(given.agency, given.standpoint), self._label(given.position), given.comment)
            for given in self.given
            if given.comment
        ]

    @cached_property
    def summary(self) -> str:
        """The finding in one sentence."""
        spread, leaders, front_line = self.spread, self.spread.leaders, self.spread.front_line
        if not self.given:
            return _("Nobody gave a view.")
        if leaders and front_line and spread.is_split_by_standpoint:
            words = {"leaders": self.in_words(leaders), "staff": self.in_words(front_line)}
            return _("Leaders see %(leaders)s; delivery staff see %(staff)s.") % words
        if not spread.is_one_voice:
            ends = [end for middle in spread.agencies.values() for end in (middle.low, middle.high)]
            return _("Agencies see anything %(range)s.") % {"range": self.in_words(Middle(min(ends), max(ends)))}
        if spread.widest_tie:
            number, words = len(spread.agencies), {"range": self.agencies[0][1]}
            return ngettext("The only agency is split %(range)s.", "Every agency is split %(range)s.", number) % words
        return _("All who gave a view see %(level)s.") % {"level": self.agencies[0][1]}

    @cached_property
    def is_alone(self) -> bool:
        """Whether one agency alone gave a view, so that nothing can be said of differences."""
        return len(self.spread.agencies) == 1

    @cached_property
    def order(self) -> tuple[float, ...]:
        """What an agenda is sorted by: the widest differences first, then one agency's views, then none."""
        return not self.given, self.is_alone, *(-apart for apart in self.spread.width)

    @cached_property
    def in_use(self) -> str:
        """How many levels the agencies see, as they stand in the table below it."""
        if self.is_alone:
            return _("One agency alone gave a view, so there is nothing to compare.")
        agencies, levels = len(self.spread.agencies), sum(bool(row.voices) for row in self.rows)
        who = ngettext("%(n)s agency", "%(n)s agencies", agencies) % {"n": apnumber(agencies)}
        if levels < 2:
            return _("A view was given by %(who)s.") % {"who": who}
        return _("%(n)s levels are in use across %(who)s.") % {"n": str(apnumber(levels)).capitalize(), "who": who}

    @cached_property
    def voices(self) -> list[tuple[str, str]]:
        """Each level, or pair of levels, with the agencies that see it, one voice each; the highest first."""
        found: dict[Middle, list[str]] = defaultdict(list)
        for agency, middle in self.spread.agencies.items():
            found[middle].append(agency)
        highest = sorted(found, key=lambda middle: (-middle.point, middle.low))
        return [(capfirst(self.in_words(middle)), ", ".join(found[middle])) for middle in highest]

    @cached_property
    def strip(self) -> SafeString:
        """A dot for each agency's view over its level: squares strategic, circles delivery; blank without views."""
        return dots(self.spread, self.question.labels) if self.given else SafeString()

    @cached_property
    def link(self) -> SafeString:
        """The end of a link to the criterion in its meeting: what follows the meeting's own address."""
        criterion = self.question.criterion
        return format_html('{}/#now">{}</a>', quote(criterion.code, safe=""), criterion.title)

    @cached_property
    def matrix(self) -> SafeString:
        """The table of levels and standpoints with the agencies in it."""
        return render_to_string("assessments/views/_matrix.html", {"views": self})

    @cached_property
    def said(self) -> SafeString:
        """The list of comments."""
        return render_to_string("assessments/views/_said.html", {"comments": self.comments})

    def in_words(self, middle: Middle) -> str:
        """Return a view inside a sentence: “some success”, or “between working towards and some success”."""
        low, high = (in_a_sentence(self._label(end).name) for end in (middle.low, middle.high))
        return _("between %(low)s and %(high)s") % {"low": low, "high": high} if middle.is_tie else low

    def _row(self, level: Level) -> Row:
        label = self._label(level.position)
        strategic = self._voices(level, STRATEGIC, self.spread.strategic)
        return Row(level, label, strategic, self._voices(level, DELIVERY, self.spread.delivery))

    def _voices(self, level: Level, standpoint: str, agencies: Mapping[str, Middle]) -> tuple[Voice, ...]:
        return tuple(
            Voice(agency, standpoint, self._split(middle, level.position))
            for agency, middle in agencies.items()
            if level.position in {middle.low, middle.high}
        )

    def _split(self, middle: Middle, position: int) -> str:
        other = middle.low + middle.high - position
        return in_a_sentence(self._label(other).name) if middle.is_tie else ""

    def _label(self, position: int) -> Label:
        return self.question.labels[position]


def of_each(questions: Iterable[Question], views: Mapping[int, Sequence[Given]]) -> list[CriterionViews]:
    """Return what agencies think of each criterion, in published order."""
    return [CriterionViews(question, views.get(question.criterion.pk, ())) for question in questions]


def differing_by_section(views: Iterable[CriterionViews]) -> dict[str, int]:
    """Return on how many criteria of each section, by its code, the agencies are not of one view."""
    numbers: dict[str, int] = {}
    for one in views:
        code = one.question.section.code
        numbers[code] = numbers.get(code, 0) + one.spread.differs
    return numbers
