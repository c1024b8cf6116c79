"""What is given to be checked, and the file that a Government Office takes in."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukForm
from govuk.layout import Button, form_helper

# 64 bits: nobody makes another submission that begins so, or finds one by trying.
FEWEST_MARKS, ALL_MARKS = 16, 64
BETWEEN = re.compile(r"[\s:.\-]+")


class VerifyForm(GovukForm):
    """A reference with its fingerprint, or the PDF itself."""

    file = forms.FileField(
        label=gettext_lazy("Choose the PDF"),
        help_text=gettext_lazy("The report as you got it, up to 10 MB. It is compared and not kept."),
        required=False,
        allow_empty_file=True,
    )
    reference = forms.CharField(
        label=gettext_lazy("Or enter the reference"),
        help_text=gettext_lazy("It is on the cover, such as 2027-DERBY-1."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    fingerprint = forms.CharField(
        label=gettext_lazy("Fingerprint"),
        help_text=gettext_lazy("All 64 letters and digits, or at least the first 16. Spaces do not matter."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("file", "reference", "fingerprint", Button(_("Check")))

    def clean_reference(self) -> str:
        """Take it in small letters too."""
        return str(self.cleaned_data["reference"]).strip().upper()

    def clean_fingerprint(self) -> str:
        """Take it as it is printed, in groups or with line breaks."""
        marks = BETWEEN.sub("", str(self.cleaned_data["fingerprint"])).lower()
        if marks and not re.fullmatch(rf"[0-9a-f]{{{FEWEST_MARKS},{ALL_MARKS}}}", marks):
            raise forms.ValidationError(
                _("Enter 16 to 64 marks of the fingerprint: digits, and letters from a to f. You entered %(count)s.")
                % {"count": len(marks)}
            )
        return marks

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Refuse what no report is as large as."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        _refuse_larger(file, settings.VERIFY_MAX_BYTES)
        return file

    def clean(self) -> dict[str, Any]:
        """Take one of the two ways."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors or given.get("file"):
            return given
        if not given.get("reference") and not given.get("fingerprint"):
            self.add_error("file", _("Choose the PDF, or enter reference and fingerprint"))
        elif not given.get("reference"):
            self.add_error("reference", _("Enter the reference"))
        elif not given.get("fingerprint"):
            self.add_error("fingerprint", _("Enter the fingerprint"))
        return given


class ReceiveForm(GovukForm):
    """A report as PDF, or the JSON inside it; what it says is checked by its reader."""

    file = forms.FileField(
        label=gettext_lazy("Choose the report (PDF), or the file submission.json"),
        help_text=gettext_lazy("A PDF up to 10 MB, or JSON up to 5 MB, as the other portal gives it."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("file", Button(_("Take it in")))

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is larger than may be opened."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        _refuse_larger(file, settings.RECEIVED_MAX_PDF_BYTES)
        return file

    @property
    def data_given(self) -> bytes:
        """The file as it came."""
        file = self.cleaned_data["file"]
        file.seek(0)
        data: bytes = file.read()
        return data


def _refuse_larger(file: "UploadedFile[Any] | None", limit: int) -> None:
    if file and (file.size or 0) > limit:
        size = {"size": f"{(file.size or 0) / 1e6:.1f}", "limit": f"{limit / 1e6:g}"}
        raise forms.ValidationError(_("The file is %(size)s MB. The limit is %(limit)s MB.") % size)
