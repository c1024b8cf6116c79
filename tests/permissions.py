"""The form of a row in the table of who may open what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Everybody of the cast, and None's name for a visitor.
EVERYBODY = (
    "visitor",
    "coordinator",
    "officer",
    "viewer",
    "colleague",
    "neighbour",
    "stranger",
    "reviewer",
    "reviewer_elsewhere",
    "administrator",
    "former",
)


def statuses(default: int, **others: int) -> dict[str, int]:
    """Return a status for everybody: `default` but for those named; a visitor is sent to sign in."""
    return {name: others.get(name, 302 if name == "visitor" else default) for name in EVERYBODY}


@dataclass(frozen=True)
class Row:
    """One address: how to build it, and the status each of the cast gets for GET and for an empty POST."""

    kwargs: Mapping[str, str] = field(default_factory=dict)
    get: Mapping[str, int] = field(default_factory=dict)
    post: Mapping[str, int] = field(default_factory=dict)
