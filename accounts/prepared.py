"""Reads that are asked at every request: said once as a QuerySet, turned into SQL once, and only run from then on.

Django takes ten times longer to make the SQL of a join than a database takes to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class _Statement:
    """A QuerySet's SQL for one kind of database, with the places where values go in and how values come out."""

    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, str]
    compiler: Any
    converters: Any


class Prepared:
    """A `values_list` QuerySet whose SQL is kept; `build` gets a stand-in for each value and returns the QuerySet.

    `text` and `number` name the values by their type. A value must be compared as it is, never computed with.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, text: Sequence[str] = (), number: Sequence[str] = ()
    ) -> None:
        self._build = build
        # No row has these: a private-use character, and numbers below every key.
        self._stand_ins: dict[str, Any] = {name: f"\ue000{name}" for name in text}
        self._stand_ins |= {name: -(10**9) - place for place, name in enumerate(number)}
        self._statements: dict[str, _Statement] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        statement = self._statements.get(connection.vendor) or self._prepare()
        parameters = list(statement.parameters)
        for place, name in statement.places.items():
            parameters[place] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            rows = cursor.fetchall()
        return [tuple(row) for row in statement.compiler.apply_converters(rows, statement.converters)]

    def _prepare(self) -> _Statement:
        compiler = self._build(**self._stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {stand_in: name for name, stand_in in self._stand_ins.items()}
        places = {place: names[value] for place, value in enumerate(parameters) if value in names}
        converters = compiler.get_converters([expression for expression, *_rest in compiler.select])
        statement = _Statement(sql, tuple(parameters), places, compiler, converters)
        self._statements[connection.vendor] = statement
        return statement


def columns(path: str, model: type[Model], *, leave_out: Sequence[str] = ()) -> list[str]:
    """Return what `values_list` needs for whole rows of a model that is reached by this path."""
    return [path + field.attname for field in model._meta.concrete_fields if field.attname not in leave_out]


def instance(model: type[Model], names: Sequence[str], row: Sequence[Any]) -> Any:
    """Return a model instance from the part of a row that holds its columns."""
    return model.from_db(connection.alias, [name.rpartition("__")[2] for name in names], row)
