"""Edit a draft, throw it away, take acts back: each act keeps the draft before it; none touches what is published."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import Actor, record
from hallmarks.document import Document, FrameworkEntry
from hallmarks.draft_acts import acts_of, document_before, undone_by
from hallmarks.models import DraftSnapshot, Framework, Version
from hallmarks.services.acts import keep_act
from hallmarks.services.loading import import_version, put_in_place, remove
from hallmarks.services.refusals import DraftChangedError, PublishedError, TakenError
from hallmarks.stored import document_of


@transaction.atomic
def edit_draft(*, version: Version, document: Document, seen: str, act: str, by: Actor | None) -> Version:
    """Put an edited document in a draft's place, unless somebody changed the draft since it was `seen` (its SHA-256).

    What the draft says already (a retry after a lost answer) is no conflict and no act. Returns the draft as it is
    now, which may be another row.
    """
    framework = _locked(version.framework_id)
    draft, now = _draft(framework, version.slug)
    if now == document:
        return draft
    _require_seen(now, seen)
    stored = put_in_place(framework, draft, document)
    keep_act(framework=framework, slug=version.slug, before=now, act=act, by=by)
    _record("edited", stored, now, document, act, by)
    return stored


@transaction.atomic
def throw_away_draft(*, version: Version, seen: str, by: Actor | None) -> None:
    """Remove a draft as it was `seen`; it can be brought back."""
    framework = _locked(version.framework_id)
    draft, now = _draft(framework, version.slug)
    _require_seen(now, seen)
    act = _("Thrown away")
    _record("thrown_away", draft, now, None, act, by)
    remove(draft)
    keep_act(framework=framework, slug=version.slug, before=now, act=act, by=by)


@transaction.atomic
def undo_draft(*, framework: str, slug: str, by: Actor | None, act: int | None = None) -> Version | None:
    """Take back the newest act on a draft, and keep that this was done; None where there is no draft then.

    `act` is the key of the act that somebody saw as the newest. Where that was itself the taking back of an act, the
    act is done again.
    """
    line = _locked(Framework.objects.get(slug=framework).pk)
    earlier = Version.objects.filter(framework=line, slug=slug).select_related("framework").first()
    if earlier is not None:
        _require_draft(earlier)
    undone = _newest(line, slug, act)
    now = document_of(earlier) if earlier else None
    before = _before(line, undone)
    words = _undone_words(undone)
    keep_act(framework=line, slug=slug, before=now, act=words, by=by, undoes=undone)
    stored = _restored(line, earlier, before)
    _record("act_undone", stored or line, now, before, words, by)
    return stored


@transaction.atomic
def begin_version(*, version: Version, slug: str, title: str, by: Actor | None) -> Version:
    """Begin a new version as a draft that says what another says: the same criteria, which keep their lineages."""
    framework = _locked(version.framework_id)
    if Version.objects.filter(framework=framework, slug=slug).exists():
        raise TakenError(_("“%(slug)s” is already the address of another version. Choose another.") % {"slug": slug})
    begun = copied(document_of(version), slug=slug, title=title)
    return import_version(document=begun, by=by, act=_("Begun from “%(title)s”") % {"title": version.title}).version


def copied(document: Document, *, slug: str, title: str) -> Document:
    """Return what a version says as the beginning of another, which has no dates yet."""
    return replace(document, slug=slug, title=title, in_force_from=None, in_force_to=None)


def _locked(pk: int) -> Framework:
    """Return a line of sets, locked so that two acts on its drafts wait for each other."""
    return Framework.objects.select_for_update().get(pk=pk)


def _draft(framework: Framework, slug: str) -> tuple[Version, Document]:
    """Return the draft as it is now: it may be another row than the one that was opened."""
    found = Version.objects.filter(framework=framework, slug=slug).select_related("framework").first()
    if found is None:
        raise DraftChangedError(_("This draft was thrown away since you opened this page. It can be brought back."))
    _require_draft(found)
    return found, document_of(found)


def _require_draft(version: Version) -> None:
    if version.status != Version.Status.DRAFT:
        text = _("“%(title)s” is published and cannot change; begin a new version from it.")
        raise PublishedError(text % {"title": version.title})


def _require_seen(now: Document, seen: str) -> None:
    if now.sha256() != seen:
        raise DraftChangedError(_("Somebody changed this draft since you opened this page, so nothing was saved."))


def _newest(framework: Framework, slug: str, act: int | None) -> DraftSnapshot:
    """Return the act to take back: the newest that still holds, or the taking back itself where that was named."""
    acts = acts_of(framework, slug)
    offered = [found for found in (acts.to_undo, acts.to_redo) if found is not None and act in {None, found.pk}]
    if not offered:
        raise DraftChangedError(
            _("This act cannot be taken back any more: somebody did something else since you opened this page.")
        )
    return DraftSnapshot.objects.get(pk=offered[0].pk)


def _before(framework: Framework, act: DraftSnapshot) -> Document | None:
    before = document_before(act)
    if before and framework.versions.exclude(status=Version.Status.DRAFT).exists():
        # What a line is called is fixed once a set of it is published.
        return replace(before, framework=FrameworkEntry(framework.slug, framework.title, framework.publisher))
    return before


def _undone_words(act: DraftSnapshot) -> str:
    if undone_by(act):
        return _("Done again: %(act)s") % {"act": act.act.partition(": ")[2]}
    return _("Taken back: %(act)s") % {"act": act.act}


def _restored(framework: Framework, earlier: Version | None, before: Document | None) -> Version | None:
    if before is not None:
        return put_in_place(framework, earlier, before)
    if earlier is not None:
        remove(earlier)
    return None


def _record(
    kind: str,
    target: Version | Framework,
    before: Document | None,
    after: Document | None,
    act: str,
    by: Actor | None,
) -> None:
    record(
        kind=f"criteria.{kind}",
        target=target,
        by=by,
        before={"sha256": before.sha256()} if before else None,
        after={"act": act, **({"version": after.title, "sha256": after.sha256(), **after.counts()} if after else {})},
    )
