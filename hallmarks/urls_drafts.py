"""Addresses of drafts edited in the browser."""

from django.urls import path

from hallmarks import views_draft_parts, views_drafts

DRAFT = "<slug:framework>/<slug:version>/edit/"

urlpatterns = [
    path(DRAFT, views_drafts.draft, name="draft"),
    path(DRAFT + "details/", views_draft_parts.details, name="draft_details"),
    path(DRAFT + "move/", views_drafts.move, name="draft_move"),
    path(DRAFT + "undo/", views_drafts.undo, name="draft_undo"),
    path(DRAFT + "copy/", views_drafts.copy, name="draft_copy"),
    path(DRAFT + "throw-away/", views_drafts.throw_away, name="draft_throw_away"),
    path(DRAFT + "add-section/", views_draft_parts.section_add, name="draft_section_add"),
    path(DRAFT + "sections/<str:code>/", views_draft_parts.section, name="draft_section"),
    path(DRAFT + "sections/<str:code>/add/", views_draft_parts.criterion_add, name="draft_criterion_add"),
    path(DRAFT + "sections/<str:code>/remove/", views_drafts.remove_section, name="draft_section_remove"),
    path(DRAFT + "criteria/<slug:lineage>/", views_draft_parts.criterion, name="draft_criterion"),
    path(DRAFT + "criteria/<slug:lineage>/remove/", views_drafts.remove_criterion, name="draft_remove"),
    path(DRAFT + "scales/<slug:slug>/", views_draft_parts.scale, name="draft_scale"),
]
