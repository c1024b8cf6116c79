"""What people fill in about people; services save."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Membership, Role, Standpoint, User
from govuk.forms import GovukForm, Radios
from govuk.layout import Button, form_helper
from partnerships.models import Agency, AgencyKind, Partnership, Region

ROLE_HINTS: dict[str, Any] = {
    Role.VIEWER.value: _("Gives their own view, and reads the assessment and the case studies."),
    Role.OFFICER.value: _(
        "Also rates criteria, records what a meeting agrees, attaches evidence and writes case studies."
    ),
    Role.COORDINATOR.value: _(
        "Also reveals the views, submits the assessment, publishes case studies and invites people."
    ),
}
STANDPOINT_HINTS: dict[str, Any] = {
    Standpoint.STRATEGIC.value: _("Sits on the partnership’s board or decides for the agency."),
    Standpoint.DELIVERY.value: _("Works on the ground or manages those who do."),
}
# What the value of a kind begins with; that of an agency is its name.
NEW = "new:"
PASSWORD_RULES = _(
    "Use 12 characters or more. Three random words are good. "
    "Do not use your name, your email address or a common password."
)


def _email_field(label: Any, *, autocomplete: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": _("Enter an email address"),
            "invalid": _("Enter an email address in the correct format, like name@example.com"),
        },
    )


class SeatForm(GovukForm):
    """A member's role and standpoint."""

    submit_text = _("Save")

    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=Role.choices,
        widget=Radios(hints=ROLE_HINTS),
        error_messages={"required": _("Select what they may do")},
    )
    standpoint = forms.ChoiceField(
        label=_("Where do they stand?"),
        choices=Standpoint.choices,
        widget=Radios(hints=STANDPOINT_HINTS),
        error_messages={"required": _("Select where they stand")},
    )


class RegionInviteForm(GovukForm):
    """Whom to invite to a Government Office."""

    submit_text = _("Make the invitation")

    email = _email_field(_("Email address of the person"), autocomplete="off")


class InviteForm(SeatForm):
    """Whom to invite to a partnership, for which of its agencies, or for one of a kind that it does not have yet."""

    submit_text = _("Make the invitation")
    field_order = ["email", "agency", "role", "standpoint"]

    email = _email_field(_("Email address of the person"), autocomplete="off")
    agency = forms.ChoiceField(
        label=_("Which agency do they work for?"),
        help_text=_("An administrator adds or renames agencies."),
        error_messages={
            "required": _("Select the agency they work for"),
            "invalid_choice": _("Select an agency from the list"),
        },
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(partnership.agencies.all())
        kinds = AgencyKind.objects.filter(nation__in=["", partnership.nation])
        missing = kinds.exclude(pk__in=[agency.kind_id for agency in own])
        self._agencies: dict[str, Agency | AgencyKind] = {agency.name: agency for agency in own}
        self._agencies |= {f"{NEW}{kind.code}": kind for kind in missing}
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            ("", _("Select an agency")),
            *_group(_("Agencies of this partnership"), [(agency.name, agency.name) for agency in own]),
            *_group(_("Agencies that nobody here works for yet"), [(f"{NEW}{one.code}", one.name) for one in missing]),
        ]

    def clean_agency(self) -> Agency | AgencyKind:
        """Return the agency, or the kind of which the partnership has none."""
        return self._agencies[self.cleaned_data["agency"]]


def _group(label: Any, choices: list[tuple[str, str]]) -> list[tuple[Any, list[tuple[str, str]]]]:
    return [(label, choices)] if choices else []


class JoinForm(GovukForm):
    """The name and the password of a person who was invited; the password can be shown, so it is asked once."""

    submit_text = _("Create your account")

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As your colleagues know you. The people you work with here see it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your name")},
    )
    password = forms.CharField(
        label=_("A password for this service"),
        help_text=PASSWORD_RULES,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a password")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_name(self) -> str:
        """Return the name without characters nobody sees, which could make it look blank or run backwards."""
        name = "".join(letter for letter in self.cleaned_data["name"] if unicodedata.category(letter)[0] != "C")
        if not name.strip():
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name.strip()

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, with the name and the address in view."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in data:
            try:
                validate_password(data["password"], User(email=self.invitation.email, name=data.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class PeopleSearchForm(GovukForm):
    """Which partnerships to list."""

    q = forms.CharField(label=_("Partnership"), required=False, max_length=120)
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.all(),
        required=False,
        to_field_name="slug",
        empty_label=_("All regions"),
    )


def role_form(membership: Membership, data: Any = None, *, is_own: bool = False) -> SeatForm:
    """Return the form that changes a membership, filled with what it is now."""
    form = SeatForm(data, initial={"role": membership.role, "standpoint": membership.standpoint})
    if is_own:
        form.fields["role"].label = _("What may you do?")
        form.fields["standpoint"].label = _("Where do you stand?")
    return form


def confirmation(text: Any, variant: str = "warning") -> GovukForm:
    """Return a form of one button, for pages that only ask whether."""
    form = GovukForm()
    form.helper = form_helper(Button(text, variant=variant))
    return form
