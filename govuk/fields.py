"""Form fields that GOV.UK patterns need: a date in three parts, and text as people see it and the browser counts it."""

import datetime
from collections.abc import Sequence
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from govuk.texts import BrokenCharacter, plain
from govuk.widgets import DateInput

BROKEN = gettext_lazy(
    "“%(label)s” has a broken character at place %(place)d. Delete what stands there and type it again."
)
PART_NAMES = {"day": gettext_lazy("day"), "month": gettext_lazy("month"), "year": gettext_lazy("year")}


def _month_names() -> dict[str, int]:
    return {str(name).casefold(): number for names in (MONTHS, MONTHS_3) for number, name in names.items()}


def _number(text: str, digits: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= digits else 0


def _month(text: str) -> int:
    """The month from digits or a name, in English or the reader's language; 0 if it is none."""
    with override("en"):
        english = _month_names()
    return _number(text, 2) or {**english, **_month_names()}.get(text.casefold(), 0)


class GovukDateField(forms.Field):
    """A date typed as day, month and year; `name` is what the error messages call it, such as "Due date"."""

    widget = DateInput
    default_error_messages = {
        "required": gettext_lazy("Enter a date"),
        "incomplete": gettext_lazy("%(name)s must include a %(missing)s"),
        "invalid": gettext_lazy("%(name)s must be a real date"),
        "year": gettext_lazy("%(name)s: the year must have 4 numbers"),
    }

    def __init__(self, *, name: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name = name

    def to_python(self, value: Sequence[str] | datetime.date | None) -> datetime.date | None:
        """The date, or None if nothing was typed; errors carry the parts to mark in `params["parts"]`."""
        if isinstance(value, datetime.date):  # a disabled field gives what was stored
            return value
        texts = dict(zip(DateInput.parts, ((text or "").strip() for text in value or ()), strict=False))
        if not any(texts.values()):
            return None
        missing = [part for part in DateInput.parts if not texts.get(part)]
        if missing:
            self._refuse("incomplete", missing)
        return self._date(texts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the three texts say another date than the one first shown."""
        return not self.disabled and DateInput().decompress(initial) != list(data or ("", "", ""))

    def _date(self, texts: dict[str, str]) -> datetime.date:
        day, month = _number(texts["day"], 2), _month(texts["month"])
        if len(texts["year"]) != 4 or not texts["year"].isdecimal():
            self._refuse("year", ["year"])
        wrong = [part for part, ok in (("day", 1 <= day <= 31), ("month", 1 <= month <= 12)) if not ok]
        try:
            return datetime.date(int(texts["year"]), month, day)
        except ValueError:
            self._refuse("invalid", wrong or list(DateInput.parts))

    def _refuse(self, code: str, parts: list[str]) -> NoReturn:
        missing = get_text_list([str(PART_NAMES[part]) for part in parts], _("and"))
        name = self.name or self.label or _("Date")
        raise ValidationError(
            self.error_messages[code], code=code, params={"name": name, "missing": missing, "parts": parts}
        )


class LongTextField(forms.CharField):
    """Text of several lines; a line break counts as one character, as in the browser's counter."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"rows": rows, "cols": False})

    def to_python(self, value: Any) -> str:
        """The text with the line breaks of HTTP (two characters) made plain ones."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def _plain(field: forms.Field, text: str | None) -> str:
    try:
        return plain(text or "")
    except BrokenCharacter as problem:
        raise ValidationError(BROKEN, "broken", {"label": field.label, "place": problem.place}) from problem


class PlainLineField(forms.CharField):
    """One line of text without hidden characters."""

    def to_python(self, value: Any) -> str:
        """The text on one line; blank if nothing of it can be seen."""
        return " ".join(_plain(self, super().to_python(value)).split())


class PlainTextField(LongTextField):
    """Text of several lines without hidden characters; a line break counts as one."""

    def to_python(self, value: Any) -> str:
        """The text with plain line breaks; blank if nothing of it can be seen."""
        return _plain(self, super().to_python(value))
