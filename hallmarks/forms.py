"""The form that takes a criteria file or its text."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukForm
from govuk.layout import Button, form_helper

# The text is sent a second time as a form field, and the portal takes 2.5 MB of fields; the command takes 5 MB.
PAGE_MAX_BYTES = 2_000_000


class LoadForm(GovukForm):
    """A file, or its text; which of them it was is checked here, what it says is checked by the importer."""

    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("JSON, saved as UTF-8, up to 2 MB."),
        required=False,
        allow_empty_file=True,
    )
    # A plain field: the importer tells more of a broken character than a text field would.
    text = forms.Field(
        label=gettext_lazy("Or paste the text"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("file", "text", Button(_("Check the file")))

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the two, of a size that this page can send again."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("file"), given.get("text") or ""
        if file and text.strip():
            raise forms.ValidationError(_("Choose a file or paste the text, not both."))
        if file is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste the text"))
        elif (file.size if file else len(text.encode("utf-8", "replace"))) > PAGE_MAX_BYTES:
            self.add_error(self.source, _("This is larger than 2 MB. Load it with manage.py load_criteria."))
        return given

    @property
    def source(self) -> str:
        """Which of the two fields was used."""
        return "file" if self.cleaned_data.get("file") else "text"

    @property
    def data_given(self) -> bytes | str:
        """What was given, as it came."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            file.seek(0)
            data: bytes = file.read()
            return data
        return str(self.cleaned_data["text"])
