"""Why a file cannot be accepted, and what was taken out of one that was; the words for people are in refusals.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto


class BadContent(Exception):
    """Raised when a file cannot be accepted because of what is in it; `place` is the part of it, where that helps."""

    def __init__(self, place: str = "") -> None:
        super().__init__(place)
        self.place = place


@contextmanager
def naming(place: str) -> Iterator[None]:
    """Let a fault say in which part of the file it was found."""
    try:
        yield
    except BadContent as problem:
        problem.place = problem.place or place
        raise


class UnknownKind(BadContent):
    """The file is none of the accepted kinds."""


class Damaged(BadContent):
    """The file begins as its kind does, and then breaks off or contradicts itself."""


class HasDoctype(BadContent):
    """A part of an office file declares entities, which could grow without end or fetch other files."""


class NeedsPassword(BadContent):
    """The file cannot be read, or not by everybody, without a password."""


class TooManyPixels(BadContent):
    """The picture would unpack to more than MAX_PIXELS."""


class OldOffice(BadContent):
    """The file is of the kind that office programs wrote before 2007, in which macros cannot be told from text."""


class SavedAsOther(BadContent):
    """The file is a template or a binary workbook: close to an accepted kind, and saved as one with a click."""


class Limit(Enum):
    """What an office file may have only so much of."""

    MEMBERS = auto()
    UNPACKED = auto()
    RATIO = auto()
    NAME = auto()
    FOLDERS = auto()
    ELEMENTS = auto()
    NESTING = auto()


class TooMuch(BadContent):
    """The office file is larger inside than it may be."""

    def __init__(self, limit: Limit, most: int) -> None:
        super().__init__()
        self.limit, self.most = limit, most


class Danger(Enum):
    """What an office file may not carry, because it acts or fetches on the reader's computer."""

    MACROS = auto()
    ACTIVE_X = auto()
    OBJECT = auto()
    OTHER_TEXT = auto()
    OTHER_WORKBOOK = auto()
    CONNECTION = auto()
    OUTSIDE = auto()
    REMOTE_PICTURE = auto()
    FIELD = auto()
    FORMULA = auto()
    PICTURE_KIND = auto()


class Unsafe(BadContent):
    """The office file carries something that acts or fetches."""

    def __init__(self, danger: Danger, place: str = "") -> None:
        super().__init__(place)
        self.danger = danger


class Removed(Enum):
    """What was taken out of an office file and its writer may miss."""

    TEMPLATE_LINK = auto()
    MAIL_MERGE = auto()
    CHART_DATA = auto()
    FONTS = auto()
    SIGNATURE = auto()
    ADD_INS = auto()
    LINKS_TO_FILES = auto()
    VECTOR_PICTURES = auto()
    OLD_VERSIONS = auto()


@dataclass(frozen=True)
class Cleaned:
    """A file as it may be kept, and what its writer should be told was taken out."""

    content: bytes
    removed: frozenset[Removed] = frozenset()
