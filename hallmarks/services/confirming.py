"""Confirm what became of each earlier criterion: answers follow lineages, so a person looks before they count."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import Actor, record
from hallmarks.document import CriterionEntry, Document
from hallmarks.formats import making
from hallmarks.lineages import lineage_hash
from hallmarks.models import Criterion, CrosswalkLink, Framework, LineageConfirmation, Version
from hallmarks.services.drafting import edit_draft
from hallmarks.services.refusals import DraftChangedError, LineageError, PublishedError
from hallmarks.stored import document_of


@transaction.atomic
def confirm_lineage(*, version: Version, chosen: Mapping[str, str | None], seen: str, by: Actor | None) -> Version:
    """Set which earlier criterion each one continues, by code (None: it is new), and keep that somebody confirmed it.

    What is not in `chosen` keeps its lineage. `seen` is the SHA-256 of the draft that was looked at. Returns the draft
    as it is now, which may be another row.
    """
    draft = _draft(version, seen)
    document = document_of(draft)
    before = Version.objects.continued_by(draft)
    known = _lineages(draft)
    wanted = _with_lineages(document, _settled(document, chosen, known))
    stored = edit_draft(version=draft, document=wanted, seen=seen, act=_("Lineage confirmed"), by=by)
    confirmation = LineageConfirmation(
        version=stored,
        sha256=lineage_hash(wanted, before.slug if before else ""),
        confirmed_by_id=by.pk if by else None,
        confirmed_at=timezone.now(),
    )
    LineageConfirmation.objects.filter(version=stored).delete()
    confirmation.save()
    lineages = {criterion.code: criterion.lineage for criterion in wanted.criteria()}
    record(
        kind="criteria.lineage_confirmed",
        target=stored,
        by=by,
        before={"lineages": _changed(document, lineages)},
        after={"version": str(stored), "sha256": confirmation.sha256, "lineages": _changed(wanted, _of(document))},
    )
    return stored


def _draft(version: Version, seen: str) -> Version:
    """Return the draft as it is now, locked; it is another row after every change."""
    # The line first, as every act on a draft does.
    line = Framework.objects.select_for_update().get(pk=version.framework_id)
    found = line.versions.select_for_update(of=("self",)).select_related("framework").filter(slug=version.slug).first()
    if found is not None and found.status != Version.Status.DRAFT:
        raise PublishedError(_("“%(title)s” is already published.") % {"title": found.title})
    if found is None or found.sha256 != seen:
        raise DraftChangedError(
            _(
                "The draft was changed since you opened this page, so nothing was confirmed. Your choices are kept: "
                "look through the table as it is now, then confirm again."
            )
        )
    return found


def _lineages(draft: Version) -> dict[str, bool]:
    """Return every lineage that the other sets of the line, or links to them, use; and whether it was published."""
    line = draft.framework_id
    left = CrosswalkLink.objects.filter(left=line).values_list("left_lineage", flat=True)
    right = CrosswalkLink.objects.filter(right=line).values_list("right_lineage", flat=True)
    others = Criterion.objects.filter(version__framework=line).exclude(version=draft).order_by()
    stored = list(others.values_list("lineage", "version__status"))
    published = {name for name, status in stored if status != Version.Status.DRAFT}
    return {name: name in published for name in {*left, *right, *(name for name, _status in stored)}}


def _settled(document: Document, chosen: Mapping[str, str | None], known: Mapping[str, bool]) -> dict[str, str]:
    """Return the lineage of each code; a new criterion keeps its own if no other set ever used it."""
    kept = {c.code: _own(c, chosen.get(c.code, c.lineage), known) for c in document.criteria()}
    _check(document, kept, chosen, known)
    taken = {name.casefold() for name in (*known, *filter(None, kept.values()))}
    settled = {}
    for code, lineage in kept.items():
        settled[code] = lineage or making.lineage(document.framework.slug, code, taken)
        taken.add(settled[code].casefold())
    return settled


def _own(criterion: CriterionEntry, chosen: str | None, known: Mapping[str, bool]) -> str | None:
    return criterion.lineage if chosen is None and criterion.lineage not in known else chosen


def _check(
    document: Document, kept: Mapping[str, str | None], chosen: Mapping[str, str | None], known: Mapping[str, bool]
) -> None:
    """Refuse what no published set has, and one earlier criterion for two."""
    own = _of(document)
    unknown = tuple(code for code, name in chosen.items() if name and name != own.get(code) and not known.get(name))
    if unknown:
        text = _("%(codes)s: choose a criterion of the earlier version, or say that it is new.")
        raise LineageError(text % {"codes": ", ".join(unknown)}, unknown)
    names = [name for name in kept.values() if name]
    twice = tuple(code for code, name in kept.items() if name and names.count(name) > 1)
    if twice:
        text = _("%(codes)s: one earlier criterion goes on in one new criterion only. Choose it once.")
        raise LineageError(text % {"codes": ", ".join(twice)}, twice)


def _with_lineages(document: Document, lineages: Mapping[str, str]) -> Document:
    def settled(criteria: Iterable[CriterionEntry]) -> tuple[CriterionEntry, ...]:
        return tuple(replace(criterion, lineage=lineages[criterion.code]) for criterion in criteria)

    sections = tuple(replace(section, criteria=settled(section.criteria)) for section in document.sections)
    return replace(document, sections=sections)


def _of(document: Document) -> dict[str, str]:
    return {criterion.code: criterion.lineage for criterion in document.criteria()}


def _changed(document: Document, other: Mapping[str, str]) -> dict[str, str]:
    """Return the lineages that are not the other's, by code, for the trail."""
    return {code: name for code, name in _of(document).items() if other.get(code) != name}
