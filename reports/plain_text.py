"""What people typed, made fit for print: line ends in one form, no control characters, and not without end."""

import re
import unicodedata
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from govuk.numbers import grouped

LONGEST, MOST_LINES = 10_000, 400
# What stands on one line: the longest that a form takes is a web address.
LONGEST_LINE = 1_000
# More marks than this on one letter are a prank that takes minutes to lay out.
MOST_MARKS = 4
# Controls, lone surrogates, and marks that turn the direction of whatever text follows.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff]"
)


def printable(text: str, where: str = "") -> str:
    """Return a text for print, cut beyond 10,000 characters or 400 lines with a notice that says where the rest is."""
    lines = text.splitlines()
    kept = "\n".join(lines[:MOST_LINES])[:LONGEST]
    lines_left = len(lines) - kept.count("\n") - 1
    characters_left = len("\n".join(lines)) - len(kept)
    if characters_left <= 0:
        return _clean(kept)
    return f"{_clean(kept)}\n{_notice(lines_left, characters_left, where or _('in the portal'))}"


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a title or a name for print: on one line, and cut with “…” where it is too long for any form."""
    return shortened(_clean(" ".join(text[: 2 * LONGEST].split())), longest)


def shortened(text: str, longest: int) -> str:
    """Return a text cut to so many characters with “…”."""
    return f"{text[: longest - 1].rstrip()}…" if len(text) > longest else text


def _notice(lines: int, characters: int, where: str) -> str:
    if lines > 0:
        words = ngettext(
            "[The rest of this text, %(count)s line, is %(where)s.]",
            "[The rest of this text, %(count)s lines, is %(where)s.]",
            lines,
        )
        return words % {"count": grouped(lines), "where": where}
    words = ngettext(
        "[The rest of this text, %(count)s character, is %(where)s.]",
        "[The rest of this text, %(count)s characters, is %(where)s.]",
        characters,
    )
    return words % {"count": grouped(characters), "where": where}


def _clean(text: str) -> str:
    cleaned = UNPRINTABLE.sub("", text)
    return cleaned if cleaned.isascii() else "".join(_thinned(cleaned))


def _thinned(text: str) -> list[str]:
    """Return the runs of letters and of marks upon them, no run of marks longer than any language needs."""
    runs = groupby(text, key=lambda char: unicodedata.category(char) in {"Mn", "Me"})
    return ["".join(run)[: MOST_MARKS if is_marks else None] for is_marks, run in runs]
