"""Addresses of what happens to a case study once it is written: versions, retiring, agreeing."""

from django.urls import path

from casestudies.views import agreeing, publishing, reading

ONE = "<slug:partnership>/<slug:slug>/"

urlpatterns = [
    path(f"{ONE}versions/", reading.versions, name="versions"),
    path(f"{ONE}versions/<int:number>/", reading.version, name="version"),
    path(f"{ONE}retire/", publishing.retire, name="retire"),
    path(f"{ONE}show/", publishing.show, name="show"),
    path(f"{ONE}agree/", agreeing.agree, name="agree"),
    path(f"{ONE}agree/withdraw/", agreeing.withdraw, name="withdraw"),
]
