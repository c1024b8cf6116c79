"""The forms by which readers look through the library, and administrators keep it up to date."""

import datetime
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casestudies.forms.writing import LARGEST_REVISION
from casestudies.library_access import Shelf
from casestudies.listed import HALLMARKS, SEPARATOR, Entry
from casestudies.models import IndexEntry, LinkState, Source
from casestudies.queries.library import GROUPS
from casestudies.services.library import IndexWords, SourceWords
from govuk.fields import GovukDateField, PlainLineField, PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Button, Question, form_helper
from govuk.widgets import Checkboxes, Radios

WORDS_LENGTH = 200
LISTED: Mapping[str, Any] = {"no": _("Notes about it stay in people’s notebooks. You can put it back.")}


class ShelfForm(GovukForm):
    """Words to look for, and one heading to see alone; sent by address."""

    words = PlainLineField(label=_("Words"), required=False, max_length=WORDS_LENGTH)
    group = forms.ChoiceField(
        label=_("Group"),
        required=False,
        error_messages={"invalid_choice": _("Select one from the list: “%(value)s” is not on it")},
    )

    def __init__(self, shelf: Shelf, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, every = (_("Hallmark"), _("All")) if shelf is IndexEntry else (_("For what"), _("Everything"))
        self.fields["group"].label = label
        choices = [("", every), *((group.code, group.title) for group in GROUPS[shelf])]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]


class AddressField(forms.URLField):
    """A web address as it is printed, with or without its beginning."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class EntryForm(GovukForm):
    """What entries of both kinds have, stamped with the revision that was read unless the entry is new."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    source = PlainLineField(
        label=_("Where it is listed"),
        max_length=200,
        help_text=_("The document and the part of it, such as “Delivering Safer Communities (2007), appendix L”."),
        error_messages={"required": _("Enter where it is listed")},
    )
    note = PlainTextField(
        label=_("Remark"),
        required=False,
        max_length=1_000,
        rows=3,
        help_text=_("What readers should know, such as that the source gives no title."),
    )
    web_address = AddressField(
        label=_("Web address"),
        required=False,
        max_length=300,
        assume_scheme="http",
        help_text=_("As it is printed, such as www.example.org/page. It is a link only while its state is “Works”."),
        error_messages={"invalid": _("Web address must be one like www.example.org/page")},
    )
    link_state = forms.ChoiceField(
        label=_("State of the link"),
        choices=LinkState.choices,
        initial=LinkState.UNCHECKED,
        help_text=_("What you found when you followed it in your own browser. The portal itself follows no links."),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select the state of the link")),
    )
    link_checked_on = GovukDateField(
        label=_("When did you follow it?"), name=_("The day on which you followed it"), required=False
    )
    is_listed = forms.ChoiceField(
        label=_("Is it on the list?"),
        choices=[("yes", _("Yes")), ("no", _("No, take it off"))],
        initial="yes",
        widget=Radios(hints=LISTED),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select whether it is on the list")),
    )
    submit_text = _("Save")

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["revision"]

    @cached_property
    def helper(self) -> FormHelper:
        """Every question in bold, one below the other."""
        return form_helper(*(Question(name, size="s") for name in self.fields), Button(self.submit_text))

    def clean(self) -> dict[str, Any]:
        """The answers, once the state of the link and the day on which it was seen fit together."""
        cleaned = super().clean() or {}
        state, day = cleaned.get("link_state"), cleaned.get("link_checked_on")
        if state == LinkState.UNCHECKED:
            cleaned["link_checked_on"] = None
        elif state and "link_checked_on" in cleaned:
            self._check_day(day, cleaned.get("web_address", ""))
        cleaned["is_listed"] = cleaned.get("is_listed") != "no"
        return cleaned

    def _check_day(self, day: datetime.date | None, address: str) -> None:
        if not address and "web_address" not in self.errors:
            self.add_error("link_state", _("Select “Not checked”: there is no web address"))
        elif day is None:
            self.add_error("link_checked_on", _("Enter the day on which you followed the link"))
        elif day > timezone.localdate():
            self.add_error("link_checked_on", _("The day on which you followed the link must be today or earlier"))
        elif address != self.initial.get("web_address", address) and day == self.initial.get("link_checked_on"):
            self.add_error(
                "link_checked_on",
                _("The address is another one now: enter the day on which you followed it, or select “Not checked”"),
            )

    @property
    def words(self) -> IndexWords | SourceWords:
        """The entry as cleaned."""
        raise NotImplementedError


class IndexEntryForm(EntryForm):
    """A case study that is printed elsewhere."""

    place = PlainLineField(
        label=_("Place or partnership"), max_length=120, error_messages={"required": _("Enter the place")}
    )
    title = PlainLineField(
        label=_("Title"), required=False, max_length=200, help_text=_("Leave it blank if the source gives none.")
    )
    hallmarks = forms.MultipleChoiceField(
        label=_("Hallmarks"),
        required=False,
        choices=[(code, title) for code, title in HALLMARKS.items()],
        help_text=_("Those that the source names. Without any it stands under “Not classed by hallmark”."),
        widget=Checkboxes(small=True),
        error_messages={"invalid_choice": _("Select hallmarks from the list: “%(value)s” is not one of them")},
    )
    pages = PlainLineField(
        label=_("Page"), required=False, max_length=40, help_text=_("Where the text is printed, such as 47 or 47–49.")
    )
    field_order = ("place", "title", "hallmarks", "pages")

    @property
    def words(self) -> IndexWords:
        """The entry as cleaned, hallmarks in their order."""
        cleaned = {name: self.cleaned_data[name] for name in names_of(IndexWords)}
        chosen = set(self.cleaned_data["hallmarks"])
        return IndexWords(**cleaned | {"hallmarks": SEPARATOR.join(code for code in HALLMARKS if code in chosen)})


class SourceForm(EntryForm):
    """A place to look for good practice."""

    name = PlainLineField(label=_("Name"), max_length=200, error_messages={"required": _("Enter the name")})
    organisation = PlainLineField(label=_("Who runs it"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("What is it for?"),
        choices=Source.Kind.choices,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select what it is for")),
    )
    description = PlainTextField(label=_("What is found there"), required=False, max_length=2_000, rows=4)
    field_order = ("name", "organisation", "kind", "description")

    @property
    def words(self) -> SourceWords:
        """The entry as cleaned."""
        return SourceWords(**{name: self.cleaned_data[name] for name in names_of(SourceWords)})


def names_of(words: type[IndexWords] | type[SourceWords]) -> list[str]:
    """Return the fields of what a service takes."""
    return list(words.__dataclass_fields__)


FORMS: dict[Shelf, type[IndexEntryForm] | type[SourceForm]] = {IndexEntry: IndexEntryForm, Source: SourceForm}


def initial_of(entry: Entry) -> dict[str, Any]:
    """Return what the form of an entry shows first."""
    names = names_of(IndexWords if isinstance(entry, IndexEntry) else SourceWords)
    shown = {name: getattr(entry, name) for name in names}
    if isinstance(entry, IndexEntry):
        shown["hallmarks"] = entry.hallmarks.split(SEPARATOR) if entry.hallmarks else []
    return shown | {"is_listed": "yes" if entry.is_listed else "no", "revision": entry.revision}


def stamp_anew(form: forms.Form, revision: int) -> None:
    """Make a form, shown again with the writer's own words, save over those that are now on the page."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["revision"] = str(revision)
    form.data = data
