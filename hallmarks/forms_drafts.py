"""What every form about a part of a draft has in common: what is typed is judged as a criteria file is."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.forms import GovukDateField, GovukForm
from govuk.layout import Button, ButtonGroup, Link, form_helper
from govuk.widgets import DateInput
from hallmarks import judging, texts
from hallmarks.differences import Piece, compared
from hallmarks.document import Document

Initial = dict[str, Any]


class Written(forms.Field):
    """A text as it was typed: the rules for criteria files say what is wrong with it, and no other."""

    def __init__(
        self, *, max_length: int | None = None, rows: int = 0, width: int = 0, is_needed: bool = False, **kwargs: Any
    ) -> None:
        line = forms.TextInput({"class": f"govuk-input--width-{width}"} if width else {})
        widget = forms.Textarea({"rows": rows, "cols": False}) if rows else line
        super().__init__(**{"required": False, "widget": widget, **kwargs})
        # The counter below a text reads this; lines get none.
        self.max_length = max_length if rows else None
        self.is_needed = is_needed

    def to_python(self, value: Any) -> str:
        """The text with the line breaks of HTTP made plain ones."""
        return plain_lines(str(value or ""))


@dataclass(frozen=True)
class Theirs:
    """One field that a colleague changed: what they saved, in pieces, and whether it was typed over here as well."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_mine_too: bool


class DraftForm(GovukForm):
    """A part of a draft, stamped with the draft that its writer read (`seen`, its SHA-256)."""

    seen = forms.Field(required=False, widget=forms.HiddenInput)
    # The parts of the document that the form shows, and the model of its fields.
    model = ""
    save_text = gettext_lazy("Save")

    def __init__(self, document: Document, *args: Any, back: str = "", seen: str = "", **kwargs: Any) -> None:
        self.document, self.back = document, back
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen

    def typed(self) -> Document:
        """The document as this form would have it; fields that could not be read leave what was there."""
        raise NotImplementedError

    def parts(self, typed: Document) -> set[judging.Part]:
        """The parts of the typed document that this form shows."""
        raise NotImplementedError

    def act(self) -> str:
        """What is done, in words for the list of acts."""
        raise NotImplementedError

    def initial_of(self, document: Document) -> Initial:
        """What the form shows of another state of the draft; raises NotThere where its part is not in that."""
        return dict(self.initial)

    def is_sound(self) -> bool:
        """Say whether what was typed may be saved; all that is wrong with it is said at once, at its fields."""
        if not self.is_bound:
            return False
        self.full_clean()
        self._require()
        # A part with a fault is not compared with the others: without that fault it is, so that all is said at once.
        known = -1
        while known < len(self.errors):
            known = len(self.errors)
            document = self.typed()
            for fault in judging.faults(document, shown_parts=self.parts(document), before=self.document):
                self._take(fault)
        return not self.errors

    @property
    def stamp(self) -> str:
        """The state of the draft that the writer read."""
        return str(self.cleaned_data.get("seen", ""))

    def field_of(self, fault: judging.Fault) -> str:
        """The name of the field that a fault belongs to; nothing where the form has none for it."""
        return fault.name if fault.model == self.model and fault.name in self.fields else ""

    def said(self, name: str, before: Any = "") -> Any:
        """What was typed; a text that is as it was shown stays what it was, to the letter.

        Something stands for what is missing, only so that the rest can be judged.
        """
        if name not in self.cleaned_data:
            return before or ("…" if getattr(self.fields[name], "is_needed", False) else before)
        value = self.cleaned_data[name]
        if not isinstance(value, str):
            return value
        return before if value == plain_lines(str(before)) else value.strip()

    def theirs(self, base: Document | None) -> list[Theirs]:
        """Return what a colleague changed of this part since `base`, and take over what was not typed over here."""
        now = self.initial_of(self.document)
        was = self.initial_of(base) if base else {name: self.cleaned_data.get(name) for name in now}
        found = []
        for name in [name for name in now if name in self.fields and not _is_same(now[name], was[name])]:
            is_mine = base is not None and not _is_same(self.cleaned_data.get(name), was[name])
            if not is_mine and base is not None:
                self._take_over(name, now[name])
            pieces = compared(self._words(name, was[name]), self._words(name, now[name]))
            found.append(Theirs(self.label_of(name), *pieces, is_mine_too=is_mine or base is None))
        return found

    def stamp_anew(self, seen: str) -> None:
        """Let the form, shown again, save over the draft as it is now."""
        self._set("seen", seen)

    def laid_out(self, *fields: Any) -> FormHelper:
        """The fields with the stamp and the buttons; whoever leaves with unsaved words is asked once more."""
        helper = form_helper(*fields, "seen", ButtonGroup(Button(self.save_text), Link(_("Cancel"), self.back)))
        helper.attrs["data-warn"] = "unsaved" if self.is_bound else "changed"
        return helper

    def _require(self) -> None:
        for name, field in self.fields.items():
            if getattr(field, "is_needed", False) and texts.is_blank(self.cleaned_data.get(name, "")):
                self.add_error(name, str(field.error_messages["required"]))

    def _take(self, fault: judging.Fault) -> None:
        name = self.field_of(fault)
        if not name:
            if str(fault) not in self.non_field_errors():
                self.add_error(None, str(fault))
        elif name not in self.errors:
            number = _("line %(n)s") % {"n": fault.number}
            label = f"{self.label_of(name)}, {number}" if fault.model == "indicator" else self.label_of(name)
            self.add_error(name, f"{label}: {self.remedy(name) or fault.text}")

    def label_of(self, name: str) -> str:
        """What a field is called where it is spoken of away from its place."""
        return str(self.fields[name].label)

    def remedy(self, name: str) -> str:
        """Words of the form's own for a fault of a field, where those for files would not help here."""
        if name == "in_force_to":
            return _("This day must be the same as the first day, or after it.")
        return ""

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, datetime.date):
            return date_format(value, "j F Y")
        choices = dict(getattr(self.fields[name].widget, "choices", ()))
        return str(choices.get(value, value or ""))

    def _take_over(self, name: str, value: Any) -> None:
        if isinstance(self.fields[name], GovukDateField):
            for part, text in zip(DateInput.parts, DateInput().decompress(value), strict=True):
                self._set(f"{name}_{part}", text)
        else:
            self._set(name, ("true" if value else "") if isinstance(value, bool) else value)

    def _set(self, name: str, value: str) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[name] = value
        self.data = data


def needed(words: Any) -> dict[str, Any]:
    """Return what a field needs that must not be left blank, with what to say where it is."""
    return {"is_needed": True, "error_messages": {"required": words}}


def choice(label: Any, choices: Any, help_text: Any = "") -> Written:
    """Return a field that is chosen from a list."""
    return Written(label=label, help_text=help_text, widget=forms.Select(choices=choices))


def plain_lines(text: str) -> str:
    """Return a text as a browser sends it back: with plain line breaks only."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def typed_words(data: QueryDict, labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what somebody typed on a form that cannot be shown any more, so that nothing of it is lost."""
    for name, label in labels.items():
        text = data.get(name, "")
        if isinstance(text, str) and text.strip():
            yield str(label), text


def _is_same(one: Any, other: Any) -> bool:
    def plain(value: Any) -> Any:
        return plain_lines(value).strip() if isinstance(value, str) else value

    return bool(plain(one) == plain(other))
