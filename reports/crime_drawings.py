"""The drawings of the pages about recorded crime: a scatter, and figures over time.

As wide as their place on the page: across in per cent, upwards in pixels, so text keeps its size on a phone. A phone
has room for fewer names, so it gets a drawing of its own. Every drawing says in words what its axes are.
"""

import datetime
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hallmarks.charts import BRAND
from hallmarks.marks import INK
from reports.crime_labels import Box, Dot, Label, Room, Spot, labels
from reports.drawings import GREY, Axis, axis_of, drawing, line

# Where the highest line is below a title of one row, how far the lowest is below that, and how high a row of text is.
TOP, DEPTH, LINE = 52, 304, 19
LEFT, RIGHT = 6.0, 94.0
QUIET = "#484949"
_TEXT = 'font-family="arial, sans-serif" fill="{}"'


@dataclass(frozen=True)
class Size:
    """A drawing for pages of these widths: its class, and how many letters fit into a line of a title."""

    name: str
    widths: tuple[float, float]
    letters: int


# What the page leaves for a drawing: from 836 to 1,140 pixels, and on a phone or a small screen from 290 on.
WIDE, NARROW = Size("app-chart app-chart--wide", (836, 1140), 120), Size("app-chart app-chart--narrow", (290, 836), 36)


@dataclass(frozen=True)
class Middle:
    """The middle half and median of several on the upright axis, over a stretch of the other."""

    start: float
    end: float
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Words:
    """What a drawing says: what it is, what its axes are, and which way is which at its line of nothing."""

    title: str
    across: str
    upwards: str
    below: str = ""
    above: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing and how high it is."""

    svg: SafeString
    height: int


@dataclass
class _Frame:
    """The two axes with what is written on them."""

    across: Axis
    upwards: Axis
    unit: str
    size: Size
    words: Words
    # Where the frame has text: places that names keep free.
    taken: list[Box] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return where a value lies across, from 0 to 1 of the whole width."""
        return (LEFT + (RIGHT - LEFT) * self.across.share(value)) / 100

    def y(self, value: float) -> float:
        """Return where a value lies down the page."""
        return self.floor - DEPTH * self.upwards.share(value)

    def spot(self, dot: Dot) -> Spot:
        """Return a dot on the page."""
        return Spot(dot, self.x(dot.x), self.y(dot.y))

    @property
    def titles(self) -> list[str]:
        """The rows of the title below."""
        return textwrap.wrap(self.words.across, self.size.letters) or [""]

    @property
    def titles_above(self) -> list[str]:
        """The rows of the title above."""
        return textwrap.wrap(self.words.upwards, self.size.letters) or [""]

    @property
    def top(self) -> int:
        """Where the highest line is."""
        return TOP + LINE * (len(self.titles_above) - 1)

    @property
    def floor(self) -> int:
        """Where the lowest line is."""
        return self.top + DEPTH

    @property
    def height(self) -> int:
        """How high all of it is."""
        return self.floor + 26 + LINE * len(self.titles) + 6

    def drawn(self) -> Iterator[SafeString]:
        """Yield axes, lines, numbers and titles."""
        for at, words in enumerate(self.titles_above):
            yield _text("0", 16 + LINE * at, "start", INK, words)
        for value in self.upwards.marks:
            y = self.y(value)
            yield line("0%", "100%", _px(y), _px(y), "#cecece", 1)
            yield _text("0", y - 5, "start", QUIET, _number(value) + self.unit)
            self.taken.append((0, y - 18, 48 / self.size.widths[0], y - 2))
        for value in self.across.marks:
            yield line(_share(self.x(value)), _share(self.x(value)), self.floor, self.floor + 6, INK, 1)
            text = _number(value) + self.unit if self.unit else f"{value:.0f}"
            yield _text(_share(self.x(value)), self.floor + 23, "middle", QUIET, text)
        yield from self._nothing()
        for at, words in enumerate(self.titles):
            yield _text("50%", self.floor + 26 + LINE * (at + 1), "middle", INK, words)

    def _nothing(self) -> Iterator[SafeString]:
        """Yield the upright line where nothing changed, if it is inside, and which way is which."""
        if not self.unit or not self.across.low < 0 < self.across.high:
            return
        x = self.x(0)
        yield line(_share(x), _share(x), self.top, self.floor, GREY, 1)
        for words, away, anchor in ((self.words.below, -6, "end"), (self.words.above, 6, "start")):
            yield _text(_share(x), self.top + 16, anchor, QUIET, words, away)
        narrowest = 60 / self.size.widths[0]
        self.taken.append((x - narrowest, self.top, x + narrowest, self.top + 20))


def scatter(dots: Sequence[Dot], middles: Sequence[Middle], across: Axis, words: Words, size: Size) -> Picture:
    """Draw partnerships by change and share in per cent, with the names that have room."""
    frame = _Frame(across, Axis(0, 100, 25), "%", size, words)
    shapes = [*frame.drawn(), *(_middle(each, frame) for each in middles)]
    frame.taken += [
        (frame.x(each.start), frame.y(each.median) - 3, frame.x(each.end), frame.y(each.median) + 3) for each in middles
    ]
    return _picture(frame, [*shapes, *_ring(frame, dots), *_named_dots(frame, dots)])


