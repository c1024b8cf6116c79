"""Tables as spreadsheets save them: Excel's habits in CSV and in workbooks."""

import datetime
import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from hallmarks import formats
from hallmarks.document import CriterionEntry, Document
from hallmarks.formats.sheets import column_letters, column_number
from hallmarks.importing import parse
from tests.hallmarks.files import HALLMARKS, document
from tests.hallmarks.sheets import PARTS, csv_of, inline, sheet_of, table, with_cell, xlsx_of, zipped


def read(data: bytes | str) -> Document:
    parsed = parse(data)
    assert parsed.document is not None, parsed.problems
    return parsed.document


def first(data: bytes | str) -> CriterionEntry:
    return next(read(data).criteria())


class TestCsv:
    def test_columns_in_another_order_in_other_letters_and_empty_ones(self) -> None:
        rows = [["ROW ", "", "Official_Text", "Title", "Code", "Publisher", "Scale"]]
        rows += [["Set", "", "", "T", "", "P", "Low, High"], ["section", "", "", "A", "", "", ""], [""] * 7]
        rows += [["criterion", "", "The law.", "B", "A.1", "", ""]]
        found = first(csv_of(rows))
        assert (found.code, found.official_text, found.text) == ("A.1", "The law.", "B")

    def test_texts_with_commas_quotation_marks_and_line_breaks(self) -> None:
        said = 'Say "yes",\nor no'
        assert first(csv_of(with_cell(4, "text", said))).text == said

    def test_no_cell_of_a_file_taken_away_begins_a_formula(self) -> None:
        wanted = read(csv_of(with_cell(4, "text", "=1+1")))
        taken = formats.write("csv", wanted).decode()
        assert '"\'=1+1"' in taken
        assert '"=1+1"' not in taken

    def test_a_code_that_excel_would_spoil_is_kept_from_it(self) -> None:
        wanted = read(csv_of(with_cell(4, "code", "'1.10")))
        assert '"\'1.10"' in formats.write("csv", wanted).decode()

    @pytest.mark.parametrize("number", ["2007", "'2007"])
    def test_a_version_may_be_a_year(self, number: str) -> None:
        assert read(csv_of(with_cell(2, "version", number))).slug == "2007"

    def test_rows_are_counted_as_a_spreadsheet_counts_them(self) -> None:
        rows: list[list[object]] = [*with_cell(4, "text", "two\nlines")[:5], [""] * 9, ["criterium", *[""] * 8]]
        (problem,) = parse(csv_of(rows)).problems
        assert problem.place == "row 7, column row"


class TestWorkbook:
    def saved(self, book: openpyxl.Workbook) -> bytes:
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def book(self) -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        for row in table():
            book.active.append(row)
        return book

    def test_a_workbook_of_another_program_with_shared_texts(self) -> None:
        assert read(self.saved(self.book())) == read(csv_of(table()))

    def test_our_workbook_opens_elsewhere_and_comes_back(self) -> None:
        wanted = document(HALLMARKS)
        book = openpyxl.load_workbook(io.BytesIO(formats.write("xlsx", wanted)))
        assert book.sheetnames == ["Criteria"]
        assert read(self.saved(book)) == wanted

    def test_dates_numbers_yes_and_no_are_what_they_are(self) -> None:
        book = self.book()
        sheet = book.active
        for column, (title, value) in enumerate(
            [("in force from", datetime.date(2027, 4, 1)), ("key", True), ("number", 7), ("in force to", "1 May 2028")],
            10,
        ):
            sheet.cell(1, column, title)
            sheet.cell(4, column, value)
        sheet["C4"] = 2027
        found = first(self.saved(book))
        assert (found.in_force_from, found.in_force_to) == (datetime.date(2027, 4, 1), datetime.date(2028, 5, 1))
        assert (found.is_key, found.number, found.title) == (True, 7, "2027")

    def test_days_counted_from_1904(self) -> None:
        book = self.book()
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active["J1"], book.active["J4"] = "in force from", datetime.date(2027, 4, 1)
        assert first(self.saved(book)).in_force_from == datetime.date(2027, 4, 1)

    def test_a_text_in_several_fonts_is_one_text(self) -> None:
        book = self.book()
        book.active["D4"] = CellRichText("Plain and ", TextBlock(InlineFont(b=True), "bold"))
        assert first(self.saved(book)).text == "Plain and bold"

    def test_the_sheet_called_criteria_is_read_whatever_stands_before_it(self) -> None:
        book = self.book()
        book.active.title = "criteria"
        book.create_sheet("Notes", 0)["A1"] = "Read me first"
        assert read(self.saved(book)) == read(csv_of(table()))

    def test_a_code_typed_as_a_number_or_a_date_is_refused_with_its_cell(self) -> None:
        for value in (1.1, 12, datetime.date(2027, 2, 1)):
            book = self.book()
            book.active["B6"] = value
            (problem,) = parse(self.saved(book)).problems
            assert problem.place == "sheet “Sheet”, cell B6, criterion"
            assert "Give the cells the format Text" in problem.text

    def test_hints_how_to_read_a_text_are_not_the_text(self) -> None:
        shared = "<sst><si><t>row</t><rPh><t>ignored</t></rPh></si></sst>"
        cells = f'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2">{inline("A2", "x")}</row>'
        found = parse(sheet_of(cells, **{"xl/sharedStrings.xml": shared})).problems
        assert "sheet “Criteria”, cell A2" in [problem.place for problem in found]

    def test_a_sheet_elsewhere_is_never_fetched(self) -> None:
        relations = '<R><Relationship Id="a" TargetMode="External" Target="http://127.0.0.1:9/x.xml"/></R>'
        data = zipped({**PARTS, "xl/_rels/workbook.xml.rels": relations})
        assert [str(problem) for problem in parse(data).problems] == ["the file: There is no sheet in it."]

    def test_a_member_that_says_it_is_smaller_than_it_is(self) -> None:
        data = bytearray(xlsx_of(table()))
        name = data.rindex(b"xl/worksheets/sheet1.xml") - 46
        data[name + 24 : name + 28] = (10).to_bytes(4, "little")
        assert parse(bytes(data)).problems

    def test_columns_have_letters(self) -> None:
        assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
        assert all(column_number(column_letters(number)) == number for number in range(2_000))
