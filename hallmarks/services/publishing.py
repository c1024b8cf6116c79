"""Publish a draft: from then on it never changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import Actor, record
from hallmarks.models import Version
from hallmarks.services.refusals import PublishedError


@transaction.atomic
def publish_version(*, version: Version, by: Actor | None) -> Version:
    """Open a draft to everybody and to rounds; from then on it never changes."""
    draft = Version.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    if draft.status != Version.Status.DRAFT:
        raise PublishedError(_("“%(title)s” is already published.") % {"title": draft.title})
    draft.status = Version.Status.PUBLISHED
    draft.save(update_fields=["status"])
    record(
        kind="criteria.published",
        target=draft,
        by=by,
        before={"status": Version.Status.DRAFT.value},
        after={"status": draft.status, "version": str(draft), "sha256": draft.sha256},
    )
    return draft
