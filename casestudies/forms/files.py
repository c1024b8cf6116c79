"""The form that adds a file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casestudies.fields import UploadField
from govuk.forms import GovukForm


class AttachmentForm(GovukForm):
    """One file to add."""

    file = UploadField(
        label=_("Add a file"),
        help_text=_(
            "PDF, DOCX, XLSX, ODT, PNG or JPEG, 10 MB at most. "
            "No names or details of victims or offenders, in pictures either. "
            "Where and with what a picture was taken is removed, and so is who wrote a DOCX, XLSX or ODT "
            "and with what. "
            "Comments, tracked changes and hidden sheets stay in it: look at them first. A PDF is kept as it is."
        ),
    )
    submit_text = _("Add file")

    def __init__(self, *args: Any, used_bytes: int, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].used_bytes, self.fields["file"].count = used_bytes, count  # type: ignore[attr-defined]
