"""What every page's frame shows: where one can go, and whether the data is made up."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.access import Standing, standing_of
from accounts.models import User
from accounts.prepared import Prepared
from assessments.models import Round

# What a partnership works on, wherever it lies.
OWN_WORK = ("/assessments/", "/actions/", "/sharing/")
_IS_DEMONSTRATION = Prepared(lambda: Round.objects.filter(is_demonstration=True).order_by().values_list("pk")[:1])


@dataclass(frozen=True)
class Place:
    """One entry of the service navigation."""

    label: str
    url: str
    is_current: bool


class Kind(NamedTuple):
    """What a person is, as far as the navigation differs by it."""

    is_signed_in: bool = False
    is_member: bool = False
    is_coordinator: bool = False
    is_reviewer: bool = False
    is_administrator: bool = False


class Entry(NamedTuple):
    """One entry of the service navigation, and how the addresses of its pages begin."""

    label: str
    url: str
    below: tuple[str, ...]


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's data: navigation, who is here, and the demonstration mark."""
    user = getattr(request, "user", None)
    standing = standing_of(user) if isinstance(user, User) else None
    return {
        "navigation": [
            Place(label, url, request.path == url or request.path.startswith(below))
            for label, url, below in _entries(_kind(standing), get_language())
        ],
        "header_where": _where(standing),
        "is_demonstration": bool(_IS_DEMONSTRATION.rows()),
    }


def _kind(standing: Standing | None) -> Kind:
    if standing is None:
        return Kind()
    return Kind(
        True, bool(standing.memberships), standing.is_coordinator, standing.is_reviewer, standing.is_administrator
    )


# Every page asks, and the answer is one of a few; in each language another.
@lru_cache(maxsize=64)
def _entries(kind: Kind, _language: str) -> tuple[Entry, ...]:
    found = ((label, reverse(name)) for label, name in _places(kind))
    # Rating, actions and sharing belong to "Your work".
    return tuple(Entry(label, url, OWN_WORK if url == reverse("home") else (url,)) for label, url in found)


def _places(kind: Kind) -> list[tuple[str, str]]:
    criteria = (_("Criteria"), "hallmarks:index")
    if not kind.is_signed_in:
        return [(_("Case studies"), "casestudies:public_index"), criteria]
    places = [(_("Your work"), "home")]
    places += [(_("Your region"), "reviews:index")] if kind.is_reviewer else []
    if kind.is_reviewer or kind.is_administrator or kind.is_member:
        places.append((_("Compare"), "reports:compare_index"))
    places += [(_("Case studies"), "casestudies:index")]
    if kind.is_administrator:
        places.append((_("Rounds"), "assessments:round_list"))
    if kind.is_administrator or kind.is_coordinator:
        places.append((_("People"), "accounts:people_index"))
    return [*places, criteria]


def _where(standing: Standing | None) -> str:
    if standing is None:
        return ""
    if standing.memberships:
        return str(standing.memberships[0].agency.partnership)
    if standing.posts:
        return standing.posts[0].region.government_office
    return _("Administrator") if standing.is_administrator else ""
