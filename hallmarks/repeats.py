"""Which texts of a list say the same, or nearly: by the words that they have in common."""

import re
from collections.abc import Iterator, Sequence

from hallmarks.texts import folded

WORD = re.compile(r"\w+")
# Words that any two texts share, whatever they are about.
SMALL = frozenset(
    """a an and are as at be by for from has have how in is it its of on or that the their them they this to what which
    who with""".split()  # noqa: SIM905 - a list of words reads better so
)
# Of seven words that say something, one may differ.
ALIKE = 0.85
# Texts as alike as this lack few of each other's words, so they share at least one of so many, whichever they are.
SHARE_LACKING = 1 - ALIKE / (2 - ALIKE)


def alike_texts(texts: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield the places of an earlier and a later text that are alike, and whether they are the same."""
    words = [WORD.findall(str(folded(text))) for text in texts]
    bags = [frozenset(found) - SMALL for found in words]
    first: dict[tuple[str, ...], int] = {}
    holders: dict[str, list[int]] = {}
    for later, found in enumerate(words):
        earlier = first.setdefault(tuple(found), later)
        if earlier != later:
            if found:
                yield earlier, later, True
            continue
        if (near := _nearest(bags, later, holders)) is not None:
            yield near, later, False
        for word in bags[later]:
            holders.setdefault(word, []).append(later)


def _nearest(bags: Sequence[frozenset[str]], later: int, holders: dict[str, list[int]]) -> int | None:
    """Return the first earlier text with nearly the same words, or None."""
    own = bags[later]
    lacking = int(len(own) * SHARE_LACKING) + 1
    rare = sorted(own, key=lambda word: len(holders.get(word, ())))[:lacking]
    for earlier in sorted({place for word in rare for place in holders.get(word, ())}):
        if 2 * len(own & bags[earlier]) >= ALIKE * (len(own) + len(bags[earlier])):
            return earlier
    return None
