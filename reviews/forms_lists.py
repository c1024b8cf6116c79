"""What a reviewer types about a list; the service judges it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.fields import PlainLineField
from govuk.forms import Checkboxes, GovukForm
from govuk.layout import Button, form_helper
from partnerships.models import Partnership, Region
from reviews.models import LIST_NAME_LENGTH, ComparisonList
from reviews.services.lists import ListNameTaken, ListRefused, NobodyListed


class ListForm(GovukForm):
    """A list's name, its partnerships, and whether others of the region may use it."""

    name = PlainLineField(
        label=gettext_lazy("Name of the list"),
        help_text=gettext_lazy("Such as “Coalfield towns”. Colleagues see it if you share the list."),
        max_length=LIST_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Enter a name for the list")},
    )
    partnerships = forms.MultipleChoiceField(
        label=gettext_lazy("Partnerships"),
        widget=Checkboxes(small=True),
        error_messages={
            "required": gettext_lazy("Select at least one partnership"),
            "invalid_choice": gettext_lazy("Select partnerships of this region: “%(value)s” is not one of them"),
        },
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Colleagues of this region's Government Office may use the list"),
        help_text=gettext_lazy("Only you can change or delete it."),
        required=False,
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {place.slug: place for place in Partnership.objects.in_region(region).with_area()}
        choices = [(slug, place.name) for slug, place in self._offered.items()]
        self.fields["partnerships"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(one: ComparisonList) -> dict[str, Any]:
        """Return what the form of an existing list shows first."""
        chosen = list(one.partnerships.values_list("slug", flat=True))
        return {"name": one.name, "is_shared": one.is_shared, "partnerships": chosen}

    @property
    def asked_for(self) -> dict[str, Any]:
        """What the services take."""
        given = self.cleaned_data
        chosen = [self._offered[slug] for slug in given["partnerships"]]
        return {"name": given["name"], "is_shared": given["is_shared"], "partnerships": chosen}

    def refuse(self, refused: ListRefused) -> None:
        """Say beside the field why the list cannot be kept."""
        if isinstance(refused, ListNameTaken):
            self.add_error("name", _("You have another list of this name. Enter another name, or change that list."))
        elif isinstance(refused, NobodyListed):
            self.add_error("partnerships", _("Select at least one partnership"))
        else:
            self.add_error("partnerships", _("Select partnerships of this region only"))

    @cached_property
    def helper(self) -> FormHelper:
        """The fields and one button."""
        return form_helper(*self.fields, Button(_("Save the list")))


class DeleteForm(GovukForm):
    """A button that deletes."""

    @cached_property
    def helper(self) -> FormHelper:
        """One button."""
        return form_helper(Button(_("Delete the list"), variant="warning"))
