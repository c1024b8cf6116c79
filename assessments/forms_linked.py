"""Choose which evidence of a linked answer stands here as well."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.linked_answers import LinkedAnswer
from assessments.models import Evidence
from govuk.forms import Checkboxes, GovukForm


class LinkedForm(GovukForm):
    """The pieces of one linked answer, all of them ticked."""

    pieces = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What do you want to use here?"),
        help_text=gettext_lazy(
            "It stands in both places then, and taking it off one leaves it in the other. Level and reason stay as "
            "they are."
        ),
        widget=Checkboxes,
        error_messages={
            "required": gettext_lazy("Select the evidence that you want to use"),
            "invalid_choice": gettext_lazy("Select evidence from the list"),
        },
    )
    submit_text = gettext_lazy("Use this evidence")

    def __init__(self, answer: LinkedAnswer, *args: Any, **kwargs: Any) -> None:
        offered = {str(piece.number): piece for piece in answer.usable()}
        super().__init__(*args, initial={"pieces": list(offered)}, **kwargs)
        field: Any = self.fields["pieces"]
        field.choices = [(value, piece.title) for value, piece in offered.items()]
        field.widget.hints = {value: _what(piece) for value, piece in offered.items()}
        field.coerce = offered.get


def _what(piece: Evidence) -> str:
    if piece.link:
        return _("Web address")
    return _("Case study") if piece.case_study_id else piece.kind
