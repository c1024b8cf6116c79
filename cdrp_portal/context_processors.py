"""What every page's frame shows: where one can go, and whether the data is made up."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
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


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's data: navigation, who is here, and the demonstration mark."""
    user = getattr(request, "user", None)
    standing = standing_of(user) if isinstance(user, User) else None
    return {
        "navigation": [Place(label, url, _lies_under(url, request.path)) for label, url in _places(standing)],
        "header_where": _where(standing),
        "is_demonstration": bool(_IS_DEMONSTRATION.rows()),
    }


def _places(standing: Standing | None) -> list[tuple[str, str]]:
    criteria = (_("Criteria"), reverse("hallmarks:index"))
    if standing is None:
        return [(_("Case studies"), reverse("casestudies:public_index")), criteria]
    places = [(_("Your work"), reverse("home"))]
    places += [(_("Your region"), reverse("reviews:index"))] if standing.is_reviewer else []
    if standing.is_reviewer or standing.is_administrator or standing.memberships:
        places.append((_("Compare"), reverse("reports:compare_index")))
    places += [(_("Case studies"), reverse("casestudies:index"))]
    if standing.is_administrator:
        places.append((_("Rounds"), reverse("assessments:round_list")))
    if standing.is_administrator or standing.is_coordinator:
        places.append((_("People"), reverse("accounts:people_index")))
    return [*places, criteria]


def _lies_under(url: str, path: str) -> bool:
    """Say whether a page belongs to an entry; rating, actions and sharing belong to "Your work"."""
    if url == reverse("home"):
        return path == url or path.startswith(OWN_WORK)
    return path.startswith(url)


def _where(standing: Standing | None) -> str:
    if standing is None:
        return ""
    if standing.memberships:
        return str(standing.memberships[0].agency.partnership)
    if standing.posts:
        return standing.posts[0].region.government_office
    return _("Administrator") if standing.is_administrator else ""
