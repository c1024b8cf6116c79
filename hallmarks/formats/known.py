"""What the portal holds already, as far as it helps to read a file that names no codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hallmarks.texts import folded


@dataclass(frozen=True)
class KnownCriterion:
    """A criterion of the newest published version."""

    code: str
    lineage: str
    title: str
    text: str


@dataclass(frozen=True)
class KnownFramework:
    """A line of criteria sets, with the section codes by title and the criteria of its newest published version."""

    slug: str
    title: str
    publisher: str
    sections: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[KnownCriterion, ...] = ()

    def section_code(self, title: str) -> str:
        """Return the code of the section of this title, or nothing."""
        wanted = folded(title)
        return next((code for known, code in self.sections.items() if folded(known) == wanted), "")

    def is_line_of(self, title: str, publisher: str) -> bool:
        """Say whether a set of this title and publisher is one more of this line."""
        own, other = str(folded(self.title)), str(folded(title))
        begins = other == own or other.startswith((f"{own},", f"{own}:", f"{own} "))
        return begins and folded(publisher) == folded(self.publisher)


Known = tuple[KnownFramework, ...]
NOTHING_KNOWN: Known = ()
