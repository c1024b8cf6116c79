"""What every test may ask for: the map, the cast, a criteria set, a round; and the guards around them."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from assessments.models import Assessment, Round
from casestudies.search import choices
from hallmarks import outline
from hallmarks.models import Version
from reports import releasing
from tests import criteria, people
from tests.world import make_world


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    """Keep uploads, reports and quick passwords inside the test."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Forget criteria sets, choices and releases of the test before: each test's database uses the same keys again."""
    outline.forget()
    releasing.forget()
    choices.forget()


@pytest.fixture(autouse=True, scope="session")
def _triggers_lifted_around_the_flush() -> Iterator[None]:
    """Let the end of a transactional test empty append-only tables; nothing else gets this key."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with _without_triggers():
            flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", lifted)
        yield


class _without_triggers:  # noqa: N801
    """Takes off the triggers that refuse, and puts the very same ones back; those that keep an index stay."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = replica")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%'")
            self.triggers = cursor.fetchall()
            for name, _sql in self.triggers:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *error: object) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")
                return
            for _name, sql in self.triggers:
                cursor.execute(sql)


@pytest.fixture
def places(db: None) -> people.Places:
    return people.make_places()


@pytest.fixture
def cast(places: people.Places) -> people.Cast:
    return people.make_cast(places)


@pytest.fixture
def version(db: None) -> Version:
    """A small published set: two sections, four criteria, one of them statutory and English two-tier only."""
    return criteria.make_version()


@pytest.fixture
def round_(version: Version, places: people.Places) -> Round:
    """A round that is open today for every partnership."""
    return criteria.make_round(version, places)


@pytest.fixture
def assessment(round_: Round, places: people.Places) -> Assessment:
    """Amber Valley's assessment in the open round."""
    return Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)


@pytest.fixture
def sign_in(client: Client) -> Callable[[User | None], Client]:
    """Return a function that signs a person in on the test's client, or nobody for None."""

    def as_person(user: User | None) -> Client:
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return as_person


@pytest.fixture
def world(assessment: Assessment, places: people.Places, cast: people.Cast) -> None:
    """Something of everything: see tests/world.py."""
    make_world(assessment, places, cast)
