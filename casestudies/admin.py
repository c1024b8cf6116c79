"""Case studies in the admin: what was published, to look at; the list of tags, to keep up to date."""

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy, Tag, newest_of
from partnerships.admin import ReadOnlyAdmin, RecordedAdmin


@admin.register(CaseStudy)
class CaseStudyAdmin(ReadOnlyAdmin):
    """Shows and finds by what others read; the working text belongs to the partnership."""

    list_display = ["published_title", "partnership", "status", "is_public"]
    list_select_related = ["partnership"]
    search_fields = ["slug", "partnership__name"]
    fields = ["published_title", "partnership", "slug", "status", "retired_reason", "is_public"]
    readonly_fields = ["published_title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseStudy]:
        """Leave drafts out: administrators do not read them."""
        return CaseStudy.objects.to_read().with_newest()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> CaseStudy | None:
        """The row under its published title, because the page names it."""
        row: CaseStudy | None = super().get_object(request, object_id, from_field)
        if row is not None:
            row.title = self.published_title(row)
        return row

    @admin.display(description=_("title"))
    def published_title(self, row: CaseStudy) -> str:
        """The title that everybody reads."""
        newest = newest_of(row)
        return str(newest.document["title"]) if newest else row.slug


@admin.register(Tag)
class TagAdmin(RecordedAdmin):
    """The words of the managed list: added, worded anew, or no longer offered; each change is recorded."""

    list_display = ["name", "slug", "is_offered"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse: a word that is no longer offered stays where it was given."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        """Keep the slug, which addresses carry, as it was first written."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Tag | None = None) -> dict[str, Sequence[str]]:
        """Write the slug after the name while there is none yet."""
        return {} if obj else {"slug": ("name",)}
