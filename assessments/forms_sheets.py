"""Choose which check sheet of shared information stands as evidence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from govuk.forms import GovukForm, Radios
from sharing.queries import SheetSummary


class SheetForm(GovukForm):
    """One of the partnership's latest check sheets; the newest is chosen already."""

    sheet = forms.TypedChoiceField(
        label=gettext_lazy("Which quarter?"),
        help_text=gettext_lazy("What the sheet says today is written into the evidence. The sheet can change later."),
        widget=Radios,
        error_messages={
            "required": gettext_lazy("Select a quarter"),
            "invalid_choice": gettext_lazy("Select a quarter from the list"),
        },
    )
    submit_text = gettext_lazy("Add it as evidence")

    def __init__(self, sheets: Sequence[SheetSummary], *args: Any, **kwargs: Any) -> None:
        offered = {str(sheet.quarter): sheet for sheet in sheets}
        super().__init__(*args, initial={"sheet": next(iter(offered))}, **kwargs)
        field: Any = self.fields["sheet"]
        field.choices = [(value, sheet.quarter.name) for value, sheet in offered.items()]
        field.widget.hints = {value: sheet.counts.in_words for value, sheet in offered.items()}
        field.coerce = offered.get
