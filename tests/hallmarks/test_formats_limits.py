"""What reading a criteria file may cost, whatever it holds; every limit is a setting."""

import tracemalloc
from collections.abc import Callable

import pytest
from django.test import override_settings

from hallmarks.importing import parse
from tests.hallmarks.files import small, text
from tests.hallmarks.sheets import OUTLINE, csv_of, inline, sheet_of, table, xlsx_of

MEGABYTE = 1_000_000


class TestCost:
    """Five megabytes of anything take about two seconds, and a fraction of the memory that is allowed."""

    FILES: dict[str, Callable[[], tuple[bytes | str, str]]] = {
        "commas": lambda: ("," * 4_999_000, "a.csv"),
        "commas in a row": lambda: ("row,title\n" + "," * 4_999_000, "a.csv"),
        "commas of no format": lambda: ("," * 4_999_000, ""),
        "blank rows": lambda: ("row,title\n" + "\n" * 4_999_000, "a.csv"),
        "short rows": lambda: ("row,title\n" + "x\n" * 2_499_000, "a.csv"),
        "rows of signs": lambda: ("row,text\n" + "indicator,x\n" * 29_000, "a.csv"),
        "quotation marks": lambda: ('row,text\n"' + '""' * 2_499_000, "a.csv"),
        "levels in a cell": lambda: ("row,title,scale\n" + 'set,x,"' + "a," * 2_490_000 + '"\n', "a.csv"),
        "a code of digits": lambda: ("row,code\ncriterion," + "1" * 4_900_000 + "\n", "a.csv"),
        "blank lines": lambda: ("title: x\n" + "\n" * 4_999_000, "a.md"),
        "one line": lambda: ("# " + "x" * 4_999_000, "a.md"),
        "a line of spaces": lambda: ("title: x\n" + " " * 4_900_000 + "- x", "a.md"),
        "signs": lambda: (OUTLINE + "- x\n" * 99_000, "a.md"),
        "criteria": lambda: (OUTLINE + "## x\n" * 29_000, "a.md"),
        "sections": lambda: (OUTLINE + "# x\n" * 29_000, "a.md"),
        "levels": lambda: ("".join(f"level: {n}\n" for n in range(29_000)) + OUTLINE, "a.md"),
        "levels of one name": lambda: ("scale: a\n" * 14_000 + OUTLINE, "a.md"),
        "more of a fact": lambda: (OUTLINE + "note: x\n" + f"{'x' * 50}\n" * 90_000, "a.md"),
        "facts": lambda: (OUTLINE + "note: x\n" * 90_000, "a.md"),
        "hashes": lambda: (OUTLINE + "#" * 4_900_000, "a.md"),
        "exact": lambda: (OUTLINE + '\\"' + "\\\\" * 2_400_000, "a.md"),
        "cells": lambda: (sheet_of("<row>" + "<c/>" * 10_000_000 + "</row>"), ""),
        "one long text": lambda: (sheet_of(f'<row r="1">{inline("A1", "x" * 50_000_000)}</row>'), ""),
        "one text often": lambda: (
            sheet_of(
                "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 90_000)),
                **{"xl/sharedStrings.xml": f"<sst><si><t>{'x' * 9_000_000}</t></si></sst>"},
            ),
            "",
        ),
        "shared texts": lambda: (
            sheet_of("", **{"xl/sharedStrings.xml": "<sst>" + "<si><t>x</t></si>" * 3_000_000 + "</sst>"}),
            "",
        ),
        "attributes": lambda: (
            sheet_of("<row " + " ".join(f'a{n}=""' for n in range(2_000_000)) + "/>"),
            "",
        ),
    }

    # Where there is one of a thing, or one piece of work for each line of text, memory follows from the size.
    SMALL = {"sections", "criteria", "levels", "levels of one name", "signs", "facts", "more of a fact"}

    @pytest.mark.parametrize("name", FILES)
    def test_none_takes_time_out_of_proportion(self, name: str) -> None:
        data, file = self.FILES[name]()
        # On a busy machine the two seconds may be ten; work that grows with the square would take minutes.
        with override_settings(CRITERIA_MAX_SECONDS=60):
            parsed = parse(data, file)
        assert parsed.problems
        assert not any("takes longer" in str(problem) for problem in parsed.problems)

    @pytest.mark.parametrize("name", sorted(set(FILES) - SMALL))
    def test_256_megabytes_are_enough(self, name: str) -> None:
        data, file = self.FILES[name]()
        tracemalloc.start()
        try:
            parse(data, file)
            assert tracemalloc.get_traced_memory()[1] < 256 * MEGABYTE
        finally:
            tracemalloc.stop()


class TestLimits:
    """Each limit is a setting: made small, it refuses the small file, and names itself."""

    @pytest.mark.parametrize(
        ("setting", "limit", "data", "message"),
        [
            ("BYTES", 100, OUTLINE, "The limit is 0.0001 MB."),
            ("BYTES", 1000, xlsx_of(table()), "The limit is 0.001 MB."),
            ("UNPACKED_BYTES", 1000, xlsx_of(table()), "The limit is 0.001 MB."),
            ("MEMBERS", 3, xlsx_of(table()), "The limit is 3."),
            ("DEPTH", 2, xlsx_of(table()), "more than 2 deep"),
            ("DEPTH", 1, text(small()), "more than 1 deep"),
            ("ROWS", 5, OUTLINE, "more than 5 lines"),
            ("ROWS", 5, csv_of(table()), "row 6: There are more than 5 rows"),
            ("ROWS", 5, xlsx_of(table()), "more than 5 rows"),
            ("COLUMNS", 5, csv_of(table()), "There are 9 columns. The limit is 5."),
            ("COLUMNS", 5, xlsx_of(table()), "cell F1: It stands beyond column 5."),
            ("CELLS", 5, xlsx_of(table()), "more than 5 cells"),
            ("CHARACTERS", 50, xlsx_of(table()), "more than 50 characters together"),
            ("ENTRIES", 4, text(small()), "more than 4 entries"),
            ("ENTRIES", 4, csv_of(table()), "more than 4 rows of criteria"),
            ("ENTRIES", 4, OUTLINE, "more than 4 sections, criteria and signs"),
            ("CRITERIA", 1, text(small()), "It has 2 criteria. The limit is 1."),
            ("CRITERIA", 1, OUTLINE, "It has 2 criteria. The limit is 1."),
            ("INDICATORS", 0, text(small()), "It has 1 indicators. The limit is 0."),
            ("INDICATORS", 0, csv_of(table()), "row 4, criterion LEAD.1: It has 1 indicators. The limit is 0."),
            ("SECONDS", -1, text(small()), "takes longer than -1 seconds"),
            ("SECONDS", -1, OUTLINE, "takes longer than -1 seconds"),
            ("SECONDS", -1, csv_of(table()), "takes longer than -1 seconds"),
            ("SECONDS", -1, xlsx_of(table()), "takes longer than -1 seconds"),
        ],
    )
    def test_a_limit_is_a_setting(self, setting: str, limit: int, data: bytes | str, message: str) -> None:
        assert parse(data).document is not None
        with override_settings(**{f"CRITERIA_MAX_{setting}": limit}):
            assert any(message in str(problem) for problem in parse(data).problems)
