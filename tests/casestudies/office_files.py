"""Small DOCX, XLSX and ODT files made by hand, with whatever a test puts into them, and zips that lie."""

import io
import struct
import zlib
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.casestudies import files

SECRET = "Jane Secret"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument."
DOCX_MAIN, XLSX_MAIN = f"{TYPES}wordprocessingml.document.main+xml", f"{TYPES}spreadsheetml.sheet.main+xml"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
Parts = dict[str, str | bytes]


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """Return a zip of these parts, with dates as real ones have them."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return what is in a zip, by name."""
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def everything(data: bytes) -> bytes:
    """Return all names and contents of a zip, one after the other."""
    return b"\n".join(name.encode() + b"\n" + content for name, content in unzipped(data).items())


def types(overrides: Mapping[str, str], **defaults: str) -> str:
    """Return the part that says what each part is."""
    every = {"rels": f"{PACKAGE}.relationships+xml", "xml": "application/xml", "png": "image/png"} | defaults
    every["rels"] = "application/vnd.openxmlformats-package.relationships+xml"
    lines = [f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in every.items()]
    lines += [f'<Override PartName="/{key}" ContentType="{value}"/>' for key, value in overrides.items()]
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{"".join(lines)}</Types>'


def relations(*each: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Return relationships of (id, kind, target), with "External" behind them where they leave the file."""
    lines = [
        f'<Relationship Id="{one[0]}" Type="{one[1] if ":" in one[1] else f"{OFFICE}/{one[1]}"}" Target="{one[2]}"'
        + (f' TargetMode="{one[3]}"/>' if len(one) > 3 else "/>")
        for one in each
    ]
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{SECRET}</dc:creator>'
    f"<cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>"
)
APP = f"{HEAD}<Properties xmlns='x'><Company>{SECRET}</Company></Properties>"
ROOT = (
    ("rId1", "officeDocument", "{main}"),
    ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ("rId3", "extended-properties", "docProps/app.xml"),
    ("rId4", "custom-properties", "docProps/custom.xml"),
    ("rId5", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
)


def root(main: str) -> str:
    """Return the relationships of a whole file: the main part, and all that says who wrote it."""
    return relations(*((one, kind, target.format(main=main)) for one, kind, target in ROOT))


def properties() -> Parts:
    """Return the parts that say who wrote a file and for whom, and show its first page."""
    return {
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/custom.xml": APP,
        "docProps/thumbnail.jpeg": files.jpeg(),
    }


def word(body: str) -> str:
    """Return the main part of a document with this in its body."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return (
        f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:a="{drawing}" xmlns:v="urn:schemas-microsoft-com'
        f':vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:mc="mc"><w:body>{body}</w:body></w:document>'
    )


TEXT = '<w:p><w:r><w:t xml:space="preserve">Nine in ten &amp; one &lt; two </w:t></w:r></w:p>'
REMARK = (
    f'<w:p><w:ins w:id="1" w:author="{SECRET}" w:date="2026-01-02T03:04:05Z"><w:r><w:t>more</w:t></w:r></w:ins></w:p>'
    '<w:p><w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r></w:p>'
)


def docx_parts(
    body: str = "",
    rels: tuple[tuple[str, ...], ...] = (),
    more: Parts | None = None,
    said: dict[str, str] | None = None,
) -> Parts:
    """Return the parts of a document with a text, a change by somebody, a picture, and what a test adds."""
    main = {"word/document.xml": DOCX_MAIN, "word/comments.xml": f"{TYPES}wordprocessingml.comments+xml"}
    comment = f'<w:comment w:id="1" w:author="{SECRET}" w:initials="JS"><w:p><w:r><w:t>Is it so?</w:t></w:r></w:p>'
    every = (("rId1", "image", "media/image1.png"), ("rId2", "comments", "comments.xml"), *rels)
    return {
        "[Content_Types].xml": types(main | (said or {})),
        "_rels/.rels": root("word/document.xml"),
        "word/document.xml": word(TEXT + REMARK + body),
        "word/_rels/document.xml.rels": relations(*every),  # type: ignore[arg-type]
        "word/comments.xml": f'{HEAD}<w:comments xmlns:w="{WORD}">{comment}</w:comment></w:comments>',
        "word/media/image1.png": files.png(),
        **properties(),
        **(more or {}),
    }


def docx(
    body: str = "",
    rels: tuple[tuple[str, ...], ...] = (),
    more: Parts | None = None,
    said: dict[str, str] | None = None,
) -> bytes:
    """Return such a document; `said` are content types by the names of parts."""
    return zipped(docx_parts(body, rels, more, said))


