"""The base of every form: GOV.UK wording where an author gave none, server validation, error summary."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import BadRequest
from django.forms.formsets import BaseFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.fields import GovukDateField, LongTextField
from govuk.layout import Button, form_helper
from govuk.numbers import grouped
from govuk.parts import error_target
from govuk.widgets import Checkboxes, DateInput, MultipleFileInput, Radios

__all__ = [
    "Checkboxes",
    "DateInput",
    "GovukDateField",
    "GovukForm",
    "GovukFormMixin",
    "GovukModelForm",
    "LongTextField",
    "MultipleFileInput",
    "Radios",
    "SummaryItem",
    "require_stamp",
    "summary_items",
]


@dataclass(frozen=True)
class SummaryItem:
    """One line of the error summary; `target` is the id of the control to go to, blank if there is none."""

    text: str
    target: str = ""


def summary_items(form: forms.BaseForm) -> list[SummaryItem]:
    """The errors of a form in the order of its fields, those of the whole form first."""
    whole = [SummaryItem(str(text)) for text in form.non_field_errors()]
    return whole + [SummaryItem(str(text), error_target(bound)) for bound in form for text in bound.errors]


def all_summary_items(forms_or_sets: "Iterable[forms.BaseForm | BaseFormSet[Any]]") -> list[SummaryItem]:
    """The errors of several forms and formsets on one page."""
    items: list[SummaryItem] = []
    for part in forms_or_sets:
        if isinstance(part, BaseFormSet):
            items += [SummaryItem(str(text)) for text in part.non_form_errors()] + all_summary_items(part.forms)
        elif part is not None:
            items += summary_items(part)
    return items


def require_stamp(form: forms.BaseForm) -> None:
    """Refuse (400) a form that does not say what it was read at: no page of ours sends one."""
    if form.errors.keys() & {"revision", "save_id"}:
        raise BadRequest("A form came without the revision it was read at.")


def _say_what_to_do(field: forms.Field) -> None:
    """Replaces Django's own messages, which say the rule, by the remedy; an author's message stays."""
    if limit := getattr(field, "max_length", None):
        words = _("“{label}” must be {limit} characters or fewer. You entered %(show_value)d.")
        named = words.format(label=str(field.label).replace("%", "%%"), limit=grouped(limit))
        field.error_messages.setdefault("max_length", named)
    if str(field.error_messages["required"]) == str(forms.Field.default_error_messages["required"]):
        text = _("Select an answer for “{label}”") if _is_choice(field) else _("Enter an answer for “{label}”")
        field.error_messages["required"] = text.format(label=field.label or "")


def _is_choice(field: forms.Field) -> bool:
    return isinstance(field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput))


class GovukFormMixin:
    """What a form needs for GOV.UK pages: plain messages, a helper, no `required`, no colon after labels."""

    use_required_attribute = False
    submit_text = gettext_lazy("Continue")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = field.label or self[name].label  # type: ignore[index]
            _say_what_to_do(field)

    @cached_property
    def helper(self) -> FormHelper:
        """Every field in order and one button; a form with its own layout replaces it."""
        return form_helper(*self.fields, Button(self.submit_text))  # type: ignore[attr-defined]

    @property
    def error_summary(self) -> list[SummaryItem]:
        """What the error summary at the top of the page lists."""
        return summary_items(self)  # type: ignore[arg-type]


class GovukForm(GovukFormMixin, forms.Form):
    """A form in GOV.UK style."""


class GovukModelForm(GovukFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form on a model in GOV.UK style; it cleans input, services save."""
