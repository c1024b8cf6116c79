"""Refuse the formulas of a workbook that start a program or fetch from elsewhere."""

import re

from casestudies.contents.faults import Danger, Unsafe

# Excel takes 8,192 characters.
LONGEST, SHOWN = 20_000, 60
IN_QUOTES = re.compile(r"\"[^\"]*\"|'[^']*'")
# `program|'topic'!item` asks a program (DDE): outside of quotation marks, a bar means nothing else.
BAR = "|"
FETCHING = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xlws\.|com\.sun\.star\.sheet\.addin\.\w*\.)*"
    r"(CALL|DDE|EXEC|IMAGE|IMPORTDATA|REGISTER(?:\.ID)?|RTD|SQL\.REQUEST|WEBSERVICE)\s*\(",
    re.IGNORECASE,
)


def check_formula(formula: str) -> None:
    """Raise Unsafe if the formula acts or fetches."""
    if len(formula) > LONGEST:
        raise Unsafe(Danger.FORMULA, formula[:SHOWN])
    bare = IN_QUOTES.sub("", formula)
    if BAR in bare:
        raise Unsafe(Danger.FORMULA, formula[:SHOWN])
    if found := FETCHING.search(bare):
        raise Unsafe(Danger.FORMULA, found[1].upper())
