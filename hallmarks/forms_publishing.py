"""What is asked when criteria are published or withdrawn; the services judge it."""

from typing import Any

from django.utils.translation import gettext_lazy

from govuk.fields import PlainTextField
from govuk.forms import GovukDateField, GovukForm
from govuk.layout import Button, ButtonGroup, Link, Question, form_helper
from hallmarks.models import REASON_LENGTH


class PublishForm(GovukForm):
    """The day from which the criteria are in force."""

    in_force_from = GovukDateField(
        label=gettext_lazy("In force from"),
        name=gettext_lazy("Day in force"),
        help_text=gettext_lazy("A day to come announces the criteria: everybody can read them before they count."),
        error_messages={"required": gettext_lazy("Enter the day from which these criteria are in force")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buttons = ButtonGroup(Button(gettext_lazy("Publish")), Link(gettext_lazy("Keep as draft"), back))
        self.helper = form_helper(Question("in_force_from", size="m"), buttons)


class WithdrawForm(GovukForm):
    """Why the criteria are offered no more."""

    reason = PlainTextField(
        label=gettext_lazy("Why are they withdrawn?"),
        rows=4,
        max_length=REASON_LENGTH,
        help_text=gettext_lazy(
            "Everybody who opens these criteria reads this. Do not include names or details of victims or offenders."
        ),
        error_messages={"required": gettext_lazy("Enter why these criteria are withdrawn")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        buttons = ButtonGroup(
            Button(gettext_lazy("Withdraw"), variant="warning"), Link(gettext_lazy("Keep them published"), back)
        )
        self.helper = form_helper(Question("reason", size="m"), buttons)
