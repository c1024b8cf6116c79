"""What was done to a draft: which act is taken back next, and what happened since somebody looked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from hallmarks.document import Document
from hallmarks.kept import from_values
from hallmarks.models import DraftSnapshot, Framework

# Where it is not known what somebody looked at, this many acts tell them what happened.
ACTS_TOLD = 5
HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Acts:
    """The acts on one draft, newest first, as far as they are kept."""

    all: Sequence[DraftSnapshot]

    @cached_property
    def gone(self) -> frozenset[int]:
        """The keys of the acts that do not hold any more because they were taken back."""
        gone: set[int] = set()
        for act in self.all:
            if act.pk not in gone and (undone := undone_by(act)):
                gone.add(undone)
        return frozenset(gone)

    @property
    def to_undo(self) -> DraftSnapshot | None:
        """The newest act that still holds."""
        return next((act for act in self.all if act.pk not in self.gone and not undone_by(act)), None)

    @property
    def to_redo(self) -> DraftSnapshot | None:
        """The newest act where it took back another, which can be done again."""
        return self.all[0] if self.all and undone_by(self.all[0]) else None

    def since(self, seen: str) -> Sequence[DraftSnapshot]:
        """Return the acts since the draft was as somebody saw it last."""
        at = next((place for place, act in enumerate(self.all) if getattr(act, "sha256", "") == seen), ACTS_TOLD - 1)
        return self.all[: at + 1]


def acts_of(framework: Framework | int, slug: str) -> Acts:
    """Return the acts on a draft, without the documents that they keep."""
    return Acts(tuple(DraftSnapshot.objects.of(framework, slug).told()))


def document_seen(framework: Framework | int, slug: str, seen: str) -> Document | None:
    """Return the draft as somebody saw it, where that is still kept."""
    acts = DraftSnapshot.objects.of(framework, slug)
    kept = acts.filter(document__sha256=seen).first() if HASH.fullmatch(seen) else None
    return document_before(kept) if kept else None


def document_before(act: DraftSnapshot) -> Document | None:
    """Return the draft as it was before an act, or None where there was none."""
    said = dict(act.document or {})
    return from_values(said) if "framework" in said else None


def undone_by(act: DraftSnapshot) -> int:
    """Return the key of the act that this one took back, or 0."""
    told = getattr(act, "undoes", None)
    return int(told if told is not None else (act.__dict__.get("document") or {}).get("undoes") or 0)
