"""The same tables as a workbook and as JSON: what is in the archive of CSV files is in these, under the same rules."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from django.utils.translation import gettext as _

from govuk.spreadsheets import Sheet, xlsx_bytes
from reports.package import Field, Package, Table, description, plain_rows, words_about, words_on_use

# A sheet can hold 1,048,576 rows; what is more goes on in another.
ROWS_A_SHEET = 1_000_000
# How many rows are sent at once.
PARTS_A_BLOCK = 500


def workbook(package: Package) -> bytes:
    """Return the tables as a workbook, a sheet each, after what is to be known of them."""
    about = package.about
    made_up = [_("Demonstration data")] if about.is_demonstration else []
    sheets = [f"{table.title}: {table.meaning}" for table in package.tables]
    words = [[line] for line in (*words_about(about), *sheets, *words_on_use(about)) if line]
    return xlsx_bytes(
        chain(
            [Sheet(_("Read me"), [about.title], [*([each] for each in made_up), *words])],
            chain.from_iterable(_sheets(table, made_up) for table in package.tables),
            [_columns(package.tables)],
        )
    )


def json_parts(package: Package) -> Iterator[bytes]:
    """Yield the tables as one JSON object, block by block: what is to be known, the columns, the rows by table."""
    parts = _json(package)
    while block := b"".join(islice(parts, PARTS_A_BLOCK)):
        yield block


def _json(package: Package) -> Iterator[bytes]:
    columns = {table.name: {field.name: field.meaning for field in table.fields} for table in package.tables}
    yield b'{"about":' + _dumped(description(package.about)) + b',"columns":' + _dumped(columns) + b',"tables":{'
    for place, table in enumerate(package.tables):
        yield (b",\n" if place else b"\n") + _dumped(table.name) + b":["
        names = [field.name for field in table.fields]
        for number, row in enumerate(plain_rows(table)):
            yield (b",\n" if number else b"\n") + _dumped(dict(zip(names, map(_or_null, row), strict=True)))
        yield b"]"
    yield b"}}\n"


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _or_null(cell: object) -> object:
    return None if cell == "" else cell


def _sheets(table: Table, made_up: Sequence[str]) -> Iterator[Sheet]:
    """Yield a table's sheet, and more of them where it is longer than one can be."""
    header = [*(_("data") for _one in made_up), *(field.name for field in table.fields)]
    shown = [_shown(field) for field in table.fields]
    rows: Iterable[list[object]] = (
        [*made_up, *(show(cell) for show, cell in zip(shown, row, strict=True))] for row in plain_rows(table)
    )
    rows, first = iter(rows), True
    while (begun := list(islice(rows, 1))) or first:
        yield Sheet(table.title, header, chain(begun, islice(rows, ROWS_A_SHEET - 1)))
        first = False


def _columns(tables: Sequence[Table]) -> Sheet:
    rows = [[table.title, field.name, field.type, field.meaning] for table in tables for field in table.fields]
    return Sheet(_("Columns"), [_("Sheet"), _("Column"), _("Type"), _("Meaning")], rows)


def _shown(field: Field) -> Callable[[object], object]:
    """Return how a column's cells stand in a sheet: days and moments as such, truth values in words."""
    yes, no = _("Yes"), _("No")
    readers: dict[str, Callable[[object], object]] = {
        "date": lambda cell: datetime.date.fromisoformat(str(cell)) if cell else None,
        "datetime": lambda cell: datetime.datetime.fromisoformat(str(cell)) if cell else None,
        "boolean": lambda cell: "" if cell in ("", None) else yes if cell else no,
    }
    return readers.get(field.type, lambda cell: cell)
