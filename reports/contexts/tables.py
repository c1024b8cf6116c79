"""Criteria in tables: all of them in the short form; in the full one those that there was no room to write out."""

from collections.abc import Callable, Iterable, Sequence, Set

from django.utils.translation import gettext as _

from assessments.documents import HIGHER, LOWER, SAME, CriterionEntry, SectionEntry
from hallmarks.marks import Label
from reports import summing
from reports.contexts import office, room
from reports.contexts.criteria import label_then
from reports.contexts.matter import Matter
from reports.parts import Row, Rows, Table
from reports.plain_text import shortened

# The short form has eight pages. Two are the cover and the summary; of the others these many millimetres go to its
# tables, more where nothing is statutory or where there is no review.
PRACTICE_ROOM, STATUTORY_ROOM, STATUTORY_HEAD, OFFICE_ROOM = 2.6 * room.PAGE, 0.6 * room.PAGE, 30.0, 190.0
# The full report's table of what was not written out; a round has 600 criteria at most.
FULL_ROOM = 60 * room.PAGE
LONGEST_TITLE, LONGEST_LEVEL = 80, 28
# Widths of the columns and heights of a line, of a row's edges and of a section's row, in millimetres; size of type.
PAGE_WIDTH, LEVEL, BEFORE, PADDING, MARK, POINTS = 170.0, 31.0, 47.0, 3.0, 5.5, 8.5
LINE, EDGES, SECTION = 4.1, 2.3, 9.0


def tables(matter: Matter, written: Set[str]) -> tuple[Table, Table]:
    """Return the criteria that are not written out: those of good practice, and apart from them the statutory ones."""
    practice, statutory = ([each for each in kind if each.code not in written] for kind in _kinds(matter))
    if not matter.is_short:
        return _table(matter, practice, FULL_ROOM)[0], _table(matter, statutory, FULL_ROOM)[0]
    room_of_practice = PRACTICE_ROOM + (OFFICE_ROOM if matter.review is None else 0)
    if not statutory:
        room_of_practice += STATUTORY_ROOM + STATUTORY_HEAD
    of_practice, left = _table(matter, practice, room_of_practice)
    return of_practice, _table(matter, statutory, STATUTORY_ROOM + max(left, 0))[0]


def _kinds(matter: Matter) -> tuple[Sequence[CriterionEntry], Sequence[CriterionEntry]]:
    return matter.practice, matter.statutory


def _table(matter: Matter, entries: Sequence[CriterionEntry], left: float) -> tuple[Table, float]:
    """Return the rows that fit, and the room that is left."""
    wanted = {entry.code for entry in entries}
    sections = [(each, [entry for entry in each.criteria if entry.code in wanted]) for each in matter.document.sections]
    found: list[Rows] = []
    for section, asked in sections:
        if asked and left > SECTION:
            rows, left = _fitting(matter, asked, left - SECTION)
            found += [Rows(_title(section), tuple(rows))] if rows else []
    shown = sum(len(rows.rows) for rows in found)
    return Table(tuple(found), matter.more(len(entries) - shown)), left


def _fitting(matter: Matter, entries: Iterable[CriterionEntry], left: float) -> tuple[list[Row], float]:
    """Return the rows that fit and the room that is left: none, once one did not fit."""
    rows: list[Row] = []
    for entry in entries:
        row = _row(matter, entry)
        left -= _height(row)
        if left < 0:
            return rows, -1.0
        rows.append(row)
    return rows, left


def _row(matter: Matter, entry: CriterionEntry) -> Row:
    document, of_office = matter.document, office.label_of(matter, entry)
    then = entry.before
    return Row(
        number=entry.number,
        title=shortened(entry.title, LONGEST_TITLE),
        label=_brief(summing.label(document, entry)),
        before=_brief(label_then(document, entry)) if then else None,
        before_words=_changes()(then.change) if then else "",
        office=_brief(of_office) if of_office else None,
    )


def _changes() -> Callable[[str], str]:
    words = {HIGHER: _("higher now"), LOWER: _("lower now"), SAME: _("the same")}
    return lambda change: words.get(change, _("not comparable"))


def _brief(label: Label) -> Label:
    return Label(label.mark, shortened(label.name, LONGEST_LEVEL))


def _title(section: SectionEntry) -> str:
    return shortened(section.title, LONGEST_TITLE // 2)


def _height(row: Row) -> float:
    title = PAGE_WIDTH - LEVEL * (2 if row.office else 1) - BEFORE - PADDING
    levels = [row.label.name, row.office.name if row.office else ""]
    then = f"{row.before.name} ({row.before_words})" if row.before else ""
    tallest = max(
        room.lines(f"{row.number}. {row.title}", title, POINTS),
        room.lines(then, BEFORE - PADDING - MARK, POINTS),
        *(room.lines(name, LEVEL - PADDING - MARK, POINTS) for name in levels),
    )
    return EDGES + LINE * tallest
