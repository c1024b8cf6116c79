"""The comparison as people read it: words, marks and bars for each line of a tabulation; pages and files share it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks import charts
from hallmarks.marks import NOT_APPLICABLE, Label, does_not_apply, in_a_sentence, label_at
from reports.comparison import Line

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


def key(lines: Sequence[Line]) -> list[Label]:
    """Return the levels that these bars show, lowest first, and "does not apply" where somebody said so."""
    levels = dict.fromkeys(label for line in lines for label in _labels(line))
    return [*levels, *([does_not_apply()] if any(line.does_not_apply for line in lines) else [])]


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


def picked_label(line: Line) -> Label | None:
    """Return the picked partnership's answer; None where it was not asked."""
    if line.picked is not None:
        return _labels(line)[line.picked]
    return does_not_apply() if line.picked_does_not_apply else None


def standing_words(line: Line) -> str:
    """Return where the picked partnership stands; nothing at the median, or where there is no saying."""
    return {-1: _("Below the median"), 1: _("Above the median")}.get(line.standing or 0, "")


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
        picked=picked_label(line),
        standing=standing_words(line),
    )


def _labels(line: Line) -> list[Label]:
    names = line.asked.levels
    return [label_at(at, len(names), name, statutory=line.asked.is_statutory) for at, name in enumerate(names)]


def _bar(line: Line) -> SafeString:
    labels = _labels(line)
    segments = [charts.Segment(count, label.paint) for label, count in zip(labels, line.counts, strict=True)]
    segments.append(charts.Segment(line.does_not_apply, NOT_APPLICABLE))
    shows_middle = line.median is not None and not line.asked.is_statutory
    shape = charts.Shape(
        bar=BAR_HEIGHT,
        text=BAR_TEXT,
        has_pointer_row=True,
        pointer=len(labels) if line.picked_does_not_apply else line.picked,
        rated=line.n if shows_middle else 0,
    )
    return charts.stacked_bar(segments, in_words(line), charts.Web(), shape)
