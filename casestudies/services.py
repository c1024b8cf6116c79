"""Everything that changes a case study or its files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.models import Membership
from audit.services import record
from casestudies import uploads
from casestudies.models import FINGERPRINT_LENGTH, Attachment, CaseStudy
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership

SLUG_LENGTH = 70
# The address of the page where a case study is begun.
TAKEN = {"new"}


class Stale(Exception):
    """Somebody saved the case study after the writer read it; `current` is what they saved."""

    def __init__(self, current: CaseStudy) -> None:
        super().__init__("The case study changed since it was read.")
        self.current = current


class AlreadyAttached(Exception):
    """The very same file is attached already."""


@dataclass(frozen=True)
class Story:
    """The words of a case study, as a form sends them."""

    title: str
    summary: str
    scanning: str = ""
    analysis: str = ""
    response: str = ""
    assessment: str = ""

    @classmethod
    def of(cls, case_study: CaseStudy) -> "Story":
        """Return the words as they stand."""
        return cls(**{field.name: getattr(case_study, field.name) for field in fields(cls)})


@transaction.atomic
def create_case_study(
    *, partnership: Partnership, story: Story, criteria: Sequence[Criterion] = (), by: Membership
) -> CaseStudy:
    """Begin a draft; the same words sent twice by one person (a double click, a retry) make one."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    same = CaseStudy.objects.of(partnership).filter(written_by=by.user, **asdict(story)).first()
    if same is not None:
        return same
    slug = _free_slug(partnership, story.title)
    case_study = CaseStudy.objects.create(partnership=partnership, slug=slug, written_by=by.user, **asdict(story))
    case_study.criteria.set(criteria)
    _record("created", case_study, by, after=_as_recorded(story, case_study.criteria.all()))
    return case_study


@transaction.atomic
def save_case_study(
    *, case_study: CaseStudy, revision: int, story: Story, criteria: Sequence[Criterion], by: Membership
) -> CaseStudy:
    """Write a new text over the one that the writer read (`revision`); raises Stale if that is no longer there.

    A text that is there already (a retry after a lost answer) is no conflict and no change. Criteria of sets that are
    no longer offered stay, because no form can show them.
    """
    current = _lock(case_study)
    before = _as_recorded(Story.of(current), current.criteria.all())
    kept = current.criteria.exclude(version__status=Version.Status.PUBLISHED)
    chosen = {criterion.pk for criterion in (*kept, *criteria)}
    after = _as_recorded(story, Criterion.objects.filter(pk__in=chosen))
    if after == before:
        return current
    if current.revision != revision:
        raise Stale(current)
    for name, text in asdict(story).items():
        setattr(current, name, text)
    current.revision += 1
    current.save()
    current.criteria.set(chosen)
    changed = [name for name in after if after[name] != before[name]]
    _record("saved", current, by, {n: before[n] for n in changed}, {n: after[n] for n in changed})
    return current


@transaction.atomic
def publish_case_study(*, case_study: CaseStudy, revision: int, by: Membership) -> CaseStudy:
    """Let every signed-in person read it; raises Stale if it is not the text the coordinator read."""
    current = _lock(case_study)
    if not current.is_draft:
        return current
    if current.revision != revision:
        raise Stale(current)
    current.status = CaseStudy.Status.PUBLISHED
    current.save()
    _record("published", current, by, {"status": "draft"}, {"status": "published", "revision": revision})
    return current


def add_attachment(*, case_study: CaseStudy, checked: uploads.CheckedFile, by: Membership) -> Attachment:
    """Keep a checked file with the case study, or neither file nor row.

    Raises AlreadyAttached, UploadRefused (colleagues used up the room meanwhile) or StorageFull.
    """
    folder = uploads.folder_of(uploads.CASE_STUDIES, case_study.partnership)
    with uploads.stored(checked, folder=folder) as name:
        _refuse_if_no_room(_lock(case_study), checked)
        attachment = Attachment.objects.create(
            case_study=case_study,
            name=checked.name,
            file=name,
            sha256=checked.sha256,
            size=checked.size,
            media_type=checked.media_type,
            added_by=by.user,
        )
        _record_file("added", attachment, by, after=_described(attachment))
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: Membership) -> None:
    """Take a file off its case study; it leaves the disk once the row is gone for good."""
    _lock(attachment.case_study)
    name = attachment.file.name
    _record_file("removed", attachment, by, before=_described(attachment))
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(str(name)))


def _lock(case_study: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.select_for_update(of=("self",)).with_place().get(pk=case_study.pk)


def _refuse_if_no_room(case_study: CaseStudy, checked: uploads.CheckedFile) -> None:
    if case_study.attachments.filter(sha256__startswith=checked.sha256[:FINGERPRINT_LENGTH]).exists():
        raise AlreadyAttached
    if case_study.attachments.count() >= uploads.MAX_FILES:
        raise uploads.UploadRefused(uploads.too_many(checked.name))
    # The file itself is counted: it is on the disk by now.
    if uploads.bytes_used(case_study.partnership) > uploads.MAX_PARTNERSHIP_BYTES:
        raise uploads.UploadRefused(uploads.share_used_up(checked.name))


def _free_slug(partnership: Partnership, title: str) -> str:
    stem = slugify(title)[:SLUG_LENGTH].strip("-") or "case-study"
    taken = {*CaseStudy.objects.of(partnership).values_list("slug", flat=True), *TAKEN}
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def _as_recorded(story: Story, criteria: QuerySet[Criterion]) -> dict[str, Any]:
    codes = criteria.values_list("version__framework__slug", "version__slug", "code")
    return asdict(story) | {"criteria": sorted("/".join(code) for code in codes)}


def _record(what: str, case_study: CaseStudy, by: Membership, before: Any = None, after: Any = None) -> None:
    record(
        kind=f"casestudy.{what}",
        target=case_study,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=case_study.partnership.slug,
        before=before,
        after=after,
    )


def _described(attachment: Attachment) -> dict[str, Any]:
    return {
        "case_study": attachment.case_study.slug,
        "name": attachment.name,
        "sha256": attachment.sha256,
        "size": attachment.size,
    }


def _record_file(what: str, attachment: Attachment, by: Membership, before: Any = None, after: Any = None) -> None:
    record(
        kind=f"attachment.{what}",
        target=attachment,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=attachment.case_study.partnership.slug,
        before=before,
        after=after,
    )
