"""Letters by email, where a mail server is configured; a failure to send never loses what was saved."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Invitation

log = logging.getLogger(__name__)


def can_send() -> bool:
    """Say whether the portal has a mail server."""
    return bool(settings.EMAIL_HOST)


def send(message: EmailMessage) -> bool:
    """Send one letter and say whether the mail server took it."""
    if not can_send():
        return False
    try:
        return message.send() == 1
    except (smtplib.SMTPException, OSError):
        log.exception("a letter could not be sent")
        return False


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link to whoever is invited and say whether the mail server took it; never call it in a transaction."""
    text = render_to_string("accounts/letters/invitation.txt", {"invitation": invitation, "link": link})
    return send(EmailMessage(_("You are invited to the partnership self-assessment"), text, to=[invitation.email]))
