"""A search as an address says it: words, what they are narrowed to, and the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.models import SearchEntryQuerySet
from casestudies.search import asking
from casestudies.search.asking import Asked
from casestudies.search.choices import AREA, CRITERION, EFFECT, FAMILY, PLACE, REGION, SECTION, TAG, Choice, Choices
from partnerships.models import Partnership

NEAREST, BEST, NEWEST = "like", "best", "newest"
SORTS = {
    NEAREST: gettext_lazy("Like mine first"),
    BEST: gettext_lazy("Best match first"),
    NEWEST: gettext_lazy("Newest first"),
}
# Every choice from a list, by its name in the address, and what to call it.
LISTS = {
    CRITERION: gettext_lazy("Criterion"),
    SECTION: gettext_lazy("Section or hallmark"),
    TAG: gettext_lazy("Tag"),
    PLACE: gettext_lazy("Kind of place"),
    EFFECT: gettext_lazy("Evidence of effect"),
    REGION: gettext_lazy("Region"),
    FAMILY: gettext_lazy("Family group"),
    AREA: gettext_lazy("Kind of area"),
}
TICKS = ("agreed", "retired")
YEARS = ("from", "to")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True)
class Search:
    """What one address looks for; equal ones show the same panel of filters."""

    words: str = ""
    is_cut: bool = False
    chosen: tuple[tuple[str, Choice], ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    typed_years: tuple[str, str] = ("", "")
    agreed: bool = False
    retired: bool = False
    partnership: str = ""
    place: str = ""
    sort: str = BEST
    asked_sort: str = ""
    notices: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def asked(self) -> Asked:
        """The words as they were meant."""
        return asking.read(self.words)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words says what to look for."""
        return bool(self.chosen or any(self.typed_years) or self.agreed or self.retired or self.partnership)

    def without_words(self) -> "Search":
        """Return the same for all words: what it is narrowed to, and nothing that is only told."""
        return replace(self, words="", is_cut=False, typed_years=("", ""), place="", sort="", asked_sort="")

    def chosen_value(self, name: str) -> str:
        """Return what is chosen from one list, as the address says it."""
        return next((choice.value for kind, choice in self.chosen if kind == name), "")

    def address(self, **changes: str) -> str:
        """Return the query of this search's address, or of one with other values; a page is not part of it."""
        values = {
            "words": self.words,
            **{name: self.chosen_value(name) for name in LISTS},
            **dict(zip(YEARS, self.typed_years, strict=True)),
            "agreed": "1" if self.agreed else "",
            "retired": "1" if self.retired else "",
            "partnership": self.partnership,
            "mine": self.place,
            "sort": self.asked_sort,
        }
        return urlencode({name: value for name, value in (values | changes).items() if value})

    def narrow(self, entries: SearchEntryQuerySet) -> SearchEntryQuerySet:
        """Leave out what was not asked for."""
        if not self.retired:
            entries = entries.in_use()
        if self.agreed:
            entries = entries.filter(is_agreed=True)
        if self.partnership:
            entries = entries.filter(partnership__slug=self.partnership)
        for kind, choice in self.chosen:
            entries = _narrowed(entries, kind, choice)
        return entries.during(*self.years)


def _narrowed(entries: SearchEntryQuerySet, kind: str, choice: Choice) -> SearchEntryQuerySet:
    if kind in (CRITERION, SECTION, TAG):
        return entries.about(kind, choice.key)
    if kind == EFFECT:
        return entries.at_least(choice.value)
    if kind == PLACE:
        return entries.filter(place_type=choice.value)
    column = {REGION: "police_force__region", FAMILY: "family_group", AREA: "area_type"}[kind]
    places = Partnership.objects.filter(**{column: choice.value if kind == AREA else choice.key})
    return entries.filter(partnership__in=places.order_by().values("pk"))


def read(data: Mapping[str, str], offered: Choices, *, has_place: bool) -> Search:
    """Return what an address looks for; what it names wrongly is left out, and a notice says so."""
    words, is_cut = asking.tidy(data.get("words", ""))
    chosen, unknown = _chosen(data, offered)
    typed = tuple(data.get(name, "").strip()[:10] for name in YEARS)
    years, mistakes = _years(typed)
    sort = data.get("sort", "")
    asked_sort = sort if sort in SORTS and (has_place or sort != NEAREST) else ""
    return Search(
        words=words,
        is_cut=is_cut,
        chosen=chosen,
        years=years,
        typed_years=(typed[0], typed[1]),
        agreed=data.get("agreed") == "1",
        retired=data.get("retired") == "1",
        partnership=data.get("partnership", "")[:80],
        place=data.get("mine", "")[:80],
        sort=asked_sort or (NEAREST if has_place else BEST),
        asked_sort=asked_sort,
        notices=(*unknown, *mistakes),
    )


def _chosen(data: Mapping[str, str], offered: Choices) -> tuple[tuple[tuple[str, Choice], ...], list[str]]:
    chosen: list[tuple[str, Choice]] = []
    unknown: list[str] = []
    for name, label in LISTS.items():
        value = data.get(name, "")
        choice = offered.get(name, value) if value else None
        if choice:
            chosen.append((name, choice))
        elif value:
            words = _("%(label)s: “%(value)s” is not on the list, so it was left out. Choose one from the list.")
            unknown.append(words % {"label": label, "value": asking.tidy(value)[0][:80]})
    return tuple(chosen), unknown


def _years(typed: Sequence[str]) -> tuple[tuple[int | None, int | None], list[str]]:
    first, last = (_year(each) for each in typed)
    mistakes = [
        _("“%(typed)s” is not a year, so it was left out. Enter four digits, such as 2007.") % {"typed": each}
        for each, year in zip(typed, (first, last), strict=True)
        if each and year is None
    ]
    if first and last and first > last:
        return (last, first), mistakes
    return (first, last), mistakes


def _year(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit()):
        return None
    year = int(typed)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
