"""What a search can be narrowed to: the same for everybody, and read once a minute."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.prepared import Prepared
from casestudies.models import CaseStudy, Tag
from hallmarks.models import Version
from hallmarks.outline import outline_by_id
from partnerships.models import AreaType, FamilyGroup, Region

CRITERION, SECTION, REGION, FAMILY, TAG = "criterion", "section", "region", "family", "tag"
AREA, EFFECT, PLACE = "area", "effect", "place"
VERSION = "version"
SECONDS_KEPT = 60
# How well it is known that the work did what it should, and no worse.
AT_LEAST: dict[str, Promise] = {
    CaseStudy.Effect.MONITORED.value: gettext_lazy("Monitored or better"),
    CaseStudy.Effect.EVALUATED.value: gettext_lazy("Evaluated or better"),
    CaseStudy.Effect.INDEPENDENT.value: gettext_lazy("Independently evaluated"),
}

# Kind, value, more of the value, label, whether it is made up, key.
Row = tuple[str, str, str, str, bool, int]


@dataclass(frozen=True)
class Choice:
    """One thing to narrow a search to: how the address names it, how people do, and its key in the database."""

    value: str
    label: str
    group: str = ""
    key: int = 0


@dataclass(frozen=True)
class Choices:
    """Everything that can be chosen; the same rows make the same choices."""

    rows: tuple[Row, ...]

    def of(self, kind: str) -> Sequence[Choice]:
        """Return what can be chosen of one kind, in order."""
        if kind in _FIXED:
            return [Choice(value, str(label)) for value, label in _FIXED[kind]]
        if kind in (CRITERION, SECTION):
            of_version = _criteria if kind == CRITERION else _sections
            return [choice for row in self.rows if row[0] == VERSION for choice in of_version(row)]
        return [_choice(row) for row in self.rows if row[0] == kind]

    def get(self, kind: str, value: str) -> Choice | None:
        """Return the choice that an address names, or None."""
        return next((choice for choice in self.of(kind) if choice.value == value), None)


_FIXED: dict[str, Sequence[tuple[str, Any]]] = {
    AREA: AreaType.choices,
    EFFECT: list(AT_LEAST.items()),
    PLACE: CaseStudy.PlaceType.choices,
}


def choices() -> Choices:
    """Return what can be chosen; one query a minute, as it changes with a new tag or set of criteria only."""
    return _read(int(time.monotonic()) // SECONDS_KEPT)


def forget() -> None:
    """Drop what is remembered; tests call it because their databases use the same keys again."""
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read(_minute: int) -> Choices:
    return Choices(tuple(sorted(_CHOICES.rows(), key=_in_order)))


def _all_rows() -> QuerySet[Any, Row]:
    families = FamilyGroup.objects.filter(partnerships__isnull=False).distinct()
    return _rows(Region.objects.all(), REGION, "slug", "", "name").union(
        _rows(families, FAMILY, "number", "", "number", "is_demonstration"),
        _rows(Tag.objects.all(), TAG, "slug", "", "name"),
        _rows(Version.objects.published(), VERSION, "slug", "framework__slug", "title"),
        all=True,
    )


_CHOICES = Prepared(_all_rows)


def _rows(things: QuerySet[Any], kind: str, value: str, more: str, label: str, made_up: str = "") -> QuerySet[Any, Row]:
    """Ask for the same columns of everything."""
    columns = {
        "kind": Cast(Value(kind), CharField()),
        "value": Cast(value, CharField()),
        "more": Cast(more or Value(""), CharField()),
        "label": Cast(label, CharField()),
        "made_up": Cast(made_up or Value(False), BooleanField()),
    }
    columns = {f"c_{name}": column for name, column in columns.items()}
    rows: QuerySet[Any, Row] = things.order_by().annotate(**columns).values_list(*columns, "pk")
    return rows


def _in_order(row: Row) -> tuple[Any, ...]:
    kind, value, _more, label, _made_up, key = row
    return kind, int(value) if kind == FAMILY else -key if kind == VERSION else 0, label


def _choice(row: Row) -> Choice:
    kind, value, _more, label, made_up, key = row
    if kind == FAMILY:
        label = _("Family group %(number)s") % {"number": value}
        label = f"{label} ({_('demonstration group')})" if made_up else label
    return Choice(value, label, key=key)


def _sections(row: Row) -> Iterator[Choice]:
    _kind, version, framework, title, _made_up, key = row
    for section, _questions in outline_by_id(key).by_section():
        yield Choice(f"{framework}/{version}/{section.code}", section.title, title, section.pk)


def _criteria(row: Row) -> Iterator[Choice]:
    _kind, version, framework, title, _made_up, key = row
    for question in outline_by_id(key).questions:
        address = f"{framework}/{version}/{question.criterion.code}"
        yield Choice(address, question.criterion.title, f"{title}: {question.section.title}", question.criterion.pk)
