"""Charts of the pages as drawings that stand by themselves: a title, what it is of, a key, and no style sheet."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hallmarks.charts import STRIP_HEIGHT
from hallmarks.marks import INK, Label
from reports import released_page, tables
from reports.comparison import Line
from reports.criterion_sheet import CriterionSheet, Picked
from reports.overview import Overview
from reports.released_page import ReleasedPage

WIDTH, MARGIN = 960, 24
# Where bars begin, and how wide they are.
BAR_LEFT = 384
BAR_WIDTH, FULL_WIDTH = WIDTH - BAR_LEFT - MARGIN, WIDTH - 2 * MARGIN
ROW_HEIGHT, UNDER_HEIGHT, LINE_HEIGHT, KEY_HEIGHT = 50, 18, 20, 30
# Characters that fit: a title across, a label beside its bar; and what one letter of a key takes.
TITLE_FITS, ABOUT_FITS, LABEL_FITS, LETTER = 84, 140, 44, 7.4
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Piece:
    """Part of a drawing and the room it takes, from the top of where it is put."""

    drawn: SafeString
    height: float


GAP = Piece(SafeString(), 10)


def comparison(page: Overview | ReleasedPage) -> str:
    """Return the bars of the comparison, practice and what the law asks for apart."""
    area, name = _of_whom(page)
    practice = [row.line for group in page.practice_groups for row in group.rows]
    statutory = [row.line for row in page.statutory_rows]
    pieces = [
        *_bars(_("Good practice"), page.practice_key, practice),
        *_bars(_("Statutory requirements"), page.statutory_key, statutory),
        GAP,
        *_lines(_how_to_read(name), 13, ABOUT_FITS),
        *_made_up(page.round.is_demonstration),
    ]
    return _standing_alone(_("Compare partnerships"), f"{area}, {page.round.name}", pieces)


def strip(sheet: CriterionSheet) -> str:
    """Return a criterion's strip: one block a partnership, in order of level."""
    if sheet.line.is_withheld:
        drawn = _lines(released_page.not_shown(), 15, ABOUT_FITS)
    elif not sheet.has_rated:
        drawn = _lines(_("Nobody has submitted yet"), 15, ABOUT_FITS)
    else:
        named, words = _named(sheet), _("One block is one partnership, in order of level.")
        drawn = [_key(sheet.key), _placed(named.strip, MARGIN, FULL_WIDTH, STRIP_HEIGHT + 8)]
        drawn += _lines(f"{words} {tables.in_words(sheet.line)} {named.picked_words}".strip(), 13, ABOUT_FITS)
    return _of_criterion(sheet, f"{sheet.area}, {sheet.round.name}", drawn)


def trend(sheet: CriterionSheet) -> str:
    """Return a criterion's bars over the rounds, newest first."""
    rows = [_row(f"{row.point.name} (n = {row.line.n})", row.line) for row in sheet.rows]
    same = _("%(same)s of the %(of)s criteria kept their meaning and their levels in these rounds.") % {
        "same": sheet.trend.comparable,
        "of": sheet.trend.criteria,
    }
    picked = sheet.picked.name if sheet.picked else ""
    pieces = [_key(sheet.key), *rows, GAP, *_lines(f"{_how_to_read(picked)} {same}", 13, ABOUT_FITS)]
    return _of_criterion(sheet, sheet.area, pieces)


def drawn(
    title: str, about: str, chart: SafeString, height: float, words: Sequence[str], *, is_demonstration: bool
) -> str:
    """Return one chart that is as wide as its place, with sentences below it."""
    said = [line for sentence in words for line in _lines(sentence, 13, ABOUT_FITS)]
    pieces = [_placed(chart, MARGIN, FULL_WIDTH, height), GAP, *said]
    return _standing_alone(title, about, [*pieces, *_made_up(is_demonstration)])


def _of_whom(page: Overview | ReleasedPage) -> tuple[str, str]:
    """Return the group that is compared, and whose place is marked."""
    if isinstance(page, ReleasedPage):
        return page.compared.name, page.own.name
    return page.area, page.filters.picked.name if page.filters.picked else ""


def _of_criterion(sheet: CriterionSheet, about: str, pieces: Sequence[Piece]) -> str:
    title = f"{sheet.asked.code} {sheet.asked.title}"
    return _standing_alone(title, about, [*pieces, *_made_up(sheet.round.is_demonstration)])


def _how_to_read(picked: str) -> str:
    words = _("Each number is how many partnerships chose that level; the line under a bar is the middle half.")
    return f"{words} {_('The arrow is %(name)s.') % {'name': picked}}" if picked else words


