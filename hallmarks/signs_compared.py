"""Which signs to look for came, went, moved or were reworded, told by their words: nothing else names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallmarks.document import IndicatorEntry
from hallmarks.ordering import moved_among
from hallmarks.texts import folded

# With fewer words in common, two signs are told as one that has gone and one that has come.
ALIKE = 0.5


@dataclass(frozen=True)
class SignChange:
    """A sign before and after; one of the two may be missing."""

    before: IndicatorEntry | None
    after: IndicatorEntry | None
    is_moved: bool = False

    @property
    def is_reworded(self) -> bool:
        """Whether it says the same thing in other words, as far as words tell."""
        return bool(self.before and self.after and self.before.text != self.after.text)


def compare_signs(before: Sequence[IndicatorEntry], after: Sequence[IndicatorEntry]) -> tuple[SignChange, ...]:
    """Return what changed, in the new order, then what has gone; a number that only shifted is no change."""
    if [sign.text for sign in before] == [sign.text for sign in after]:
        return ()
    pairs = _pairs(before, after)
    moved = moved_among(range(len(before)), [pairs[place] for place in range(len(after)) if place in pairs])
    changes = [
        SignChange(before[pairs[place]] if place in pairs else None, sign, pairs.get(place) in moved)
        for place, sign in enumerate(after)
    ]
    gone = [SignChange(sign, None) for place, sign in enumerate(before) if place not in pairs.values()]
    return (*(c for c in changes if c.before is None or c.is_reworded or c.is_moved), *gone)


def _pairs(before: Sequence[IndicatorEntry], after: Sequence[IndicatorEntry]) -> dict[int, int]:
    """Return by the place of each new sign the place of the old one that it goes on from."""
    left: dict[str, list[int]] = {}
    for place, sign in enumerate(before):
        left.setdefault(sign.text, []).append(place)
    pairs = {place: left[sign.text].pop(0) for place, sign in enumerate(after) if left.get(sign.text)}
    old, new = ([_words(sign.text) for sign in signs] for signs in (before, after))
    likest = sorted(
        (-likeness, here, there)
        for here in range(len(after))
        if here not in pairs
        for there in {place for places in left.values() for place in places}
        if (likeness := _alike(new[here], old[there])) >= ALIKE
    )
    taken: set[int] = set()
    for _likeness, here, there in likest:
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs


def _words(text: str) -> frozenset[str]:
    return frozenset(str(folded(text)).split())


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1, whatever their order."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)
