"""The map in the admin: reference data is for looking at; agencies and family groups are kept up to date here."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from audit.services import record
from partnerships.models import Agency, AgencyKind, FamilyGroup, Partnership, PoliceForce, Region


class AdministratorsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to every administrator: who may do what follows from that alone, not from Django's permissions."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the app to every administrator."""
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Show the rows to every administrator."""
        return self.has_module_permission(request)


class ReadOnlyAdmin(AdministratorsAdmin):
    """Rows that may be looked at and not touched: a service or a fixture is their only door."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Refuse."""
        return False


class RecordedAdmin(AdministratorsAdmin):
    """Rows that administrators keep here; the admin's own transaction also writes the audit event."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let every administrator add."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let every administrator change."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let every administrator delete what nothing refers to."""
        return self.has_module_permission(request)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[str], list[Any]]:
        """Say that rows are in use, and not by what: a list would tell administrators of views given in private."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return ([], {}, set(), [_("It is in use")]) if protected else (to_delete, counts, lacking, protected)

    def save_model(self, request: HttpRequest, obj: models.Model, form: "ModelForm[Any]", change: bool) -> None:
        """Save, and record what was changed."""
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data.get(name)) for name in form.changed_data}
        record(kind=f"{obj._meta.model_name}.saved", target=obj, by=request.user, after=after)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Record what goes, and delete it; what is in use is protected by the database."""
        record(kind=f"{obj._meta.model_name}.deleted", target=obj, by=request.user, before={"name": str(obj)})
        super().delete_model(request, obj)


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    """Regions and their Government Offices."""

    list_display = ["name", "government_office", "nation"]


@admin.register(PoliceForce)
class PoliceForceAdmin(ReadOnlyAdmin):
    """Police forces by region."""

    list_display = ["name", "region"]
    list_filter = ["region"]
    list_select_related = ["region"]


@admin.register(Partnership)
class PartnershipAdmin(ReadOnlyAdmin):
    """Partnerships by force and kind of area."""

    list_display = ["name", "police_force", "area_type", "county"]
    list_filter = ["police_force__region", "area_type"]
    list_select_related = ["police_force"]
    search_fields = ["name", "county"]


@admin.register(AgencyKind)
class AgencyKindAdmin(ReadOnlyAdmin):
    """Kinds of agency, and what the law asks of them."""

    list_display = ["name", "role", "nation", "source"]


@admin.register(FamilyGroup)
class FamilyGroupAdmin(RecordedAdmin):
    """Family groups, which are loaded as data."""

    list_display = ["number", "scheme", "is_demonstration"]


@admin.register(Agency)
class AgencyAdmin(RecordedAdmin):
    """The agencies of each partnership."""

    list_display = ["name", "kind", "partnership"]
    list_filter = ["kind"]
    list_select_related = ["kind", "partnership"]
    search_fields = ["name", "partnership__name"]
