"""Look into texts for what the eye cannot see: broken characters, hidden directions, invisible blanks."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Half a character, the sign for a lost one, or a control code: none can be shown or saved faithfully.
BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
# They can make a text read otherwise than it is written.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LINE_BREAK = re.compile("[\n\r\t\u2028\u2029]")
INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
# Letters that Unicode calls letters and every screen shows as nothing.
FILLERS = "\u115f\u1160\u3164\uffa0\u2800"


def fault_of(text: str, *, limit: int | None, is_one_line: bool) -> str:
    """Return what is wrong with a text, in words, or nothing."""
    if broken := BROKEN.search(text):
        return _("Character %(at)s is a broken character. Type it again.") % {"at": broken.start() + 1}
    if hidden := DIRECTION.search(text):
        return _("Character %(at)s is a hidden direction character (U+%(code)s). Remove it.") % {
            "code": f"{ord(hidden.group()):04X}",
            "at": hidden.start() + 1,
        }
    if is_one_line and (ended := LINE_BREAK.search(text)):
        return _("Character %(at)s is a line break or tab. Remove it.") % {"at": ended.start() + 1}
    if limit is not None and len(text) > limit:
        return _too_long(len(text), limit)
    return ""


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing: spaces, zero-width characters and fillers only."""
    return all(character in FILLERS or unicodedata.category(character) in INVISIBLE for character in text)


def composed(value: object) -> object:
    """Return a code in its composed Unicode form, in which it compares as it looks; others as they are."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def folded(value: object) -> object:
    """Return what two names that a reader would take for one have in common, whatever their case or form."""
    if isinstance(value, tuple):
        return tuple(folded(part) for part in value)
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split()) if isinstance(value, str) else value


def _too_long(length: int, limit: int) -> str:
    return ngettext(
        "It has %(length)s characters. The limit is %(limit)s character.",
        "It has %(length)s characters. The limit is %(limit)s characters.",
        limit,
    ) % {"length": f"{length:,}", "limit": f"{limit:,}"}
