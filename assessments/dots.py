"""The strip of dots that shows at a glance who stands over which level: squares strategic, circles delivery."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.agreement import Middle, Spread
from hallmarks import charts
from hallmarks.marks import Label, in_a_sentence


def dots(spread: Spread, labels: Mapping[int, Label]) -> SafeString:
    """Draw a dot for each agency's view over its level, the levels by their position, with the same in words."""
    squares, circles = Counter(spread.strategic.values()), Counter(spread.delivery.values())
    over = _over_levels(squares), _over_levels(circles)
    columns = [
        (label.paint, charts.Marks(*over[0][position], *over[1][position])) for position, label in labels.items()
    ]
    names = {position: in_a_sentence(label.name) for position, label in labels.items()}
    told = _told(_("Strategic: %(numbers)s."), squares, names), _told(_("Delivery: %(numbers)s."), circles, names)
    return charts.dots(columns, " ".join(words for words in told if words))


def _over_levels(counts: Mapping[Middle, int]) -> Mapping[int, list[int]]:
    """Return by level how many voices are whole there, and how many are split between it and another."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for middle, number in counts.items():
        for end in {middle.low, middle.high}:
            found[end][middle.is_tie] += number
    return found


def _told(words: str, counts: Mapping[Middle, int], names: Mapping[int, str]) -> str:
    """Say how many see which level, highest first; nothing where nobody does."""
    if not counts:
        return ""
    highest = sorted(counts, key=lambda middle: (-middle.point, middle.low))
    return words % {"numbers": ", ".join(f"{counts[middle]} {_words(middle, names)}" for middle in highest)}


def _words(middle: Middle, names: Mapping[int, str]) -> str:
    if not middle.is_tie:
        return names[middle.low]
    return _("between %(low)s and %(high)s") % {"low": names[middle.low], "high": names[middle.high]}
