"""Bad criteria files of every kind and format, a case a line: what is the matter, the file, and what is said."""

import datetime

from tests.hallmarks.bad_outlines import OUTLINES, Case, marked
from tests.hallmarks.files import changed, small, text, without
from tests.hallmarks.sheets import HEADING, OUTLINE, PARTS, csv_of, inline, sheet_of, table, with_cell, xlsx_of, zipped

SURROGATE = "\udce9"
NOTHING: dict[str, bytes | str] = {"a.json": b"", "a.csv": b"\xef\xbb\xbf", "a.xlsx": b"", "a.md": b" \n \n", "": ""}
EMPTY: list[Case] = [(f"empty {name}", data, "the file: The file is empty.") for name, data in NOTHING.items()]
ENCODINGS: list[Case] = [
    ("UTF-16 a.csv", csv_of(table()).encode("utf-16"), "byte 1: This is not UTF-8. In Excel, save it as “CSV UTF-8"),
    ("UTF-16 a.md", OUTLINE.encode("utf-16"), "byte 1: This is not UTF-8. Save the file as UTF-8."),
    ("UTF-16 a.json", text(small()).encode("utf-16"), "byte 1: This is not UTF-8. Save the file as UTF-8."),
    ("Latin-1 a.csv", csv_of(with_cell(4, "title", "Café")).encode("latin-1"), "byte 231: This is not UTF-8. In Excel"),
    ("Latin-1 a.md", marked("Title 1", "Café").encode("latin-1"), "byte 126: This is not UTF-8. Save the file"),
]
HIDDEN = "Pay \u202e1000"
TEXTS: list[Case] = [
    ("blank json", text(changed("criterion", 1, title="\u200b")), "line 9, criterion LEAD.2, title: It is blank."),
    ("blank csv", csv_of(with_cell(6, "title", "\u200b")), "row 6, column title, criterion LEAD.2: It is blank."),
    ("blank xlsx", xlsx_of(with_cell(6, "title", "\u200b")), "cell C6, criterion LEAD.2: It is blank."),
    ("blank outline", marked("Title 2", "\u200b"), "line 17, title, criterion LEAD.2: It is blank."),
    (
        "direction csv",
        csv_of(with_cell(4, "text", HIDDEN)),
        "row 4, column text, criterion LEAD.1: Character 5 is a hid",
    ),
    ("direction xlsx", xlsx_of(with_cell(4, "text", HIDDEN)), "cell D4, criterion LEAD.1: Character 5 is a hidden dir"),
    ("direction outline", marked("Statement 1.", HIDDEN), "line 13, text, criterion LEAD.1: Character 5 is a hidden d"),
    ("NUL csv", csv_of(with_cell(4, "text", "ab\0c")), "row 4, column text, criterion LEAD.1: Character 3 is a broken"),
    ("NUL xlsx", xlsx_of(with_cell(4, "text", "ab\0c")), "cell D4, criterion LEAD.1: Character 3 is a broken charac"),
    ("NUL outline", marked("Statement 1.", "ab\0c"), "line 13, text, criterion LEAD.1: Character 3 is a broken cha"),
    (
        "surrogate csv",
        csv_of(with_cell(4, "text", f"ab{SURROGATE}")),
        "Character 3 is a broken character. Type it again.",
    ),
    (
        "surrogate outline",
        marked("Statement 1.", f"ab{SURROGATE}"),
        "Character 3 is a broken character. Type it again.",
    ),
    (
        "surrogate exact",
        marked("Statement 1.", '\\"ab\\ud800"'),
        "line 13, text, criterion LEAD.1: Character 3 is a bro",
    ),
    (
        "long csv",
        csv_of(with_cell(4, "title", "x" * 5000)),
        "column title, criterion LEAD.1: It has 5,000 characters. Th",
    ),
    (
        "long xlsx",
        xlsx_of(with_cell(4, "title", "x" * 5000)),
        "cell C4, criterion LEAD.1: It has 5,000 characters. The l",
    ),
    (
        "long outline",
        marked("Title 1", "x" * 5000),
        "line 10, title, criterion LEAD.1: It has 5,000 characters. The lim",
    ),
    ("title on two lines", csv_of(with_cell(4, "title", "a\nb")), "Character 2 is a line break or tab. Remove it."),
]
CODES: list[Case] = [
    *(
        (f"{code} csv", csv_of(with_cell(6, "code", code)), "row 6, column code, criterion")
        for code in ("lead.1", "LEAD.1", "ＬＥＡＤ.1")
    ),
    ("twice csv", csv_of(with_cell(6, "code", "lead.1")), "is already taken by row 4, criterion LEAD.1. Give each its"),
    (
        "twice xlsx",
        xlsx_of(with_cell(6, "code", "lead.1")),
        "is already taken by sheet “Criteria”, row 4, criterion LE",
    ),
    (
        "twice outline",
        marked("code: LEAD.2", "code: lead.1"),
        "line 18, code, criterion lead.1: “lead.1” is already ta",
    ),
    *(
        (
            f"{code} in csv",
            csv_of(with_cell(6, "code", code)),
            f"a date or a number of this code: it reads “{code}” now.",
        )
        for code in ("01-Feb", "Feb-01", "1-Feb-07", "01/02/2007", "2007-02-01 00:00:00", "1.1", "1", "1.00E+05", "1,5")
    ),
    (
        "a number in xlsx",
        xlsx_of(with_cell(6, "code", 1.1)),
        "sheet “Criteria”, cell B6, criterion: A spreadsheet seems",
    ),
    (
        "remedy",
        csv_of(with_cell(6, "code", "1.1")),
        "format Text, type the code again, and in CSV put an apostrophe before",
    ),
    ("a version in csv", csv_of(with_cell(2, "version", "1.1")), "row 2, column version, version: A spr"),
    (
        "a scale named wrong",
        csv_of(with_cell(4, "scale", "practise")),
        "row 4, column scale, criterion LEAD.1: There is",
    ),
]
COUNTS: list[Case] = [
    ("no criteria json", text(without("criterion")), "the file: There are no criteria in it."),
    ("no criteria csv", csv_of(table()[:3]), "the file: There are no criteria in it."),
    (
        "no criteria outline",
        OUTLINE.partition("## ")[0],
        "line 7, section LEAD: It has no criteria. Add one, or remove it.",
    ),
    (
        "501 csv",
        csv_of([*table()[:3], *[["criterion", "", "T", *[""] * 6]] * 501]),
        "the file: It has 501 criteria. The li",
    ),
    (
        "501 xlsx",
        xlsx_of([*table()[:3], *[["criterion", "", "T"]] * 501]),
        "the file: It has 501 criteria. The limit is 5",
    ),
    ("501 outline", OUTLINE + "\n## T" * 499, "the file: It has 501 criteria. The limit is 500."),
    ("51 signs outline", OUTLINE + "- x\n" * 51, "line 17, criterion LEAD.2: It has 51 indicators. The limit is 50."),
    ("no levels outline", marked("Low, High", ""), "line 5, scale practice: It has no levels. Add one, or remove it."),
    (
        "no scale outline",
        marked("scale: Low, High\n", ""),
        "line 1: The levels are missing. Name them under “scale”, low",
    ),
    (
        "no scale csv",
        csv_of(with_cell(2, "scale", "")),
        "row 2: The levels are missing. Name them under “scale”, lowest f",
    ),
    (
        "two of one name",
        marked("Low, High", "Low, low"),
        "line 5, level, level 1 of practice: “low” is already taken by l",
    ),
    (
        "two of one name csv",
        csv_of(with_cell(2, "scale", "Low, low")),
        "“low” is already taken by row 2, column scale, lev",
    ),
    ("2,000 levels", marked("Low, High", "a," * 2000), "Give a whole number from 0 to 9"),
    ("two sets csv", csv_of([*table(), table()[1]]), "row 7: The set is described a second time. Keep one of the two."),
    (
        "no set csv",
        csv_of([HEADING, *table()[2:]]),
        "the file: There is no row of the kind “set”. Add one with title, pub",
    ),
    (
        "no set outline",
        "# A\n## B\n",
        "line 1: Say first what this is: lines with “title:”, “publisher:” and “scale:” be",
    ),
]
ROWS = [line.split(",") for line in csv_of(table()).splitlines()]
CSV: list[Case] = [
    (
        "semicolons",
        csv_of(table()).replace(",", ";"),
        "row 1: The cells are separated by semicolons. In Excel, save it as “",
    ),
    (
        "tabs",
        csv_of(table()).replace(",", "\t"),
        "row 1: The cells are separated by tabs. In Excel, save it as “CSV UTF",
    ),
    (
        "never closed",
        csv_of(table()).replace('"Statement 1."', '"Statement 1.'),
        "row 4: A quotation mark is not closed",
    ),
    ("never closed, last", csv_of(table())[:-20] + '"x', "row 6: A quotation mark"),
    (
        "never closed, all",
        'row,title\n"set,Small\nsection,A\n',
        "row 2: A quotation mark that begins in this row is never",
    ),
    (
        "too few",
        csv_of(table()) + "criterion,LEAD.3\r\n",
        "row 7: It has 2 cells, the heading 9. Add the missing commas",
    ),
    (
        "too many",
        csv_of(table()) + "x," * 12 + "\r\n",
        "row 7: It has 13 cells, the heading 9. Put quotation marks round",
    ),
    (
        "no heading a.csv",
        csv_of(table()[1:]),
        "row 1: There is no column “row”. The first row must name the columns, such as",
    ),
    (
        "twice",
        csv_of([[*HEADING[:-1], "title"], *table()[1:]]),
        "row 1, column title: Two columns have this name. Remove o",
    ),
    (
        "unknown",
        csv_of([[*HEADING[:-1], "guidence"], *table()[1:]]),
        "“guidence” is not a column here. Did you mean “guid",
    ),
    (
        "no name",
        csv_of([[*HEADING[:-1], ""], *table()[1:]]),
        "row 2, column 9: The column has no name in the heading. Nam",
    ),
    (
        "a kind unknown",
        csv_of(with_cell(4, "row", "criterium")),
        "row 4, column row: “criterium” is not one of: set, sca",
    ),
    (
        "of no use",
        csv_of(with_cell(5, "guidance", "x")),
        "row 5, column guidance: A row of the kind “indicator” says nothin",
    ),
    (
        "a sign too early",
        csv_of([*table()[:3], table()[4]]),
        "row 4: This sign stands before any criterion. Put the crite",
    ),
    (
        "no section",
        csv_of([*table()[:2], table()[3]]),
        "row 3: This criterion stands before any section. Put the section",
    ),
    (
        "no whole number",
        csv_of([[*r, "number" if r is HEADING else "x"] for r in [HEADING, *table()[1:4]]]),
        "Write a who",
    ),
]
FORMULA = "The cell holds a formula. Copy it and paste its value instead."
DTD = "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
XLSX: list[Case] = [
    (
        "no workbook",
        b"PK\x03\x04" + b"\0" * 100,
        "the file: This is not a workbook (.xlsx), or it is damaged. Save it again",
    ),
    (
        "some zip",
        zipped({"a.txt": "x"}),
        "the file: This is not a workbook (.xlsx), or it is damaged. Save it again as .xlsx",
    ),
    (
        "old or locked",
        b"\xd0\xcf\x11\xe0" + b"\0" * 100,
        "the file: This is a workbook of an old kind (.xls), or one with a pa",
    ),
    (
        "macros",
        sheet_of("", **{"xl/vbaProject.bin": b"x"}),
        "the file: It holds macros. Save it as a workbook without them",
    ),
    ("a bomb", sheet_of("<row/>" * 10_100_000), "the file: Unpacked it would be 61 MB. The limit is 60 MB."),
    (
        "10,000 members",
        sheet_of("", **{f"x{n}": b"" for n in range(10_000)}),
        "packed in more parts than a workbook has.",
    ),
    (
        "a DTD",
        zipped({**PARTS, "xl/worksheets/sheet1.xml": f"{DTD}<w>&b;</w>"}),
        "It declares a document type (DTD), whi",
    ),
    ("deep", sheet_of("<a>" * 200_000), "the part xl/worksheets/sheet1.xml: Elements are nested more than 20 deep."),
    (
        "not XML",
        sheet_of("<row>"),
        "the part xl/worksheets/sheet1.xml: It cannot be read at line 1. Save the workbook again.",
    ),
    (
        "cells",
        sheet_of("<row>" + "<c/>" * 200_001 + "</row>"),
        "the file: It has more than 200,000 cells. Remove what is not",
    ),
    (
        "rows",
        sheet_of('<row r="1048576"/>'),
        "There are more than 100,000 rows. Remove what is not criteria, empty rows too.",
    ),
    (
        "a formula",
        sheet_of('<row r="1"><c r="C1"><f>A1</f><v>1</v></c></row>'),
        f"sheet “Criteria”, cell C1: {FORMULA}",
    ),
    (
        "an error",
        sheet_of('<row r="1"><c r="C1" t="e"><v>#REF!</v></c></row>'),
        "cell C1: The cell holds the error #REF!. Co",
    ),
    (
        "no number",
        sheet_of('<row r="1"><c r="C1"><v>1e999</v></c></row>'),
        "cell C1: The cell holds a number that cannot be",
    ),
    (
        "no text",
        sheet_of('<row r="1"><c r="C1" t="s"><v>7</v></c></row>'),
        "cell C1: The cell refers to a text that is not t",
    ),
    ("far away", sheet_of(f'<row r="1">{inline("ZZ1", "x")}</row>'), "cell ZZ1: It stands beyond column 100."),
    ("no sheet", zipped({**PARTS, "xl/workbook.xml": "<workbook/>"}), "the file: There is no sheet in it."),
    ("nothing on it", sheet_of(""), "the file: The file is empty."),
    (
        "no heading",
        xlsx_of(table()[1:]),
        "sheet “Criteria”, row 1: There is no column “row”. The first row must name the c",
    ),
    (
        "unknown",
        xlsx_of([[*HEADING[:-1], "guidence"]]),
        "sheet “Criteria”, cell I1: “guidence” is not a column here. Did y",
    ),
    (
        "a date as title",
        xlsx_of(with_cell(4, "title", datetime.date(2027, 4, 1))),
        "holds a date.",
    ),
]

CASES = [*EMPTY, *ENCODINGS, *TEXTS, *CODES, *COUNTS, *CSV, *XLSX, *OUTLINES]
