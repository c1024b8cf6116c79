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
DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
BETWEEN = re.compile(rf"[\s:.{DASHES}]+")
HYPHEN = re.compile(rf"\s*[{DASHES}]\s*|\s+")
FIRST_BYTES = 1024
NOT_A_PDF = gettext_lazy("This is not a PDF. Choose the PDF of the report as you got it.")


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
        """Take it in small letters too, and with spaces or other dashes."""
        return HYPHEN.sub("-", str(self.cleaned_data["reference"]).strip()).upper()

    def clean_fingerprint(self) -> str:
        """Take it as it is printed, in groups or with line breaks."""
        marks = BETWEEN.sub("", str(self.cleaned_data["fingerprint"])).lower()
        if not re.fullmatch(r"[0-9a-f]*", marks):
            raise forms.ValidationError(_("Only digits and the letters a to f can be in it."))
        if marks and not re.fullmatch(rf"[0-9a-f]{{{FEWEST_MARKS},{ALL_MARKS}}}", marks):
            raise forms.ValidationError(
                _("Enter 16 to 64 marks of the fingerprint: digits, and letters from a to f. You entered %(count)s.")
                % {"count": len(marks)}
            )
        return marks

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Refuse what no report is as large as, and what is none by its first bytes."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        _refuse_larger(file, settings.VERIFY_MAX_BYTES)
        if file:
            _refuse_others(file)
        return file

    def clean(self) -> dict[str, Any]:
        """Take one of the two ways."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("file"):
            # What was typed is not compared, so nothing in it can be wrong.
            self.errors.pop("reference", None)
            self.errors.pop("fingerprint", None)
        if self.errors or given.get("file"):
            return given
        if not given.get("reference") and not given.get("fingerprint"):
            self.add_error("file", _("Choose the PDF, or enter reference and fingerprint"))
        elif not given.get("reference"):
            self.add_error("reference", _("Enter the reference"))
        elif not given.get("fingerprint"):
            self.add_error("fingerprint", _("Enter the fingerprint"))
        return given

    @property
    def is_typed(self) -> bool:
        """Whether a reference or a fingerprint was typed."""
        return any(str(self.data.get(name, "")).strip() for name in ("reference", "fingerprint"))

    @property
    def is_data(self) -> bool:
        """Whether the file is the data that a report carries, not a PDF."""
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        return file is not None and _is_data(_first_bytes(file))


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


def _first_bytes(file: "UploadedFile[Any]") -> bytes:
    file.seek(0)
    start: bytes = file.read(FIRST_BYTES)
    file.seek(0)
    return start


def _is_data(start: bytes) -> bool:
    return start.lstrip().startswith(b"{")


def _refuse_others(file: "UploadedFile[Any]") -> None:
    start = _first_bytes(file)
    if not start:
        raise forms.ValidationError(_("The file is empty."))
    # Readers of PDF take what stands before the mark; the data of a report may be checked as well.
    if b"%PDF-" in start or _is_data(start):
        return
    if str(file.name).lower().endswith((".docx", ".doc")):
        raise forms.ValidationError(_("A Word copy cannot be checked. Use the PDF."))
    raise forms.ValidationError(NOT_A_PDF)


def _refuse_larger(file: "UploadedFile[Any] | None", limit: int) -> None:
    if file and (file.size or 0) > limit:
        size = {"size": f"{(file.size or 0) / 1e6:.1f}", "limit": f"{limit / 1e6:g}"}
        raise forms.ValidationError(_("The file is %(size)s MB. The limit is %(limit)s MB.") % size)
