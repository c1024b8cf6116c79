"""A partnership's report for Word, from the same context as the PDF: in words and tables, to be pasted into papers."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hallmarks.marks import NO_LEVEL, Label
from reports.parts import (
    Action,
    CriterionPart,
    Highlights,
    Levels,
    Movement,
    Office,
    ReportContext,
    SectionPart,
    Table,
)
from reports.word_paper import Cell, Paper, Shown


def document(report: ReportContext, at: datetime.datetime) -> bytes:
    """Return the report; `at` is its one time, that of the submission, so that the same report is the same bytes."""
    paper = Paper(language=report.lang)
    made_up = [_("Demonstration data")] if report.is_demonstration else []
    marks = [*([_("Draft")] if report.is_draft else []), *made_up]
    paper.titled(title=report.heading, subject=report.round, author=report.partnership, at=at)
    fingerprint = [_("SHA-256 %(fingerprint)s") % {"fingerprint": report.fingerprint}] if report.fingerprint else []
    paper.edges(" · ".join([report.heading, *marks]), [report.foot, *fingerprint])
    _cover(paper, report, marks)
    paper.contents(_("Contents"), _entries(report))
    _how_to_read(paper, report)
    _summary(paper, report)
    if report.office:
        _office(paper, report.office)
    for section in report.sections:
        paper.heading(1, section.title, section.anchor)
        _section(paper, section, deep=2)
    if report.table.sections:
        paper.heading(1, _("Criteria told by their level alone"), "table")
        _table(paper, report, report.table)
    _statutory(paper, report)
    _ends(paper, report)
    return paper.saved()


def _entries(report: ReportContext) -> Iterator[tuple[str, str]]:
    yield _("How to read this report"), "how"
    yield _("Summary"), "summary"
    if report.office:
        yield _("What the Government Office says"), "office"
    yield from ((section.title, section.anchor) for section in report.sections)
    later = (
        (report.table.sections, _("Criteria told by their level alone"), "table"),
        (report.statutory_labels.labels, _("Statutory requirements"), "statutory"),
        (report.actions, _("Improvement plan"), "actions"),
        (report.citations, _("Case studies we cite"), "case-studies"),
        (report.sources, _("Sources of the criteria"), "sources"),
        (report.office and report.office.questions, _("Appendix: questions and replies"), "questions"),
    )
    yield from ((title, anchor) for is_there, title, anchor in later if is_there)


# The beginning


def _cover(paper: Paper, report: ReportContext, marks: Iterable[str]) -> None:
    kind = _("Partnership self-assessment: %(round)s") % {"round": report.round}
    paper.title(report.partnership, report.kind_of_partnership, kind)
    for mark in marks:
        paper.text(mark, bold=True)
    if report.is_demonstration:
        paper.text(_("Every rating, reason and piece of evidence in this report is made up."))
    checks = [(_("Fingerprint of the submitted answers (SHA-256)"), report.fingerprint)]
    if report.office:
        checks.append((_("Fingerprint of the closed review (SHA-256)"), report.office.fingerprint))
    if report.fingerprint:
        # This file can be changed by whoever holds it; the fingerprint speaks of the answers in the portal.
        checks.append((_("Check it at"), report.verification.address))
    facts = [[label, text] for label, text in (*report.facts, *checks) if text]
    paper.table(_("About this report"), [], facts, [3, 9], facts=True)
    if report.fingerprint:
        paper.text(
            _("This is a copy for editing. The PDF of the same report is the one whose bytes the portal can check."),
            quiet=True,
        )


def _how_to_read(paper: Paper, report: ReportContext) -> None:
    paper.heading(1, _("How to read this report"), "how")
    paper.text(
        _(
            "The partnership chose, for each criterion, the highest level whose whole sentence is true."
            " Levels are never averaged and there is no total score."
        )
    )
    if report.office:
        paper.text(_("The Government Office gives its own level beside the partnership’s, never instead of it."))
    _meanings(paper, _("Levels of good practice"), report.practice_labels)
    if report.statutory_labels.labels:
        paper.heading(2, _("Statutory requirements"))
        _meanings(paper, _("Levels of statutory requirements"), report.statutory_labels)


def _meanings(paper: Paper, title: str, levels: Levels) -> None:
    if levels.labels:
        rows: list[list[Cell]] = [[_level(label), label.descriptor] for label in levels.labels]
        paper.table(title, [_("Level"), _("What it means")], rows, [3, 9])
    paper.text(levels.more, quiet=True)


# The summary


def _summary(paper: Paper, report: ReportContext) -> None:
    summary = report.summary
    paper.heading(1, _("Summary"), "summary")
    if report.practice_labels.labels:
        paper.text(f"{report.lead}. {report.lead_rest}", bold=True)
        header = [_("Section"), _("Criteria at each level"), capfirst(report.or_better)]
        rows = [[section.title, section.counts, section.proportion] for section in summary.sections]
        paper.table(_("Profile by section"), header, rows, [4, 6, 2])
        paper.text(summary.more_sections, quiet=True)
        _highlights(paper, _("Strengths"), summary.strengths, report.top_name)
        _highlights(paper, _("Gaps"), summary.gaps, report.bottom_name)
    if summary.movement:
        _movement(paper, summary.movement)
    if summary.promises:
        paper.heading(2, _("Open actions"))
        paper.text(summary.promises.words)
        rows = [[each.due_on, each.text, each.owner] for each in summary.promises.first]
        paper.table(_("Open actions"), [_("By when"), _("What"), _("Who")], rows, [2, 7, 3])
    if report.statutory_labels.labels:
        paper.heading(2, _("Statutory requirements"))
        paper.text(f"{report.statutory_lead}. {report.statutory_counts}")


def _highlights(paper: Paper, title: str, found: Highlights, level: str) -> None:
    paper.heading(2, title)
    if not found.listed:
        paper.text(_("No criterion is at %(level)s.") % {"level": level})
    paper.bullets(f"{item.title} ({item.where})" for item in found.listed)
    if found.more:
        paper.text(_("And %(more)s more at %(level)s.") % {"more": found.more, "level": level}, quiet=True)


def _movement(paper: Paper, movement: Movement) -> None:
    paper.heading(2, _("What moved since “%(round)s”") % {"round": movement.before})
    paper.text(movement.words)
    if movement.moved:
        rows: list[list[Cell]] = [
            [each.title, _level(each.before), _level(each.now), each.direction] for each in movement.moved
        ]
        header = [_("Criterion"), _("Before"), _("Now"), _("Moved")]
        paper.table(_("What moved"), header, rows, [5, 3, 3, 2])
    paper.text(movement.more, quiet=True)


def _office(paper: Paper, office: Office) -> None:
    paper.heading(1, _("What the Government Office says"), "office")
    paper.text(office.words, bold=True)
    words = _("The %(office)s closed its review on %(day)s.") % {"office": office.name, "day": office.closed}
    paper.text(f"{words} {_('Its levels stand beside the partnership’s, never instead of them.')}")
    if office.returned:
        paper.heading(2, _("Returned"))
        paper.text(office.returned, bold=True)
        paper.text(office.return_reason)
    paper.heading(2, _("Its summary"))
    paper.text(office.summary or _("It wrote no summary."))
    paper.heading(2, _("Recommendations"))
    if office.recommendations:
        rows = [[each.text, each.about, each.made] for each in office.recommendations]
        header = [_("What it recommends"), _("About"), _("When")]
        paper.table(_("Recommendations"), header, rows, [6, 4, 2])
    else:
        paper.text(_("It made no recommendations."))
    paper.text(office.more_recommendations, quiet=True)


# The sections


def _section(paper: Paper, section: SectionPart, *, deep: int) -> None:
    paper.text(section.share, bold=True)
    paper.text(section.counts, quiet=True)
    for criterion in section.criteria:
        _criterion(paper, criterion, deep)


def _criterion(paper: Paper, criterion: CriterionPart, deep: int) -> None:
    paper.heading(deep, f"{criterion.number}. {criterion.title}")
    paper.text(criterion.text)
    paper.level(_("Level"), criterion.label, criterion.carried, criterion.before)
    paper.heading(deep + 1, _("Why") if criterion.label.mark == NO_LEVEL else _("Why this level"))
    paper.text(criterion.reason or _("No reason given"))
    if criterion.signs:
        paper.heading(deep + 1, criterion.in_place)
        paper.bullets(
            [
                *(f"{each.answer}: {each.text}" if each.answer else each.text for each in criterion.signs),
                *_some(criterion.more_signs),
            ]
        )
    if criterion.evidence:
        paper.heading(deep + 1, _("Evidence"))
        paper.bullets([*criterion.evidence, *_some(criterion.more_evidence)])
    if criterion.views:
        paper.heading(deep + 1, _("How our agencies saw it"))
        paper.text(criterion.views.words)
    _remark(paper, criterion, deep)


def _remark(paper: Paper, criterion: CriterionPart, deep: int) -> None:
    remark = criterion.remark
    if remark is None:
        return
    paper.heading(deep + 1, _("Government Office"))
    if remark.label:
        paper.level(_("Its level"), remark.label, remark.beside)
    else:
        paper.text(remark.beside)
    paper.text(remark.reason)
    if remark.recommendations:
        paper.text(_("It recommends:"))
        paper.bullets(remark.recommendations)


def _statutory(paper: Paper, report: ReportContext) -> None:
    if not report.statutory_labels.labels:
        return
    paper.heading(1, _("Statutory requirements"), "statutory")
    words = _("They are kept apart from good practice, because the law asks for them.")
    paper.text(f"{report.statutory_lead}. {words}", bold=True)
    for section in report.statutory:
        paper.heading(2, section.title, section.anchor)
        _section(paper, section, deep=3)
    _table(paper, report, report.statutory_table)


def _table(paper: Paper, report: ReportContext, table: Table) -> None:
    header = [_("Criterion"), _("The partnership") if report.office else _("Level")]
    header += [_("The Government Office")] if report.office else []
    header += [_("Last round")] if table.has_before else []
    for section in table.sections:
        rows: list[list[Cell]] = []
        for row in section.rows:
            office = [_level(row.office) if row.office else _("No level")] if report.office else []
            before: list[Cell] = [_level(row.before, row.before_words)] if row.before else [_("Not asked then")]
            rows.append(
                [f"{row.number}. {row.title}", _level(row.label), *office, *(before if table.has_before else [])]
            )
        paper.table(section.title, [section.title, *header[1:]], rows, [5, *(2 for _one in header[1:])])
    paper.text(table.more, quiet=True)


# The ends


def _ends(paper: Paper, report: ReportContext) -> None:
    if report.actions:
        _plan(paper, report.actions, report.more_actions, is_draft=report.is_draft)
    if report.citations:
        paper.heading(1, _("Case studies we cite"), "case-studies")
        rows = [[f"{each.title}\n{each.address}", each.criteria] for each in report.citations]
        paper.table(_("Case studies we cite"), [_("Case study"), _("Cited for")], rows, [6, 6])
        paper.text(report.more_citations, quiet=True)
    paper.heading(1, _("Sources of the criteria"), "sources")
    paper.text(report.criteria_source)
    sources = [[" ".join(filter(None, (each.criteria, each.title))), each.source] for each in report.sources]
    paper.table(_("Sources of the criteria"), [_("Criteria"), _("Source")], sources, [5, 7])
    paper.text(report.more_sources, quiet=True)
    if report.office and report.office.questions:
        _questions(paper, report.office)


def _plan(paper: Paper, actions: Iterable[Action], more: str, *, is_draft: bool) -> None:
    paper.heading(1, _("Improvement plan"), "actions")
    if is_draft:
        paper.text(_("Improvement actions that are open now."), quiet=True)
    else:
        paper.text(_("Improvement actions that were open when this was submitted."), quiet=True)
    none = _("Not asked in this round")
    rows = [[each.due_on, each.text, each.owner, each.criterion or none] for each in actions]
    header = [_("By when"), _("What"), _("Who"), _("Criterion")]
    paper.table(_("Improvement plan"), header, rows, [2, 5, 2, 3])
    paper.text(more, quiet=True)


def _questions(paper: Paper, office: Office) -> None:
    paper.heading(1, _("Appendix: questions and replies"), "questions")
    for each in office.questions:
        paper.heading(2, each.about)
        paper.text(_("The Government Office asked on %(day)s") % {"day": each.asked}, quiet=True)
        paper.text(each.question)
        if each.reply:
            paper.text(_("The partnership replied on %(when)s") % {"when": each.replied}, quiet=True)
        paper.text(each.reply or _("Nobody has replied."))
    paper.text(office.more_questions, quiet=True)


def _level(label: Label, words: str = "") -> Shown:
    return Shown(f" ({words})" if words else "", label)


def _some(line: str) -> list[str]:
    return [line] if line else []
