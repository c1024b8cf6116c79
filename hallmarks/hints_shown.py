"""An editor's hints as a page shows them: by kind, with what to do said once, and no more than can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from hallmarks.editors_eye import Hint, Kind

# Nobody reads on; when these are seen to, the next ones come up.
SHOWN_OF_A_KIND = 100


@dataclass(frozen=True)
class Group:
    """The hints of one kind."""

    kind: str
    title: str
    why: str
    count: int
    hints: tuple[Hint, ...]

    @property
    def left(self) -> int:
        """How many more there are than are shown."""
        return self.count - len(self.hints)


def by_kind(hints: Sequence[Hint]) -> list[Group]:
    """Return the hints by kind; they come sorted by it."""
    groups = []
    for kind, found in groupby(hints, key=lambda hint: hint.kind):
        same = tuple(found)
        title, why = _about(kind)
        groups.append(Group(kind.value, title, why, len(same), same[:SHOWN_OF_A_KIND]))
    return groups


def _about(kind: Kind) -> tuple[str, str]:
    return {
        Kind.TWICE: (
            _("Asked twice"),
            _("What is asked twice is answered twice, and counted twice."),
        ),
        Kind.STARTS: (
            _("Signs that do not start alike"),
            _("A list is read faster when each line begins in the same way."),
        ),
        Kind.LONG_TEXT: (_("Long texts"), _("Long texts are skimmed, and each reader keeps another part of them.")),
        Kind.LONG_SENTENCE: (_("Long sentences"), _("The longer a sentence, the more readers lose its beginning.")),
        Kind.READING_AGE: (
            _("Hard to read"),
            _("Worked out from the length of words and sentences. Only a reading age above 21 is named here."),
        ),
        Kind.ABBREVIATION: (_("Abbreviations"), _("Not everybody who rates or reads knows them.")),
    }[kind]
