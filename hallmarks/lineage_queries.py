"""What the table of lineage shows, read from the database."""

from collections.abc import Mapping

from hallmarks import lineages
from hallmarks.lineage_table import LineageTable
from hallmarks.models import Criterion, LineageConfirmation, Version
from hallmarks.services import confirmation_of
from hallmarks.stored import without_scales


def table_of(
    draft: Version, before: Version, sent: Mapping[str, str] | None
) -> tuple[LineageTable, LineageConfirmation | None]:
    """Return the table of a draft, and its confirmation if that holds for the draft as it is now.

    What was confirmed stands; everything else is proposed anew.
    """
    new, old, kept = without_scales(draft), without_scales(before), confirmation_of(draft)
    holds = kept is not None and kept.sha256 == lineages.lineage_hash(new, before.slug)
    made = frozenset[str]() if holds else lineages.probably_made(new, old)
    found = lineages.propose(new, old, made)
    table = LineageTable(found, tuple(old.criteria()), _returning(draft, before), sent)
    return table, kept if holds else None


def _returning(draft: Version, before: Version) -> dict[str, str]:
    """Return the lineages of a draft that an older published version had and the last one had not, with its title."""
    mine = Criterion.objects.filter(version=draft).values("lineage")
    last = Criterion.objects.filter(version=before).values("lineage")
    found = Criterion.objects.filter(version__framework=draft.framework_id, lineage__in=mine)
    found = found.exclude(version__status=Version.Status.DRAFT).exclude(lineage__in=last).order_by("version")
    return dict(found.values_list("lineage", "version__title"))
