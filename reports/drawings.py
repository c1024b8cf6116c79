"""Drawings of numbers that are no levels: an interval, a scatter, and figures over time.

As wide as their place on the page: across in per cent, upwards in pixels, so text keeps its size on a phone.
"""

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hallmarks.charts import BRAND
from hallmarks.marks import INK

GREY = "#717878"
HEIGHT, TOP, FLOOR = 380, 24, 330
LEFT, RIGHT = 6.0, 94.0
NAMED_AT_MOST = 8
_TEXT = 'font-family="arial, sans-serif" fill="{}"'


@dataclass(frozen=True)
class Dot:
    """One partnership: where it lies and what it is called; a blank name is not written."""

    x: float
    y: float
    name: str = ""


@dataclass(frozen=True)
class Middle:
    """The middle half and median of several on the upright axis, over a stretch of the other."""

    start: float
    end: float
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Axis:
    """The ends of an axis and the marks on it."""

    low: float
    high: float
    step: float

    @property
    def marks(self) -> list[float]:
        """Where the lines are."""
        count = round((self.high - self.low) / self.step)
        return [self.low + at * self.step for at in range(count + 1)]

    def share(self, value: float) -> float:
        """Return where a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def places(number: float) -> str:
    """Return a number to two places with a true minus, and never minus nothing."""
    return f"{number if round(number, 2) else 0:.2f}".replace("-", "\u2212")


def axis_of(values: Sequence[float], steps: Sequence[float] = (1, 2, 5, 10, 20, 50, 100)) -> Axis:
    """Return an axis with a few round marks that holds all values."""
    low, high = min(values), max(values)
    size = 10 ** max(math.floor(math.log10(max(high - low, 1) / 100)), 0)
    step = next((each * size for each in steps if (high - low) / (each * size) <= 6), steps[-1] * size)
    start = math.floor(low / step) * step
    return Axis(start, max(math.ceil(high / step) * step, start + step), step)


def interval(low: float, value: float, high: float, title: str) -> SafeString:
    """Draw a value and its interval between -1 and 1, with a line at 0."""
    x = [f"{50 + 48 * number:.2f}%" for number in (low, value, high)]
    shapes = [
        _line("2%", "98%", 9, 9, "#cecece", 1),
        _line("50%", "50%", 2, 16, GREY, 1),
        _line(x[0], x[2], 9, 9, BRAND, 3),
        format_html('<circle cx="{}" cy="9" r="5" fill="{}"/>', x[1], BRAND),
    ]
    return _drawing(title, 18, shapes)


def scatter(dots: Sequence[Dot], middles: Sequence[Middle], across: Axis, title: str) -> SafeString:
    """Draw partnerships by change in per cent and share in per cent; names stand beside up to eight of them."""
    upwards = Axis(0, 100, 25)
    shapes = [*_grid(across, upwards, "%"), *(_middle(each, across, upwards) for each in middles)]
    is_named = sum(bool(dot.name) for dot in dots) <= NAMED_AT_MOST
    for dot in dots:
        x, y = _x(across, dot.x), _y(upwards, dot.y)
        circle = '<circle cx="{}" cy="{}" r="5.5" fill="{}" stroke="#fff" stroke-width="1"><title>{}</title></circle>'
        shapes.append(format_html(circle, x, y, BRAND, dot.name))
        if dot.name and is_named:
            shapes.append(_label(across.share(dot.x), x, float(y), dot.name))
    return _drawing(title, HEIGHT, shapes)


def timeline(points: Sequence[tuple[datetime.date, int]], marks: Sequence[datetime.date], title: str) -> SafeString:
    """Draw figures over time, joined by a line, with numbered marks below for what happened between."""
    days = [*(day for day, _value in points), *marks]
    years = Axis(min(days).year, max(days).year + 1, 1)
    step = -(-int(years.high - years.low) // 6)
    across = Axis(years.low, years.low + step * -(-int(years.high - years.low) // step), step)
    upwards = axis_of([0, *(value for _day, value in points)])
    where = [(_x(across, _year(day)), _y(upwards, value)) for day, value in points]
    shapes = [*_grid(across, upwards, "")]
    shapes += [_line(a[0], b[0], a[1], b[1], BRAND, 2) for a, b in pairwise(where)]
    shapes += [format_html('<circle cx="{}" cy="{}" r="5" fill="{}"/>', x, y, BRAND) for x, y in where]
    for number, day in enumerate(marks, 1):
        shapes += _mark(_x(across, _year(day)), number)
    return _drawing(title, HEIGHT, shapes)


def _mark(x: str, number: int) -> Iterator[SafeString]:
    line = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}" stroke-width="1.5" stroke-dasharray="5 4"/>'
    yield format_html(line, x, TOP, FLOOR, INK)
    words = '<text x="{}" y="{}" text-anchor="middle" font-size="14" font-weight="bold" ' + _TEXT + ">{}</text>"
    yield format_html(words, x, TOP - 8, INK, number)


def _middle(each: Middle, across: Axis, upwards: Axis) -> SafeString:
    low, high, median = (float(_y(upwards, value)) for value in (each.low, each.high, each.median))
    start, end = across.share(each.start), across.share(each.end)
    x, width = f"{LEFT + (RIGHT - LEFT) * start:.2f}%", f"{max((RIGHT - LEFT) * (end - start), 1):.2f}%"
    box = '<rect x="{}" y="{}" width="{}" height="{}" fill="#dfe8e3" stroke="{}" stroke-width="0.75"/>'
    tick = '<rect x="{}" y="{}" width="{}" height="4" fill="{}"/>'
    return format_html(box, x, f"{high:.1f}", width, f"{max(low - high, 2):.1f}", GREY) + format_html(
        tick, x, f"{median - 2:.1f}", width, INK
    )


def _label(share: float, x: str, y: float, name: str) -> SafeString:
    """Write a name beside its dot, on the side that has room."""
    end, away = ("end", -10) if share > 0.5 else ("start", 10)
    words = '<text x="{}" y="{}" dx="{}" text-anchor="{}" font-size="14" ' + _TEXT + ">{}</text>"
    return format_html(words, x, f"{y + 5:.1f}", away, end, INK, name)


def _grid(across: Axis, upwards: Axis, unit: str) -> Iterator[SafeString]:
    small = '<text x="{}" y="{}" text-anchor="{}" font-size="13" ' + _TEXT + ">{}{}</text>"
    for value in upwards.marks:
        y = _y(upwards, value)
        yield _line("0%", "100%", y, y, "#cecece", 1)
        yield format_html(small, "0", f"{float(y) - 4:.1f}", "start", "#484949", _number(value), unit)
    for value in across.marks:
        x = _x(across, value)
        yield _line(x, x, FLOOR, FLOOR + 6, INK, 1)
        if value == 0 and across.low < 0:
            yield _line(x, x, TOP, FLOOR, GREY, 1)
        text = _number(value) if unit else f"{value:.0f}"
        yield format_html(small, x, FLOOR + 22, "middle", "#484949", text, unit)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace("-", "\u2212")


def _x(axis: Axis, value: float) -> str:
    return f"{LEFT + (RIGHT - LEFT) * axis.share(value):.2f}%"


def _y(axis: Axis, value: float) -> str:
    return f"{FLOOR - (FLOOR - TOP) * axis.share(value):.1f}"


def _year(day: datetime.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _line(x1: str, x2: str, y1: object, y2: object, colour: str, width: float) -> SafeString:
    line = '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="{}"/>'
    return format_html(line, x1, x2, y1, y2, colour, width)


def _drawing(title: str, height: float, shapes: Sequence[SafeString]) -> SafeString:
    start = '<svg class="app-chart" xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{}">'
    inside = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html(start + "<title>{}</title>{}</svg>", height, title, inside)
