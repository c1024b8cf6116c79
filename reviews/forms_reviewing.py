"""What reviewers type: cleaned here, judged and saved by services."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms import DOES_NOT_APPLY
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukDateField, GovukForm
from govuk.layout import Button, ButtonGroup, Link, form_helper
from govuk.layout import Question as Asked
from hallmarks.marks import Label, does_not_apply
from hallmarks.outline import Question
from reviews.models import (
    QUESTION_LENGTH,
    REASON_LENGTH,
    RECOMMENDATION_LENGTH,
    SUMMARY_LENGTH,
    ReviewerRating,
)
from reviews.services import Remarks, Verdict
from reviews.sheets import Line

NO_NAMES = gettext_lazy("Do not include names or details of victims or offenders.")
MOST_DRAWN = 99


def question_field(label: Any, *, required: bool = True) -> PlainTextField:
    """Return the box for a question."""
    return PlainTextField(
        label=label,
        help_text=gettext_lazy(
            "Sent when you save. They answer on their own pages. "
            "Do not include names or details of victims or offenders."
        ),
        max_length=QUESTION_LENGTH,
        rows=3,
        required=required,
        error_messages={"required": gettext_lazy("Enter the question")},
    )


def recommendation_field(label: Any, *, required: bool = True) -> PlainLineField:
    """Return the box for a recommendation."""
    return PlainLineField(
        label=label,
        help_text=gettext_lazy(
            "The partnership reads it when you close or return, and can make it one of its improvement actions. "
            "Do not include names or details of victims or offenders."
        ),
        max_length=RECOMMENDATION_LENGTH,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
        error_messages={"required": gettext_lazy("Enter the recommendation")},
    )


@dataclass(frozen=True)
class LevelChoice:
    """One radio of the reviewer's level, flagged where the partnership chose it."""

    value: str
    element_id: str
    label: Label
    is_chosen: bool
    is_theirs: bool


