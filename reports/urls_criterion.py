"""Address of one criterion's page; included last, because its code may look like any other word."""

from django.urls import path

from reports import views_criterion

urlpatterns = [
    path("compare/<slug:round>/<str:code>/", views_criterion.criterion, name="criterion"),
]
