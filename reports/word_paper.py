"""A document for Word as our reports use it: real styles, headings, lists and tables, and the same bytes each time."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hallmarks.marks import Label
from reports.package import NO_TIME

# What XML cannot hold, whoever wrote it.
NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FONT, GREEN, QUIET = "Arial", RGBColor(0x17, 0x4A, 0x41), RGBColor(0x48, 0x49, 0x49)
SIZES = {"Title": 30, "Subtitle": 15, "Heading 1": 19, "Heading 2": 14, "Heading 3": 11.5, "Heading 4": 10.5}
MARGIN, WIDTH = Mm(20), Mm(170)
# Parts of the library's blank document that ours does not need: an old copy of the styles, a picture of a blank page.
NEEDLESS = {"stylesWithEffects", "thumbnail"}


@dataclass(frozen=True)
class Shown:
    """What a cell or a line holds: a text, or a level that is shaded as well as named."""

    text: str = ""
    label: Label | None = None
    is_bold: bool = False


Cell = str | Shown


class Paper:
    """A document that is written from top to bottom."""

    def __init__(self, *, language: str) -> None:
        # Any: the library has no hints.
        self._document: Any = docx.Document()
        self._bookmarks = 0
        _prepare(self._document, language)
        # The library looks through all styles whenever one is asked for by name.
        self._styles = {style.name: style.style_id for style in self._document.styles}

    def titled(self, *, title: str, subject: str, author: str, at: datetime.datetime) -> None:
        """Say what the document is, and give it the one time that stands for made and changed."""
        known = self._document.core_properties
        known.title, known.subject, known.author = fit(title)[:255], fit(subject)[:255], fit(author)[:255]
        known.created = known.modified = at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
        known.comments, known.last_modified_by, known.language = "", fit(author)[:255], _language(self._document)

    def edges(self, head: str, foot: Sequence[str]) -> None:
        """Put a line at the head of every page, and lines with the page's number at its foot."""
        section = self._document.sections[0]
        section.header.paragraphs[0].text = fit(head)
        footer = section.footer
        footer.paragraphs[0].text = fit(foot[0])
        footer.paragraphs[0].add_run("\t\t")
        _field(footer.paragraphs[0], "PAGE", "1")
        for line in foot[1:]:
            footer.add_paragraph(fit(line), style="Footer")

    def title(self, text: str, *under: str) -> None:
        """Put the document's title, and what stands under it."""
        self._line(text, "Title")
        for line in filter(None, under):
            self._line(line, "Subtitle")

    def heading(self, level: int, text: str, anchor: str = "") -> None:
        """Put a heading, to which `contents` can lead by its anchor."""
        paragraph = self._line(text, f"Heading {level}")
        if anchor:
            self._bookmark(paragraph, anchor)

    def contents(self, title: str, entries: Iterable[tuple[str, str]]) -> None:
        """Put links to headings, by text and anchor, as a table of contents that Word can bring up to date."""
        self._line(title, "TOC Heading")
        links = [(fit(text), anchor) for text, anchor in entries]
        for place, (text, anchor) in enumerate(links):
            paragraph = self._line("", "No Spacing")
            if place == 0:
                _begin_field(paragraph, r'TOC \o "1-2" \h \z \u')
            _link(paragraph, text, anchor)
            if place == len(links) - 1:
                _end_field(paragraph)

    def text(self, text: str, *, quiet: bool = False, bold: bool = False) -> None:
        """Put a paragraph; its line ends are kept."""
        if text:
            run = self._line("").add_run(fit(text))
            run.bold = bold or None
            if quiet:
                run.font.color.rgb, run.font.size = QUIET, Pt(9)

    def level(self, name: str, label: Label, *more: str) -> None:
        """Put a line with a level: its name, shaded as on the charts, and words after it."""
        paragraph = self._line("")
        paragraph.add_run(f"{fit(name)}: ").bold = True
        _shade(paragraph, label)
        for words in filter(None, more):
            paragraph.add_run(f"  {fit(words)}").font.color.rgb = QUIET
        paragraph.paragraph_format.keep_with_next = True

    def bullets(self, lines: Iterable[str]) -> None:
        """Put a list."""
        for line in lines:
            self._line(line, "List Bullet")

    def table(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[int],
        *,
        facts: bool = False,
    ) -> None:
        """Put a table with any rows: its title is what those hear who do not see it, its header is on every page.

        `widths` are parts of the whole; a table of `facts` has no header, and its first column heads the rows.
        """
        rows = list(rows)
        if not rows:
            return
        table = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        _describe(table, title, has_header=not facts, has_side=facts)
        whole = [int(WIDTH * width / sum(widths)) for width in widths]
        for column, width in zip(table.columns, whole, strict=True):
            column.width = width
        lines: list[Sequence[Cell]] = [*([] if facts else [[Shown(text, is_bold=True) for text in header]]), *rows]
        for place, line in enumerate(lines):
            row = table.add_row()
            _keep_whole(row, is_header=place == 0 and not facts)
            for at, (cell, shown, width) in enumerate(zip(row.cells, line, whole, strict=True)):
                cell.width = width
                _fill(cell.paragraphs[0], shown, is_bold=facts and at == 0)
        self._line("", "No Spacing")

    def saved(self) -> bytes:
        """Return the document's bytes: an archive without times, so that the same words are the same file."""
        written, content = io.BytesIO(), io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as made, zipfile.ZipFile(content, "w") as kept:
            for name in made.namelist():
                entry = zipfile.ZipInfo(name, NO_TIME)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                kept.writestr(entry, made.read(name))
        return content.getvalue()

    def _line(self, text: str, style: str = "") -> Any:
        paragraph = self._document.add_paragraph(fit(text))
        if style:
            paragraph._p.style = self._styles[style]
        return paragraph

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self._bookmarks += 1
        number = str(self._bookmarks)
        first = paragraph.runs[0]._r if paragraph.runs else None
        if first is not None:
            first.addprevious(_element("w:bookmarkStart", id=number, name=bookmark(anchor)))
            first.addnext(_element("w:bookmarkEnd", id=number))


