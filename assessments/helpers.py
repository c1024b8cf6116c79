"""Whom to ask about a criterion: of those who do it well and agreed to be named, the ones most like the asker.

Likeness is a ring: the same family group, else the same kind of area, else the same region, else the same nation. Who
shares none of these works under another law with other bodies, and is left out. Within a ring those come first whose
case study a reviewer agreed to, then those with any, then the newest review; what is left is drawn, for each asker
otherwise, so that the first in the alphabet is not asked by everybody.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _

from hallmarks.marks import in_a_sentence

MOST = 5


class Ring(IntEnum):
    """What a helper shares with the asker, the nearest first."""

    FAMILY = 0
    AREA = 1
    REGION = 2
    NATION = 3


@dataclass(frozen=True)
class Place:
    """What likeness is made of; no family group is nobody's."""

    slug: str
    family: int | None
    area: str
    region: int
    nation: str


@dataclass(frozen=True)
class Study:
    """A case study as it was last published; `is_agreed` says that a reviewer agreed that it is good practice."""

    slug: str
    title: str
    is_agreed: bool


@dataclass(frozen=True)
class Candidate:
    """A partnership that agreed to be named and does it well: who is asked there, and what was agreed when.

    `round` is what the review's round is called, and `opened` its first day; what ends in `name` is words.
    """

    place: Place
    name: str
    role: str
    level: str
    round: str
    opened: datetime.date
    area_name: str
    region_name: str
    nation_name: str
    study: Study | None = None


@dataclass(frozen=True)
class Helper:
    """A candidate who is shown, and what it shares with the asker."""

    candidate: Candidate
    ring: Ring

    @property
    def why(self) -> str:
        """Why it is shown, as a sentence."""
        words = {
            "likeness": self._likeness,
            "level": in_a_sentence(self.candidate.level),
            "round": self.candidate.round,
        }
        return _("%(likeness)s; the Government Office agreed “%(level)s” in its review of the %(round)s.") % words

    @property
    def _likeness(self) -> str:
        match self.ring:
            case Ring.FAMILY:
                return _("Same family group as you")
            case Ring.AREA:
                return _("Same kind of area as you (%(kind)s)") % {"kind": in_a_sentence(self.candidate.area_name)}
            case Ring.REGION:
                return _("Same region as you (%(region)s)") % {"region": self.candidate.region_name}
            case Ring.NATION:
                return _("Same nation as you (%(nation)s)") % {"nation": self.candidate.nation_name}


def nearest(asker: Place, candidates: Iterable[Candidate], most: int | None = MOST) -> tuple[Helper, ...]:
    """Return those to show (no `most`: all who may be asked), the most alike first; never the asker, nobody twice."""
    found: dict[str, Helper] = {}
    for candidate in candidates:
        ring = ring_of(asker, candidate.place)
        if ring is not None and candidate.place.slug != asker.slug:
            found.setdefault(candidate.place.slug, Helper(candidate, ring))
    return tuple(sorted(found.values(), key=lambda helper: _rank(asker, helper))[:most])


def ring_of(asker: Place, other: Place) -> Ring | None:
    """Return the nearest thing that two places share, or None."""
    shared = {
        Ring.FAMILY: asker.family is not None and asker.family == other.family,
        Ring.AREA: asker.area == other.area,
        Ring.REGION: asker.region == other.region,
        Ring.NATION: asker.nation == other.nation,
    }
    return next((ring for ring, is_shared in shared.items() if is_shared), None)


def _rank(asker: Place, helper: Helper) -> tuple[int, int, int, str]:
    candidate = helper.candidate
    without = 2 if candidate.study is None else 0 if candidate.study.is_agreed else 1
    drawn = hashlib.sha256(f"{asker.slug} {candidate.place.slug}".encode()).hexdigest()
    return helper.ring, without, -candidate.opened.toordinal(), drawn
