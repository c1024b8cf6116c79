"""Whether somebody confirmed a draft's lineage as it is now, and keeping that while the draft is made anew."""

from hallmarks.document import Document
from hallmarks.lineages import lineage_hash
from hallmarks.models import LineageConfirmation, Version
from hallmarks.stored import without_scales


def confirmation_of(version: Version) -> LineageConfirmation | None:
    """Return what was confirmed of a draft, whether it still holds or not."""
    return LineageConfirmation.objects.filter(version=version).first()


def needs_confirmation(version: Version) -> bool:
    """Say whether a draft goes on from an earlier version, and nobody confirmed how as it is now."""
    before = Version.objects.continued_by(version)
    if before is None:
        return False
    kept = confirmation_of(version)
    return kept is None or kept.sha256 != lineage_hash(without_scales(version), before.slug)


def carry_confirmation(*, kept: LineageConfirmation | None, version: Version, document: Document) -> bool:
    """Give a draft that was made anew the confirmation of the one it replaced, where that table is still the same.

    Codes, lineages, titles and statements must be as they were, and no other version have been published since.
    Every load calls this with what `confirmation_of` said before the draft was replaced; it is no act of its own.
    """
    before = Version.objects.continued_by(version) if kept else None
    if kept is None or before is None or kept.sha256 != lineage_hash(document, before.slug):
        return False
    LineageConfirmation.objects.create(
        version=version, sha256=kept.sha256, confirmed_by_id=kept.confirmed_by_id, confirmed_at=kept.confirmed_at
    )
    return True
