"""Who may read and publish criteria: everybody reads what is published, administrators do the rest."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from accounts.access import require_administrator, standing_of
from accounts.models import User
from hallmarks.models import CrosswalkLink, DraftSnapshot, Version, VersionQuerySet

Visitor = User | AnonymousUser
# How many drafts thrown away lately the list of criteria names.
DRAFTS_TOLD = 10


def is_administrator(visitor: Visitor) -> bool:
    """Say whether the visitor administers the portal."""
    return isinstance(visitor, User) and standing_of(visitor).is_administrator


def versions_to_read(visitor: Visitor) -> VersionQuerySet:
    """Return the versions that the visitor may read: drafts are for administrators only."""
    everything = Version.objects.select_related("framework", "withdrawal")
    return everything if is_administrator(visitor) else everything.exclude(status=Version.Status.DRAFT)


def drafts_to_bring_back(visitor: Visitor) -> list[DraftSnapshot]:
    """Return, for administrators only, the acts that ended the drafts thrown away lately."""
    return list(DraftSnapshot.objects.thrown_away().told()[:DRAFTS_TOLD]) if is_administrator(visitor) else []


def version_to_read(visitor: Visitor, framework: str, slug: str) -> Version:
    """Return one version, or 404: a draft is not there for anybody but administrators."""
    return get_object_or_404(versions_to_read(visitor), framework__slug=framework, slug=slug)


def version_to_publish(user: User, framework: str, slug: str) -> Version:
    """Return a version for an administrator who may publish it, or 404."""
    require_administrator(user)
    return get_object_or_404(versions_to_read(user), framework__slug=framework, slug=slug)


def version_to_look_through(user: User, framework: str, slug: str) -> Version:
    """Return a version for an administrator who looks at its wording, or 404; published ones too."""
    require_administrator(user)
    return version_to_read(user, framework, slug)


def require_loader(user: User) -> None:
    """Refuse everybody but administrators, as if the page were not there."""
    require_administrator(user)


def link_to_change(user: User, left: str, left_lineage: str, right: str, right_lineage: str) -> CrosswalkLink:
    """Return a link between two sets for an administrator, or 404."""
    require_administrator(user)
    links = CrosswalkLink.objects.select_related("left", "right")
    named = {"left_lineage": left_lineage, "right_lineage": right_lineage}
    return get_object_or_404(links, left__slug=left, right__slug=right, **named)


def draft_to_edit(user: User, framework: str, slug: str) -> Version | DraftSnapshot:
    """Return a version for an administrator, or the act that threw the draft away; 404 where there was none.

    Which versions can be edited says the page: one that is published tells why it cannot.
    """
    require_administrator(user)
    found = Version.objects.select_related("framework").filter(framework__slug=framework, slug=slug).first()
    gone = DraftSnapshot.objects.thrown_away().told()
    return found or get_object_or_404(gone, framework__slug=framework, slug=slug)
