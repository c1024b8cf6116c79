"""Addresses with the names that the base template links to, and nothing behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse()


NAMES = ("who_sees_what", "accessibility", "privacy", "cookies", "account_login", "account_logout")

urlpatterns = [
    path("", nothing, name="home"),
    path("account/", include(([path("", nothing, name="account")], "accounts"))),
    path("criteria/", include(([path("", nothing, name="index")], "hallmarks"))),
    path("verify/", include(([path("", nothing, name="verify")], "reports"))),
    *[path(f"{name}/", nothing, name=name) for name in NAMES],
]
