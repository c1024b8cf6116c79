"""Charts as SVG from numbers: the same functions draw for the page (per cent) and for print (user units).

Only presentation attributes are used: the content policy forbids styles, and the PDF maker ignores the page's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hallmarks.marks import INK, Paint

# Room that one digit takes, in per cent of a bar on a small phone and in user units in print.
DIGIT_PER_CENT, DIGIT_UNITS = 2.6, 7.0
# A row of dots has room for four beside each other on a quarter of a narrow column.
DOTS_A_ROW, DOT_ROOM = 4, 12
BRAND = "#174a41"
# Up to so many blocks of a strip have a line of this width between them; more would be nothing but lines.
STRIP_GAPS = ((60, 1.5), (150, 0.75), (float("inf"), 0))
STRIP_HEIGHT = 76
# The element of each of `Marks`, and how far its own corner lies from its middle.
_MARKS = (
    (f'rect width="9" height="9" fill="{BRAND}"', 4.5),
    (f'rect width="5" height="5" fill="{BRAND}"', 2.5),
    (f'circle r="4" fill="#fff" stroke="{BRAND}" stroke-width="2"', 0),
    (f'circle r="2" fill="#fff" stroke="{BRAND}" stroke-width="1.5"', 0),
)


@dataclass(frozen=True)
class Segment:
    """One part of a bar."""

    count: int
    paint: Paint


@dataclass(frozen=True)
class Print:
    """A drawing of fixed size, in user units (CSS pixels)."""

    width: float

    def at(self, share: float) -> str:
        """Return the place of a share of the whole."""
        return f"{share * self.width:.2f}"

    def fits(self, share: float, digits: int) -> bool:
        """Say whether a number of so many digits fits in a segment."""
        return share * self.width >= digits * DIGIT_UNITS


@dataclass(frozen=True)
class Web:
    """A drawing as wide as its place on the page: bars stretch, text does not."""

    width = "100%"

    def at(self, share: float) -> str:
        """Return the place of a share of the whole."""
        return f"{share * 100:.3f}%"

    def fits(self, share: float, digits: int) -> bool:
        """Say whether a number of so many digits fits in a segment, on a phone as well."""
        return share * 100 >= digits * DIGIT_PER_CENT


Medium = Print | Web


class Marks(NamedTuple):
    """How many marks stand over a level; those of voices split between two levels are half as large."""

    squares: int = 0
    half_squares: int = 0
    circles: int = 0
    half_circles: int = 0

    @property
    def rows(self) -> int:
        """How many rows they fill."""
        return -(-sum(self) // DOTS_A_ROW)


@dataclass(frozen=True)
class Shape:
    """How tall a bar is and what it carries; `rated` is how many of the whole the middle half is taken of."""

    bar: int = 17
    text: int = 11
    pointer: int | None = None
    has_pointer_row: bool = False
    rated: int = 0

    @property
    def top(self) -> int:
        """Where the bar begins, below the row that an arrow needs."""
        return 9 if self.has_pointer_row else 1

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.top + self.bar + (7 if self.rated else 1)


ROW = Shape(bar=20, text=14)


def stacked_bar(
    segments: Sequence[Segment], title: str, medium: Medium, shape: Shape | None = None, whole: int | None = None
) -> SafeString:
    """Draw counts as one bar; `whole` is the count that fills the width, by default all of them."""
    form, total = shape or Shape(), max(whole or sum(segment.count for segment in segments), 1)
    ends = list(accumulate((segment.count for segment in segments), initial=0))
    boxes = [
        _box(segment, start / total, medium, form, index == form.pointer, total)
        for index, (segment, start) in enumerate(zip(segments, ends, strict=False))
        if segment.count
    ]
    extras = [*_middle(form, total, medium), *_arrow(segments, ends, form, total, medium)]
    return _drawing(title, medium.width, form.height, [*boxes, *extras])


def blocks(groups: Iterable[Sequence[Paint]], title: str, width: float) -> SafeString:
    """Draw one upright block a rating, in groups, for the cover."""
    rows = [group for group in groups if group]
    count = max(sum(len(group) for group in rows), 1)
    gap = min(7.0, width / count / 2)
    step_width = (width - gap * max(len(rows) - 1, 0)) / count
    shapes: list[SafeString] = []
    x = 0.0
    for group in rows:
        for colours in group:
            shapes.append(_rect(f"{x + 0.5:.2f}", "4", f"{max(step_width - 1, 0.5):.2f}", "50", colours))
            x += step_width
        x += gap
    return _drawing(title, width, 58, shapes)


def strip(groups: Sequence[Segment], title: str, framed: int | None = None) -> SafeString:
    """Draw one block for each of many on a page, in order of group, with each group's count under it.

    One block of the group at the place `framed` is framed and has an arrow: within a group all are alike.
    """
    total = max(sum(group.count for group in groups), 1)
    ends = list(accumulate((group.count for group in groups), initial=0))
    gap = next(width for most, width in STRIP_GAPS if total <= most)
    shapes: list[str] = []
    for group, start in zip(groups, ends, strict=False):
        if not group.count:
            continue
        # Nothing but numbers and our own colours, as for dots.
        block = f'y="14" width="{100 / total:.3f}%" height="40" fill="{group.paint.fill}" stroke="#fff"'
        shapes += [f'<rect x="{(start + at) / total:.3%}" {block} stroke-width="{gap}"/>' for at in range(group.count)]
        shapes.append(_under(start / total, group.count, total))
    if framed is not None:
        shapes.append(_frame(ends[framed] + (groups[framed].count - 1) // 2, total))
    return _drawing(title, "100%", STRIP_HEIGHT, [SafeString("".join(shapes))])


def _under(start: float, count: int, total: int) -> str:
    """Outline a group, so that the palest level is seen on white, and write its count."""
    share = count / total
    outline = f'<rect x="{start:.3%}" y="14" width="{share:.3%}" height="40" fill="none" stroke="{INK}"'
    if not Web().fits(share, len(str(count))):
        return f'{outline} stroke-width="0.75"/>'
    text = f'x="{start + share / 2:.3%}" y="70" text-anchor="middle" font-size="14" font-family="arial, sans-serif"'
    return f'{outline} stroke-width="0.75"/><text {text} fill="{INK}">{count}</text>'


def _frame(at: int, total: int) -> str:
    x, width = f"{at / total:.3%}", f"{1 / total:.3%}"
    arrow = f'<svg x="{(at + 0.5) / total:.3%}" y="0" overflow="visible"><path d="M-6 2h12l-6 8z" fill="{INK}"/></svg>'
    thick = 3 if total <= STRIP_GAPS[1][0] else 1.5
    frame = f'<rect x="{x}" y="12.5" width="{width}" height="43" fill="none" stroke="{INK}" stroke-width="{thick}"/>'
    return frame + arrow


def dots(columns: Sequence[tuple[Paint, Marks]], title: str) -> SafeString:
    """Draw marks over their levels in rows of four, squares first, on a page; the words are in the title."""
    floor = max((marks.rows for _paint, marks in columns), default=0) * DOT_ROOM + 5
    share = 100 / max(len(columns), 1)
    # Nothing but numbers and our own colours: escaping each of a thousand dots would take longer than all the rest.
    shapes = [_column(paint.fill, marks, place * share, share, floor) for place, (paint, marks) in enumerate(columns)]
    return _drawing(title, "100%", floor + 6, shapes)


@lru_cache(maxsize=2048)
def _column(fill: str, marks: Marks, start: float, share: float, floor: int) -> SafeString:
    """Draw one level and the marks over it; the same few stand in every row of an agenda."""
    box = f'<rect x="{start:g}%" y="{floor}" width="{share:g}%" height="5" fill="{fill}" stroke="{INK}"'
    return SafeString(f'{box} stroke-width="0.75"/>{"".join(_dots(marks, start + share / 2, floor))}')


def _dots(marks: Marks, centre: float, floor: int) -> Iterator[str]:
    """Lay marks from left to right and upwards, each row in the middle of its level."""
    stack = [mark for mark, number in zip(_MARKS, marks, strict=True) for _one in range(number)]
    for place, (mark, half) in enumerate(stack):
        row, column = divmod(place, DOTS_A_ROW)
        width = min(len(stack) - row * DOTS_A_ROW, DOTS_A_ROW)
        x, y = (column - (width - 1) / 2) * DOT_ROOM - half, floor - (row + 0.5) * DOT_ROOM - 1 - half
        yield f'<{mark} transform="translate({x:g} {y:g})" {"x" if half else "cx"}="{centre:g}%"/>'


def _box(segment: Segment, start: float, medium: Medium, form: Shape, bold: bool, total: int) -> SafeString:
    share = segment.count / total
    rect = _rect(medium.at(start), str(form.top), medium.at(share), str(form.bar), segment.paint)
    if not medium.fits(share, len(str(segment.count))):
        return rect
    text = (
        '{}<text x="{}" y="{}" text-anchor="middle" font-size="{}" font-family="arial, sans-serif" fill="{}"'
        ' font-weight="{}">{}</text>'
    )
    x, y = medium.at(start + share / 2), f"{form.top + form.bar / 2 + form.text * 0.36:.1f}"
    weight = "bold" if bold else "normal"
    return format_html(text, rect, x, y, form.text, segment.paint.ink, weight, segment.count)


def _rect(x: str, y: str, width: str, height: str, colours: Paint) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.75"/>',
        *(x, y, width, height, colours.fill, INK),
    )


def _middle(form: Shape, total: int, medium: Medium) -> list[SafeString]:
    """The middle half lies at fixed places of those who gave a level, so the level above the tick is the median."""
    if not form.rated:
        return []
    share, y = form.rated / total, form.top + form.bar + 3.5
    line = '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="{}"/>'
    return [
        format_html(line, medium.at(share / 4), medium.at(share * 3 / 4), y, y, INK, 1.5),
        format_html(line, medium.at(share / 2), medium.at(share / 2), y - 3.5, y + 3.5, INK, 3),
    ]


def _arrow(
    segments: Sequence[Segment], ends: Sequence[int], form: Shape, total: int, medium: Medium
) -> list[SafeString]:
    if form.pointer is None:
        return []
    centre = (ends[form.pointer] + segments[form.pointer].count / 2) / total
    arrow = '<svg x="{}" y="0" overflow="visible"><path d="M-6 0h12l-6 8z" fill="{}"/></svg>'
    return [format_html(arrow, medium.at(centre), INK)]


def _drawing(title: str, width: float | str, height: float, shapes: Iterable[SafeString]) -> SafeString:
    # A drawing of fixed size may be shown smaller as a whole; one that stretches must not scale its text.
    view = "" if isinstance(width, str) else format_html(' viewBox="0 0 {} {}"', width, height)
    return format_html(
        '<svg class="app-chart" xmlns="http://www.w3.org/2000/svg" role="img" width="{}" height="{}"{}>'
        "<title>{}</title>{}</svg>",
        *(width, height, view, title, format_html_join("", "{}", ((shape,) for shape in shapes))),
    )
