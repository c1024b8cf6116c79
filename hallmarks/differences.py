"""Which words of a text are other than they were: for reading an old and a new wording side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Some words in a row that are all changed, or all as they were."""

    words: str
    is_changed: bool


def compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces: in the old one what has gone is marked, in the new one what has come."""
    old, new = WORD.findall(before), WORD.findall(after)
    steps = SequenceMatcher(None, _bare(old), _bare(new), autojunk=False).get_opcodes()
    gone = tuple(_pieces(old, [(tag, start, end) for tag, start, end, _a, _b in steps]))
    come = tuple(_pieces(new, [(tag, start, end) for tag, _a, _b, start, end in steps]))
    return gone, come


def _bare(words: Sequence[str]) -> list[str]:
    """Return the words without the space that follows them, which is no part of the wording."""
    return [word.rstrip() for word in words]


def _pieces(words: Sequence[str], steps: Sequence[tuple[str, int, int]]) -> Iterator[Piece]:
    for tag, start, end in steps:
        if start < end:
            yield Piece("".join(words[start:end]), tag != "equal")
