"""HTML as nested tuples, so that two pieces of markup can be compared whatever their spacing."""

from html.parser import HTMLParser
from typing import Any

VOID = {"input", "path"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack: list[list[Any]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: " ".join((value or "").split()) for name, value in attrs}
        values["class"] = " ".join(sorted(values.get("class", "").split()))
        node: tuple[str, Any, list[Any]] = (tag, tuple(sorted(values.items())), [])
        self.stack[-1].append(node)
        if tag not in VOID:
            self.stack.append(node[2])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.stack[-1].append(" ".join(data.split()))


def tree(html: str) -> list[Any]:
    """The elements of a piece of HTML; attributes and classes in alphabetical order, spaces made one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.stack[0]
