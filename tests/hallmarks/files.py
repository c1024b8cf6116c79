"""Criteria files for tests: a small sound one, and ways to spoil it."""

import json
from pathlib import Path
from typing import Any

from hallmarks.document import Document
from hallmarks.importing import parse

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
BEACON = (FIXTURES / "beacon_r5.json").read_bytes()
HALLMARKS = (FIXTURES / "hallmarks_2007.json").read_bytes()


def entry(model: str, **fields: Any) -> dict[str, Any]:
    return {"model": f"hallmarks.{model}", "fields": fields}


def criterion(code: str, number: int, **more: Any) -> dict[str, Any]:
    own = {
        "version": ["small", "v1"],
        "section": ["small", "v1", "LEAD"],
        "scale": ["small", "v1", "practice"],
        "number": number,
        "code": code,
        "lineage": f"small-{number}",
        "title": f"Title {number}",
        "text": f"Statement {number}.",
        "source": "A test",
    }
    return entry("criterion", **{**own, **more})


def small() -> list[dict[str, Any]]:
    """Two criteria, two levels, one indicator."""
    return [
        entry("framework", slug="small", title="Small criteria", publisher="A test"),
        entry("version", framework=["small"], slug="v1", title="Small criteria, first", source="A test"),
        entry("scale", version=["small", "v1"], slug="practice"),
        entry("level", scale=["small", "v1", "practice"], position=0, slug="low", name="Low"),
        entry("level", scale=["small", "v1", "practice"], position=1, slug="high", name="High"),
        entry("section", version=["small", "v1"], number=1, code="LEAD", title="Leadership"),
        criterion("LEAD.1", 1),
        criterion("LEAD.2", 2),
        entry("indicator", criterion=["small", "v1", "LEAD.1"], number=1, text="A sign."),
    ]


def changed(model: str, nth: int = 0, /, **fields: Any) -> list[dict[str, Any]]:
    """The small file with some fields of one entry changed."""
    rows = small()
    [row for row in rows if row["model"] == f"hallmarks.{model}"][nth]["fields"].update(fields)
    return rows


def without(model: str) -> list[dict[str, Any]]:
    """The small file without the entries of one model."""
    return [row for row in small() if row["model"] != f"hallmarks.{model}"]


def text(rows: list[Any]) -> str:
    """A file with one entry a line, the first on line 2."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"


def problems(data: bytes | str | list[Any]) -> list[str]:
    """What is wrong with a file, a line a problem."""
    parsed = parse(text(data) if isinstance(data, list) else data)
    assert parsed.document is None
    return [str(problem) for problem in parsed.problems]


def document(rows: list[Any] | bytes) -> Document:
    parsed = parse(rows if isinstance(rows, bytes) else text(rows))
    assert parsed.document is not None, parsed.problems
    return parsed.document
