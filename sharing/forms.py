"""What is typed on a check sheet and on a yearly plan: cleaned here, saved by services."""

import datetime
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govuk.fields import PlainLineField
from govuk.forms import GovukDateField, GovukForm, Radios
from govuk.layout import Button, ButtonGroup, Question, form_helper
from partnerships.models import Agency, Partnership
from sharing.models import NOTE_LENGTH, Line, PlanLine, SheetLine
from sharing.periods import Quarter
from sharing.services import Planned, Receipt

LARGEST_REVISION = 2**31 - 1
HINTS: dict[str, Any] = {SheetLine.State.NOT_FOR_US.value: gettext_lazy("Say why in the note.")}


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One agency of the partnership, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Agency.objects.none(),
            required=False,
            empty_label=gettext_lazy("Choose one"),
            to_field_name="name",
            error_messages={"invalid_choice": gettext_lazy("Choose an agency from the list")},
            **kwargs,
        )


class LineForm(GovukForm):
    """A line of a sheet or a plan, stamped with the revision that its writer read."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    save_id = forms.UUIDField(widget=forms.HiddenInput)
    note = PlainLineField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Do not include names or details of victims or offenders."),
        required=False,
        max_length=NOTE_LENGTH,
    )
    asked: tuple[str, ...] = ()
    save_text, back_text = gettext_lazy("Save and continue"), gettext_lazy("Save and go back")

    def __init__(self, partnership: Partnership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, AgencyField):
                field.queryset = partnership.agencies.all()

    @cached_property
    def helper(self) -> FormHelper:
        """The questions, and both ways to save."""
        then = Button(self.back_text, name="then", value="back", variant="secondary")
        buttons = ButtonGroup(Button(self.save_text), then)
        helper = form_helper("revision", "save_id", *(Question(name, size="s") for name in self.asked), buttons)
        # The page's script warns whoever leaves with words that are not saved; a form shown again holds such words.
        helper.attrs["data-warn"] = "unsaved" if self.is_bound else "changed"
        return helper

    def stamp_anew(self, revision: int) -> None:
        """Make the form, shown again as it was sent, save over what a colleague saved meanwhile."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"], data["save_id"] = str(revision), str(uuid.uuid4())
        self.data = data
        self.save_text = gettext_lazy("Save mine over theirs")

    @property
    def stamp(self) -> dict[str, Any]:
        """The stamp as services take it."""
        return {name: self.cleaned_data[name] for name in ("revision", "save_id")}


def stamp_of(line: Line | None) -> dict[str, Any]:
    """Return the stamp of a page just read."""
    return {"revision": line.revision if line else 0, "save_id": uuid.uuid4()}


class ReceiptForm(LineForm):
    """What came of one set of information in one quarter."""

    state = forms.ChoiceField(
        label=gettext_lazy("Was it received?"),
        choices=SheetLine.State.choices,
        widget=Radios(hints=HINTS),
        error_messages={
            "required": gettext_lazy("Select whether it was received"),
            "invalid_choice": gettext_lazy("Select whether it was received"),
        },
    )
    received_from = AgencyField(
        label=gettext_lazy("Who sent it?"),
        help_text=gettext_lazy("If the sender is not in the list, leave this and name the body in the note."),
    )
    received_on = GovukDateField(
        label=gettext_lazy("When did it arrive?"), name=gettext_lazy("The day it arrived"), required=False
    )
    asked = ("state", "received_from", "received_on", "note")
    back_text = gettext_lazy("Save and go back to the sheet")

    def __init__(self, quarter: Quarter, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarter, self.today = quarter, today

    @staticmethod
    def initial_of(line: SheetLine | None, sender: Agency | None) -> dict[str, Any]:
        """Return what the form shows first; `sender` is who usually sends this, offered while nothing is written."""
        if line is None or line.revision == 0:
            return {**stamp_of(line), "received_from": sender and sender.name}
        return {
            **stamp_of(line),
            "state": line.state,
            "received_from": line.received_from and line.received_from.name,
            "received_on": line.received_on,
            "note": line.note,
        }

    def clean_received_on(self) -> datetime.date | None:
        """Refuse days to come, and days before the quarter: those belong on an earlier sheet."""
        day: datetime.date | None = self.cleaned_data["received_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("The day it arrived must be today or in the past"))
        if day and day < self.quarter.starts_on:
            words = _("The day it arrived must not be before the quarter began; use the sheet of that quarter")
            raise forms.ValidationError(words)
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for what makes the answer whole, and for the answer where only a day was given."""
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state == SheetLine.State.RECEIVED:
            self._needs_from_whom_and_when(cleaned)
        elif state and cleaned.get("received_on"):
            self.add_error("state", _("Select “Received”, or clear the day it arrived and who sent it"))
        if state == SheetLine.State.NOT_FOR_US and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Enter why it does not apply here"))
        return cleaned

    def _needs_from_whom_and_when(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", _("Enter the day it arrived"))
        if not (cleaned.get("received_from") or cleaned.get("note") or self.errors.keys() & {"received_from", "note"}):
            self.add_error("received_from", _("Select who sent it, or name the body in the note"))

    @property
    def receipt(self) -> Receipt:
        """The cleaned answer; from whom and when are kept only with what was received."""
        data = self.cleaned_data
        if data["state"] != SheetLine.State.RECEIVED:
            return Receipt(data["state"], note=data["note"])
        return Receipt(data["state"], data["received_from"], data["received_on"], data["note"])


class PlannedForm(LineForm):
    """What is planned for one step of the year."""

    owner = AgencyField(label=gettext_lazy("Which agency sees to it?"))
    due_on = GovukDateField(
        label=gettext_lazy("When is it due?"), name=gettext_lazy("The day it is due"), required=False
    )
    done_on = GovukDateField(
        label=gettext_lazy("When was it done?"),
        help_text=gettext_lazy("Leave this blank until it is done."),
        name=gettext_lazy("The day it was done"),
        required=False,
    )
    asked = ("owner", "due_on", "done_on", "note")
    back_text = gettext_lazy("Save and go back to the plan")

    def __init__(self, year: int, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.today = year, today

    @staticmethod
    def initial_of(line: PlanLine | None) -> dict[str, Any]:
        """Return what the form shows first."""
        if line is None:
            return stamp_of(line)
        written = {"owner": line.owner and line.owner.name, "due_on": line.due_on, "done_on": line.done_on}
        return {**stamp_of(line), **written, "note": line.note}

    def clean_due_on(self) -> datetime.date | None:
        """Let a step be due in the plan's year or the one after, when the next assessment may fall."""
        day: datetime.date | None = self.cleaned_data["due_on"]
        if day and day.year not in {self.year, self.year + 1}:
            words = _("The day it is due must be in %(year)s or %(next)s")
            raise forms.ValidationError(words, params={"year": self.year, "next": self.year + 1})
        return day

    def clean_done_on(self) -> datetime.date | None:
        """Refuse days to come, and days long before the plan's year."""
        day: datetime.date | None = self.cleaned_data["done_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("The day it was done must be today or in the past"))
        if day and day.year < self.year - 1:
            words = _("The day it was done must be in %(year)s or later")
            raise forms.ValidationError(words, params={"year": self.year - 1})
        return day

    @property
    def planned(self) -> Planned:
        """The cleaned answer."""
        return Planned(**{name: self.cleaned_data[name] for name in self.asked})
