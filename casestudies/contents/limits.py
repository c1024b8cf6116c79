"""How large an office file may be inside: a zip of some kilobytes can unpack to terabytes."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings

from casestudies.contents.faults import Limit, TooMuch

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The limits; the setting OFFICE_FILE_LIMITS, a dictionary of these names, changes any of them."""

    members: int = 2_000
    unpacked_bytes: int = 100 * MEGABYTE
    # A picture is held in memory while it is cleaned; everything else streams.
    picture_bytes: int = 20 * MEGABYTE
    # Of what is larger than a megabyte: plain text shrinks to a tenth, an empty sheet to a fiftieth.
    ratio: int = 200
    name_length: int = 240
    folders: int = 10
    # Two attributes count as an element more. A million takes about two seconds; it is a sheet of 300,000 cells.
    elements: int = 1_000_000
    nesting: int = 400
    # XML readers look at an unfinished mark again with every piece that arrives.
    mark_bytes: int = 2 * MEGABYTE

    @classmethod
    def current(cls) -> Self:
        """Return the limits as they are set."""
        return cls(**getattr(settings, "OFFICE_FILE_LIMITS", {}))


class Budget:
    """What is left of the elements that one file may have, over all its parts."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.left = limits, limits.elements

    def spend(self, attributes: int) -> None:
        """Count one element with this many attributes."""
        self.left -= 1 + attributes // 2
        if self.left < 0:
            raise TooMuch(Limit.ELEMENTS, self.limits.elements)
