"""The form field for what people upload; evidence uses it too."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casestudies.refusals import ACCEPTED
from casestudies.uploads import CheckedFile, UploadRefused, check


class UploadField(forms.FileField):
    """A file checked by its content; its value is a `CheckedFile`. Forms set `used_bytes` and `count` (see `check`)."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Choose a file"),
        "invalid": _("Choose a file again: none arrived"),
    }

    def __init__(self, *, used_bytes: int = 0, count: int | None = None, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)
        self.used_bytes, self.count = used_bytes, count
        self.widget.attrs["accept"] = ",".join(ACCEPTED)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        """The checked file; a refusal becomes the field's error."""
        upload: UploadedFile[Any] | None = super().clean(data, initial)
        if upload is None:
            return None
        try:
            return check(upload, used_bytes=self.used_bytes, count=self.count)
        except UploadRefused as refusal:
            raise ValidationError(refusal.message, "refused") from refusal
