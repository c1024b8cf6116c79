"""What a failure to send means: try again later, never again, or nobody knows; and why, in words fit for a page."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

LONGEST = 300
PERMANENT = 500
# Replies of mail servers name machines, addresses and web pages; reply codes such as 5.1.1 have three numbers and stay.
_NAMES = re.compile(
    r"""https?://\S+ | \S+@\S+ | <[^>]*> | \[[^\]]*\]
    | \b\d{1,3}(?:\.\d{1,3}){3}\b | \b[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*
    | \b(?:[\w-]+\.)+[a-z][\w-]+ | (?<!\S)/\S+""",
    re.VERBOSE | re.IGNORECASE,
)


class Verdict(Enum):
    """What becomes of a mail that was not sent."""

    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Failure:
    """Why a mail was not sent; `is_general` says that every other mail would meet the same now."""

    verdict: Verdict
    words: str
    is_general: bool = False


def of_the_way(error: Exception) -> Failure:
    """Return what it means that the mail server could not be reached: surely nothing was sent."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure(Verdict.LATER, _("The mail server did not accept the portal’s user name and password."), True)
    return Failure(Verdict.LATER, _("The mail server could not be reached."), True)


def of_the_mail(error: Exception) -> Failure:
    """Return what it means that a mail was not taken.

    A server that answered did not take it; where the connection broke off, it may have taken it before.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return _refused(_("The mail server refused the address: %(reply)s"), code, reply)
    if isinstance(error, smtplib.SMTPDataError):
        return _refused(_("The mail server refused the mail: %(reply)s"), error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        # It refused the portal and not the person: somebody will mend that.
        words = _said(_("The mail server refused the portal: %(reply)s"), error.smtp_code, error.smtp_error)
        return Failure(Verdict.LATER, words)
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return Failure(Verdict.NEVER, _("The mail could not be put together; check the address."))
    return Failure(Verdict.UNKNOWN, _("The connection broke off while the mail was handed over."))


def without_names(text: str) -> str:
    """Return a server's reply in one line, without the names and addresses of machines and people."""
    return " ".join(_NAMES.sub("…", text).split())


def _refused(sentence: str, code: int, reply: bytes | str) -> Failure:
    verdict = Verdict.NEVER if code >= PERMANENT else Verdict.LATER
    return Failure(verdict, _said(sentence, code, reply))


def _said(sentence: str, code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    words = sentence % {"reply": f"{code} {without_names(text)}".strip()}
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
