"""What loading a table of crime figures would do: whose row is whose, and what is new, changed or the same."""

import datetime
import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import crime_table
from partnerships.crime_parts import Area, Named, Problem, Table, at_line, in_order
from partnerships.models import CrimeFigure, Partnership

SOURCE_LENGTH, NOTE_LENGTH = 300, 300
# To find a name that is like another takes milliseconds each.
MOST_GUESSES = 100
# Words by which printed names differ from the map's.
_LEFT_OUT = {"ua", "cdrp", "csp", "the"}
_WRITTEN = ("value", "source", "note", "period", "is_demonstration")


@dataclass(frozen=True)
class Retitled:
    """Figures of one period whose source would get another title."""

    period: str
    before: str
    after: str
    n: int

    def __str__(self) -> str:
        words = ngettext(
            "%(period)s: the source of %(n)s figure changes from “%(before)s” to “%(after)s”.",
            "%(period)s: the source of %(n)s figures changes from “%(before)s” to “%(after)s”.",
            self.n,
        )
        return words % {"period": self.period, "n": self.n, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Plan:
    """What would be written; `left` is how many figures of the same periods are of areas that the table leaves out."""

    table: Table
    figures: Sequence[CrimeFigure]
    new: Sequence[CrimeFigure]
    changed: Sequence[tuple[CrimeFigure, CrimeFigure]]
    left: int = 0

    @property
    def unchanged(self) -> int:
        """How many figures are there already, exactly so."""
        return len(self.figures) - len(self.new) - len(self.changed)

    @property
    def corrected(self) -> list[tuple[CrimeFigure, CrimeFigure]]:
        """What is there and what would stand instead, where the number is another."""
        return [(old, new) for old, new in self.changed if old.value != new.value]

    @property
    def retitled(self) -> list[Retitled]:
        """By period, the sources that would get another title."""
        found = Counter((new.period, old.source, new.source) for old, new in self.changed if old.source != new.source)
        return [Retitled(*titles, n) for titles, n in found.items()]

    @property
    def notes(self) -> list[tuple[Area, str]]:
        """Every slip of the table, with its row."""
        return [(area, note) for area in self.table.areas for note in area.notes]

    @property
    def doubts(self) -> list[tuple[Area, str]]:
        """What is hard to believe, with its row."""
        return [(area, doubt) for area in self.table.areas for doubt in area.doubts]

    @property
    def seen(self) -> str:
        """A fingerprint of what was compared, by which a later look tells whether anything changed since."""
        known = [(figure.partnership_id, str(figure.ends_on)) for figure in self.new]
        known_as = [(old.pk, *(getattr(old, name) for name in _WRITTEN)) for old, _new in self.changed]
        return hashlib.sha256(repr((known, known_as)).encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """A plan, or everything that stands in its way: never both."""

    plan: Plan | None
    problems: tuple[Problem, ...] = ()


def check(data: bytes | str, source: str, *, today: datetime.date | None = None) -> Checked:
    """Read a table, find each row's partnership and compare its figures with what is there; two queries."""
    reading = crime_table.read(data, today=today or timezone.localdate())
    owners, strangers = _owners(reading.named)
    problems = in_order([*reading.problems, *strangers])
    if reading.table is None or problems:
        return Checked(None, problems)
    return Checked(_plan(reading.table, owners, source))


def _plan(table: Table, owners: Mapping[int, Partnership], source: str) -> Plan:
    figures = [figure for area in table.areas for figure in _figures(table, area, owners[area.line], source)]
    there = CrimeFigure.objects.filter(
        measure=CrimeFigure.Measure.BCS_COMPARATOR, ends_on__in=[period.ends_on for period in table.periods]
    ).select_related("partnership")
    known = {(figure.partnership_id, figure.ends_on): figure for figure in there}
    before = [(known.pop((figure.partnership_id, figure.ends_on), None), figure) for figure in figures]
    return Plan(
        table,
        figures,
        [figure for old, figure in before if old is None],
        [(old, figure) for old, figure in before if old is not None and _differs(old, figure)],
        len(known),
    )


def _figures(table: Table, area: Area, owner: Partnership, source: str) -> Iterator[CrimeFigure]:
    # What is wrong with a row shows in its change, so the note stands with the later figure.
    notes = ("", " ".join(area.notes)[:NOTE_LENGTH])
    for period, value, note in zip(table.periods, area.figures, notes, strict=True):
        yield CrimeFigure(
            partnership=owner,
            measure=CrimeFigure.Measure.BCS_COMPARATOR,
            period=str(period),
            ends_on=period.ends_on,
            value=value,
            source=source[:SOURCE_LENGTH],
            note=note,
        )


def _differs(old: CrimeFigure, new: CrimeFigure) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in _WRITTEN)


def _owners(rows: Sequence[Named]) -> tuple[dict[int, Partnership], list[Problem]]:
    """Return each row's partnership by its line, and what is wrong with names and forces."""
    if not rows:
        return {}, []
    places = {_plain(place.name): place for place in Partnership.objects.with_area()}
    owners: dict[int, Partnership] = {}
    lines: dict[int, int] = {}
    problems: list[Problem] = []
    for row in rows:
        place = places.get(_plain(row.name))
        if place is None:
            problems.append(at_line(row.line, _unknown(row.name, places, guess=len(problems) < MOST_GUESSES)))
            continue
        problems.extend(at_line(row.line, wrong) for wrong in _wrong(row, place, lines))
        owners[row.line] = place
        lines.setdefault(place.pk, row.line)
    return owners, problems


def _wrong(row: Named, place: Partnership, lines: Mapping[int, int]) -> Iterator[str]:
    if place.pk in lines:
        text = _("%(name)s has a row already, in line %(line)s. Leave one of them.")
        yield text % {"name": place.name, "line": lines[place.pk]}
    if row.force and not _plain(place.police_force.name).startswith(_plain(row.force)):
        text = _("%(name)s belongs to %(force)s, not to “%(given)s”. Correct the area or the police force.")
        yield text % {"name": place.name, "force": place.police_force.name, "given": row.force}


def _unknown(name: str, places: Mapping[str, Partnership], *, guess: bool) -> str:
    near = difflib.get_close_matches(_plain(name), places, n=1) if guess else []
    if near:
        text = _("No partnership is called “%(name)s”. Is it %(near)s? Write the name as on the map of 2007.")
        return text % {"name": name, "near": places[near[0]].name}
    return _("No partnership is called “%(name)s”. Write the name as on the map of 2007.") % {"name": name}


def _plain(name: str) -> str:
    """Return a name without what printed tables spell in different ways."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).split()
    return " ".join(word for word in words if word not in _LEFT_OUT).removeprefix("city of ")
