"""The form that takes a criteria file or its text."""

import base64
import binascii
import zlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukForm
from govuk.layout import Button, form_helper

# The portal takes 2.5 MB of fields; a file may be larger.
PAGE_MAX_BYTES = 2_000_000


class LoadForm(GovukForm):
    """A file, or its text; which of them it was is checked here, what it says is checked by the importer.

    The page after it sends the same a second time, as `again`, so that nothing is kept before somebody says so.
    """

    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("An outline (.md or .txt), CSV, Excel (.xlsx) or JSON, up to 5 MB."),
        required=False,
        allow_empty_file=True,
    )
    # A plain field: the importer tells more of a broken character than a text field would.
    text = forms.Field(
        label=gettext_lazy("Or paste the text"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        required=False,
    )
    again = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("file", "text", Button(_("Check the file")))

    def clean(self) -> dict[str, Any]:
        """Take exactly one of them, of a size that this page can send again."""
        given: dict[str, Any] = super().clean() or {}
        file, text, again = given.get("file"), given.get("text") or "", given.get("again") or ""
        if file and text.strip():
            raise forms.ValidationError(_("Choose a file or paste the text, not both."))
        if file is None and again:
            given["again"] = self._unpacked(again)
        elif file is None and not text.strip():
            self.add_error("file", _("Choose a file, or paste the text"))
        elif file and (file.size or 0) > settings.CRITERIA_MAX_BYTES:
            size = {"size": f"{file.size / 1e6:.1f}", "limit": f"{settings.CRITERIA_MAX_BYTES / 1e6:g}"}
            self.add_error("file", _("The file is %(size)s MB. The limit is %(limit)s MB.") % size)
        elif len(text.encode("utf-8", "replace")) > PAGE_MAX_BYTES:
            self.add_error("text", _("The text is larger than 2 MB. Save it as a file and choose the file."))
        return given

    @property
    def data_given(self) -> bytes | str:
        """What was given, as it came."""
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            file.seek(0)
            data: bytes = file.read()
            return data
        return self.cleaned_data.get("again") or str(self.cleaned_data["text"])

    @property
    def name_given(self) -> str:
        """The name of the file; empty for text that was pasted."""
        file = self.cleaned_data.get("file")
        return str(file.name) if isinstance(file, UploadedFile) else str(self.cleaned_data.get("name") or "")

    @property
    def packed(self) -> str:
        """What was given, small enough to travel with a page; empty where it is too large for that."""
        data = self.data_given
        # Line ends would come back from the browser as others.
        content = data.replace("\r\n", "\n").encode("utf-8", "replace") if isinstance(data, str) else data
        packed = base64.b64encode(zlib.compress(content, 6)).decode()
        return packed if len(packed) <= PAGE_MAX_BYTES else ""

    def _unpacked(self, again: str) -> bytes:
        try:
            unpacker = zlib.decompressobj()
            return unpacker.decompress(base64.b64decode(again, validate=True), settings.CRITERIA_MAX_BYTES + 1)
        except (binascii.Error, ValueError, zlib.error):
            self.add_error("file", _("What you checked did not come back whole. Choose the file again"))
            return b""
