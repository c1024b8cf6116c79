"""What does not fit in a printed table of crime figures: slips of a row, doubts about it, and totals."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from partnerships import crime_parts
from partnerships.crime_heading import BASELINE, CHANGE, EXPECTED, LABEL, PERCENT, Heading
from partnerships.crime_parts import Area, Total, per_cent, signed

# In per cent: beyond it a figure has more often lost or gained a digit than an area its crime.
LARGE_CHANGE = 50


def slips(
    heading: Heading, figures: tuple[int, int], numbers: Mapping[int, Decimal], cells: Sequence[str]
) -> Iterator[str]:
    """Yield what does not follow from the two figures, or contradicts itself, as it stands in the row."""
    printed = {key: numbers[at] for key, at in heading.named.items() if at in numbers}
    change, percent = figures[1] - figures[0], per_cent(*figures)
    if CHANGE in printed and printed[CHANGE] != change:
        words = _("Printed change %(printed)s; the two figures give %(computed)s.")
        yield words % {"printed": signed(printed[CHANGE]), "computed": signed(change)}
    if PERCENT in printed and percent is not None and not _rounds_to(figures, printed[PERCENT]):
        words = _("Printed change %(printed)s per cent; the two figures give %(computed)s.")
        yield words % {"printed": signed(printed[PERCENT]), "computed": signed(percent)}
    label = cells[heading.named[LABEL]] if LABEL in heading.named else ""
    if BASELINE in printed and EXPECTED in printed and _contradicts(label, printed[BASELINE], printed[EXPECTED]):
        words = _("Printed %(change)s against %(expected)s expected, yet labelled “%(label)s”.")
        yield words % {"change": signed(printed[BASELINE]), "expected": signed(printed[EXPECTED]), "label": label}


def doubts(heading: Heading, figures: tuple[int, int], numbers: Mapping[int, Decimal]) -> Iterator[str]:
    """Yield what is hard to believe of the two figures, unless the printed change says the same."""
    percent = per_cent(*figures)
    printed = numbers.get(heading.named.get(CHANGE, -1))
    if percent is None or abs(percent) <= LARGE_CHANGE or printed == figures[1] - figures[0]:
        return
    above = _("The later figure is %(percent)s per cent above the earlier one. Check both against the print.")
    below = _("The later figure is %(percent)s per cent below the earlier one. Check both against the print.")
    yield (above if percent > 0 else below) % {"percent": signed(abs(percent))}


def totals(heading: Heading, areas: Sequence[Area], printed: Mapping[int, Decimal] | None) -> tuple[Total, ...]:
    """Return every column that has a sum; per cent follow from sums and are never added up."""
    sums = {
        at: sum((area.printed.get(heading.titles[at], Decimal(0)) for area in areas), Decimal(0)) for at in heading.gaps
    }
    first, second = (sum(area.figures[at] for area in areas) for at in (0, 1))
    one, other = heading.periods
    computed: dict[int, Decimal | None] = {**sums, one: Decimal(first), other: Decimal(second)}
    whats = {one: crime_parts.FIRST, other: crime_parts.SECOND}
    if CHANGE in heading.named:
        computed[heading.named[CHANGE]] = Decimal(second - first)
        whats[heading.named[CHANGE]] = crime_parts.CHANGE
    if PERCENT in heading.named:
        computed[heading.named[PERCENT]] = per_cent(first, second)
        whats[heading.named[PERCENT]] = crime_parts.PERCENT
    return tuple(
        Total(heading.titles[at], (printed or {}).get(at), computed.get(at), whats.get(at, crime_parts.OTHER))
        for at in heading.numbers
        if at in computed or at in (printed or {})
    )


def _contradicts(label: str, change: Decimal, expected: Decimal) -> bool:
    plain = label.lower()
    return ("above" in plain and change <= expected) or ("below" in plain and change >= expected)


def _rounds_to(figures: tuple[int, int], printed: Decimal) -> bool:
    """Say whether a printed per cent is a fair rounding, to as many places as it was printed with."""
    places = max(-int(printed.as_tuple().exponent), 0)
    exact = Decimal(100 * (figures[1] - figures[0])) / figures[0]
    return abs(exact - printed) <= Decimal(1).scaleb(-places) / 2
