"""What a meeting writes down about one criterion."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.agenda import Item
from assessments.forms import RatingForm
from assessments.forms import initial_of as initial_of_rating
from assessments.meeting_queries import Seen
from assessments.models import DISSENT_LENGTH
from assessments.services import Outcome
from govuk.fields import PlainLineField
from govuk.forms import Checkboxes
from hallmarks.outline import Question
from partnerships.models import Agency


class DecisionForm(RatingForm):
    """The agreed level with its reason, who was present, and who sees it otherwise; a meeting decides in full."""

    present = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who was present?"),
        coerce=int,
        widget=Checkboxes,
        error_messages={
            "required": gettext_lazy("Select the agencies that were present"),
            "invalid_choice": gettext_lazy("Select agencies from the list: “%(value)s” is not one of them"),
        },
    )
    dissent = PlainLineField(
        label=gettext_lazy("Anyone who sees it differently (optional)"),
        help_text=gettext_lazy(
            "The agency and its view, in a line. Do not include names or details of victims or offenders."
        ),
        max_length=DISSENT_LENGTH,
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "What somebody sees differently must be 300 characters or fewer. You entered %(show_value)d."
            )
        },
    )

    def __init__(self, question: Question, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(question, *args, **kwargs)
        self.agencies = {agency.pk: agency for agency in agencies}
        self.fields["present"].choices = [(pk, agency.name) for pk, agency in self.agencies.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for level and reason as well: what a meeting has not decided is not recorded."""
        cleaned = super().clean()
        if not self.errors.keys() & {"level", "reason"}:
            self.ask_for_the_rest()
        return cleaned

    @property
    def outcome(self) -> Outcome:
        """The cleaned decision; while the form has errors, its sound parts."""
        answer, data = self.answer, self.cleaned_data
        present = tuple(self.agencies[key] for key in data.get("present", ()))
        return Outcome(answer.level, answer.does_not_apply, answer.reason, present, data.get("dissent", ""))

    def presence_rows(self) -> list[tuple[str, str, str, bool]]:
        """The check boxes: value, name, id, whether it is ticked; the first has the id that errors link to."""
        ticked = {str(key) for key in self["present"].value() or ()}
        return [
            (str(key), agency.name, f"id_present_{place}" if place else "id_present", str(key) in ticked)
            for place, (key, agency) in enumerate(self.agencies.items())
        ]

    @property
    def names_present(self) -> list[str]:
        """The agencies whose boxes are ticked."""
        return [name for _value, name, _id, is_ticked in self.presence_rows() if is_ticked]


def initial_of(item: Item, seen: Sequence[Seen], *, takes_answer: bool = False) -> dict[str, Any]:
    """Return what the form begins with: what a meeting agreed, and otherwise neither level nor reason.

    What one person answered is no agreement, so its level is never ticked; its words are there where somebody
    `takes_answer`. Who is present is remembered from before.
    """
    present = [one.agency.pk for one in seen if one.was_present]
    if item.decision and item.is_agreed:
        agreed = initial_of_rating(item.rating, item.question, {})
        return {**agreed, "present": present, "dissent": item.decision.dissent}
    return {"reason": item.rating.reason if item.rating and takes_answer else "", "present": present}
