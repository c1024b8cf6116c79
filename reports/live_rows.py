"""Rows of an assessment as it stands today, for its own members: everything that hangs on it."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import Role
from assessments.agency_views import CriterionViews
from assessments.agreement import DELIVERY, STRATEGIC, Middle
from assessments.decided_queries import PRESENT, in_order, with_decision
from assessments.models import Assessment, Evidence, ImprovementAction, IndicatorAnswer, ProgressNote, Rating
from assessments.queries import questions_for
from assessments.survey_queries import counts_of, survey_of
from assessments.view_queries import seen
from reports import answer_tables, meeting_tables
from reports.package import Table
from reports.spooled import Line, apart


def answer_lines(assessment: Assessment) -> Iterator[Line]:
    """Yield answers with decisions, signs and evidence, also of criteria that are asked no more; three queries."""
    asked = {question.criterion.pk for question in questions_for(assessment).questions}
    ratings = with_decision(assessment.ratings.select_related("level", *_way("criterion"))).select_related(
        "decision__level"
    )
    for rating in ratings.order_by(*_order("criterion")):
        yield answer_tables.ANSWERS, _answer(assessment, rating, rating.criterion_id in asked)
        if decision := getattr(rating, "decision", None):
            level = decision.level.name if decision.level else ""
            words = [decision.decided_on, level, decision.does_not_apply, decision.reason]
            present = "; ".join(in_order(getattr(rating, PRESENT)))
            yield meeting_tables.DECISIONS, [*_at(assessment, rating)[2:], *words, present, decision.dissent]
    answers = IndicatorAnswer.objects.filter(rating__assessment=assessment)
    for answer in answers.select_related("indicator", *_way("rating__criterion")).order_by(
        *_order("rating__criterion"), "indicator__number", "pk"
    ):
        yield answer_tables.SIGNS, [*_at(assessment, answer.rating), answer.indicator.number, answer.answer]
    pieces = Evidence.objects.filter(rating__assessment=assessment)
    for piece in pieces.select_related("case_study__partnership", *_way("rating__criterion")).order_by(
        *_order("rating__criterion"), "number"
    ):
        yield answer_tables.EVIDENCE, [*_at(assessment, piece.rating), piece.number, *_evidence(assessment, piece)]


def view_tables(assessment: Assessment, at: datetime.datetime) -> list[Table]:
    """Return how agencies saw it and what members wrote, once that is shown to members; one query."""
    found = [views for views in seen(assessment, at) if views.given]
    return [
        meeting_tables.views(row for views in found for row in _voices(views)),
        meeting_tables.comments(row for views in found for row in _comments(views)),
    ]


def check_tables(assessment: Assessment, at: datetime.datetime) -> list[Table]:
    """Return the front-line check, and its sums where they may be shown; two queries."""
    survey = survey_of(assessment)
    found = counts_of(survey, at) if survey else None
    told = survey.answers if survey and found is not None else None
    about = [[survey.closes_on, survey.closed_at, survey.max_answers, told]] if survey else []
    counts = (
        [question.criterion.code, level.position, level.name, levels.get(level.pk, 0)]
        for question in questions_for(assessment).questions
        if (levels := (found or {}).get(question.criterion.pk))
        for level in question.levels
    )
    return [meeting_tables.check(about), meeting_tables.counts(counts)]


def action_tables(assessment: Assessment) -> list[Table]:
    """Return the actions that this round or an earlier one raised, with their notes; two queries."""
    actions = ImprovementAction.objects.of(assessment.partnership).listed()
    found = list(actions.filter(raised_in__round__opens_on__lte=assessment.round.opens_on))
    written = ProgressNote.objects.filter(action__in=[action.pk for action in found])
    notes = written.select_related("action", "written_by__agency").order_by("action__due_on", "action", "pk")
    slug = assessment.partnership.slug
    return [
        meeting_tables.actions([slug, *_action(action)] for action in found),
        meeting_tables.notes(_notes(notes)),
    ]


def late_table(assessment: Assessment) -> Table:
    """Return what arrived after the deadline; one query."""
    found = assessment.late_drafts.select_related("criterion").order_by("pk")
    return meeting_tables.late(
        [
            *(number, draft.criterion.code, draft.arrived_at, draft.level, draft.reason),
            "; ".join(f"{sign}: {answer}" for sign, answer in draft.answers.items()),
        ]
        for number, draft in enumerate(found, start=1)
    )


def answer_tables_of(assessment: Assessment) -> list[Table]:
    """Return the tables of answers and of decisions."""
    rows = apart(answer_lines(assessment))
    return [
        answer_tables.answers(rows[answer_tables.ANSWERS]),
        answer_tables.sign_answers(rows[answer_tables.SIGNS]),
        answer_tables.evidence(rows[answer_tables.EVIDENCE]),
        meeting_tables.decisions(rows[meeting_tables.DECISIONS]),
    ]


def _way(criterion: str) -> tuple[str, str]:
    return f"{criterion}__version", f"{criterion}__section"


def _order(criterion: str) -> tuple[str, str, str, str]:
    return f"{criterion}__version", f"{criterion}__section__number", f"{criterion}__number", criterion


def _at(assessment: Assessment, rating: Rating) -> list[object]:
    criterion = rating.criterion
    return [assessment.partnership.slug, "", criterion.version.slug, criterion.code]


def _answer(assessment: Assessment, rating: Rating, is_asked: bool) -> list[object]:
    level = rating.level
    return [
        *_at(assessment, rating),
        *((level.position, level.name) if level else (None, "")),
        *(rating.does_not_apply, rating.reason, rating.is_confirmed, is_asked),
        *(rating.updated_at, rating.updated_by_agency, rating.revision),
    ]


def _evidence(assessment: Assessment, piece: Evidence) -> list[object]:
    study = piece.case_study
    if study:
        kind, address = "case_study", f"{study.partnership.slug}/{study.slug}"
    elif piece.link:
        kind, address = "link", piece.link
    else:
        here = [assessment.round.slug, assessment.partnership.slug, piece.rating.criterion.code, piece.number]
        kind, address = "file", settings.SITE_URL + reverse("assessments:evidence_download", args=here)
    return [kind, piece.title, address, piece.media_type, piece.size, piece.sha256, piece.added_at]


def _voices(views: CriterionViews) -> Iterator[list[object]]:
    names = [level.name for level in views.question.levels]
    for standpoint, voices in ((STRATEGIC, views.spread.strategic), (DELIVERY, views.spread.delivery)):
        for agency, middle in voices.items():
            yield [views.question.criterion.code, agency, standpoint, *_ends(names, middle)]


def _ends(names: Sequence[str], middle: Middle) -> tuple[str, str]:
    return names[middle.low], names[middle.high]


def _comments(views: CriterionViews) -> Iterator[list[object]]:
    for number, said in enumerate(views.comments, start=1):
        voice = said.voice
        yield [number, views.question.criterion.code, voice.agency, voice.standpoint, said.label.name, said.text]


def _action(action: ImprovementAction) -> list[object]:
    return [
        *(action.code, action.raised_in.round.slug, action.criterion.code, action.text, action.owner.name),
        *(action.due_on, str(action.get_status_display()), action.closed_on, action.closing_reason, action.revision),
    ]


def _notes(found: Iterable[ProgressNote]) -> Iterator[list[object]]:
    numbers: dict[int, int] = {}
    for note in found:
        numbers[note.action_id] = number = numbers.get(note.action_id, 0) + 1
        writer = f"{Role(note.written_by.role).label}, {note.written_by.agency.name}"
        yield [note.action.code, number, note.written_at, writer, note.text]
