"""Choose which check sheet of shared information stands as evidence."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.sheet_queries import Log
from govuk.forms import GovukForm, Radios


class SheetForm(GovukForm):
    """What the latest check sheets say of a criterion; the likeliest is chosen already."""

    sheet = forms.TypedChoiceField(
        label=gettext_lazy("Which quarter?"),
        help_text=gettext_lazy(
            "What arrived of this criterion’s sets, from whom and when, what is missing and the notes are kept as a "
            "text file, as they stand today. Whoever reads the assessment can read it."
        ),
        widget=Radios,
        error_messages={
            "required": gettext_lazy("Select a quarter"),
            "invalid_choice": gettext_lazy("Select a quarter from the list"),
        },
    )
    submit_text = gettext_lazy("Add it as evidence")

    def __init__(self, logs: Sequence[Log], *args: Any, **kwargs: Any) -> None:
        offered = {log.value: log for log in logs}
        super().__init__(*args, initial={"sheet": next(iter(offered))}, **kwargs)
        field: Any = self.fields["sheet"]
        field.choices = [(value, log.when) for value, log in offered.items()]
        field.widget.hints = {value: log.counts.in_words for value, log in offered.items()}
        field.coerce = offered.get
