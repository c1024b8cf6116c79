"""What saving is measured against: a signed-in view that commits one UPDATE, behind the same middleware."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path

from accounts.http import SignedInRequest
from accounts.models import User


def one_update(request: SignedInRequest) -> HttpResponse:
    """Commit one UPDATE of one row and say so."""
    with transaction.atomic():
        User.objects.filter(pk=request.user.pk).update(name=request.POST["name"])
    return HttpResponse("saved")


urlpatterns = [path("bare/", one_update), path("", include("cdrp_portal.urls"))]
