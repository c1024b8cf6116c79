"""Links between two sets: loaded as a whole, or added, changed and removed one by one; every act is recorded."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import Actor, record
from hallmarks.crosswalk import LinkedSet, Plan, as_told_from, check, linked_sets
from hallmarks.crosswalk_table import Link
from hallmarks.models import CrosswalkLink, Framework
from hallmarks.problems import Problem
from hallmarks.services.refusals import CriteriaError


class LinksRefused(CriteriaError):
    """Raised when a table of links cannot be loaded; nothing of it was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class LinksMoved(CriteriaError):
    """Raised when the links are no longer those that a person was shown; nothing was loaded."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The links changed since you looked."))
        self.plan = plan


class NotPublished(CriteriaError):
    """Raised when a set that is to be linked has no published version, so its codes may still change."""


class SameSet(CriteriaError):
    """Raised when a set would be linked with itself."""


class LinkThere(CriteriaError):
    """Raised when the two criteria are linked already, in another way; `current` is the link."""

    def __init__(self, current: CrosswalkLink) -> None:
        super().__init__(_("These two criteria are linked already. Change that link instead."))
        self.current = current


class NoSuchCriterion(CriteriaError):
    """Raised when the newest published version of a set does not have a criterion that is to be linked."""


class StaleLink(CriteriaError):
    """Raised when somebody changed a link after the writer read it; `current` is what stands now."""

    def __init__(self, current: CrosswalkLink) -> None:
        super().__init__(_("Somebody else changed this link while you were writing."))
        self.current = current


class LinkGone(CriteriaError):
    """Raised when somebody removed a link after the writer read it."""


@transaction.atomic
def load_links(
    *, data: bytes | str, left: str, right: str, by: Actor | None, seen: str = "", dry_run: bool = False
) -> Plan:
    """Make the links between two sets (by slug) those of a table, all or none; a dry run only says what would be.

    `seen` is the fingerprint of the plan that somebody agreed to; blank where nobody was shown one. Links of criteria
    that only earlier versions have are left as they are.
    Raises LinksRefused, LinksMoved, NotPublished or SameSet; then nothing is written.
    """
    first, second = sets_to_link(left, right)
    if not dry_run:
        _lock(first.framework, second.framework)
    checked = check(data, first, second)
    if checked.plan is None:
        raise LinksRefused(checked.problems)
    if seen and seen != checked.plan.seen:
        raise LinksMoved(checked.plan)
    if not dry_run and not checked.plan.comparison.is_empty:
        _write(checked.plan, by)
    return checked.plan


@transaction.atomic
def add_link(*, left: LinkedSet, right: LinkedSet, link: Link, by: Actor | None) -> CrosswalkLink:
    """Link two criteria, once; the same link a second time (a double click, a retry) is the first one.

    Raises LinkThere where the two are linked otherwise, NoSuchCriterion or SameSet.
    """
    if left.framework == right.framework:
        raise SameSet(_("Choose two different sets."))
    _lock(left.framework, right.framework)
    for lineage, side in ((link.left, left), (link.right, right)):
        if lineage not in side.by_lineage:
            raise NoSuchCriterion(_("“%(set)s” does not have this criterion.") % {"set": side.version.title})
    made = _row(left.framework, right.framework, link)
    there = CrosswalkLink.objects.filter(**_key(made)).first()
    if there is None:
        made.save()
        record(kind="crosswalk.added", target=made, by=by, after=_told(made))
        return made
    if (there.strength, there.note) != (made.strength, made.note):
        raise LinkThere(there)
    return there


@transaction.atomic
def change_link(*, link: CrosswalkLink, strength: str, note: str, revision: int, by: Actor | None) -> CrosswalkLink:
    """Say otherwise how far two criteria correspond, if nobody did so since `revision` was read.

    What stands already is no conflict. Raises StaleLink or LinkGone; then nothing is written.
    """
    current = _locked(link)
    if (current.strength, current.note) == (strength, note):
        return current
    if current.revision != revision:
        raise StaleLink(current)
    before = _told(current)
    current.strength, current.note, current.revision = strength, note, current.revision + 1
    current.save(update_fields=["strength", "note", "revision"])
    record(kind="crosswalk.changed", target=current, by=by, before=before, after=_told(current))
    return current


@transaction.atomic
def remove_link(*, link: CrosswalkLink, revision: int, by: Actor | None) -> None:
    """Take a link away, if nobody changed it since `revision` was read; one that is gone is gone."""
    try:
        current = _locked(link)
    except LinkGone:
        return
    if current.revision != revision:
        raise StaleLink(current)
    record(kind="crosswalk.removed", target=current, by=by, before=_told(current))
    current.delete()


def sets_to_link(left: str, right: str) -> tuple[LinkedSet, LinkedSet]:
    """Return two lines of sets by their slugs, or refuse what is not published or is one set twice."""
    known = linked_sets()
    for slug in (left, right):
        if slug not in known:
            words = {"slug": slug, "known": ", ".join(sorted(known)) or _("none")}
            text = _("“%(slug)s” has no published version, so its codes are not settled. Published are: %(known)s.")
            raise NotPublished(text % words)
    if left == right:
        raise SameSet(_("Choose two different sets."))
    return known[left], known[right]


def _lock(*frameworks: Framework) -> None:
    """Let two writers of one line's links wait for each other, always in the same order."""
    keys = [framework.pk for framework in frameworks]
    list(Framework.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _locked(link: CrosswalkLink) -> CrosswalkLink:
    current = CrosswalkLink.objects.select_for_update(of=("self",)).select_related("left", "right").filter(pk=link.pk)
    found = current.first()
    if found is None:
        raise LinkGone(_("Somebody else removed this link while you were writing."))
    return found


def _write(plan: Plan, by: Actor | None) -> None:
    first, second = plan.left.framework, plan.right.framework
    stored = {as_told_from(row, first).pair: row for row in CrosswalkLink.objects.between(first, second)}
    parts = plan.comparison
    changed = [(stored[new.pair], new) for _old, new in parts.changed]
    for row, new in changed:
        row.strength, row.note, row.revision = new.strength, new.note, row.revision + 1
    CrosswalkLink.objects.bulk_update([row for row, _new in changed], ["strength", "note", "revision"], batch_size=200)
    gone = [stored[old.pair].pk for old in parts.removed]
    for start in range(0, len(gone), 500):
        CrosswalkLink.objects.filter(pk__in=gone[start : start + 500]).delete()
    CrosswalkLink.objects.bulk_create((_row(first, second, link) for link in parts.added), batch_size=100)
    record(
        kind="crosswalk.loaded",
        target=first,
        by=by,
        before={"changed": [vars(old) for old, _new in parts.changed], "removed": [vars(old) for old in parts.removed]},
        after={
            "sets": [first.slug, second.slug],
            "added": [vars(link) for link in parts.added],
            "changed": [vars(new) for _old, new in parts.changed],
            "unchanged": len(parts.unchanged),
            "kept": plan.kept,
        },
    )


def _row(left: Framework, right: Framework, link: Link) -> CrosswalkLink:
    """Return a link as it is stored: the set that was loaded first comes first, so that no pair is there twice."""
    if left.pk > right.pk:
        left, right, link = right, left, link.turned
    return CrosswalkLink(
        left=left,
        left_lineage=link.left,
        right=right,
        right_lineage=link.right,
        strength=link.strength,
        note=link.note,
    )


def _key(row: CrosswalkLink) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("left", "left_lineage", "right", "right_lineage")}


def _told(row: CrosswalkLink) -> dict[str, Any]:
    return {
        "sets": [row.left.slug, row.right.slug],
        "criteria": [row.left_lineage, row.right_lineage],
        "strength": row.strength,
        "note": row.note,
    }