def xlsx_parts(
    cells: str = "",
    rels: tuple[tuple[str, ...], ...] = (),
    more: Parts | None = None,
    book: str = "",
    said: dict[str, str] | None = None,
) -> Parts:
    """Return the parts of a workbook of one sheet, with notes by somebody on it."""
    main = {
        "xl/workbook.xml": XLSX_MAIN,
        "xl/worksheets/sheet1.xml": f"{TYPES}spreadsheetml.worksheet+xml",
        "xl/comments1.xml": f"{TYPES}spreadsheetml.comments+xml",
    }
    sheets = '<sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets>'
    data = f'<sheetData><row r="1"><c r="A1"><v>7</v></c>{cells}</row></sheetData><pageSetup r:id="rId9"/>'
    notes = f'<authors><author>{SECRET}</author><author>tc={{1-2}}</author></authors><commentList><comment ref="A1" '
    notes += 'authorId="0"><text><r><t>Is it so?</t></r></text></comment></commentList>'
    return {
        "[Content_Types].xml": types(main | (said or {}), bin="application/vnd.openxmlformats-officedocument.printer"),
        "_rels/.rels": root("xl/workbook.xml"),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{book}{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"), *rels),  # type: ignore[arg-type]
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE}">{data}</worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("rId9", "printerSettings", "../printerSettings/printerSettings1.bin"),
            ("rId2", "comments", "../comments1.xml"),
        ),
        "xl/comments1.xml": f'{HEAD}<comments xmlns="{SHEET}">{notes}</comments>',
        "xl/printerSettings/printerSettings1.bin": SECRET.encode("utf-16-le"),
        **properties(),
        **(more or {}),
    }


def xlsx(
    cells: str = "",
    rels: tuple[tuple[str, ...], ...] = (),
    more: Parts | None = None,
    book: str = "",
    said: dict[str, str] | None = None,
) -> bytes:
    """Return such a workbook; `book` stands in its main part."""
    return zipped(xlsx_parts(cells, rels, more, book, said))


SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("script", "script"), ("config", "config"),
        ("svg", "svg-compatible"), ("form", "form"), ("table", "table"), ("meta", "meta"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def odt_content(body: str) -> str:
    """Return the main part of an ODT."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    return f'{HEAD}<office:document-content {SPACES} office:version="1.3">{text}</office:document-content>'


def manifest(entries: Mapping[str, str], inside: str = "") -> str:
    """Return the list of what is in an ODT."""
    lines = [
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}">{inside}</manifest:file-entry>'
        for path, kind in entries.items()
    ]
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODT_TYPE}"/>'
    return f'{HEAD}<manifest:manifest xmlns:manifest="{space}">{whole}{"".join(lines)}</manifest:manifest>'


def odt_parts(body: str = "", more: Parts | None = None, entries: Mapping[str, str] | None = None) -> Parts:
    """Return the parts of an ODT with a text, a remark by somebody, a picture, and what a test adds."""
    remark = f"<office:annotation><dc:creator>{SECRET}</dc:creator><text:p>Is it so?</text:p></office:annotation>"
    picture = '<draw:image xlink:href="Pictures/1.png"/>'
    config = f'<config:config-item config:name="PrinterName">{SECRET}</config:config-item>'
    config += '<config:config-item config:name="PrinterIndependentLayout">high</config:config-item>'
    return {
        "mimetype": ODT_TYPE,
        "content.xml": odt_content(f"<text:p>Nine in ten &amp; one{remark}</text:p>{picture}{body}"),
        "styles.xml": f"{HEAD}<office:document-styles {SPACES}/>",
        "settings.xml": f"{HEAD}<office:document-settings {SPACES}>{config}</office:document-settings>",
        "meta.xml": f"{HEAD}<office:document-meta {SPACES}><dc:creator>{SECRET}</dc:creator></office:document-meta>",
        "Thumbnails/thumbnail.png": files.png(),
        "Configurations2/statusbar/": "",
        "layout-cache": b"\0\1",
        "Pictures/1.png": files.png(),
        **(more or {}),
        "META-INF/manifest.xml": manifest(
            {"content.xml": "text/xml", "Pictures/1.png": "image/png", **(entries or {})}
        ),
    }  # fmt: skip


def odt(body: str = "", more: Parts | None = None, entries: Mapping[str, str] | None = None) -> bytes:
    """Return such an ODT."""
    return zipped(odt_parts(body, more, entries))


def member(
    name: bytes, content: bytes, *, method: int = 8, flags: int = 0, claims: int | None = None
) -> tuple[bytes, bytes]:
    """Return a member of a zip and its entry, without the place; `claims` is the size that they say it unpacks to."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(content) + deflater.flush() if method else content
    size = len(content) if claims is None else claims
    common = struct.pack("<HHHHLLLHH", flags, method, 0, 33, zlib.crc32(content), len(packed), size, len(name), 0)
    return b"PK\3\4\x14\0" + common + name + packed, b"PK\1\2\x14\0\x14\0" + common + struct.pack("<HHHL", 0, 0, 0, 0)


def joined(
    *members: tuple[bytes, bytes, bytes], places: tuple[int, ...] = (), count: int | None = None, before: bytes = b""
) -> bytes:
    """Return a zip of (name, member, entry), each at its place or at the place that is given."""
    body, directory = before, b""
    for number, (name, whole, entry) in enumerate(members):
        at = places[number] if places else len(body)
        directory += entry + struct.pack("<L", at) + name
        body += whole if at == len(body) else b""
    number = len(members) if count is None else count
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), 0)
