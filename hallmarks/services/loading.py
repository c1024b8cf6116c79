"""Load criteria as a draft: the only way in."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from audit.services import Actor, record
from hallmarks.document import Document, FrameworkEntry
from hallmarks.inserting import insert
from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version
from hallmarks.services.acts import keep_act
from hallmarks.services.confirmed import carry_confirmation, confirmation_of
from hallmarks.services.refusals import FrameworkDiffersError, InUseError, PublishedError
from hallmarks.stored import document_of


class Outcome(StrEnum):
    """What a load did."""

    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Loaded:
    """The version that now holds the document, and what had to be done for it."""

    version: Version
    outcome: Outcome

    @property
    def words(self) -> str:
        """One sentence for the person who loaded it."""
        return {
            Outcome.LOADED: _("Loaded as a draft."),
            Outcome.REPLACED: _("Loaded as a draft, in place of the draft before."),
            Outcome.UNCHANGED: _("Already loaded; nothing changed."),
        }[self.outcome]


@transaction.atomic
def import_version(*, document: Document, by: Actor | None, act: str = "") -> Loaded:
    """Store a document as a draft, or do nothing if it is stored already; a draft in the way is replaced.

    `act` are the words for it among the draft's acts, each of which can be taken back.
    """
    framework = _locked(document.framework)
    earlier = Version.objects.filter(framework=framework, slug=document.slug).first()
    before = document_of(earlier) if earlier else None
    if earlier is not None and before is not None and _says(earlier, before, document):
        return Loaded(earlier, Outcome.UNCHANGED)
    version = put_in_place(framework, earlier, document)
    keep_act(framework=framework, slug=document.slug, before=before, act=act or _("Loaded from a file"), by=by)
    record(
        kind="criteria.loaded",
        target=version,
        by=by,
        before={"replaced": earlier.sha256} if earlier else None,
        after={"version": str(version), "sha256": version.sha256, **document.counts()},
    )
    return Loaded(version, Outcome.REPLACED if earlier else Outcome.LOADED)


def put_in_place(framework: Framework, earlier: Version | None, document: Document) -> Version:
    """Store a draft where an earlier one was, or none; a confirmation that still holds goes with it."""
    confirmation = confirmation_of(earlier) if earlier else None
    if earlier is not None:
        remove(earlier)
    _agree(framework, document.framework)
    version = _store(framework, document)
    carry_confirmation(kept=confirmation, version=version, document=document)
    return version


def rehearse_import(*, document: Document, by: Actor | None) -> Outcome:
    """Do all that `import_version` does, then undo it: what it says is what would happen."""
    with transaction.atomic():
        outcome = import_version(document=document, by=by).outcome
        transaction.set_rollback(True)
    return outcome


def _locked(entry: FrameworkEntry) -> Framework:
    """Return the document's framework, locked so that two loads of one line wait for each other."""
    Framework.objects.get_or_create(slug=entry.slug, defaults=asdict(entry))
    return Framework.objects.select_for_update().get(slug=entry.slug)


def _says(version: Version, stored: Document, document: Document) -> bool:
    """Say whether a version says what the document does; where it names no day, publishing may have given it one."""
    if version.status != Version.Status.DRAFT and document.in_force_from is None:
        document = replace(document, in_force_from=stored.in_force_from)
    return stored == document


def _agree(framework: Framework, entry: FrameworkEntry) -> None:
    """Take title and publisher from the document; what is published under them keeps them."""
    known = FrameworkEntry(framework.slug, framework.title, framework.publisher)
    if known == entry:
        return
    if framework.versions.exclude(status=Version.Status.DRAFT).exists():
        text = _("“%(slug)s” is published as “%(title)s” by “%(publisher)s”. Use the same title and publisher.")
        raise FrameworkDiffersError(text % asdict(known))
    framework.title, framework.publisher = entry.title, entry.publisher
    framework.save(update_fields=["title", "publisher"])


def remove(version: Version) -> None:
    """Remove a draft with all that is in it."""
    if version.status != Version.Status.DRAFT:
        raise PublishedError(
            _("“%(title)s” is published and cannot change; give a new version.") % {"title": version.title}
        )
    try:
        # Nobody can have answered a draft, and the database would refuse: so no table is asked if it refers to these.
        for rows in (
            Indicator.objects.filter(criterion__version=version),
            Criterion.objects.filter(version=version),
            Section.objects.filter(version=version),
            Level.objects.filter(scale__version=version),
            Scale.objects.filter(version=version),
        ):
            rows._raw_delete(connection.alias)
        version.delete()
    except ProtectedError:
        text = _("“%(title)s” is already used by a round and cannot change; give a new version.")
        raise InUseError(text % {"title": version.title}) from None


def _store(framework: Framework, document: Document) -> Version:
    version = Version.objects.create(
        framework=framework,
        slug=document.slug,
        title=document.title,
        source=document.source,
        in_force_from=document.in_force_from,
        in_force_to=document.in_force_to,
        sha256=document.sha256(),
    )
    _store_criteria(version, document, _store_scales(version, document))
    return version


def _store_scales(version: Version, document: Document) -> dict[str, Scale]:
    entries = document.scales
    scales = Scale.objects.bulk_create(Scale(version=version, slug=e.slug, is_ordered=e.is_ordered) for e in entries)
    Level.objects.bulk_create(
        Level(scale=scale, **asdict(level))
        for scale, entry in zip(scales, entries, strict=True)
        for level in entry.levels
    )
    return {scale.slug: scale for scale in scales}


def _store_criteria(version: Version, document: Document, scales: dict[str, Scale]) -> None:
    sections = Section.objects.bulk_create(
        Section(version=version, number=entry.number, code=entry.code, title=entry.title) for entry in document.sections
    )
    entries = [(section, c) for section, part in zip(sections, document.sections, strict=True) for c in part.criteria]
    insert(
        Criterion,
        ({"version_id": version.pk, "section_id": section.pk, **_columns(vars(e), scales)} for section, e in entries),
    )
    keys = dict(Criterion.objects.filter(version=version).values_list("code", "pk"))
    insert(
        Indicator,
        (
            {"criterion_id": keys[e.code], "number": sign.number, "text": sign.text}
            for _s, e in entries
            for sign in e.indicators
        ),
    )


def _columns(entry: dict[str, Any], scales: dict[str, Scale]) -> dict[str, Any]:
    own = {name: value for name, value in entry.items() if name != "indicators"}
    return own | {"scale_id": scales[entry["scale"]].pk}