class VerdictForm(GovukForm):
    """What a reviewer says of one criterion: a level and why, a question, a recommendation."""

    level = forms.CharField(required=False, label=gettext_lazy("Your level"))
    reason = PlainTextField(
        label=gettext_lazy("Why do you see it this way?"),
        help_text=gettext_lazy(
            "Needed where you differ. The partnership reads this when you close or return the review. "
            "Do not include names or details of victims or offenders."
        ),
        max_length=REASON_LENGTH,
        rows=4,
        required=False,
    )
    question = question_field(gettext_lazy("Question to the partnership (optional)"), required=False)
    recommendation = recommendation_field(gettext_lazy("Recommendation (optional)"), required=False)

    def __init__(self, asked: Question, line: Line, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked, self._entry = asked, line.entry

    def clean_level(self) -> str:
        """Refuse what is no level of this criterion, and two levels at once; a browser never sends them."""
        sent = self.data.getlist("level") if hasattr(self.data, "getlist") else []
        if len(sent) > 1:
            raise forms.ValidationError(_("Select one level for this criterion, not two"))
        chosen = str(self.cleaned_data["level"])
        if chosen not in {"", DOES_NOT_APPLY} and self._asked.level(chosen) is None:
            words = _("Select a level for this criterion from the list: “%(value)s” is not one of them")
            raise forms.ValidationError(words, params={"value": chosen})
        return chosen

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing: a level, unless there is only a question; a reason, where the two differ."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        said = cleaned["question"] or cleaned["recommendation"]
        if not cleaned["level"] and cleaned["reason"]:
            self.add_error("level", _("Select the level you see, or clear the reason"))
        elif not cleaned["level"] and not said:
            self.add_error("level", _("Select the level you see, or ask a question"))
        elif cleaned["level"] and self._differs(cleaned["level"]) and not cleaned["reason"]:
            self.add_error("reason", _("Enter why you see it differently from the partnership"))
        return cleaned

    @property
    def remarks(self) -> Remarks:
        """What was said, as cleaned."""
        data = self.cleaned_data
        return Remarks(self.verdict, data["question"], data["recommendation"])

    @property
    def verdict(self) -> Verdict | None:
        """The level and the reason, or None where no level was chosen."""
        chosen = self.cleaned_data["level"]
        if not chosen:
            return None
        return Verdict(self._asked.level(chosen), chosen == DOES_NOT_APPLY, self.cleaned_data["reason"])

    def level_choices(self) -> list[LevelChoice]:
        """The radios, lowest level first; the first has the id that errors link to."""
        chosen, theirs = self["level"].value(), DOES_NOT_APPLY if self._entry.does_not_apply else self._entry.level
        options = [(level.slug, self._asked.labels[level.position]) for level in self._asked.levels]
        return [
            LevelChoice(value, f"id_level_{place}" if place else "id_level", label, value == chosen, value == theirs)
            for place, (value, label) in enumerate([*options, (DOES_NOT_APPLY, does_not_apply())])
        ]

    def _differs(self, chosen: str) -> bool:
        return chosen != (DOES_NOT_APPLY if self._entry.does_not_apply else self._entry.level)


def initial_of(rating: ReviewerRating | None, asked: Question) -> dict[str, str]:
    """Return a reviewer's rating as the form shows it."""
    if rating is None:
        return {}
    level = asked.level_by_id(rating.level_id)
    return {"level": level.slug if level else DOES_NOT_APPLY, "reason": rating.reason}


class SummaryForm(GovukForm):
    """What a reviewer says of the whole."""

    summary = PlainTextField(
        label=gettext_lazy("What do you say of the whole?"),
        help_text=gettext_lazy(
            "What is strong, what is weak, what comes next. The partnership reads it when you close or return. "
            "Do not include names or details of victims or offenders."
        ),
        max_length=SUMMARY_LENGTH,
        rows=6,
        required=False,
    )


class QuestionForm(GovukForm):
    """A question about the whole submission."""

    question = question_field(gettext_lazy("Ask about the submission as a whole"))


class RecommendationForm(GovukForm):
    """A recommendation about the whole."""

    recommendation = recommendation_field(gettext_lazy("Recommend something about the whole"))


class SampleForm(GovukForm):
    """How many criteria to draw."""

    number = forms.IntegerField(
        label=gettext_lazy("How many criteria?"),
        min_value=1,
        max_value=MOST_DRAWN,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "required": gettext_lazy("Enter how many criteria to draw"),
            "invalid": gettext_lazy("Enter how many criteria to draw as a number, such as 5"),
            "min_value": gettext_lazy("Enter 1 or more"),
            "max_value": gettext_lazy("Enter 99 or fewer"),
        },
    )


class EndingForm(GovukForm):
    """What ends a review, with a way back to its page, which is at `back`."""

    def __init__(self, back: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._back = back

    def ending(self, button: Button) -> ButtonGroup:
        """Return the button that ends it and the link that does not."""
        return ButtonGroup(button, Link(_("Cancel"), self._back))


class CloseForm(EndingForm):
    """Nothing but the button that closes."""

    @cached_property
    def helper(self) -> FormHelper:
        """One button, and the way back."""
        return form_helper(self.ending(Button(_("Close the review"))))


class ReturnForm(EndingForm):
    """Why a submission is returned, and until when the partnership has time."""

    reason = PlainTextField(
        label=gettext_lazy("Why do you return it?"),
        help_text=gettext_lazy(
            "Say what to change. The partnership reads it at once. "
            "Do not include names or details of victims or offenders."
        ),
        max_length=SUMMARY_LENGTH,
        rows=6,
        error_messages={"required": gettext_lazy("Enter why you return it")},
    )
    until = GovukDateField(
        label=gettext_lazy("Until when can the partnership edit and submit again?"),
        name=gettext_lazy("The day"),
        error_messages={"required": gettext_lazy("Enter the day until which the partnership has time")},
    )

    def __init__(self, back: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(back, *args, **kwargs)
        day = self.initial["until"]
        example = {"day": day.day, "month": day.month, "year": day.year}
        self.fields["until"].help_text = _("The end of this day, for example %(day)s %(month)s %(year)s.") % example

    @cached_property
    def helper(self) -> FormHelper:
        """Both questions with bold labels, and one button beside the way back."""
        button = self.ending(Button(_("Return the submission"), variant="warning"))
        return form_helper(Asked("reason", size="s"), Asked("until", size="s"), button)
