"""Keep what a draft was before each act, so that the act can be taken back."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from audit.services import Actor
from hallmarks.document import Document
from hallmarks.kept import as_values
from hallmarks.models import DraftSnapshot, Framework


def keep_act(
    *,
    framework: Framework,
    slug: str,
    before: Document | None,
    act: str,
    by: Actor | None,
    undoes: DraftSnapshot | None = None,
) -> DraftSnapshot:
    """Keep one act with the draft before it (None: there was none); of very many acts the oldest are forgotten."""
    said: dict[str, Any] = {**as_values(before), "sha256": before.sha256()} if before else {}
    if undoes is not None:
        said["undoes"] = undoes.pk
    kept = DraftSnapshot.objects.create(
        framework=framework,
        slug=slug,
        document=said or None,
        act=act[: DraftSnapshot._meta.get_field("act").max_length],
        made_by_id=by.pk if by else None,
        made_at=timezone.now(),
    )
    acts, limit = DraftSnapshot.objects.of(framework, slug), settings.CRITERIA_MAX_ACTS_KEPT
    for oldest in acts.values_list("pk", flat=True)[limit : limit + 1]:
        acts.filter(pk__lte=oldest).delete()
    return kept


def forget_acts(*, framework: Framework, slug: str) -> None:
    """Forget what a draft was: once it is published nothing of it can be taken back."""
    DraftSnapshot.objects.of(framework, slug).delete()
