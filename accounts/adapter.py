"""How the sign-in library behaves here: by invitation only, throttled our way, silent about who has an account."""

import logging
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import letters, services, throttle
from accounts.models import User

log = logging.getLogger(__name__)

MESSAGES = {
    "email_password_mismatch": _("The email address or the password is not right. Check both and try again."),
    "enter_current_password": _("The current password is not right. Enter the password you signed in with."),
    "incorrect_password": _("The password is not right. Enter the password you signed in with."),
    "incorrect_code": _("The code is not right. Enter the code your app shows now, or a recovery code."),
    "throttled": _("There were too many wrong passwords. Wait %d minutes, then try again."),
    "too_many_login_attempts": _("There were too many wrong codes. Wait 5 minutes, then try again."),
    "rate_limited": _("There were too many wrong codes. Wait 5 minutes, then try again."),
    "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
}


class PortalAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The account part of the sign-in library, as the portal wants it."""

    error_messages = {**DefaultAccountAdapter.error_messages, **MESSAGES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that throttling and the list of sessions use."""
        return throttle.address_of(request.META)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the person whose password this is; unknown, wrong and disabled get the same None, equally slowly."""
        address = self.get_client_ip(request)
        try:
            held = throttle.reserve(account=credentials.get("email", ""), address=address)
        except throttle.TooManyFailures as error:
            log.warning("sign-in throttled for a guesser at %s", address)
            raise self.validation_error("throttled", error.minutes) from error
        user = authenticate(request, **credentials)
        if user is not None:
            throttle.release(held)
        return user

    def set_password(self, user: User, password: str) -> None:
        """Change the password through the service, so that it is audited."""
        services.set_password(user=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password, go back to the person's own page."""
        return reverse("accounts:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for the letter; its host is ours by setting, never what a request claimed."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; a mail server that is away is logged and never an error page."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        letters.send(message)


class PortalMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, in our words."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": MESSAGES["incorrect_code"]}
