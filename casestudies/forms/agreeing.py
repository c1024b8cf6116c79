"""The forms by which a Government Office agrees that a case study is good practice, or takes that back."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casestudies.forms.writing import LARGEST_REVISION, NO_NAMES
from casestudies.models import REASON_LENGTH
from govuk.fields import PlainTextField
from govuk.forms import GovukForm


class AgreeForm(GovukForm):
    """Why it is good practice, and the version that the reviewer read."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    reason = PlainTextField(
        label=_("Why is it good practice?"),
        max_length=REASON_LENGTH,
        rows=4,
        help_text=format_lazy(
            "{} {}",
            _("What convinced you, and for whom it is worth trying. Everybody who reads it sees this."),
            NO_NAMES,
        ),
        error_messages={"required": _("Enter why it is good practice")},
    )
    submit_text = _("Agree as good practice")


class WithdrawForm(GovukForm):
    """Why it is no longer agreed."""

    reason = PlainTextField(
        label=_("Why do you withdraw it?"),
        max_length=REASON_LENGTH,
        rows=4,
        help_text=format_lazy(
            "{} {}", _("Its partnership and your colleagues read this among the versions."), NO_NAMES
        ),
        error_messages={"required": _("Enter why the agreement is withdrawn")},
    )
    submit_text = _("Withdraw the agreement")
