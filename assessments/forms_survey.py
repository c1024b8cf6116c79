"""The front-line check's forms: a coordinator's to open it, and the one that anybody with the link answers."""

import datetime
import secrets
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import FEWEST_ANSWERS, MAX_ANSWERS, Survey
from assessments.survey_limits import FORM_SECONDS
from govuk.forms import GovukDateField, GovukForm, Radios
from govuk.layout import Button, form_helper
from govuk.layout import Question as Asked
from hallmarks.models import Level
from hallmarks.outline import Question
from hallmarks.templatetags.levels import label_on

DO_NOT_KNOW = "do_not_know"
FORM_KEY = "form_key"
KEY_BYTES = 16
# A browser forgets the page at an address that it posts to; the back button must find this one, its key used up.
SEND = "?send"
MOST_ANSWERS = 2000


class OpenForm(GovukForm):
    """Until when the check is open, and how many may answer; `today` and `latest` are the days it may close on."""

    submit_text = gettext_lazy("Open the check and get its link")

    closes_on = GovukDateField(
        label=gettext_lazy("Closing day"),
        name=gettext_lazy("Closing day"),
        help_text=gettext_lazy("The check takes answers until the end of this day. You can close it earlier."),
        error_messages={"required": gettext_lazy("Enter the day the check closes")},
    )
    max_answers = forms.IntegerField(
        label=gettext_lazy("Most answers"),
        help_text=gettext_lazy("The check closes when so many have answered, in case the link goes too far."),
        initial=MAX_ANSWERS,
        min_value=FEWEST_ANSWERS,
        max_value=MOST_ANSWERS,
        error_messages={
            "required": gettext_lazy("Enter how many answers the check takes at most"),
            "invalid": gettext_lazy("Most answers must be a whole number"),
            "min_value": gettext_lazy("Most answers must be %(limit_value)s or more: fewer are never shown"),
            "max_value": gettext_lazy("Most answers must be %(limit_value)s or fewer"),
        },
    )

    def __init__(self, today: datetime.date, latest: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.latest = today, latest
        self.fields["max_answers"].widget.attrs["class"] = "govuk-input--width-4"

    @cached_property
    def helper(self) -> FormHelper:
        """Both questions with bold labels, and one button."""
        return form_helper(*(Asked(name, size="s") for name in self.fields), Button(self.submit_text))

    def clean_closes_on(self) -> datetime.date:
        """Refuse days that are over, and days after the assessment."""
        day: datetime.date = self.cleaned_data["closes_on"]
        if not self.today <= day <= self.latest:
            words = _("The closing day must be today or later, and no later than %(day)s, when your assessment closes")
            raise forms.ValidationError(words, params={"day": date_format(self.latest, "j F Y")})
        return day


class AnswerForm(GovukForm):
    """One person's answers: a level a question; what is left out counts nowhere.

    The key is random and says nothing of the person; it is there so that no form is counted twice.
    """

    form_key = forms.Field(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, survey: Survey, questions: Sequence[Question], data: QueryDict | None = None) -> None:
        super().__init__(data.dict() if data is not None else None)
        # A page opened before the round's criteria changed has other questions: it comes back with its answers.
        version = survey.assessment.round.version_id
        self._signer = TimestampSigner(salt=f"front-line check {survey.token_hash} {version}")
        self._asked = {f"level_{question.criterion.code}": question for question in questions}
        for number, (name, question) in enumerate(self._asked.items(), start=1):
            self.fields[name] = _level_field(number, question)
        self.initial[FORM_KEY] = self._signer.sign(secrets.token_urlsafe(KEY_BYTES))

    @cached_property
    def helper(self) -> FormHelper:
        """Each question under a rule, and one button."""
        questions = (Asked(name, size="s", heading="h2", group_class="app-rule") for name in self._asked)
        return form_helper(FORM_KEY, *questions, Button(_("Send my answers")), action=SEND)

    def clean_form_key(self) -> str:
        """Refuse a key that is not ours or older than an hour, and put a fresh one in its place."""
        sent = str(self.cleaned_data.get(FORM_KEY) or "")
        try:
            return self._signer.unsign(sent, max_age=FORM_SECONDS)
        except BadSignature:
            self.data = {**self.data, FORM_KEY: self.initial[FORM_KEY]}
            words = _(
                "This page was open for more than an hour, or its questions changed meanwhile. "
                "Check your answers, then send them again"
            )
            self.add_error(None, words)
            return ""

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least; “I do not know” is one."""
        cleaned = super().clean() or {}
        if not self.errors.keys() & self._asked.keys() and not any(cleaned.get(name) for name in self._asked):
            first = next(iter(self._asked), None)
            self.add_error(first, _("Select an answer to at least one question"))
        return cleaned

    @property
    def choices(self) -> dict[Question, Level]:
        """The levels chosen; “I do not know” is none."""
        chosen = {asked: asked.level(self.cleaned_data[name]) for name, asked in self._asked.items()}
        return {asked: level for asked, level in chosen.items() if level is not None}


def _level_field(number: int, question: Question) -> forms.ChoiceField:
    title = question.criterion.title
    words = _("Select a level from the list for question %(number)s: %(title)s") % {"number": number, "title": title}
    return forms.ChoiceField(
        label=f"{number}. {title}",
        help_text=question.criterion.text,
        required=False,
        choices=[*((level.slug, level.name) for level in question.levels), (DO_NOT_KNOW, _("I do not know"))],
        widget=Radios(
            small=True,
            inline=True,
            label_classes={level.slug: label_on(level, question).css_class for level in question.levels},
        ),
        # The value is left out of the message; a per cent sign in a title is none of its own.
        error_messages={"invalid_choice": words.replace("%", "%%")},
    )
