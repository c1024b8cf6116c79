"""Tables and drawings of a regional report: counts of each level, median and middle half; never a mean."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hallmarks import charts
from hallmarks.marks import NOT_APPLICABLE, Label, in_a_sentence
from reports import comparison, movement, tables
from reports.comparison import TOP_LEVELS, Line, SectionLine
from reports.movement import Movement
from reports.regional_parts import Differing, Found, Moving, SectionShare, ShareTable, Spread, SpreadTable
from reports.strengths import Split

# Widths in CSS pixels: a bar of a section, of a criterion, and of a criterion on a page that is upright.
SHARE_WIDTH, SPREAD_WIDTH, DIFFERING_WIDTH = 262.0, 236.0, 262.0


def bar(line: Line, words: str, width: float) -> SafeString:
    """Draw a line's counts for print, with the median and the middle half of what has an order."""
    segments = [
        charts.Segment(count, label.paint) for label, count in zip(tables.labels(line), line.counts, strict=True)
    ]
    segments.append(charts.Segment(line.does_not_apply, NOT_APPLICABLE))
    shows_middle = line.median is not None and not line.asked.is_statutory
    shape = charts.Shape(bar=16, rated=line.n if shows_middle else 0)
    return charts.stacked_bar(segments, words, charts.Print(width), shape)


def of(upper: int, n: int) -> str:
    """Return a share as two numbers, which say as well how many there are."""
    return _("%(upper)s of %(of)s") % {"upper": f"{upper:,}", "of": f"{n:,}"} if n else _("nobody yet")


def or_better(line: Line) -> str:
    """Return how the upper levels of a line are called, such as "at some success or better"."""
    levels = line.asked.levels
    if line.asked.is_statutory or len(levels) <= TOP_LEVELS:
        return _("at %(level)s") % {"level": in_a_sentence(levels[-1])}
    return _("at %(level)s or better") % {"level": in_a_sentence(levels[-TOP_LEVELS])}


def labels_of(lines: Iterable[Line]) -> tuple[Label, ...]:
    """Return the levels that lines are rated on, highest first."""
    found = dict.fromkeys(label for line in lines for label in reversed(tables.labels(line)))
    return tuple(found)


# By section


def shares(lines: Iterable[Line], nation: Iterable[Line]) -> tuple[ShareTable, ...]:
    """Return lines of one kind added up by section, a table for each scale."""
    sections = comparison.by_section(lines)
    told = _told(nation)
    scales: dict[tuple[str, ...], list[SectionLine]] = {}
    for section in sections:
        scales.setdefault(section.line.asked.levels, []).append(section)
    return tuple(
        ShareTable(
            tuple(tables.labels(members[0].line)),
            or_better(members[0].line),
            tuple(_share(section, told) for section in members),
        )
        for members in scales.values()
    )


def _share(section: SectionLine, told: Mapping[tuple[str, tuple[str, ...]], str]) -> SectionShare:
    line = section.line
    title = line.asked.title
    return SectionShare(
        title=title,
        criteria=section.criteria,
        bar=bar(line, f"{title}: {tables.ratings_in_words(line)}", SHARE_WIDTH),
        counts=line.counts,
        absent=line.does_not_apply,
        ratings=line.n,
        upper=of(line.upper, line.n),
        nation=told[line.asked.section, line.asked.levels],
    )


def _told(nation: Iterable[Line]) -> dict[tuple[str, tuple[str, ...]], str]:
    """Return the country's share of each section; of one with a criterion that is withheld, that it is not shown."""
    gathered: dict[tuple[str, tuple[str, ...]], list[Line]] = {}
    for line in nation:
        gathered.setdefault((line.asked.section, line.asked.levels), []).append(line)
    return {
        place: not_shown()
        if any(line.is_withheld for line in lines)
        else of(sum(line.upper for line in lines), sum(line.n for line in lines))
        for place, lines in gathered.items()
    }


def not_shown() -> str:
    """Return what stands in place of numbers that could tell what a single partnership chose."""
    return _("not shown")


# By criterion


def spreads(lines: Iterable[Line], kind: str) -> tuple[SpreadTable, ...]:
    """Return a table for each section, or for each of its scales where it has several."""
    found = groupby(lines, key=lambda line: (line.asked.section, line.asked.section_title, line.asked.levels))
    return tuple(
        _spread_table(f"{kind}-{slugify(section)}-{number}", title, list(members))
        for number, ((section, title, _levels), members) in enumerate(found, start=1)
    )


def _spread_table(anchor: str, title: str, lines: Sequence[Line]) -> SpreadTable:
    return SpreadTable(anchor, title, tuple(tables.labels(lines[0])), tuple(_spread(line) for line in lines))


def _spread(line: Line) -> Spread:
    asked = line.asked
    return Spread(
        code=asked.code,
        title=asked.title,
        is_key=asked.is_key,
        bar=bar(line, f"{asked.title}: {tables.in_words(line)}", SPREAD_WIDTH)
        if line.n or line.does_not_apply
        else SafeString(),
        counts=line.counts,
        absent=line.does_not_apply,
        n=line.n,
        median=tables.median_words(line),
        middle_half=tables.middle_half_words(line),
    )


# Strengths, weaknesses, movement


def found(lines: Iterable[Line], nation: Iterable[Line]) -> tuple[Found, ...]:
    """Return strengths or weaknesses, each with the country's share as far as it is told."""
    beside = {line.asked.code: line for line in nation}
    return tuple(_found(line, beside.get(line.asked.code)) for line in lines)


def _found(line: Line, nation: Line | None) -> Found:
    told = not_shown() if nation is None or nation.is_withheld else of(nation.upper, nation.n)
    return Found(line.asked.title, _where(line.asked.code, line.asked.section_title), of(line.upper, line.n), told)


def differing(splits: Iterable[Split]) -> tuple[Differing, ...]:
    """Return the criteria on which two partnerships differ most."""
    return tuple(
        Differing(
            split.line.asked.title,
            _where(split.line.asked.code, split.line.asked.section_title),
            bar(split.line, f"{split.line.asked.title}: {tables.in_words(split.line)}", DIFFERING_WIDTH),
            tables.middle_half_words(split.line),
        )
        for split in splits
    )


def moving_sections(found: Iterable[Movement]) -> tuple[Moving, ...]:
    """Return criteria added up by section."""
    return tuple(_moving_section(title, members) for title, members in movement.by_section(found))


def _moving_section(title: str, members: Sequence[Movement]) -> Moving:
    steps = movement.together(members)
    return Moving(title, str(len(members)), steps.up, steps.same, steps.down)


def moving(found: Iterable[Movement]) -> tuple[Moving, ...]:
    """Return single criteria with their shares then and now."""
    return tuple(
        Moving(
            each.asked.title,
            _where(each.asked.code, each.asked.section_title),
            *(each.steps.up, each.steps.same, each.steps.down),
            then=of(each.upper_then, each.steps.total),
            now=of(each.upper_now, each.steps.total),
        )
        for each in found
    )


def _where(code: str, section: str) -> str:
    return f"{code}, {section}"
