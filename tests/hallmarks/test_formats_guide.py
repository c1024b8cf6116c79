"""The guide to criteria files keeps its promises: its examples load, and it names every field and every limit."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from hallmarks import formats
from hallmarks.document import Document
from hallmarks.formats.lines import CRITERION, FIELDS, SET
from hallmarks.importing import parse
from tests.hallmarks.sheets import xlsx_of

GUIDE = (Path(settings.BASE_DIR) / "docs" / "criteria_files.md").read_text()


def example(language: str) -> str:
    """The one block of the guide in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    return str(found)


def workbook() -> bytes:
    """The table under the heading Excel, as a workbook."""
    chapter = GUIDE.partition("\n## Excel\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in chapter.splitlines() if line.startswith("|")]
    return xlsx_of([[cell.strip() for cell in row] for row in rows if set(row[0]) != {"-"}])


def loaded(data: bytes | str) -> Document:
    parsed = parse(data)
    assert parsed.document is not None, parsed.problems
    return parsed.document


@pytest.mark.parametrize(("language", "form"), [("markdown", "md"), ("csv", "csv"), ("json", "json")])
def test_the_example_loads_in_the_format_that_it_is_of(language: str, form: str) -> None:
    data = example(language)
    assert formats.find(data) == form
    assert loaded(data).title == "Safer together, 2027"


def test_the_example_of_a_workbook_loads() -> None:
    found = loaded(workbook())
    assert [criterion.code for criterion in found.criteria()] == ["LEAD.1", "LEAD.2"]


def test_the_outline_says_what_the_guide_says_of_it() -> None:
    first, second = loaded(example("markdown")).criteria()
    assert first.text == "The people who lead the partnership set its direction, and come to its meetings."
    assert (first.is_key, first.official_text[:5], len(first.indicators)) == (True, "Each ", 2)
    assert (second.code, second.kind, second.nation, str(second.in_force_from)) == (
        *("LEAD.2", "statutory", "wales", "2027-04-01"),
    )


@pytest.mark.parametrize("name", [name for name in (*FIELDS[CRITERION], *FIELDS[SET]) if name != "title"])
def test_every_name_is_explained(name: str) -> None:
    assert f"`{name}:`" in GUIDE


def test_the_limits_are_those_of_the_settings() -> None:
    for words in (
        f"{settings.CRITERIA_MAX_BYTES // 1_000_000} MB (",
        f"{settings.CRITERIA_MAX_CRITERIA} criteria",
        f"{settings.CRITERIA_MAX_INDICATORS} indicators a criterion",
        f"{settings.CRITERIA_MAX_ROWS:,} lines or rows",
        f"{settings.CRITERIA_MAX_COLUMNS} columns",
        f"{settings.CRITERIA_MAX_CELLS:,} cells",
        f"{settings.CRITERIA_MAX_MEMBERS} parts",
        f"{settings.CRITERIA_MAX_UNPACKED_BYTES // 1_000_000} MB unpacked",
    ):
        assert words in " ".join(GUIDE.split()), words
