"""Widgets with what GOV.UK markup needs and Django's own lack: hints per choice, a date in three boxes."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms


class _WithDetails:
    """Adds hints and label classes, keyed by the choice's value as text, to a widget of choices."""

    def __init__(
        self,
        *args: Any,
        hints: Mapping[str, str] | None = None,
        label_classes: Mapping[str, str] | None = None,
        small: bool = False,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}
        self.label_classes = label_classes or {}
        self.small = small
        self.inline = inline


class Radios(_WithDetails, forms.RadioSelect):
    """Radios with a hint and a class per choice; `small` and `inline` are GOV.UK's variants."""


class Checkboxes(_WithDetails, forms.CheckboxSelectMultiple):
    """Checkboxes with a hint and a class per choice; `small` is GOV.UK's variant."""


class MultipleFileInput(forms.FileInput):
    """A file control that accepts several files at once."""

    allow_multiple_selected = True


class DateInput(forms.MultiWidget):
    """Day, month and year in three text boxes named `<name>_day`, `<name>_month` and `<name>_year`."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[str]:
        """The three texts that show a date, or three blanks."""
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        return ["", "", ""]
