"""The comparison as people read it: words, marks and bars for each line of a tabulation; pages and files share it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks import charts
from hallmarks.marks import NOT_APPLICABLE, Label, does_not_apply, in_a_sentence, label_at
from reports.comparison import Line, SectionLine

BAR_HEIGHT, BAR_TEXT = 26, 14


@dataclass(frozen=True)
class Row:
    """One criterion of the table: a line and how it is shown."""

    line: Line
    bar: SafeString
    median: str
    middle_half: str
    picked: Label | None
    standing: str


@dataclass(frozen=True)
class SectionRow:
    """One section of its table: all ratings of its criteria, and the query of the page about it alone."""

    section: SectionLine
    bar: SafeString
    median: str
    middle_half: str
    query: str

    @property
    def line(self) -> Line:
        """The sums of the ratings."""
        return self.section.line


@dataclass(frozen=True)
class Group:
    """Rows under one heading; no heading where the order is not the published one."""

    title: str
    rows: tuple[Row, ...]


def rows(lines: Iterable[Line]) -> list[Row]:
    """Return what the page shows for each line."""
    return [_row(line) for line in lines]


def grouped(lines: Sequence[Line], *, by_section: bool) -> list[Group]:
    """Return rows under the headings of their sections, or in one group for another order."""
    if not by_section:
        return [Group("", tuple(rows(lines)))] if lines else []
    sections = groupby(lines, key=lambda line: line.asked.section_title)
    return [Group(title, tuple(rows(members))) for title, members in sections]


def section_rows(sections: Iterable[SectionLine], query_of: Callable[[str], str]) -> list[SectionRow]:
    """Return what the page shows for each section; `query_of` gives the query of the page about one section."""
    return [
        SectionRow(
            section=section,
            bar=_bar(section.line, ratings_in_words(section.line)) + _under(section.line),
            median=median_words(section.line),
            middle_half=middle_half_words(section.line),
            query=query_of(section.line.asked.section),
        )
        for section in sections
    ]


def key(lines: Sequence[Line]) -> list[Label]:
    """Return the levels that these bars show, lowest first, and "does not apply" where somebody said so."""
    levels = dict.fromkeys(label for line in lines for label in labels(line))
    return [*levels, *([does_not_apply()] if any(line.does_not_apply for line in lines) else [])]


def by_scale(practice: Iterable[Line], statutory: Iterable[Line]) -> list[tuple[str, list[str], list[Line]]]:
    """Return the same numbers without pictures: a title, the levels and the lines, once for each scale."""
    scales: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
    for title, lines in ((_("Good practice"), practice), (_("Statutory requirements"), statutory)):
        for line in lines:
            scales.setdefault((title, line.asked.levels), []).append(line)
    return [(title, list(levels), lines) for (title, levels), lines in scales.items()]


def median_words(line: Line) -> str:
    """Return the median as a level's name, or as two names where it falls between them."""
    if line.is_withheld:
        return ""
    if line.median is None:
        return _("No levels yet") if not line.n else _("Not in order")
    low, high = (line.asked.levels[position] for position in line.median)
    if low == high:
        return low
    return _("Between %(low)s and %(high)s") % {"low": in_a_sentence(low), "high": in_a_sentence(high)}


def middle_half_words(line: Line) -> str:
    """Return the levels between which the middle half lies."""
    if line.quartiles is None:
        return ""
    low, high = (line.asked.levels[position] for position in line.quartiles)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": in_a_sentence(high)}


def picked_label(line: Line) -> Label | None:
    """Return the picked partnership's answer; None where it was not asked."""
    if line.picked is not None:
        return labels(line)[line.picked]
    return does_not_apply() if line.picked_does_not_apply else None


def standing_words(line: Line) -> str:
    """Return where the picked partnership stands; nothing at the median, or where there is no saying."""
    return {-1: _("Below the median"), 1: _("Above the median")}.get(line.standing or 0, "")


def in_words(line: Line) -> str:
    """Return all the numbers of a bar in one sentence, for those who do not see it."""
    total = line.n + line.does_not_apply
    return ngettext("%(count)s partnership: %(parts)s.", "%(count)s partnerships: %(parts)s.", total) % {
        "count": total,
        "parts": _parts(line),
    }


def ratings_in_words(line: Line) -> str:
    """Return all the numbers of a section's bar in one sentence."""
    total = line.n + line.does_not_apply
    return ngettext("%(count)s rating: %(parts)s.", "%(count)s ratings: %(parts)s.", total) % {
        "count": total,
        "parts": _parts(line),
    }


def labels(line: Line) -> list[Label]:
    """Return how a line's levels are shown, lowest first."""
    names = line.asked.levels
    return [label_at(at, len(names), name, statutory=line.asked.is_statutory) for at, name in enumerate(names)]


def bar(line: Line) -> SafeString:
    """Draw a line's counts as one bar, with the picked partnership's arrow, the median and the middle half."""
    return _bar(line, in_words(line))


def bar_on_page(line: Line) -> SafeString:
    """Return the same bar with the numbers under it for which its parts have no room."""
    return bar(line) + _under(line)


def without_room(line: Line) -> str:
    """Return the numbers that the bar has no room for, each with its level; blank where it holds them all."""
    total = line.n + line.does_not_apply
    return ", ".join(
        words for count, words in _numbers(line) if count and not charts.Web().fits(count / total, len(str(count)))
    )


def _under(line: Line) -> SafeString:
    words = without_room(line)
    return format_html('<span class="app-bar__rest">{}</span>', words) if words else SafeString()


def _numbers(line: Line) -> list[tuple[int, str]]:
    """Return the number at each level, and the number with the level's name."""
    named = zip(line.counts, line.asked.levels, strict=True)
    absent = _("%(count)s does not apply") % {"count": line.does_not_apply}
    return [*((count, f"{count} {in_a_sentence(name)}") for count, name in named), (line.does_not_apply, absent)]


def _parts(line: Line) -> str:
    *levels, (absent, words) = _numbers(line)
    return ", ".join([*(each for _count, each in levels), *([words] if absent else [])])


def _row(line: Line) -> Row:
    return Row(
        line=line,
        bar=SafeString() if line.is_withheld else bar_on_page(line),
        median=median_words(line),
        middle_half=middle_half_words(line),
        picked=picked_label(line),
        standing=standing_words(line),
    )


def _bar(line: Line, words: str) -> SafeString:
    shown = labels(line)
    segments = [charts.Segment(count, label.paint) for label, count in zip(shown, line.counts, strict=True)]
    segments.append(charts.Segment(line.does_not_apply, NOT_APPLICABLE))
    shows_middle = line.median is not None and not line.asked.is_statutory
    shape = charts.Shape(
        bar=BAR_HEIGHT,
        text=BAR_TEXT,
        has_pointer_row=True,
        pointer=len(shown) if line.picked_does_not_apply else line.picked,
        rated=line.n if shows_middle else 0,
    )
    return charts.stacked_bar(segments, words, charts.Web(), shape)
