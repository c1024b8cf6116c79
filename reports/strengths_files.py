"""Strengths and weaknesses for a file: a row for each criterion under the heading where the page has it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.comparison import Line
from reports.strengths import Moved
from reports.strengths_page import Part, StrengthsPage


def table(page: StrengthsPage) -> list[list[object]]:
    """Return what the page shows, in its order; how many are at the upper levels now and, where known, then."""
    made_up = [_("Demonstration data")] if page.round.is_demonstration else []
    heading: list[object] = [
        *(_("Round"), *([_("Data")] if made_up else []), _("Round before"), _("Group"), _("What")),
        *(_("Section"), _("Code"), _("Criterion"), _("At the upper levels"), _("Gave a level")),
        *(_("At the upper levels then"), _("Gave a level then"), _("Change in points"), _("Levels apart")),
    ]
    start = [page.round.name, *made_up, page.before.name if page.before else ""]
    return [heading, *([*start, part.name, *row] for part in page.parts for row in _rows(part))]


def _rows(part: Part) -> Iterator[list[object]]:
    findings = part.findings
    for line in findings.strengths:
        yield [_("Shared strength"), *_now(line), "", "", "", ""]
    for line in findings.weaknesses:
        yield [_("Shared weakness"), *_now(line), "", "", "", ""]
    for pair in findings.moved:
        yield [_("Moved since the round before"), *_now(pair.now), *_then(pair), ""]
    for split in findings.splits:
        yield [_("Partnerships differ"), *_now(split.line), "", "", "", round(float(split.apart), 1)]
    for line in findings.statutory:
        yield [_("Statutory requirement"), *_now(line), *_then(findings.since(line)), ""]


def _now(line: Line) -> list[object]:
    return [line.asked.section_title, line.asked.code, line.asked.title, line.upper, line.n]


def _then(pair: Moved | None) -> list[object]:
    return [pair.then.upper, pair.then.n, pair.points] if pair else ["", "", ""]
