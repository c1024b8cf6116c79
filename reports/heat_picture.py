"""A country's ratings as one picture: a column a criterion, a strip a partnership, and one path a level.

Each path has a rectangle for every run of equal levels in a column, in units of cells, so that 18,424 cells stay small.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hallmarks.marks import INK, NO_LEVEL, NOT_APPLICABLE, does_not_apply
from reports import tables
from reports.comparison import Line
from reports.heat_map import DOES_NOT_APPLY, Column, Row

# The picture is about as wide as the page; between practice and what the law asks for stands an empty column.
WIDTH, WIDEST, ROW = 1130, 24.0, 3
# Above each block of rows its name has this room, and above the first one the sections too.
TITLE, HEAD = 26, 22
# A pattern repeats every ten pixels and in every row: a slash for the lowest level, then one, two and three pips.
TILE = 10
PIPS = {1: (5,), 2: (2.5, 7.5), 3: (1.7, 5, 8.3)}
PIP_COLOURS = {"l1": INK, "l2": "#a9c8da", "l3": "#8d97c9", "s1": INK, "s2": "#fff"}
Run = tuple[str, int]


@dataclass(frozen=True)
class Block:
    """Rows under one name: for each column the runs of marks from the top; a blank mark is left white."""

    title: str
    height: int
    columns: Sequence[Sequence[Run]]


def of_rows(title: str, rows: Sequence[Row], columns: Sequence[Column]) -> Block:
    """Return a block with a strip for each partnership, in the order given."""
    found = []
    for column in columns:
        marks = _marks(column.line)
        answers = groupby(marks.get(row.at(column.place), "") for row in rows)
        found.append([(mark, len(list(run))) for mark, run in answers])
    return Block(title, len(rows), found)


def of_counts(title: str, height: int, lines: Sequence[Line]) -> Block:
    """Return a block in which each column is piled up by itself, highest level first: no strip is a partnership."""
    return Block(title, height, [_piled(line) for line in lines])


def picture(blocks: Sequence[Block], columns: Sequence[Column], title: str) -> SafeString:
    """Draw blocks under each other."""
    places = _places(columns)
    cell = min(WIDEST, WIDTH // (places[-1] + 1)) if places else WIDEST
    tops = _tops(blocks)
    height = HEAD + sum(TITLE + block.height * ROW for block in blocks)
    parts = [
        format_html_join("", "{}", ((_pattern(mark, fill, cell),) for mark, fill in _paints(columns).items())),
        _sections(columns, places, cell),
        *(_name(block, top) for block, top in zip(blocks, tops, strict=True)),
        format_html('<g transform="scale({} {})" shape-rendering="crispEdges">', f"{cell:g}", ROW),
        *_paths(blocks, tops, places),
        SafeString("</g>"),
        _frames(blocks, tops, places, cell),
    ]
    width = f"{(places[-1] + 1) * cell:g}" if places else "0"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
        "<title>{2}</title>{3}</svg>",
        *(width, height, title, SafeString("".join(parts))),
    )


def _marks(line: Line) -> dict[str, str]:
    labels = {str(at): label.mark for at, label in enumerate(tables.labels(line))}
    return {**labels, DOES_NOT_APPLY: NO_LEVEL}


def _piled(line: Line) -> list[Run]:
    marks = [label.mark for label in tables.labels(line)]
    runs = [*reversed(list(zip(marks, line.counts, strict=True))), (NO_LEVEL, line.does_not_apply)]
    return [(mark, count) for mark, count in runs if count]


def _places(columns: Sequence[Column]) -> list[int]:
    """Return where each column stands; what the law asks for comes after a gap."""
    practice = sum(not column.asked.is_statutory for column in columns)
    return [at + (1 if practice and column.asked.is_statutory else 0) for at, column in enumerate(columns)]


def _tops(blocks: Iterable[Block]) -> list[int]:
    tops, top = [], HEAD
    for block in blocks:
        tops.append(top + TITLE)
        top += TITLE + block.height * ROW
    return tops


def _paints(columns: Iterable[Column]) -> dict[str, str]:
    labels = dict.fromkeys(chain.from_iterable(tables.labels(column.line) for column in columns))
    return {label.mark: label.paint.fill for label in labels} | {NO_LEVEL: does_not_apply().paint.fill}


def _pattern(mark: str, fill: str, cell: float) -> SafeString:
    """Return a level's colour with its mark on it, drawn in pixels although the paths are measured in cells."""
    head = '<pattern id="heat-{}" patternUnits="userSpaceOnUse" width="{}" height="{}" patternTransform="scale({} {})">'
    start = format_html(head, mark, TILE, ROW, f"{1 / cell:.5f}", f"{1 / ROW:.5f}")
    ground = format_html('<rect width="{}" height="{}" fill="{}"/>', TILE, ROW, fill)
    return start + ground + _drawn(mark) + SafeString("</pattern>")


def _drawn(mark: str) -> SafeString:
    if mark == NO_LEVEL:
        return format_html('<rect y="1" width="{}" height="1" fill="{}"/>', TILE, NOT_APPLICABLE.ink)
    step = int(mark[1:])
    if not step:
        ink = INK if mark[0] == "l" else "#fff"
        return format_html('<path d="M3 {}L7 0" stroke="{}" stroke-width=".7"/>', ROW, ink)
    pip = '<rect x="{}" y="1" width="1.2" height="1.2" fill="{}"/>'
    return format_html_join("", pip, ((f"{x - 0.6:g}", PIP_COLOURS[mark]) for x in PIPS[step]))


def _paths(blocks: Sequence[Block], tops: Sequence[int], places: Sequence[int]) -> list[SafeString]:
    """Return one path a level."""
    found: dict[str, list[str]] = defaultdict(list)
    for block, top in zip(blocks, tops, strict=True):
        for place, runs in zip(places, block.columns, strict=True):
            y = top / ROW
            for mark, length in runs:
                # Nothing but numbers.
                found[mark].append(f"M{place} {y:g}h1v{length}h-1z")
                y += length
    return [
        format_html('<path fill="url(#heat-{})" d="{}"/>', mark, SafeString("".join(shapes)))
        for mark, shapes in sorted(found.items())
        if mark
    ]


def _name(block: Block, top: int) -> SafeString:
    text = '<text x="0" y="{}" font-size="15" font-weight="bold" font-family="arial, sans-serif" fill="{}">{}</text>'
    return format_html(text, top - 7, INK, block.title)


def _sections(columns: Sequence[Column], places: Sequence[int], cell: float) -> SafeString:
    """Return the code of each section over its first column."""
    firsts: dict[str, int] = {}
    for column, place in zip(columns, places, strict=True):
        firsts.setdefault(column.asked.section, place)
    text = '<text x="{}" y="14" font-size="13.5" font-family="arial, sans-serif" fill="{}">{}</text>'
    return format_html_join("", text, ((f"{place * cell + 2:g}", INK, code) for code, place in firsts.items()))


def _frames(blocks: Sequence[Block], tops: Sequence[int], places: Sequence[int], cell: float) -> SafeString:
    """Return a white line between columns, so that criteria stay apart."""
    lines = "".join(
        f"M{place * cell:g} {top}v{block.height * ROW}"
        for block, top in zip(blocks, tops, strict=True)
        for place in places[1:]
    )
    return format_html('<path d="{}" stroke="#fff"/>', SafeString(lines))
