"""Keep files with a case study, or neither file nor row."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Membership
from audit.services import record
from casestudies import uploads
from casestudies.models import FINGERPRINT_LENGTH, Attachment, CaseStudy
from casestudies.services.rows import lock


class AlreadyAttached(Exception):
    """The very same file is attached already."""


def add_attachment(*, case_study: CaseStudy, checked: uploads.CheckedFile, by: Membership) -> Attachment:
    """Keep a checked file with the case study, or neither file nor row.

    Raises AlreadyAttached, UploadRefused (colleagues used up the room meanwhile) or StorageFull.
    """
    folder = uploads.folder_of(uploads.CASE_STUDIES, case_study.partnership)
    with uploads.stored(checked, folder=folder) as name:
        _refuse_if_no_room(lock(case_study), checked)
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
    lock(attachment.case_study)
    name = attachment.file.name
    _record_file("removed", attachment, by, before=_described(attachment))
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(str(name)))


def _refuse_if_no_room(case_study: CaseStudy, checked: uploads.CheckedFile) -> None:
    if case_study.attachments.filter(sha256__startswith=checked.sha256[:FINGERPRINT_LENGTH]).exists():
        raise AlreadyAttached
    if case_study.attachments.count() >= uploads.MAX_FILES:
        raise uploads.UploadRefused(uploads.too_many(checked.name))
    # The file itself is counted: it is on the disk by now.
    if uploads.bytes_used(case_study.partnership) > uploads.MAX_PARTNERSHIP_BYTES:
        raise uploads.UploadRefused(uploads.share_used_up(checked.name))


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
