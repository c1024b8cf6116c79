"""The forms by which a coordinator publishes a case study, retires it, or shows it to the public."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casestudies.forms.writing import LARGEST_REVISION, NO_NAMES
from casestudies.models import REASON_LENGTH
from govuk.fields import PlainTextField
from govuk.forms import GovukForm
from govuk.widgets import Radios


class PublishForm(GovukForm):
    """The stamp of the text that the coordinator read, and the word that it was checked where there was need."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_checked = forms.BooleanField(
        label=_("I have looked at everything listed under “Check this”, and it may be published"),
        error_messages={"required": _("Tick the box once you have looked at what is listed under “Check this”")},
    )
    submit_text = _("Publish")

    def __init__(self, *args: Any, has_findings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_findings:
            del self.fields["is_checked"]


class RetireForm(GovukForm):
    """Why it should no longer be followed."""

    reason = PlainTextField(
        label=_("Why should others no longer follow it?"),
        max_length=REASON_LENGTH,
        rows=4,
        help_text=format_lazy("{} {}", _("Everybody who opens it reads this first."), NO_NAMES),
        error_messages={"required": _("Enter why it is retired")},
    )
    submit_text = _("Retire it")


AUDIENCES: Mapping[str, Any] = {
    "signed_in": _("Partnerships and Government Offices."),
    "public": _("It gets a page that anybody can open, search engines too, with its files and the role mailbox."),
}


class ShowForm(GovukForm):
    """Who may read it."""

    audience = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[("signed_in", _("Everybody who signs in")), ("public", _("The public too"))],
        widget=Radios(hints=AUDIENCES),
        error_messages={"required": _("Select who may read it")},
    )
    submit_text = _("Save")
