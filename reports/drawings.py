"""Drawings of numbers that are no levels: an interval, and what other drawings with axes are made of.

As wide as their place on the page: across in per cent, upwards in pixels, so text keeps its size on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hallmarks.charts import BRAND

GREY = "#717878"


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
        line("2%", "98%", 9, 9, "#cecece", 1),
        line("50%", "50%", 2, 16, GREY, 1),
        line(x[0], x[2], 9, 9, BRAND, 3),
        format_html('<circle cx="{}" cy="9" r="5" fill="{}"/>', x[1], BRAND),
    ]
    return drawing(title, 18, shapes)


def line(x1: str, x2: str, y1: object, y2: object, colour: str, width: float) -> SafeString:
    """Draw a straight line."""
    words = '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="{}"/>'
    return format_html(words, x1, x2, y1, y2, colour, width)


def drawing(title: str, height: float, shapes: Sequence[SafeString], name: str = "app-chart") -> SafeString:
    """Return shapes as a picture with its title."""
    start = '<svg class="{}" xmlns="http://www.w3.org/2000/svg" role="img" width="100%" height="{}">'
    inside = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html(start + "<title>{}</title>{}</svg>", name, height, title, inside)
