"""What administrators type about links between sets: cleaned here, judged and saved by services."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.fields import PlainLineField
from govuk.forms import GovukForm, Radios
from govuk.layout import Button, form_helper
from hallmarks.crosswalk import LinkedSet
from hallmarks.crosswalk_table import NOTE_LENGTH, Link
from hallmarks.models import CrosswalkLink

LARGEST_REVISION = 2**31 - 1
STRENGTH_HINTS = {
    CrosswalkLink.Strength.SAME: gettext_lazy("The same evidence would normally answer both."),
    CrosswalkLink.Strength.PARTIAL: gettext_lazy("What answers one helps with part of the other."),
}


class TableForm(GovukForm):
    """A table of links, or its text, and the two sets it is of; what it says is checked by its reader."""

    left = forms.ChoiceField(
        label=gettext_lazy("Which set do the codes in the first column belong to?"),
        error_messages={"invalid_choice": gettext_lazy("Select a set from the list")},
    )
    right = forms.ChoiceField(
        label=gettext_lazy("Which set do the codes in the second column belong to?"),
        error_messages={"invalid_choice": gettext_lazy("Select a set from the list")},
    )
    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("CSV, saved as UTF-8, up to 1 MB and 5,000 links."),
        required=False,
        allow_empty_file=True,
    )
    # A plain field: the reader tells more of a broken character than a text field would.
    text = forms.Field(
        label=gettext_lazy("Or paste the table"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
    )

    def __init__(self, sets: Iterable[LinkedSet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(found.framework.slug, found.version.title) for found in sets]
        for name, start in (("left", 0), ("right", 1)):
            field: Any = self.fields[name]
            field.choices = offered
            self.initial.setdefault(name, offered[start][0] if len(offered) > start else "")
        self.helper = form_helper("left", "right", "file", "text", Button(_("Check the table")))

    def clean(self) -> dict[str, Any]:
        """Take two sets, and exactly one of file and text, of a size that this page can send again."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("file"), given.get("text") or ""
        if given.get("left") and given.get("left") == given.get("right"):
            self.add_error("right", _("Choose another set than the first"))
        if file and text.strip():
            raise forms.ValidationError(_("Choose a file or paste the table, not both."))
        if file is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste the table"))
        elif (file.size if file else len(text.encode("utf-8", "replace"))) > settings.CROSSWALK_MAX_BYTES:
            self.add_error("file" if file else "text", _("This is larger than 1 MB. Take out what is not the table."))
        return given

    @property
    def data_given(self) -> bytes | str:
        """What was given, as it came."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            file.seek(0)
            data: bytes = file.read()
            return data
        return str(self.cleaned_data["text"])


class _SayingForm(GovukForm):
    """How far two criteria correspond."""

    strength = forms.ChoiceField(
        label=gettext_lazy("How far do they ask for the same?"),
        choices=CrosswalkLink.Strength.choices,
        widget=Radios(hints=STRENGTH_HINTS),  # type: ignore[arg-type]
        error_messages={
            "required": gettext_lazy("Select how far they ask for the same"),
            "invalid_choice": gettext_lazy("Select how far they ask for the same"),
        },
    )
    note = PlainLineField(
        label=gettext_lazy("Note (optional)"),
        help_text=gettext_lazy("What both ask, and what only one of them does. Anybody can read it."),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
        error_messages={
            "max_length": gettext_lazy("Enter %(limit_value)d characters or fewer. You entered %(show_value)d.")
        },
    )


class ChangeForm(_SayingForm):
    """What is said of a link that exists, stamped with the revision its writer read."""

    submit_text = gettext_lazy("Save changes")
    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)

    def stamp_anew(self, revision: int) -> None:
        """Let the form, shown again with the writer's own text, save over what is now on the page beside it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data


class AddForm(_SayingForm):
    """A new link between two criteria."""

    submit_text = gettext_lazy("Add the link")

    def __init__(self, left: LinkedSet, right: LinkedSet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, side in (("left", left), ("right", right)):
            words = _("Select a criterion of “%(set)s”") % {"set": side.version.title}
            self.fields[name] = forms.ChoiceField(
                label=side.version.title,
                choices=[("", _("Choose a criterion")), *_by_section(side)],
                error_messages={"required": words, "invalid_choice": words},
            )
        self.order_fields(["left", "right"])

    @property
    def link(self) -> Link:
        """The link as cleaned."""
        data = self.cleaned_data
        return Link(data["left"], data["right"], data["strength"], data["note"])


def _by_section(side: LinkedSet) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (section.title, [(q.criterion.lineage, f"{q.criterion.code} {q.criterion.title}") for q in questions])
        for section, questions in side.outline.by_section()
    ]
