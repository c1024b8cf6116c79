"""What must be true of a machine before people trust it: refused or warned about by `manage.py check`.

Errors end the check with status 1. Those that look into a database run for `check --database default` and at `migrate`.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
# With any of these off, what the portal called saved may be gone after a crash of the machine.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def secret_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production without a secret key of its own."""
    try:
        missing = not settings.SECRET_KEY
    except ImproperlyConfigured:
        missing = True
    if not (settings.PRODUCTION and missing):
        return []
    hint = "Set the environment variable SECRET_KEY to 50 or more random characters, and keep it."
    return [Error("The secret key is missing.", hint=hint, id="portal.E001")]


def database_engine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn of production on SQLite, which has one writer at a time and no server to back it up."""
    if not (settings.PRODUCTION and connections["default"].vendor == "sqlite"):
        return []
    hint = "Set DATABASE_URL to postgres://user:password@host/name."
    return [Warning("The database is SQLite, which is for trying the portal out.", hint=hint, id="portal.W001")]


def mail_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse two ways of encrypting at once, and warn of a sender that no mail server would take."""
    found: list[CheckMessage] = []
    if settings.EMAIL_HOST and settings.EMAIL_USE_SSL and settings.EMAIL_USE_TLS:
        hint = "Set EMAIL_USE_TLS=1 for a server that begins in the clear, or EMAIL_USE_SSL=1 for port 465; not both."
        found.append(Error("Mail would be encrypted in two ways at once, so none can be sent.", hint, id="portal.E004"))
    if settings.PRODUCTION and settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        hint = "Set DEFAULT_FROM_EMAIL to an address of yours that the mail server sends for."
        found.append(Warning("The portal’s mail has no sender that a mail server would take.", hint, id="portal.W004"))
    return found


def pdf_libraries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where Pango is missing: reports then come as a page to print instead of as a PDF."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - it loads Pango when imported, which is what is to be known
    except (ImportError, OSError):
        hint = f"On Debian or Ubuntu: {APT_LINE}"
        return [Warning("PDF reports cannot be made on this machine.", hint=hint, id="portal.W002")]
    return []


def demonstration_people(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production with people whose password is in the README."""
    if not settings.PRODUCTION:
        return []
    people = get_user_model()._default_manager
    return [
        Error(
            f"The database “{alias}” has demonstration people in it.",
            hint="Use a database that the demonstration never touched. They cannot sign in meanwhile.",
            id="portal.E002",
        )
        for alias in _with_table(databases, people.model._meta.db_table)
        if people.using(alias).filter(is_demonstration=True).exists()
    ]


def durability(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse production on a PostgreSQL that may lose what it said it had saved."""
    if not settings.PRODUCTION:
        return []
    return [
        Error(
            f"PostgreSQL’s {name} is off in the database “{alias}”: a crash would lose saved work.",
            hint=f"Set {name} = on in postgresql.conf and reload PostgreSQL.",
            id="portal.E003",
        )
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for name in DURABLE
        if _is_off(alias, name)
    ]


def cache_table(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of a missing table for counting failed sign-ins; not an error, because `migrate` runs before it exists."""
    table = str(settings.CACHES["default"]["LOCATION"])
    aliases = [alias for alias in databases or () if alias == "default"] if settings.PRODUCTION else []
    if set(aliases) == set(_with_table(aliases, table)):
        return []
    hint = "Run manage.py createcachetable."
    return [Warning(f"The table {table} is missing: nobody can sign in.", hint=hint, id="portal.W003")]


def _with_table(databases: Sequence[str] | None, table: str) -> list[str]:
    """Return the databases that have a table; before the first `migrate` there is none."""
    return [alias for alias in databases or () if table in connections[alias].introspection.table_names()]


def _is_off(alias: str, name: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return bool(cursor.fetchone()[0] == "off")
