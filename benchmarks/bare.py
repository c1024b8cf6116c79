"""What is measured against, behind the same middleware: a view that commits one UPDATE, and pages without content."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from accounts.http import SignedInRequest
from accounts.models import User


def one_update(request: SignedInRequest) -> HttpResponse:
    """Commit one UPDATE of one row and say so."""
    with transaction.atomic():
        User.objects.filter(pk=request.user.pk).update(name=request.POST["name"])
    return HttpResponse("saved")


def blank(request: SignedInRequest) -> HttpResponse:
    """Give the portal's frame with nothing in it."""
    return render(request, "base.html")


def empty(_request: SignedInRequest) -> HttpResponse:
    """Give a document of one word without a style sheet; without any word a browser paints no first frame."""
    return HttpResponse('<!DOCTYPE html><html lang="en"><title>Empty</title><p>Empty</p></html>')


urlpatterns = [
    path("bare/", one_update),
    path("blank/", blank),
    path("empty/", empty),
    path("", include("cdrp_portal.urls")),
]
