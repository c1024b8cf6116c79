"""Criteria in the admin: for looking at only; `load_criteria` and the load page are the ways in."""

from django.contrib import admin

from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version, Withdrawal
from partnerships.admin import ReadOnlyAdmin


@admin.register(Framework)
class FrameworkAdmin(ReadOnlyAdmin):
    """Lines of criteria sets."""

    list_display = ["title", "slug", "publisher"]


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    """Criteria sets and whether they are published."""

    list_display = ["title", "framework", "status", "sha256"]
    list_filter = ["status", "framework"]
    list_select_related = ["framework"]


@admin.register(Scale)
class ScaleAdmin(ReadOnlyAdmin):
    """Scales."""

    list_display = ["slug", "version"]
    list_select_related = ["version"]


@admin.register(Level)
class LevelAdmin(ReadOnlyAdmin):
    """Levels of scales."""

    list_display = ["name", "position", "scale"]
    list_select_related = ["scale__version"]


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    """Sections."""

    list_display = ["title", "code", "version"]
    list_filter = ["version"]
    list_select_related = ["version"]


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    """Criteria."""

    list_display = ["code", "title", "kind", "is_key", "version"]
    list_filter = ["version", "kind", "is_key"]
    list_select_related = ["version"]
    search_fields = ["code", "title", "text"]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    """Indicators."""

    list_display = ["text", "number", "criterion"]
    list_filter = ["criterion__version"]
    list_select_related = ["criterion"]


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    """Why criteria are offered no more."""

    list_display = ["version", "reason", "withdrawn_by", "withdrawn_at"]
    list_select_related = ["version", "withdrawn_by"]
