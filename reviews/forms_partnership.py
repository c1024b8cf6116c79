"""What a partnership types about a review: cleaned here, judged and saved by services."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from assessments.forms_actions import ActionForm
from assessments.models import ACTION_LENGTH
from govuk.fields import PlainTextField
from govuk.forms import GovukForm
from govuk.layout import Question as Field
from govuk.layout import form_helper
from hallmarks.outline import Question
from partnerships.models import Agency
from reviews.models import REPLY_LENGTH, Query, Recommendation

REPLY = "reply"


class ReplyForm(GovukForm):
    """The one reply to a question; all of a page are sent together, and the button says which of them it sends."""

    reply = PlainTextField(
        label=_("Your reply"),
        help_text=_(
            "It is sent once and cannot be changed afterwards. Do not include names or details of victims or offenders."
        ),
        max_length=REPLY_LENGTH,
        rows=4,
        error_messages={"required": _("Enter your reply to the question")},
    )

    def __init__(self, query: Query, *args: Any, typed: str = "") -> None:
        super().__init__(*args, prefix=query.code, initial={REPLY: typed})
        self.is_typed = bool(typed)

    @cached_property
    def helper(self) -> FormHelper:
        """The box alone: the form around all of them, and the button, stand in the page."""
        helper = form_helper(Field(REPLY, size="s"), form_tag=False)
        helper.disable_csrf = True
        return helper


def other_replies(sent: Mapping[str, str], but: str) -> dict[str, str]:
    """Return what was typed for the other questions of the page, by the questions' codes."""
    typed = {name.removesuffix(f"-{REPLY}"): text for name, text in sent.items() if name.endswith(f"-{REPLY}")}
    return {code: text for code, text in typed.items() if code != but and text.strip()}


class TakeUpForm(ActionForm):
    """What the partnership makes of a recommendation: an action; where that is about the whole, of which criterion."""

    submit_text = _("Make it an improvement action")

    criterion = forms.ChoiceField(
        label=_("Which criterion is it about?"),
        help_text=_("The recommendation is about the whole. An action is listed with one criterion."),
        error_messages={
            "required": _("Select the criterion that the action is about"),
            "invalid_choice": _("Select a criterion from the list"),
        },
    )
    field_order = ("text", "criterion", "owner", "due_on")

    def __init__(self, questions: Sequence[Question], agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(agencies, *args, **kwargs)
        self._questions = {question.criterion.code: question for question in questions}
        if len(questions) == 1:
            del self.fields["criterion"]
            return
        named = [(code, _place(question)) for code, question in self._questions.items()]
        self.fields["criterion"].choices = [("", _("Choose one")), *named]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, recommendation: Recommendation) -> dict[str, Any]:
        """Return what the form shows first: the recommendation's words, as far as an action has room for them."""
        return {"text": Truncator(recommendation.text).chars(ACTION_LENGTH)}

    @property
    def question(self) -> Question:
        """The criterion that the recommendation is about, or that was chosen."""
        chosen = self.cleaned_data.get("criterion")
        return self._questions[chosen] if chosen else next(iter(self._questions.values()))


def _place(question: Question) -> str:
    return f"{question.section.title} {question.criterion.number}: {question.criterion.title}"
