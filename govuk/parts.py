"""What the templates need to know of a bound field: ids, choices, date parts, the control itself."""

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from govuk.widgets import DateInput, MultipleFileInput

# The first match wins, so a subclass stands above its base.
TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateInput, "govuk/date.html"),
    (forms.CheckboxSelectMultiple, "govuk/checkboxselectmultiple.html"),
    (forms.RadioSelect, "govuk/radioselect.html"),
    (forms.CheckboxInput, "govuk/checkbox.html"),
    (forms.PasswordInput, "govuk/password.html"),
    (forms.Textarea, "govuk/textarea.html"),
    (forms.Widget, "govuk/input.html"),
)
CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)
DATE_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}


@dataclass(frozen=True)
class Choice:
    """One radio or checkbox; the first of a group has the field's own id, so that an error can link to it."""

    id: str
    name: str
    value: str
    label: str
    is_checked: bool
    is_disabled: bool
    hint: str = ""
    label_class: str = ""

    @property
    def hint_id(self) -> str:
        """The id of the choice's hint, or nothing if it has none."""
        return f"{self.id}-item-hint" if self.hint else ""


@dataclass(frozen=True)
class DatePart:
    """One of the three boxes of a date."""

    id: str
    name: str
    label: str
    value: str
    css_class: str
    is_disabled: bool


def template_for(bound: BoundField) -> str:
    """The template of the pack that draws this field."""
    return next(name for kind, name in TEMPLATES if isinstance(bound.field.widget, kind))


def described_by(bound: BoundField, before: str = "") -> str:
    """The ids that explain the field, hint before error, for `aria-describedby`."""
    hint = f"{bound.auto_id}-hint" if bound.help_text else ""
    errors = [f"{bound.auto_id}-error{f'-{n}' if n > 1 else ''}" for n in range(1, len(bound.errors) + 1)]
    own = bound.field.widget.attrs.get("aria-describedby", "")
    return " ".join(part for part in (before, own, hint, *errors) if part)


def max_length(bound: BoundField) -> int | None:
    """How many characters fit, if the field sets a limit."""
    limit: int | None = getattr(bound.field, "max_length", None)
    return limit


def choices(bound: BoundField) -> list[Choice]:
    """The radios or checkboxes of a field, with the ids, hints and classes GOV.UK gives them."""
    widget: Any = bound.field.widget
    hints = getattr(widget, "hints", {})
    classes = getattr(widget, "label_classes", {})
    options = widget.options(bound.html_name, widget.format_value(bound.value()))
    return [
        Choice(
            id=bound.auto_id if number == 1 else f"{bound.auto_id}-{number}",
            name=bound.html_name,
            value=str(option["value"]),
            label=option["label"],
            is_checked=option["selected"],
            is_disabled=bool(bound.field.disabled or option["attrs"].get("disabled")),
            hint=hints.get(str(option["value"]), ""),
            label_class=classes.get(str(option["value"]), ""),
        )
        for number, option in enumerate(options, start=1)
    ]


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """The parts of a date to mark: those its error names, or all three."""
    for error in bound.errors.as_data():
        return tuple((error.params or {}).get("parts") or DateInput.parts)
    return ()


def date_parts(bound: BoundField) -> list[DatePart]:
    """The three boxes of a date; the day has the field's own id."""
    wrong, value = wrong_parts(bound), bound.value()
    texts = value if isinstance(value, list) else DateInput().decompress(value)
    return [
        DatePart(
            id=bound.auto_id if part == "day" else f"{bound.auto_id}-{part}",
            name=f"{bound.html_name}_{part}",
            label=str(DATE_LABELS[part]),
            value=text or "",
            css_class=_date_class(part, part in wrong),
            is_disabled=bound.field.disabled,
        )
        for part, text in zip(DateInput.parts, texts, strict=True)
    ]


def _date_class(part: str, is_wrong: bool) -> str:
    error = " govuk-input--error" if is_wrong else ""
    return f"govuk-input govuk-date-input__input{error} govuk-input--width-{4 if part == 'year' else 2}"


def error_target(bound: BoundField) -> str:
    """The id of the control that the error summary leads to; a hidden field has none."""
    if bound.is_hidden:
        return ""
    wrong = wrong_parts(bound) if isinstance(bound.field.widget, DateInput) else ()
    return f"{bound.auto_id}-{wrong[0]}" if wrong and wrong[0] != "day" else bound.auto_id


def control(bound: BoundField, extra_class: str = "", described_by_first: str = "") -> SafeString:
    """The bare control, without what Django adds and GOV.UK leaves out: `required`, `maxlength`."""
    widget = _plain(bound)
    base = next(name for kind, name in CLASSES if isinstance(widget, kind))
    own = widget.attrs.get("class", "")
    names = (base, extra_class, own, f"{base}--error" if bound.errors else "")
    attrs = {
        "id": bound.auto_id,
        "class": " ".join(name for name in names if name),
        "aria-describedby": described_by(bound, described_by_first) or False,
        "disabled": bound.field.disabled,
        # The browser would cut off what is pasted, without a word; the server says what is too long.
        "maxlength": False,
        "minlength": False,
    }
    html: SafeString = widget.render(bound.html_name, bound.value(), attrs, bound.form.renderer)
    return html


def _plain(bound: BoundField) -> Any:
    """The widget as GOV.UK has it: no spinner for numbers, no "Currently" beside a file."""
    widget: Any = copy.copy(bound.field.widget)
    widget.attrs = dict(widget.attrs)
    if isinstance(widget, forms.ClearableFileInput):
        several = widget.allow_multiple_selected
        return MultipleFileInput(widget.attrs) if several else forms.FileInput(widget.attrs)
    if isinstance(widget, forms.NumberInput):
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
            bound.field, (forms.FloatField, forms.DecimalField)
        )
        widget.input_type = "text"
        widget.attrs.update(min=False, max=False, step=False, inputmode="numeric" if whole else "decimal")
    for kind, defaults in DEFAULTS:
        if isinstance(widget, kind):
            widget.attrs = {**defaults, **widget.attrs}
    return widget


DEFAULTS: tuple[tuple[type[forms.Widget], dict[str, Any]], ...] = (
    (forms.EmailInput, {"spellcheck": "false", "autocomplete": "email"}),
    (
        forms.PasswordInput,
        {"spellcheck": "false", "autocomplete": "current-password", "autocapitalize": "none"},
    ),
    (forms.Textarea, {"rows": 5}),
)
