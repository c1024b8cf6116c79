"""Two sets of two lines whose lineages are the same words, so that only the line tells them apart; and links."""

from typing import Any

from hallmarks.crosswalk import LinkedSet, linked_sets
from hallmarks.crosswalk_table import Link
from hallmarks.models import Criterion, CrosswalkLink, Framework, Version
from hallmarks.services.crosswalk import add_link
from tests.criteria import make_version

ONE, OTHER = "test-framework", "other-framework"


def other_version(slug: str = "other-set", **changes: Any) -> Version:
    """Return a published set of another line; it is made once."""
    there = Version.objects.filter(framework__slug=OTHER, slug=slug).first()
    if there:
        return there
    Framework.objects.get_or_create(slug=OTHER, defaults={"title": "Other criteria", "publisher": "Test publisher"})
    return make_version(slug, OTHER, named="Other criteria 2026", **changes)


def sides() -> tuple[LinkedSet, LinkedSet]:
    sets = linked_sets()
    return sets[ONE], sets[OTHER]


def lineage(code: str) -> str:
    return f"test-{code.lower().replace('.', '-')}"


def link(code: str, other: str, strength: str = "same", note: str = "") -> CrosswalkLink:
    """Link a criterion of the one line with one of the other, by codes."""
    one, two = sides()
    return add_link(left=one, right=two, link=Link(lineage(code), lineage(other), strength, note), by=None)


def told() -> list[tuple[str, str, str, str]]:
    """Return every link between the two lines, told from the first."""
    found = CrosswalkLink.objects.order_by("left_lineage", "right_lineage")
    return [(row.left_lineage, row.right_lineage, row.strength, row.note) for row in found]


def criterion(version: Version, code: str) -> Criterion:
    return Criterion.objects.get(version=version, code=code)


def link_sets() -> CrosswalkLink:
    """Publish a set of another line beside the usual one, and link a criterion of each."""
    other_version()
    return link("LEAD.1", "LEAD.2", "partial", "Both ask who leads.")
