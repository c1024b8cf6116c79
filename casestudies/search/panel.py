"""The filters beside a list of hits, drawn once for equal choices: they are most of the page, and few change them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casestudies.search.choices import Choice, Choices
from casestudies.search.wanted import LISTS, NEAREST, SORTS, Search
from partnerships.models import Partnership

# One is about 20 kB.
KEPT = 64


@dataclass(frozen=True)
class Select:
    """One list to choose from; its choices lie in groups, mostly in one without a name."""

    name: str
    label: str
    value: str
    groups: Sequence[tuple[str, Sequence[Choice]]]


@dataclass(frozen=True)
class Sort:
    """One order to choose."""

    value: str
    label: str
    is_current: bool


def panel(search: Search, offered: Choices) -> SafeString:
    """Return the filters of a search as the page shows them."""
    return _drawn(replace(search, words="", is_cut=False), offered, get_language())


def sorts(search: Search, place: Partnership | None) -> list[Sort]:
    """Return the orders to choose from; what is like a place is offered to those who have one."""
    labels = {value: str(label) for value, label in SORTS.items()}
    if place:
        labels[NEAREST] = _("Like %(place)s first") % {"place": place.name}
    else:
        del labels[NEAREST]
    return [Sort(value, label, value == search.sort) for value, label in labels.items()]


@lru_cache(maxsize=KEPT)
def _drawn(search: Search, offered: Choices, _language: str) -> SafeString:
    return render_to_string("casestudies/_filters.html", {"search": search, "selects": _selects(search, offered)})


def _selects(search: Search, offered: Choices) -> list[Select]:
    selects = [
        Select(name, str(label), search.chosen_value(name), _grouped(offered.of(name))) for name, label in LISTS.items()
    ]
    return [select for select in selects if select.groups]


def _grouped(choices: Sequence[Choice]) -> list[tuple[str, Sequence[Choice]]]:
    return [(name, list(group)) for name, group in groupby(choices, key=lambda choice: choice.group)]
