"""Rows of several tables that are made in one pass: kept in files meanwhile, so that a round is never in memory."""

import json
import tempfile
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reports.package import plain

# A table's name and a row of it.
Line = tuple[str, Sequence[object]]
# Beyond this many characters a table's rows are on disk.
IN_MEMORY = 500_000
_WRITER = json.JSONEncoder(default=plain)


class Spooled:
    """A table's rows, to be added and then read as often as wanted, as `package.plain` gives their cells."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="ascii")  # noqa: SIM115 - closed below
        # Its rows may be read until nobody holds them any more.
        weakref.finalize(self, self._file.close)

    def add(self, row: Sequence[object]) -> None:
        """Add a row after the others."""
        self._file.write(f"{_WRITER.encode(row)}\n")

    def __iter__(self) -> Iterator[list[Any]]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)


def apart(found: Iterable[Line]) -> dict[str, Spooled]:
    """Return rows by the name of their table; a table without any has an empty one."""
    tables: dict[str, Spooled] = defaultdict(Spooled)
    for name, row in found:
        tables[name].add(row)
    return tables
