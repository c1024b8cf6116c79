"""How much fits on a page: heights in millimetres, estimated from the letters' widths, and shared out between lists."""

import unicodedata
from collections.abc import Sequence

# A page's own room.
PAGE = 253.0
MILLIMETRES_A_POINT = 25.4 / 72
# Widths of Arial's letters in ems, the widest of each group; what is not Latin is taken to be as wide as it is high.
_GROUPS = {
    "'|ijl": 0.23,
    " !,./:;I[\\]ft": 0.28,
    '"()-`r{}': 0.36,
    "Jcksvxyz": 0.51,
    "#$*+0123456789<=>?_L~abdeghnopqu": 0.59,
    "&ABEFKPSTVXYZ": 0.67,
    "CDGHNOQRUw": 0.78,
    "Mm": 0.84,
    "%@W": 1.02,
}
_WIDTHS = {letter: width for letters, width in _GROUPS.items() for letter in letters}


def width(text: str, points: float) -> float:
    """Return how wide a text is on one line, in millimetres."""
    return sum(_WIDTHS.get(char) or _other(char) for char in text) * points * MILLIMETRES_A_POINT


def lines(text: str, room: float, points: float) -> int:
    """Return how many lines a text takes in a column of so many millimetres."""
    space = width(" ", points)
    count, used = 1, 0.0
    for word in text.split():
        size = width(word, points)
        if used and used + space + size > room:
            count, used = count + 1, 0.0
        used += size + (space if used else 0)
        if used > room:
            count, used = count + int(used // room), used % room
    return count


def shared(room: float, lists: Sequence[Sequence[float]]) -> list[int]:
    """Return how many of each list's rows (their heights) fit into the room, one from each list in turn."""
    taken = [0] * len(lists)
    going = set(range(len(lists)))
    while going:
        for place in sorted(going):
            if taken[place] == len(lists[place]) or lists[place][taken[place]] > room:
                going.discard(place)
            else:
                room -= lists[place][taken[place]]
                taken[place] += 1
    return taken


def _other(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    return 0.8 if char.isalpha() and ord(char) < 0x590 else 1.1
