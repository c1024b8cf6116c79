"""What the partnership said of itself beside what the Government Office said, criterion by criterion; no averages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks.marks import Label
from reviews.reading import Part, Reading


@dataclass(frozen=True)
class Said:
    """What a reviewer said of one criterion; no place on the scale means that it does not apply."""

    place: int | None
    label: Label
    reason: str


@dataclass(frozen=True)
class Pair:
    """One criterion: the partnership's answer, and what the reviewer said if anything."""

    reading: Reading
    place: int | None
    said: Said | None

    @property
    def is_same(self) -> bool:
        """Whether the reviewer sees what the partnership sees."""
        return self.said is not None and self.said.place == self.place

    @property
    def differs(self) -> bool:
        """Whether the reviewer sees something else."""
        return self.said is not None and self.said.place != self.place

    @property
    def step(self) -> int:
        """Whether the reviewer sees a higher (1) or a lower level (-1); 0 where one says that it does not apply."""
        if self.said is None or self.said.place is None or self.place is None:
            return 0
        return (self.said.place > self.place) - (self.said.place < self.place)


@dataclass(frozen=True)
class PairedPart:
    """The criteria of one section that are of one kind, side by side."""

    part: Part
    pairs: tuple[Pair, ...]

    @property
    def alike(self) -> tuple[Pair, ...]:
        """Those where the reviewer sees what the partnership sees, or said nothing."""
        return tuple(pair for pair in self.pairs if not pair.differs)


@dataclass(frozen=True)
class SideBySide:
    """A whole review beside the answers, what the law asks apart."""

    parts: tuple[PairedPart, ...]

    @cached_property
    def differing(self) -> tuple[tuple[PairedPart, Pair], ...]:
        """Where the two differ, in published order, each with its part."""
        return tuple((part, pair) for part in self.parts for pair in part.pairs if pair.differs)

    @property
    def has_levels(self) -> bool:
        """Whether the reviewer gave any level."""
        return any(pair.said for part in self.parts for pair in part.pairs)

    @property
    def sentences(self) -> tuple[str, ...]:
        """How far the two agree, in words: one sentence for good practice and one for what the law asks."""
        return tuple(
            _in_words(pairs, is_statutory=is_statutory)
            for is_statutory in (False, True)
            if (pairs := [pair for part in self.parts if part.part.is_statutory == is_statutory for pair in part.pairs])
        )


def side_by_side(parts: Sequence[Part], places: Mapping[str, int | None], said: Mapping[str, Said]) -> SideBySide:
    """Return the answers with what was said of each; both mappings go by the criteria's codes."""
    return SideBySide(
        tuple(
            PairedPart(
                part,
                tuple(Pair(one, places.get(one.entry.code), said.get(one.entry.code)) for one in part.readings),
            )
            for part in parts
        )
    )


def _in_words(pairs: Sequence[Pair], *, is_statutory: bool) -> str:
    reviewed = [pair for pair in pairs if pair.said]
    counts = [
        (sum(pair.is_same for pair in pairs), _("%(n)d at your level")),
        (sum(pair.step > 0 for pair in pairs), _("%(n)d higher")),
        (sum(pair.step < 0 for pair in pairs), _("%(n)d lower")),
        (sum(pair.differs and not pair.step for pair in pairs), _("%(n)d otherwise as to whether it applies")),
    ]
    facts = {"n": len(reviewed), "m": len(pairs), "parts": ", ".join(words % {"n": n} for n, words in counts if n)}
    if not reviewed:
        unsaid = _("The Government Office gave no level of its own to the statutory requirements.")
        return unsaid if is_statutory else _("The Government Office gave no level of its own to the criteria.")
    if is_statutory:
        words = ngettext(
            "Of %(m)d statutory requirement it reviewed %(n)d and sees %(parts)s.",
            "Of %(m)d statutory requirements it reviewed %(n)d and sees %(parts)s.",
            len(pairs),
        )
    else:
        words = ngettext(
            "Of %(m)d criterion it reviewed %(n)d and sees %(parts)s.",
            "Of %(m)d criteria it reviewed %(n)d and sees %(parts)s.",
            len(pairs),
        )
    return words % facts