def timeline(
    points: Sequence[tuple[datetime.date, int]], marks: Sequence[datetime.date], words: Words, size: Size
) -> Picture:
    """Draw figures over time, joined by a line, with numbered lines for what happened between."""
    days = [*(day for day, _value in points), *marks]
    years = Axis(min(days).year, max(days).year + 1, 1)
    step = -(-int(years.high - years.low) // 6)
    across = Axis(years.low, years.low + step * -(-int(years.high - years.low) // step), step)
    frame = _Frame(across, axis_of([0, *(value for _day, value in points)]), "", size, words)
    shapes = list(frame.drawn())
    last = max(day for day, _value in points)
    dots = [Dot(_year(day), value, _number(value), is_picked=day == last) for day, value in points]
    for one, other in pairwise(map(frame.spot, dots)):
        shapes.append(line(_share(one.share), _share(other.share), _px(one.y), _px(other.y), BRAND, 2))
    for number, day in enumerate(marks, 1):
        x = frame.x(_year(day))
        shapes += _mark(frame, _share(x), number)
        frame.taken.append((x - 1 / size.widths[0], frame.top, x + 1 / size.widths[0], frame.floor))
    return _picture(frame, [*shapes, *_named_dots(frame, dots)])


def _picture(frame: _Frame, shapes: Sequence[SafeString]) -> Picture:
    return Picture(drawing(frame.words.title, frame.height, shapes, frame.size.name), frame.height)


def _named_dots(frame: _Frame, dots: Sequence[Dot]) -> Iterator[SafeString]:
    """Yield the dots, then the names, so that no dot lies over a name."""
    spots = [frame.spot(dot) for dot in dots]
    yield from map(_circle, spots)
    for label in labels(spots, Room(frame.size.widths, frame.top - 4, frame.floor - 2, frame.taken)):
        yield _label(label)


def _ring(frame: _Frame, dots: Sequence[Dot]) -> Iterator[SafeString]:
    """Yield a ring about the dot that is picked."""
    words = '<circle cx="{}" cy="{}" r="9.5" fill="#fff" stroke="{}" stroke-width="2"/>'
    for spot in (frame.spot(dot) for dot in dots if dot.is_picked):
        yield format_html(words, _share(spot.share), _px(spot.y), INK)


def _circle(spot: Spot) -> SafeString:
    words = '<circle cx="{}" cy="{}" r="5.5" fill="{}" stroke="#fff" stroke-width="1"><title>{}</title></circle>'
    return format_html(words, _share(spot.share), _px(spot.y), BRAND, spot.dot.name)


def _label(label: Label) -> SafeString:
    """Write a name with a white edge, which keeps it readable over a box or a line."""
    spot = label.spot
    x, y = _share(spot.share), spot.y + label.dy
    words = (
        '<text x="{}" y="{}" dx="{}" text-anchor="{}" font-size="14" font-weight="{}" '
        'paint-order="stroke" stroke="#fff" stroke-width="3" ' + _TEXT + ">{}</text>"
    )
    weight = "bold" if spot.dot.is_picked else "normal"
    text = format_html(words, x, _px(y), f"{label.dx:g}", label.anchor, weight, INK, label.text)
    return _leader(label) + text if label.is_far else text


def _leader(label: Label) -> SafeString:
    """Draw the thin line from a dot to a name that stands further off."""
    above = label.dy < 0
    away = {"start": label.dx - 2, "end": label.dx + 2, "middle": 0}[label.anchor]
    down = label.dy + (2 if above else -11)
    words = '<svg x="{}" y="{}" width="1" height="1" overflow="visible"><path d="M0 0L{} {}" stroke="{}"/></svg>'
    return format_html(words, _share(label.spot.share), _px(label.spot.y), f"{away:g}", f"{down:g}", GREY)


def _mark(frame: _Frame, x: str, number: int) -> Iterator[SafeString]:
    dashed = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="1.5" stroke-dasharray="5 4"/>'
    yield format_html(dashed, x, frame.top, frame.floor, INK)
    words = '<text x="{}" y="{}" text-anchor="middle" font-size="14" font-weight="bold" ' + _TEXT + ">{}</text>"
    yield format_html(words, x, frame.top - 8, INK, number)


def _middle(each: Middle, frame: _Frame) -> SafeString:
    low, high, median = (frame.y(value) for value in (each.low, each.high, each.median))
    x, width = _share(frame.x(each.start)), _share(max(frame.x(each.end) - frame.x(each.start), 0.01))
    box = '<rect x="{}" y="{}" width="{}" height="{}" fill="#dfe8e3" stroke="{}" stroke-width="0.75"/>'
    bar = '<rect x="{}" y="{}" width="{}" height="4" fill="{}"/>'
    return format_html_join(
        "",
        "{}",
        (
            (format_html(box, x, _px(high), width, _px(max(low - high, 2)), GREY),),
            (format_html(bar, x, _px(median - 2), width, INK),),
        ),
    )


def _text(x: str, y: float, anchor: str, colour: str, words: str, away: int = 0) -> SafeString:
    form = '<text x="{}" y="{}" dx="{}" text-anchor="{}" font-size="14" ' + _TEXT + ">{}</text>"
    return format_html(form, x, _px(y), away, anchor, colour, words)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace("-", "\u2212")


def _share(share: float) -> str:
    return f"{100 * share:.2f}%"


def _px(value: float) -> str:
    return f"{value:.1f}"


def _year(day: datetime.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
