"""A criterion before and now, with the words marked that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assessments.carry_forward import Path
from hallmarks.differences import Piece, compared
from hallmarks.outline import Question

# Less alike than this, two signs are told as one that has gone and one that has come.
ALIKE = 0.6

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Side:
    """How a criterion reads in one of two rounds: each text in pieces, changed ones marked."""

    title: Pieces
    text: Pieces
    signs: tuple[Pieces, ...]


def sides(path: Path) -> tuple[Side, Side]:
    """Return how a criterion read before, and how it reads now."""
    old, new = path.before.criterion, path.now.criterion
    titles, texts = compared(old.title, new.title), compared(old.text, new.text)
    pairs = _pairs(path)
    before = tuple(_sign(sign.text, pairs.get(sign.pk), is_old=True) for sign in path.before.indicators)
    heirs = _turned(path.before, pairs)
    now = tuple(_sign(sign.text, heirs.get(sign.text), is_old=False) for sign in path.now.indicators)
    return Side(titles[0], texts[0], before), Side(titles[1], texts[1], now)


def _pairs(path: Path) -> dict[int, str]:
    """Return by the key of each old sign the words that it has now; a sign that has gone is left out."""
    texts = {sign.pk: sign.text for sign in path.now.indicators}
    pairs = {old: texts[new] for old, new in path.signs.items()}
    left = [text for text in texts.values() if text not in pairs.values()]
    for sign in path.before.indicators:
        if sign.pk not in pairs and (best := _closest(sign.text, left)):
            pairs[sign.pk] = best
            left.remove(best)
    return pairs


def _closest(text: str, others: Sequence[str]) -> str:
    likeness = {other: SequenceMatcher(None, text, other).ratio() for other in others}
    best = max(likeness, key=lambda other: likeness[other], default="")
    return best if best and likeness[best] >= ALIKE else ""


def _turned(before: Question, pairs: dict[int, str]) -> dict[str, str]:
    """Return the old words of each sign by its words of now."""
    return {pairs[sign.pk]: sign.text for sign in before.indicators if sign.pk in pairs}


def _sign(text: str, other: str | None, *, is_old: bool) -> Pieces:
    if other is None:
        return (Piece(text, is_changed=True),)
    return compared(text, other)[0] if is_old else compared(other, text)[1]
