"""A tagged PDF as a screen reader gets it: the structure tree's elements, and the text of each in reading order."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject


@dataclass
class Tagged:
    """A PDF with its structure."""

    reader: PdfReader
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: bytes) -> "Tagged":
        """Read a PDF."""
        return cls(PdfReader(io.BytesIO(content)))

    @property
    def root(self) -> Any:
        """The document's catalog."""
        return self.reader.trailer["/Root"]

    def elements(self, *kinds: str) -> list[DictionaryObject]:
        """Return the elements of these kinds (all, if none is named) in reading order."""
        found = [each for each in _walk(self.root["/StructTreeRoot"]["/K"]) if isinstance(each, DictionaryObject)]
        return [each for each in found if "/S" in each and (not kinds or str(each["/S"]) in kinds)]

    def text_of(self, element: Any) -> str:
        """Return the text of an element and of all in it."""
        return " ".join("".join(self._pieces(element, None)).split())

    def text(self) -> str:
        """Return the whole document's text in the order of its tags."""
        return self.text_of(self.root["/StructTreeRoot"])

    def _pieces(self, node: Any, page: Any) -> Iterator[str]:
        found = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(found, int):
            yield self._marked(page, int(found))
        elif isinstance(found, list):
            for child in found:
                yield from self._pieces(child, page)
        elif isinstance(found, DictionaryObject):
            yield from self._pieces(found.get("/K", []), found.raw_get("/Pg") if "/Pg" in found else page)
            yield " " if str(found.get("/S")) not in {"/Span", "/NonStruct"} else ""

    def _marked(self, page: IndirectObject, mark: int) -> str:
        if (page.idnum, mark) not in self._texts:
            self._texts |= {(page.idnum, key): text for key, text in _texts(self.reader, page).items()}
        return self._texts.get((page.idnum, mark), "")


def _walk(node: Any) -> Iterator[Any]:
    found = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(found, list):
        for child in found:
            yield from _walk(child)
    elif isinstance(found, DictionaryObject):
        yield found
        yield from _walk(found.get("/K", []))


def _texts(reader: PdfReader, page: IndirectObject) -> dict[int, str]:
    """Return the text of each marked content of a page."""
    content: Any = page.get_object()
    fonts = {name: _letters(font.get_object()) for name, font in content["/Resources"]["/Font"].items()}
    found: dict[int, str] = {}
    marks: list[int | None] = []
    letters: dict[int, str] = {}
    for operands, operator in ContentStream(content["/Contents"].get_object(), reader).operations:
        if operator in {b"BDC", b"BMC"}:
            properties = operands[1] if len(operands) > 1 else None
            marks.append(int(properties["/MCID"]) if isinstance(properties, dict) and "/MCID" in properties else None)
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in {b"Tj", b"TJ"}:
            mark = next((each for each in reversed(marks) if each is not None), None)
            if mark is not None:
                found[mark] = found.get(mark, "") + _shown(operands[0], letters)
    return found


def _letters(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be", "replace") for code, text in pairs}


def _shown(operand: Any, letters: dict[int, str]) -> str:
    parts = operand if isinstance(operand, list) else [operand]
    text = ""
    for part in parts:
        raw = getattr(part, "original_bytes", None)
        if raw is not None:
            text += "".join(letters.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))
    return text
