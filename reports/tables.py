"""The comparison as people read it: words, marks and bars for each line of a tabulation; pages and files share it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import charts
from reports.comparison import Line

BAR_HEIGHT, BAR_TEXT = 26, 14


@dataclass(frozen=True)
class Row:
    """One criterion of the table: a line and how it is shown."""

    line: Line
    bar: SafeString
    median: str
    middle_half: str
    picked: str
    picked_mark: str
    standing: str


@dataclass(frozen=True)
class Group:
    """Rows under one heading; no heading where the order is not the published one."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class KeyEntry:
    """One level in the key to the bars."""

    mark: str
    name: str


def in_a_sentence(name: str) -> str:
    """Return a level's name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def mark(position: int | None, steps: int, *, statutory: bool) -> str:
    """Return the suffix of the style sheet's class for a level: l0 to l3, s0 to s2, or na."""
    if position is None:
        return "na"
    return f"{'s' if statutory else 'l'}{charts.step(position, steps, statutory=statutory)}"


def rows(lines: Iterable[Line]) -> list[Row]:
    """Return what the page shows for each line."""
    return [_row(line) for line in lines]


def grouped(lines: Sequence[Line], *, by_section: bool) -> list[Group]:
    """Return rows under the headings of their sections, or in one group for another order."""
    if not by_section:
        return [Group("", tuple(rows(lines)))] if lines else []
    sections = groupby(lines, key=lambda line: line.asked.section_title)
    return [Group(title, tuple(rows(members))) for title, members in sections]


def key(lines: Iterable[Line]) -> list[KeyEntry]:
    """Return the levels that these bars show, lowest first, and "does not apply" where somebody said so."""
    entries: dict[KeyEntry, None] = {}
    anybody_absent = False
    for line in lines:
        steps, statutory = len(line.asked.levels), line.asked.is_statutory
        for position, name in enumerate(line.asked.levels):
            entries.setdefault(KeyEntry(mark(position, steps, statutory=statutory), name))
        anybody_absent = anybody_absent or line.does_not_apply > 0
    return [*entries, *([KeyEntry("na", _("Does not apply"))] if anybody_absent else [])]


def median_words(line: Line) -> str:
    """Return the median as a level's name, or as two names where it falls between them."""
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


def picked_words(line: Line) -> str:
    """Return the picked partnership's answer in words; nothing where it was not asked."""
    if line.picked is not None:
        return line.asked.levels[line.picked]
    return _("Does not apply") if line.picked_does_not_apply else ""


def in_words(line: Line) -> str:
    """Return all the numbers of a bar in one sentence, for those who do not see it."""
    parts = [f"{count} {in_a_sentence(name)}" for name, count in zip(line.asked.levels, line.counts, strict=True)]
    if line.does_not_apply:
        parts.append(_("%(count)s does not apply") % {"count": line.does_not_apply})
    total = line.n + line.does_not_apply
    return ngettext("%(count)s partnership: %(parts)s.", "%(count)s partnerships: %(parts)s.", total) % {
        "count": total,
        "parts": ", ".join(parts),
    }


def _row(line: Line) -> Row:
    return Row(
        line=line,
        bar=_bar(line),
        median=median_words(line),
        middle_half=middle_half_words(line),
        picked=picked_words(line),
        picked_mark=mark(line.picked, len(line.asked.levels), statutory=line.asked.is_statutory),
        standing={-1: _("below"), 1: _("above")}.get(line.standing or 0, ""),
    )


def _bar(line: Line) -> SafeString:
    steps, statutory = len(line.asked.levels), line.asked.is_statutory
    segments = [
        charts.Segment(count, charts.paint(position, steps, statutory=statutory))
        for position, count in enumerate(line.counts)
    ]
    segments.append(charts.Segment(line.does_not_apply, charts.NOT_APPLICABLE))
    shows_middle = line.median is not None and not statutory
    shape = charts.Shape(
        bar=BAR_HEIGHT,
        text=BAR_TEXT,
        has_pointer_row=True,
        pointer=steps if line.picked_does_not_apply else line.picked,
        rated=line.n if shows_middle else 0,
    )
    return charts.stacked_bar(segments, in_words(line), charts.Web(), shape)
