"""Write many rows by one statement, however many there are: SQLite takes 999 values at a time, and a set has more."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

TAKING = {
    "sqlite": ("json_extract(value, '$[{at}]')", "json_each(%s) ORDER BY key"),
    "postgresql": (
        "(value ->> {at})::{kind}",
        "jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS rows (value, key) ORDER BY key",
    ),
}


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows in their order, each with a value for every column of the model but its key."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = [[row[field.attname] for field in fields] for row in rows]
    if not values:
        return
    cell, source = TAKING[connection.vendor]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    # Without its length: a text too long is refused by the column, where a cast would cut it.
    kinds = [str(field.db_type(connection)).partition("(")[0] for field in fields]
    cells = ", ".join(cell.format(at=at, kind=kind) for at, kind in enumerate(kinds))
    # Names come from the models, and every value from the one parameter.
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) SELECT {cells} FROM {source}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(values, default=str)])
