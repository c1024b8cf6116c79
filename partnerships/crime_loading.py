"""What loading a table of crime figures would do: whose row is whose, and what is new, changed or the same."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.crime_table import Area, Problem, Table, at_line, shortened
from partnerships.models import CrimeFigure, Partnership

SOURCE_LENGTH, NOTE_LENGTH = 300, 300
# Words by which printed names differ from the map's.
_LEFT_OUT = {"ua", "cdrp", "csp", "the"}


@dataclass(frozen=True)
class Plan:
    """What would be written, or the problems that stand in the way."""

    table: Table
    figures: Sequence[CrimeFigure]
    new: Sequence[CrimeFigure]
    changed: Sequence[tuple[CrimeFigure, CrimeFigure]]
    problems: tuple[Problem, ...] = ()

    @property
    def unchanged(self) -> int:
        """How many figures are there already, exactly so."""
        return len(self.figures) - len(self.new) - len(self.changed)

    @property
    def notes(self) -> list[tuple[Area, str]]:
        """Every slip of the table, with its row."""
        return [(area, note) for area in self.table.areas for note in area.notes]


def plan_of(table: Table, source: str) -> Plan:
    """Find each row's partnership and compare its figures with what is there; two queries."""
    owners, problems = _owners(table)
    if problems:
        return Plan(table, (), (), (), shortened(problems))
    figures = [figure for area in table.areas for figure in _figures(table, area, owners[area.line], source)]
    known = {
        (figure.partnership_id, figure.ends_on): figure
        for figure in CrimeFigure.objects.filter(
            measure=CrimeFigure.Measure.BCS_COMPARATOR, ends_on__in=[period.ends_on for period in table.periods]
        )
    }
    before = [(known.get((figure.partnership_id, figure.ends_on)), figure) for figure in figures]
    return Plan(
        table,
        figures,
        [figure for old, figure in before if old is None],
        [(old, figure) for old, figure in before if old is not None and _differs(old, figure)],
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
    return any(getattr(old, name) != getattr(new, name) for name in ("value", "source", "note", "period"))


def _owners(table: Table) -> tuple[dict[int, Partnership], list[Problem]]:
    """Return each row's partnership by its line, and what is wrong with names and forces."""
    places = {_plain(place.name): place for place in Partnership.objects.with_area()}
    owners: dict[int, Partnership] = {}
    lines: dict[int, int] = {}
    problems = []
    for area in table.areas:
        place = places.get(_plain(area.name))
        wrong = _unknown(area.name, places) if place is None else _wrong(area, place, lines)
        if wrong:
            problems.append(Problem(at_line(area.line), wrong))
        elif place is not None:
            owners[area.line], lines[place.pk] = place, area.line
    return owners, problems


def _wrong(area: Area, place: Partnership, lines: Mapping[int, int]) -> str:
    if place.pk in lines:
        text = _("%(name)s has a row already, in line %(line)s. Leave one of them.")
        return text % {"name": place.name, "line": lines[place.pk]}
    if area.force and not _plain(place.police_force.name).startswith(_plain(area.force)):
        text = _("%(name)s belongs to %(force)s, not to “%(given)s”. Correct the area or the police force.")
        return text % {"name": place.name, "force": place.police_force.name, "given": area.force}
    return ""


def _unknown(name: str, places: Mapping[str, Partnership]) -> str:
    near = difflib.get_close_matches(_plain(name), places, n=1)
    if near:
        text = _("No partnership is called “%(name)s”. Is it %(near)s?")
        return text % {"name": name, "near": places[near[0]].name}
    return _("No partnership is called “%(name)s”. Write the name as on the map of 2007.") % {"name": name}


def _plain(name: str) -> str:
    """Return a name without what printed tables spell in different ways."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).split()
    return " ".join(word for word in words if word not in _LEFT_OUT).removeprefix("city of ")
