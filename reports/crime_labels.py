"""Where names can stand beside dots, so that no two run into each other however wide the drawing is on the page.

Dots lie across in shares of the width, and text keeps its size: what is apart on the narrowest and on the widest page
is apart between. Who has been picked comes first, then who lies far from the rest, then the others while there is room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import copysign
from statistics import median, quantiles

SIZE = 14
LETTER_HEIGHT, BELOW_LINE = 11, 4
DOT, RING = 7, 5
# More names than this are not tried: to look for room takes time, and the table has them all.
MOST = 40
LONGEST = 26
# Tukey's fences: this many times the middle half beyond its ends.
REACH = 1.5
NEAR = (("start", 10, 5), ("end", -10, 5), ("middle", 0, -11), ("middle", 0, 21))
CORNERS = (("start", 7, -7), ("end", -7, -7), ("start", 7, 17), ("end", -7, 17))
# Only for names that must be there; a thin line leads to them.
FAR = (
    ("start", 24, -18),
    ("end", -24, -18),
    ("start", 24, 28),
    ("end", -24, 28),
    ("middle", 0, -36),
    ("middle", 0, 46),
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """One thing with a name: where it lies on both axes."""

    x: float
    y: float
    name: str = ""
    is_picked: bool = False


@dataclass(frozen=True)
class Spot:
    """The same on the page: across from 0 to 1 of the width, down in pixels."""

    dot: Dot
    share: float
    y: float


@dataclass(frozen=True)
class Label:
    """A name beside a spot, moved by so many pixels; `is_far`: a line must lead there."""

    spot: Spot
    text: str
    anchor: str
    dx: float
    dy: float
    is_far: bool = False


@dataclass(frozen=True)
class Room:
    """What there is to write on: narrowest and widest, top and bottom, and boxes (across in shares) to keep free."""

    widths: tuple[float, float]
    top: float
    bottom: float
    taken: Sequence[Box] = ()


def labels(spots: Sequence[Spot], room: Room) -> list[Label]:
    """Return the names that have room, most important first; the one that is picked always has."""
    # One list of what is taken for the narrowest page and one for the widest.
    taken = [
        [_scaled(box, width) for box in room.taken] + [_dot(spot, width) for spot in spots] for width in room.widths
    ]
    far = outliers([spot.dot for spot in spots])
    found = []
    for spot in in_order(spots, far)[:MOST]:
        label = _free(spot, room, taken, must=spot.dot.is_picked or spot.dot in far)
        if label is not None:
            found.append(label)
            for boxes, width in zip(taken, room.widths, strict=True):
                boxes.append(_box(label, width))
    return found


def in_order(spots: Sequence[Spot], far: Sequence[Dot]) -> list[Spot]:
    """Return spots by how much their names matter: picked, outliers, then the further from the middle the sooner."""
    dots = [spot.dot for spot in spots if spot.dot.name]
    away = _away(dots)
    return sorted(
        (spot for spot in spots if spot.dot.name),
        key=lambda spot: (not spot.dot.is_picked, spot.dot not in far, -away[spot.dot], spot.dot.name),
    )


def outliers(dots: Sequence[Dot]) -> list[Dot]:
    """Return the dots that lie beyond Tukey's fences on either axis; none of fewer than four."""
    if len(dots) < 4:
        return []
    fences = [_fences([dot.x for dot in dots]), _fences([dot.y for dot in dots])]
    return [
        dot
        for dot in dots
        if not all(low <= value <= high for value, (low, high) in zip((dot.x, dot.y), fences, strict=True))
    ]


def text_width(text: str, *, is_bold: bool = False) -> float:
    """Return about how wide a text is in pixels, rather too wide than too narrow."""
    letters = (0.34 if letter in "iljtfrI.,' -" else 0.9 if letter in "mwMW" else 0.6 for letter in text)
    return 2 + SIZE * (1.1 if is_bold else 1) * sum(letters)


def _fences(values: Sequence[float]) -> tuple[float, float]:
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return low - REACH * (high - low), high + REACH * (high - low)


def _away(dots: Sequence[Dot]) -> dict[Dot, float]:
    """Return how far each dot lies from the middle, by the axis on which it is further."""
    if not dots:
        return {}
    axes = [[dot.x for dot in dots], [dot.y for dot in dots]]
    middles = [median(values) for values in axes]
    spans = [max(values) - min(values) or 1 for values in axes]
    return {dot: max(abs(dot.x - middles[0]) / spans[0], abs(dot.y - middles[1]) / spans[1]) for dot in dots}


def _free(spot: Spot, room: Room, taken: Sequence[Sequence[Box]], *, must: bool) -> Label | None:
    """Return the first place about a spot where its name runs into nothing; of a picked one the first on the page."""
    tried = list(_places(spot, must=must))
    for label in tried:
        boxes = [_box(label, width) for width in room.widths]
        if _inside(boxes, room) and not any(
            _meet(box, other) for box, others in zip(boxes, taken, strict=True) for other in others
        ):
            return label
    if not spot.dot.is_picked:
        return None
    return next((label for label in tried if _inside([_box(label, width) for width in room.widths], room)), tried[0])


def _places(spot: Spot, *, must: bool) -> Iterator[Label]:
    name = spot.dot.name
    text = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    for anchor, dx, dy in (*NEAR, *CORNERS):
        # About the picked dot there is a ring.
        away = RING if spot.dot.is_picked else 0
        across, down = (0, copysign(away, dy)) if anchor == "middle" else (copysign(away, dx), 0)
        yield Label(spot, text, anchor, dx + across, dy + down)
    for anchor, dx, dy in FAR if must else ():
        yield Label(spot, text, anchor, dx, dy, is_far=True)


def _box(label: Label, width: float) -> Box:
    across, wide = label.spot.share * width + label.dx, text_width(label.text, is_bold=label.spot.dot.is_picked)
    left = across - wide * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    line = label.spot.y + label.dy
    return left, line - LETTER_HEIGHT, left + wide, line + BELOW_LINE


def _dot(spot: Spot, width: float) -> Box:
    x = spot.share * width
    return x - DOT, spot.y - DOT, x + DOT, spot.y + DOT


def _scaled(box: Box, width: float) -> Box:
    return box[0] * width, box[1], box[2] * width, box[3]


def _inside(boxes: Sequence[Box], room: Room) -> bool:
    return all(
        left >= 0 and right <= width and top >= room.top and bottom <= room.bottom
        for (left, top, right, bottom), width in zip(boxes, room.widths, strict=True)
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
