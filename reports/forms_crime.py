"""The form that takes a table of crime figures or its text."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukForm
from govuk.layout import Button, form_helper
from partnerships.crime_loading import SOURCE_LENGTH
from partnerships.crime_table import MAX_BYTES


class CrimeForm(GovukForm):
    """A file, or its text, and where it was printed; what the table says is checked by the reader of tables."""

    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("CSV, saved as UTF-8, up to 1 MB and 1,000 rows."),
        required=False,
        allow_empty_file=True,
    )
    # A plain field: the reader tells more of a broken character than a text field would.
    text = forms.Field(
        label=gettext_lazy("Or paste the table"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Where it was printed"),
        help_text=gettext_lazy("Title and year. It is shown with the figures."),
        max_length=SOURCE_LENGTH,
        error_messages={"required": gettext_lazy("Enter where the table was printed")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("file", "text", "source", Button(_("Check the table")))

    def clean(self) -> dict[str, Any]:
        """Take exactly one of file and text, of a size that this page can send again."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("file"), given.get("text") or ""
        if file and text.strip():
            raise forms.ValidationError(_("Choose a file or paste the table, not both."))
        if file is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste the table"))
        elif (file.size if file else len(text.encode("utf-8", "replace"))) > MAX_BYTES:
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
