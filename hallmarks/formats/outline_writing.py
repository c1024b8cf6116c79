"""The marks of an outline, and a document written with them."""

import datetime
import json
import re
from collections.abc import Iterable, Iterator

from hallmarks.document import Document
from hallmarks.formats.lines import (
    CRITERION,
    FIELDS,
    INDICATOR,
    LEVEL,
    SCALE,
    SECTION,
    Part,
    Value,
    parts_of,
    plain_name,
)

HEADING = re.compile(r" {0,3}(#+)(?:[ \t]+(.*))?")
BULLET = re.compile(r"\s*[-*•–]\s+(.*)")
FACT = re.compile(r"\s*([A-Za-z][A-Za-z_ ]{1,24}):(?:[ \t]+(.*))?")
RULE = re.compile(r"-{3,}|\*{3,}|_{3,}|={3,}")
# A backslash takes the meaning off the mark that follows; before a quotation mark it begins a text as JSON writes it.
MARK, EXACT = "\\", '\\"'
CRITERION_FACTS = frozenset(FIELDS[CRITERION]) - {"title"}
# The order in which people look for them.
ORDER = (
    *("title", "publisher", "framework", "framework title", "version", "code", "lineage", "slug", "number", "ordered"),
    *("kind", "key", "applies", "scale", "in force from", "in force to", "confidence", "source"),
    *("text", "official text", "guidance", "note"),
)


def write(document: Document) -> bytes:
    """Return a document as an outline."""
    parts = list(parts_of(document))
    first = next(at for at, part in enumerate(parts) if part.kind == SECTION)
    lines = ["---", *_front(parts[:first]), "---"]
    before = ""
    for part in parts[first:]:
        lines += WRITING[part.kind](part, is_first=part.kind != before)
        before = part.kind
    return ("\n".join(lines) + "\n").encode()


def _front(parts: list[Part]) -> Iterator[str]:
    yield from _facts(parts[0])
    for at, part in enumerate(parts):
        if part.kind == SCALE:
            levels = []
            for following in parts[at + 1 :]:
                if following.kind != LEVEL:
                    break
                levels.append(following)
            yield from _scale(part, levels)


def _scale(scale: Part, levels: list[Part]) -> Iterator[str]:
    names = [str(level.values["title"]) for level in levels]
    can_be_listed = all(name == name.strip() and "," not in name and not name.startswith(MARK) for name in names)
    yield f"scale: {', '.join(names)}" if can_be_listed else "scale:"
    yield from _facts(scale)
    for level, name in zip(levels, names, strict=True):
        more = Part(LEVEL, {key: value for key, value in level.values.items() if key != "title"})
        if more.values or not can_be_listed:
            yield _fact("level", name)
            yield from (
                line.replace("text:", "meaning:", 1) if line.startswith("text:") else line for line in _facts(more)
            )


def _section(part: Part, *, is_first: bool) -> Iterator[str]:
    yield ""
    yield f"# {_one_line(str(part.values['title']))}"
    yield from _facts(part, without={"title"})


def _criterion(part: Part, *, is_first: bool) -> Iterator[str]:
    text = str(part.values["text"])
    paragraphs = _paragraphs(text)
    yield ""
    yield f"## {_one_line(str(part.values['title']))}"
    yield from _facts(part, without={"title", "text"} if paragraphs else {"title"})
    for paragraph in paragraphs:
        yield ""
        yield paragraph


def _indicator(part: Part, *, is_first: bool) -> Iterator[str]:
    if is_first:
        yield ""
    yield f"- {_one_line(str(part.values['text']))}"
    if "number" in part.values:
        yield f"  number: {part.values['number']}"


WRITING = {SECTION: _section, CRITERION: _criterion, INDICATOR: _indicator}


def _facts(part: Part, without: Iterable[str] = ()) -> Iterator[str]:
    for name in ORDER:
        if name in part.values and name not in without:
            yield _fact(name, part.values[name])


def _fact(name: str, value: Value) -> str:
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    lines = text.split("\n")
    is_plain = all(line == line.strip() for line in lines) and lines[0] and lines[-1] and "\r" not in text
    if not is_plain:
        return f"{name}: {_exact(text)}"
    return "\n".join([f"{name}: {_unmarked(lines[0])}", *(f"  {line}" if line else "" for line in lines[1:])])


def _paragraphs(text: str) -> list[str]:
    """Return a statement as paragraphs, or none where it cannot be written so."""
    found = text.split("\n\n")
    if not all(line and line == line.strip() and "\n" not in line and "\r" not in line for line in found):
        return []
    return [f"{MARK}{line}" if has_mark(line) else line for line in found]


def has_mark(line: str) -> bool:
    """Say whether a line of a statement would be read as something else."""
    if line.startswith((MARK, "#")) or BULLET.fullmatch(line) or RULE.fullmatch(line):
        return True
    found = FACT.fullmatch(line)
    return bool(found and plain_name(found[1]) in CRITERION_FACTS)


def _one_line(text: str) -> str:
    return _unmarked(text) if text == text.strip() and "\n" not in text and "\r" not in text else _exact(text)


def _unmarked(text: str) -> str:
    return f"{MARK}{text}" if text.startswith(MARK) else text


def _exact(text: str) -> str:
    return f"{MARK}{json.dumps(text, ensure_ascii=False)}"
