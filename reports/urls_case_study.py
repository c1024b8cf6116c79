"""Addresses of case studies as PDF, beside the pages that they are of."""

from django.urls import path

from reports import views_case_study as views

FILE = "<slug:partnership>/<slug:slug>/<int:number>.pdf"

urlpatterns = [
    path(f"case-studies/public/{FILE}", views.public_case_study, name="public_case_study"),
    path(f"case-studies/{FILE}", views.case_study, name="case_study"),
]
