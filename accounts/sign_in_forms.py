"""The sign-in library's forms in our words and markup."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

from accounts.forms import PASSWORD_RULES
from govuk.forms import GovukFormMixin

EMAIL = (_("Email address"), "", _("Enter your email address"))
PASSWORD = (_("Password"), "", _("Enter your password"))
NEW = (_("New password"), PASSWORD_RULES, _("Enter a new password"))
AGAIN = (_("New password again"), "", _("Enter the new password again"))
APP_CODE = _("The 6 numbers that your authenticator app shows now, or one of your recovery codes.")
CODE = (_("Code"), APP_CODE, _("Enter the code"))
NO_ADDRESS = _("Enter an email address in the correct format, like name@example.com")


class PlainMixin(GovukFormMixin):
    """Gives fields of the library our label, hint and message, and takes away texts that vanish when one types."""

    words: Mapping[str, tuple[Any, Any, Any]] = {}
    attributes: Mapping[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint, required) in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = required
            field.error_messages["invalid"] = NO_ADDRESS
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))


class SignInForm(PlainMixin, account.LoginForm):  # type: ignore[misc]
    """Email address and password."""

    submit_text = _("Sign in")
    words = {"login": EMAIL, "password": PASSWORD}
    attributes = {"login": {"autocomplete": "username", "spellcheck": "false"}}


class ChangePasswordForm(PlainMixin, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and the new one."""

    submit_text = _("Change password")
    words = {
        "oldpassword": (_("Current password"), "", _("Enter your current password")),
        "password1": NEW,
        "password2": AGAIN,
    }


class SetPasswordForm(PlainMixin, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    submit_text = _("Set password")
    words = {"password1": NEW, "password2": AGAIN}


class ResetPasswordForm(PlainMixin, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""

    submit_text = _("Send the link")
    words = {"email": EMAIL}
    attributes = {"email": {"autocomplete": "username", "spellcheck": "false"}}


class ResetPasswordKeyForm(PlainMixin, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, from the link."""

    submit_text = _("Save the new password")
    words = {"password1": NEW, "password2": AGAIN}


class ReauthenticateForm(PlainMixin, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": PASSWORD}


class AuthenticateForm(PlainMixin, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    submit_text = _("Sign in")
    words = {"code": CODE}
    attributes = {"code": {"inputmode": "numeric", "class": "govuk-input--width-10", "spellcheck": "false"}}


class ReauthenticateCodeForm(PlainMixin, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    words = {"code": CODE}
    attributes = AuthenticateForm.attributes


class ActivateTOTPForm(PlainMixin, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the app has the key."""

    submit_text = _("Turn it on")
    words = {"code": (_("Code"), _("The 6 numbers that your app shows now."), _("Enter the code from your app"))}
    attributes = AuthenticateForm.attributes


class DeactivateTOTPForm(PlainMixin, totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Nothing but the question whether."""

    submit_text = _("Turn it off")


class RecoveryCodesForm(PlainMixin, GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing but the question whether."""

    submit_text = _("Make new codes")
