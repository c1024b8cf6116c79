"""Who may open what: every address, everybody of the cast; an address without a row fails."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests import permission_rows
from tests.people import Cast
from tests.permissions import EVERYBODY, Row

# Their own tests hold the rule for these: the framework's admin and the sign-in library's pages.
BY_A_RULE = ("admin:", "account_", "mfa_", "usersessions_")


def rows() -> dict[str, Row]:
    """Return the whole table, from one module an app."""
    table: dict[str, Row] = {}
    for module in pkgutil.iter_modules(permission_rows.__path__):
        table |= importlib.import_module(f"tests.permission_rows.{module.name}").ROWS
    return table


def url_names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Yield every named address of the portal."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield namespace + pattern.name
        else:
            yield from url_names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def ours() -> list[str]:
    return sorted({name for name in url_names() if not name.startswith(BY_A_RULE)})


def test_every_address_has_a_row() -> None:
    assert [name for name in ours() if name not in rows()] == []


def test_no_row_is_left_of_an_address_that_went() -> None:
    assert [name for name in rows() if name not in ours()] == []


def test_every_row_names_everybody() -> None:
    assert {name: row for name, row in rows().items() if set(row.get) != set(EVERYBODY)} == {}


@pytest.mark.parametrize("name", sorted(rows()))
def test_who_may_open_it(
    name: str,
    world: None,
    cast: Cast,
    sign_in: Callable[[User | None], Client],
) -> None:
    row = rows()[name]
    url = reverse(name, kwargs=dict(row.kwargs))
    people = cast.everybody()
    found = {who: sign_in(people[who]).get(url).status_code for who in EVERYBODY}
    assert found == dict(row.get)


@pytest.mark.parametrize("name", sorted(name for name, row in rows().items() if row.post))
def test_who_may_send_to_it(name: str, world: None, cast: Cast, sign_in: Callable[[User | None], Client]) -> None:
    row = rows()[name]
    url = reverse(name, kwargs=dict(row.kwargs))
    people = cast.everybody()
    found = {who: sign_in(people[who]).post(url, {}).status_code for who in row.post}
    assert found == dict(row.post)