def fit(text: str) -> str:
    """Return a text that XML can hold, with "�" for what it cannot."""
    return NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def bookmark(anchor: str) -> str:
    """Return an anchor as Word names it: a letter first, then letters, digits and underscores, 40 at most."""
    return ("a_" + re.sub(r"\W", "_", anchor, flags=re.ASCII))[:40]


def _prepare(document: Any, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    styles = document.styles
    for words in (*styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        words.set(qn("w:val"), language)
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name in ("Normal", *SIZES, "TOC Heading"):
        _set_font(styles[name])
    for name, size in SIZES.items():
        styles[name].font.size, styles[name].font.color.rgb = Pt(size), GREEN
        styles[name].font.italic = False
    styles["TOC Heading"].font.color.rgb = GREEN
    styles["Heading 1"].paragraph_format.space_before = Pt(24)
    relations = document.part.rels, document.part.package.rels
    for known in relations:
        for key in [key for key, one in known.items() if one.reltype.rpartition("/")[2] in NEEDLESS]:
            del known[key]


def _set_font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for side in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{side}"), None)
    fonts.set(qn("w:cs"), FONT)


def _language(document: Any) -> str:
    found = next(document.styles.element.iter(qn("w:lang")))
    return str(found.get(qn("w:val")))


def _fill(paragraph: Any, shown: Cell, *, is_bold: bool) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    if isinstance(shown, Shown) and shown.label:
        _shade(paragraph, shown.label)
    text = shown.text if isinstance(shown, Shown) else shown
    if text:
        run = paragraph.add_run(fit(text))
        run.font.size = Pt(9.5)
        run.bold = is_bold or (isinstance(shown, Shown) and shown.is_bold) or None


def _shade(paragraph: Any, label: Label) -> None:
    """Add a level's name on its colour: the word says it all without the colour."""
    run = paragraph.add_run(f"\u00a0{fit(label.name)}\u00a0")
    run.bold, paint = True, label.paint if label.mark else None
    if paint:
        run.font.color.rgb = RGBColor.from_string(paint.ink.removeprefix("#").upper())
        run._r.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill=paint.fill.removeprefix("#")))


def _describe(table: Any, title: str, *, has_header: bool, has_side: bool) -> None:
    """Say what a table is to those who do not see it, and which of its cells are headers."""
    known = table._tbl.tblPr
    known.append(_element("w:tblCaption", val=fit(title)[:255]))
    look = known.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1" if has_header else "0")
        look.set(qn("w:firstColumn"), "1" if has_side else "0")
        known.remove(look)
        known.insert(len(known) - 1, look)


def _keep_whole(row: Any, *, is_header: bool) -> None:
    """Let no row break over two pages where it fits one, and repeat the header."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _link(paragraph: Any, text: str, anchor: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark(anchor))
    link.set(qn("w:history"), "1")
    paragraph._p.append(link)
    run = paragraph.add_run(text)
    link.append(run._r)


def _field(paragraph: Any, code: str, shown: str) -> None:
    _begin_field(paragraph, code)
    paragraph.add_run(shown)
    _end_field(paragraph)


def _begin_field(paragraph: Any, code: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="begin"))
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="separate"))


def _end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="end"))
