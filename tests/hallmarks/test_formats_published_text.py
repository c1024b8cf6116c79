"""The published text of the Beacon scheme, lightly marked, is the set that is shipped, section by section.

The text is not ours to pass on, so it is read where it is at hand: BEACON_SOURCE_TEXT names the file.
"""

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallmarks import services
from hallmarks.comparing import compare
from hallmarks.document import Document
from hallmarks.importing import parse
from hallmarks.stored import known_lines
from tests.hallmarks.files import BEACON, document

SOURCE = os.environ.get("BEACON_SOURCE_TEXT", "")
FRONT = """\
title: Beacon criteria, as printed
publisher: Home Office
scale: Gap identified, Working towards, Some success, Doing well
"""
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (SOURCE and Path(SOURCE).is_file()), reason="BEACON_SOURCE_TEXT names no file; the text is not shipped"
    ),
]
BLOCK = re.compile(r"<p>(.*?)</p>(?:\s*<ul[^>]*>(.*))?")


def marked(text: str) -> Iterator[str]:
    """Yield the lines of section 7 as an outline: titles as sections, sentences as criteria, dashes as signs."""
    titles = {section.title for section in document(BEACON).sections}
    _before, _title, rest = text.rpartition("\n7. Guidelines for Excellent Practice")
    for line in rest.partition("\nReferences\n")[0].splitlines():
        stripped = line.strip()
        if stripped in titles:
            yield f"\n# {stripped}\n"
        elif block := BLOCK.match(stripped):
            yield f"\n## {html.unescape(block[1])}\n"
            yield from (f"- {sign.strip()}" for sign in (block[2] or "").split("•") if sign.strip())
        elif stripped.startswith("- "):
            yield stripped
        elif stripped and not stripped.startswith("7."):
            yield f"\n## {stripped}\n"


def outline(text: str) -> str:
    return FRONT + "\n".join(marked(text))


def read() -> str:
    return Path(SOURCE).read_text(encoding="utf-8")


def loaded(text: str) -> Document:
    parsed = parse(text, "beacon.md", known_lines())
    assert parsed.document is not None, parsed.problems
    return parsed.document


def test_it_gives_9_sections_49_criteria_and_175_signs() -> None:
    counts = loaded(outline(read())).counts()
    assert (counts["sections"], counts["criteria"], counts["indicators"]) == (9, 49, 175)


def test_codes_lead_to_the_lineages_of_the_shipped_set() -> None:
    shipped = document(BEACON)
    services.publish_version(version=services.import_version(document=shipped, by=None).version, by=None)
    found = loaded(outline(read()))
    assert found.framework == shipped.framework
    assert [(c.code, c.lineage) for c in found.criteria()] == [(c.code, c.lineage) for c in shipped.criteria()]
    assert [len(c.indicators) for c in found.criteria()] == [len(c.indicators) for c in shipped.criteria()]
    compared = compare(found, shipped)
    assert (len(compared.added), len(compared.dropped)) == (0, 0)


def test_it_is_stored_whole() -> None:
    found = loaded(outline(read()))
    assert services.import_version(document=found, by=None).version.criteria.count() == 49
