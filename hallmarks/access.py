"""Who may read and publish criteria: everybody reads what is published, administrators do the rest."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from accounts.access import require_administrator, standing_of
from accounts.models import User
from hallmarks.models import Version, VersionQuerySet

Visitor = User | AnonymousUser


def is_administrator(visitor: Visitor) -> bool:
    """Say whether the visitor administers the portal."""
    return isinstance(visitor, User) and standing_of(visitor).is_administrator


def versions_to_read(visitor: Visitor) -> VersionQuerySet:
    """Return the versions that the visitor may read: drafts are for administrators only."""
    everything = Version.objects.select_related("framework")
    return everything if is_administrator(visitor) else everything.exclude(status=Version.Status.DRAFT)


def version_to_read(visitor: Visitor, framework: str, slug: str) -> Version:
    """Return one version, or 404: a draft is not there for anybody but administrators."""
    return get_object_or_404(versions_to_read(visitor), framework__slug=framework, slug=slug)


def version_to_publish(user: User, framework: str, slug: str) -> Version:
    """Return a version for an administrator who may publish it, or 404."""
    require_administrator(user)
    return get_object_or_404(versions_to_read(user), framework__slug=framework, slug=slug)


def require_loader(user: User) -> None:
    """Refuse everybody but administrators, as if the page were not there."""
    require_administrator(user)