def _made_up(is_demonstration: bool) -> list[Piece]:
    return _lines(_("Demonstration data"), 13, ABOUT_FITS) if is_demonstration else []


def _bars(title: str, key: Sequence[Label], lines: Sequence[Line]) -> list[Piece]:
    if not lines:
        return []
    return [*_lines(title, 16, TITLE_FITS, "bold"), _key(key), *(_row(line.asked.title, line) for line in lines)]


def _row(label: str, line: Line) -> Piece:
    """Return a label and its bar; in place of a bar why there is none."""
    if line.is_withheld:
        bar = _text(released_page.not_shown(), BAR_LEFT, 26, 14)
    elif not line.n + line.does_not_apply:
        bar = _text(_("Nobody has submitted yet"), BAR_LEFT, 26, 14)
    else:
        bar = _placed(tables.bar(line), BAR_LEFT, BAR_WIDTH, ROW_HEIGHT).drawn
    wrapped = _wrapped(label, LABEL_FITS, 2)
    top = 33 if len(wrapped) == 1 else 24
    words = [_text(words, MARGIN, top + at * 18, 14) for at, words in enumerate(wrapped)]
    rest = "" if line.is_withheld else tables.without_room(line)
    under = [_text(rest, BAR_LEFT, ROW_HEIGHT + 12, 13)] if rest else []
    return Piece(_joined([*words, bar, *under]), ROW_HEIGHT + UNDER_HEIGHT * len(under))


def _key(labels: Sequence[Label]) -> Piece:
    """Return the levels with their colours, on as many lines as they need."""
    drawn, x, y = [], float(MARGIN), 0
    for label in labels:
        width = 30 + len(label.name) * LETTER + 14
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = MARGIN, y + LINE_HEIGHT
        box = '<rect x="{}" y="{}" width="22" height="14" fill="{}" stroke="{}" stroke-width="0.75"/>{}'
        name = _text(label.name, x + 28, y + 14, 14)
        drawn.append(format_html(box, f"{x:.1f}", y + 2, label.paint.fill, INK, name))
        x += width
    return Piece(_joined(drawn), y + KEY_HEIGHT)


def _placed(chart: SafeString, x: float, width: float, height: float) -> Piece:
    """Put a chart that is as wide as its place into a place of this width."""
    frame = '<svg x="{}" y="6" width="{}" height="{}" overflow="visible">{}</svg>'
    # On a page the style sheet lets outlines reach over the edge.
    unclipped = SafeString(chart.replace('class="app-chart"', 'overflow="visible"', 1))
    return Piece(format_html(frame, x, width, height, unclipped), height + 6)


def _lines(words: str, size: int, fits: int, weight: str = "normal") -> list[Piece]:
    found = _wrapped(words, fits, 4)
    return [Piece(_text(line, MARGIN, size, size, weight), size + 6) for line in found]


def _wrapped(words: str, fits: int, most: int) -> list[str]:
    return textwrap.wrap(words, fits, max_lines=most, placeholder="…") or [""]


def _text(words: str, x: float, y: float, size: int, weight: str = "normal") -> SafeString:
    form = '<text x="{}" y="{}" font-size="{}" font-family="arial, sans-serif" font-weight="{}" fill="{}">{}</text>'
    return format_html(form, f"{x:g}", f"{y:g}", size, weight, INK, words)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _named(sheet: CriterionSheet) -> CriterionSheet:
    """Return a sheet that calls its reader by name: a file is read by others as well."""
    return replace(sheet, picked=Picked(sheet.picked.name)) if sheet.picked else sheet


def _standing_alone(title: str, about: str, pieces: Iterable[Piece]) -> str:
    heading = [*_lines(title, 20, TITLE_FITS, "bold"), *_lines(about, 14, ABOUT_FITS), GAP]
    drawn, top = [], float(MARGIN) - 4
    for piece in [*heading, *pieces]:
        drawn.append(format_html('<g transform="translate(0 {})">{}</g>', f"{top:g}", piece.drawn))
        top += piece.height
    height = round(top + MARGIN)
    whole = format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{}" height="{}" viewBox="0 0 {} {}">'
        '<title>{}: {}</title><rect width="{}" height="{}" fill="#fff"/>{}</svg>\n',
        *(WIDTH, height, WIDTH, height, title, about, WIDTH, height, _joined(drawn)),
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _NOT_IN_XML.sub("\ufffd", whole)
