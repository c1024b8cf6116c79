"""What `manage.py check` refuses and warns of, and that a good machine hears nothing."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.core.checks import CheckMessage
from django.db import connection

from accounts.models import User
from cdrp_portal import checks
from tests.people import Cast

SECRET_KEY = "k7Vq2ZrX9mTn4WbL8sYc1HdF6gJp3QaE5uKo0RiNxBvMwCzD"
GOOD = {
    "PORTAL_PRODUCTION": "1",
    "SECRET_KEY": SECRET_KEY + "-and-some-more-characters",
    "ALLOWED_HOSTS": "portal.test",
    "SITE_URL": "https://portal.test",
    # Nothing listens there: without --database no check connects.
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:1/portal",
}


def check(folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the check as an administrator would, with these variables and no others of ours."""
    ours = ("DATABASE_URL", "DEBUG", "SECRET_KEY", "EMAIL_HOST", "TEST_DB_SUFFIX", "DJANGO_ALLOW_ASYNC_UNSAFE")
    outside = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={**outside, "PORTAL_VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def ids(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


def test_a_machine_set_up_as_the_readme_says_hears_nothing(tmp_path: Path) -> None:
    result = check(tmp_path, GOOD)
    assert (result.stdout, result.returncode) == ("System check identified no issues (0 silenced).\n", 0), result.stderr


def test_a_machine_without_a_key_is_told_what_to_set(tmp_path: Path) -> None:
    result = check(tmp_path, {**GOOD, "SECRET_KEY": ""})
    assert "Set the environment variable SECRET_KEY to 50 or more random characters" in result.stderr
    assert result.returncode != 0


def test_mail_needs_a_sender_that_a_server_takes(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.portal.test", "portal@localhost"
    assert ids(checks.mail_server(None)) == ["portal.W004"]
    settings.DEFAULT_FROM_EMAIL = "portal@portal.test"
    assert checks.mail_server(None) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"EMAIL_USE_SSL": "1"}, []),
        ({"EMAIL_USE_TLS": "0"}, []),
        ({}, []),
        ({"EMAIL_USE_SSL": "1", "EMAIL_USE_TLS": "1"}, ["portal.E004"]),
    ],
)
def test_mail_is_encrypted_in_one_way(tmp_path: Path, given: dict[str, str], expected: list[str]) -> None:
    mail = {"EMAIL_HOST": "mail.portal.test", "DEFAULT_FROM_EMAIL": "portal@portal.test"}
    result = check(tmp_path, {**GOOD, **mail, **given})
    assert [each for each in ("portal.E004", "portal.W004") if each in result.stderr] == expected
    assert (result.returncode != 0) == bool(expected), result.stderr


def test_sqlite_is_warned_of_in_production_only(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert ids(checks.database_engine(None)) == (["portal.W001"] if connection.vendor == "sqlite" else [])
    settings.PRODUCTION = False
    assert checks.database_engine(None) == []


def test_a_missing_key_is_refused_in_production_only(settings: LazySettings) -> None:
    settings.SECRET_KEY, settings.PRODUCTION = "", True
    assert ids(checks.secret_key(None)) == ["portal.E001"]
    settings.PRODUCTION = False
    assert checks.secret_key(None) == []


@pytest.mark.django_db
def test_demonstration_people_are_refused_in_production_only(cast: Cast, settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert checks.demonstration_people(None, databases=["default"]) == []
    User.objects.filter(pk=cast.officer.pk).update(is_demonstration=True)
    assert ids(checks.demonstration_people(None, databases=["default"])) == ["portal.E002"]
    settings.PRODUCTION = False
    assert checks.demonstration_people(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_database_that_was_never_migrated_is_no_fault(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRODUCTION = True
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda *_, **__: [])
    assert checks.demonstration_people(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_database_that_forgets_is_refused(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    has_the_setting = connection.vendor == "postgresql"
    assert has_the_setting is _is_refused("off")
    assert _is_refused("on") is False
    settings.PRODUCTION = False
    assert checks.durability(None, databases=["default"]) == []


def _is_refused(synchronous_commit: str) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL synchronous_commit = {synchronous_commit}")
    found = checks.durability(None, databases=["default"])
    return any("synchronous_commit" in message.msg for message in found)


@pytest.mark.django_db
def test_a_missing_cache_table_is_warned_of(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert checks.cache_table(None, databases=["default"]) == []
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "not_there"}}
    assert ids(checks.cache_table(None, databases=["default"])) == ["portal.W003"]
    assert checks.cache_table(None) == []


@pytest.mark.parametrize("trouble", [OSError("cannot load library 'libpango-1.0-0'"), ImportError("weasyprint")])
def test_missing_pdf_libraries_come_with_the_line_to_type(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise trouble

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    [warning] = checks.pdf_libraries(None)
    assert warning.id == "portal.W002"
    assert "apt-get install libpango" in str(warning.hint)
