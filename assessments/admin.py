"""What administrators may look up: rounds, extensions, assessments, submissions; changes go through services.

Ratings and evidence are left out on purpose: a draft is its partnership's own until it is submitted.
"""

from django.contrib import admin

from assessments.models import Assessment, Extension, Round, Submission
from partnerships.admin import ReadOnlyAdmin


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Rounds with their dates and criteria."""

    list_display = ["name", "version", "opens_on", "closes_on"]
    list_select_related = ["version"]


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    """Who was given more time, and why."""

    list_display = ["partnership", "round", "until", "reason"]
    list_filter = ["round"]
    list_select_related = ["partnership", "round"]
    search_fields = ["partnership__name"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Whether each partnership has submitted."""

    list_display = ["partnership", "round", "status"]
    list_filter = ["round", "status"]
    list_select_related = ["partnership", "round"]
    search_fields = ["partnership__name"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Submissions with their fingerprints."""

    list_display = ["reference", "submitted_at", "region", "is_current", "sha256"]
    list_filter = ["assessment__round", "region"]
    list_select_related = ["region"]
    search_fields = ["reference", "sha256"]
