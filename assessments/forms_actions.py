"""What officers type about improvement actions: cleaned here, judged and saved by services."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessments.forms import LARGEST_REVISION
from assessments.models import ACTION_LENGTH, NOTE_LENGTH, ImprovementAction
from assessments.services import ActionPlan
from govuk.fields import PlainLineField, PlainTextField
from govuk.forms import GovukDateField, GovukForm, Radios
from govuk.layout import Button, Question, form_helper
from partnerships.models import Agency

NO_NAMES = _("Do not include names or details of victims or offenders.")
TOO_LONG = {"max_length": _("Enter %(limit_value)d characters or fewer. You entered %(show_value)d.")}


class ActionForm(GovukForm):
    """What will be done, which agency owns it, and by when."""

    submit_text = _("Save the action")

    text = PlainLineField(
        label=_("What will be done?"),
        help_text=_("One thing that can be seen to be done. Do not include names or details of victims or offenders."),
        max_length=ACTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
        error_messages={"required": _("Enter what will be done"), **TOO_LONG},
    )
    owner = forms.ChoiceField(
        label=_("Which agency owns it?"),
        widget=Radios(small=True),
        error_messages={
            "required": _("Select the agency that owns the action"),
            "invalid_choice": _("Select an agency of your partnership"),
        },
    )
    due_on = GovukDateField(
        label=_("By when?"),
        name=_("The day"),
        help_text=_("For example, 30 9 2027."),
        error_messages={"required": _("Enter the day by which it will be done")},
    )

    def __init__(self, agencies: Sequence[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {agency.name: agency for agency in agencies}
        self.fields["owner"].choices = [(name, name) for name in self._agencies]  # type: ignore[attr-defined]

    @cached_property
    def helper(self) -> FormHelper:
        """Every question with a bold label, and one button."""
        return form_helper(*(_shown(self, name) for name in self.fields), Button(self.submit_text))

    @property
    def plan(self) -> ActionPlan:
        """The plan as cleaned."""
        data = self.cleaned_data
        return ActionPlan(data["text"], self._agencies[data["owner"]], data["due_on"])


class StampedForm(GovukForm):
    """A form about an action that exists, stamped with the revision its writer read."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)

    def stamp_anew(self, revision: int) -> None:
        """Let the form, shown again with the writer's own text, save over what is now on the page beside it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data


class EditForm(StampedForm, ActionForm):
    """The plan of an action that exists."""

    submit_text = _("Save changes")

    @classmethod
    def initial_of(cls, action: ImprovementAction) -> dict[str, Any]:
        """Return what the form shows first."""
        plan = {"text": action.text, "owner": action.owner.name, "due_on": action.due_on}
        return {**plan, "revision": action.revision}


class ClosingForm(StampedForm):
    """The base of the two ways in which an action ends."""

    @cached_property
    def helper(self) -> FormHelper:
        """The question with a bold label, and one button."""
        return form_helper(*(_shown(self, name) for name in self.fields), Button(self.submit_text))


class DoneForm(ClosingForm):
    """An action is done; what came of it may be told."""

    submit_text = _("Mark as done")

    reason = PlainLineField(
        label=_("What came of it? (optional)"),
        help_text=NO_NAMES,
        max_length=ACTION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
        error_messages=TOO_LONG,
    )


class DropForm(ClosingForm):
    """An action is given up, which wants a reason."""

    submit_text = _("Drop the action")

    reason = PlainLineField(
        label=_("Why is it dropped?"),
        help_text=NO_NAMES,
        max_length=ACTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "cols": False}),
        error_messages={"required": _("Enter why the action is dropped"), **TOO_LONG},
    )


class NoteForm(GovukForm):
    """A line on progress."""

    submit_text = _("Add the note")

    text = PlainTextField(
        label=_("Add a progress note"),
        help_text=NO_NAMES,
        max_length=NOTE_LENGTH,
        rows=4,
        error_messages={"required": _("Enter the progress note")},
    )


def _shown(form: GovukForm, name: str) -> Question | str:
    return name if form.fields[name].widget.is_hidden else Question(name, size="s")
