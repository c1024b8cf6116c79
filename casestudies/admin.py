"""Case studies in the admin: published ones, to look at; drafts belong to their partnership."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from casestudies.models import CaseStudy
from partnerships.admin import ReadOnlyAdmin


@admin.register(CaseStudy)
class CaseStudyAdmin(ReadOnlyAdmin):
    """Shows and finds; services change, and write the audit trail."""

    list_display = ["title", "partnership", "status", "updated_at"]
    list_select_related = ["partnership"]
    search_fields = ["title", "partnership__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseStudy]:
        """Leave drafts out: administrators do not read them."""
        return CaseStudy.objects.published()
