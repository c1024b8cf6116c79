"""What people typed, made fit for print: line ends in one form, no control characters, and not without end."""

import re

from django.utils.translation import gettext as _

LONGEST, MOST_LINES = 10_000, 400
# Controls, lone surrogates, and marks that turn the direction of whatever text follows.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# More marks than this on one letter are a prank that takes minutes to lay out.
STACKED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def printable(text: str) -> str:
    """Return a text for print, cut with a notice beyond 10,000 characters or 400 lines."""
    lines = text.splitlines()
    kept = "\n".join(lines[:MOST_LINES])[:LONGEST]
    cleaned = STACKED.sub(r"\1", UNPRINTABLE.sub("", kept))
    if len(lines) <= MOST_LINES and len("\n".join(lines)) <= LONGEST:
        return cleaned
    notice = _("[Cut here to fit: the whole text has %(characters)s characters. It can be read in the portal.]")
    return f"{cleaned}\n{notice % {'characters': f'{len(text):,}'}}"
