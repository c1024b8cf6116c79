"""Reads that are asked at every request: said once as a QuerySet, turned into SQL once, and only run from then on.

Django takes ten times longer to make the SQL of a join than a database takes to answer it, and PostgreSQL takes longer
to plan one than to run it; so there the statement is also prepared, once a connection (docs/adr/0012).
"""

import datetime
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Model, QuerySet

_numbers = itertools.count(1)
YEAR_ONE = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)


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

    `text`, `number`, `moment` and `day` name the values by their type. A value must be compared as it is, never
    computed with.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        text: Sequence[str] = (),
        number: Sequence[str] = (),
        moment: Sequence[str] = (),
        day: Sequence[str] = (),
    ) -> None:
        self._build = build
        # No row has these: a private-use character, numbers below every key, days of the year 1.
        self._stand_ins: dict[str, Any] = {name: f"\ue000{name}" for name in text}
        self._stand_ins |= {name: -(10**9) - place for place, name in enumerate(number)}
        self._stand_ins |= {name: YEAR_ONE + datetime.timedelta(days=place) for place, name in enumerate(moment)}
        self._stand_ins |= {name: YEAR_ONE.date() + datetime.timedelta(days=place) for place, name in enumerate(day)}
        self._statements: dict[str, _Statement] = {}
        self._name = f"portal_{next(_numbers)}"
        self._known_to: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        statement = self._statements.get(connection.vendor) or self._prepare()
        parameters = list(statement.parameters)
        for place, name in statement.places.items():
            parameters[place] = _as_sent(values[name])
        with connection.cursor() as cursor:
            cursor.execute(self._sql(statement), parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not statement.converters:
            return rows
        return [tuple(row) for row in statement.compiler.apply_converters(rows, statement.converters)]

    def _sql(self, statement: _Statement) -> str:
        """Return what to run: on PostgreSQL the name under which this connection knows the statement."""
        if connection.vendor != "postgresql":
            return statement.sql
        places = range(1, len(statement.parameters) + 1)
        driver = connection.connection
        if driver not in self._known_to:
            with connection.wrap_database_errors, driver.cursor() as cursor:
                cursor.execute(f"PREPARE {self._name} AS {statement.sql % tuple(f'${place}' for place in places)}")
            self._known_to[driver] = True
        values = ", ".join("%s" for _place in places)
        return f"EXECUTE {self._name} ({values})" if values else f"EXECUTE {self._name}"

    def _prepare(self) -> _Statement:
        compiler = self._build(**self._stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        names = {_as_sent(stand_in): name for name, stand_in in self._stand_ins.items()}
        places = {place: names[value] for place, value in enumerate(parameters) if value in names}
        converters = compiler.get_converters([expression for expression, *_rest in compiler.select])
        statement = _Statement(sql, tuple(parameters), places, compiler, converters)
        self._statements[connection.vendor] = statement
        return statement


def _as_sent(value: Any) -> Any:
    """Return a value as the database takes it: a moment or a day is text on SQLite."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value


def numbered(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """Return each of several values under a name of its own; how many there are is part of what is asked."""
    return {f"{name}{at}": value for at, value in enumerate(values)}


def columns(path: str, model: type[Model], *, leave_out: Sequence[str] = ()) -> list[str]:
    """Return what `values_list` needs for whole rows of a model that is reached by this path."""
    return [path + field.attname for field in model._meta.concrete_fields if field.attname not in leave_out]


def instance(model: type[Model], names: Sequence[str], row: Sequence[Any]) -> Any:
    """Return a model instance from the part of a row that holds its columns."""
    return model.from_db(connection.alias, [name.rpartition("__")[2] for name in names], row)
