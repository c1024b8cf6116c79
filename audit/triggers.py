"""Migration operations that make the database itself refuse to change rows, whoever asks."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

POSTGRESQL = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{message}'; END $$;
CREATE TRIGGER {table}_no_update BEFORE UPDATE{columns} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
"""
SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE{columns} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
DROP_POSTGRESQL = """
DROP TRIGGER {table}_no_update ON {table};
DROP TRIGGER {table}_no_delete ON {table};
DROP TRIGGER {table}_no_truncate ON {table};
DROP FUNCTION {table}_refuse();
"""
DROP_SQLITE = "DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete;"

REFUSAL_POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {when} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {row}; END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
REFUSAL_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
DROP_REFUSAL_POSTGRESQL = "DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"
DROP_REFUSAL_SQLITE = "DROP TRIGGER {name};"


def append_only(table: str, *, frozen: Sequence[str] = ()) -> RunPython:
    """Return an operation after which rows of `table` can only be added.

    `frozen` names the columns that cannot change; without it none can.
    """
    words = {
        "table": table,
        "columns": f" OF {', '.join(frozen)}" if frozen else "",
        "message": f"{table} is append-only",
    }

    def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, POSTGRESQL, SQLITE, words)

    def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, DROP_POSTGRESQL, DROP_SQLITE, words)

    return RunPython(create, drop)


def refuse(name: str, *, table: str, event: str, when: str, message: str) -> RunPython:
    """Return an operation after which `event` ("DELETE", "UPDATE OF …") is refused for rows of which `when` is true.

    `when` is SQL on OLD and NEW. On SQLite a migration that later alters a table named in it drops the trigger first.
    """
    row = "OLD" if event == "DELETE" else "NEW"
    words = {"name": name, "table": table, "event": event, "when": when, "message": message, "row": row}

    def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, REFUSAL_POSTGRESQL, REFUSAL_SQLITE, words)

    def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, DROP_REFUSAL_POSTGRESQL, DROP_REFUSAL_SQLITE, words)

    return RunPython(create, drop)


def _run(editor: BaseDatabaseSchemaEditor, postgresql: str, sqlite: str, words: dict[str, str]) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(postgresql.format(**words))
        return
    for statement in sqlite.format(**words).replace("; END", "\x00").split(";"):
        if statement.strip():
            editor.execute(statement.replace("\x00", "; END"))
