"""Addresses of those who do well what another partnership does not, and of the questions between them."""

from django.urls import path

from assessments.views import helping

HELPERS = "assessments/<slug:round>/<slug:partnership>/criteria/<str:code>/helpers/"
HELPING = "helping/<slug:partnership>/"

urlpatterns = [
    path(HELPERS, helping.helpers, name="helpers"),
    path(HELPERS + "<slug:helper>/", helping.ask, name="ask_helper"),
    path(HELPING, helping.offer, name="help_offer"),
    path(HELPING + "withdraw/", helping.withdraw, name="help_withdraw"),
    path(HELPING + "questions/", helping.enquiries, name="enquiries"),
]
