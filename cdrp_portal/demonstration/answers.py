"""Write one round's ratings, indicator answers and evidence in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from assessments.models import Assessment, Evidence, IndicatorAnswer, Rating
from assessments.queries import Answered
from casestudies.models import CaseStudy
from cdrp_portal.demonstration import shape, texts
from cdrp_portal.demonstration.case_studies import CITED_BY
from hallmarks.inserting import insert
from hallmarks.outline import Outline, Question


@dataclass(frozen=True)
class Writer:
    """Who the rows say wrote them: the partnership's own person where there is one."""

    user: User
    agency: str


@dataclass
class Sheet:
    """One partnership's assessment with the answers made up for it."""

    assessment: Assessment
    writer: Writer
    is_submitted: bool
    sender: Writer
    answered: list[Answered] = field(default_factory=list)

    @property
    def rated(self) -> list[tuple[Rating, Answered]]:
        """The ratings that it holds, each with its answers and evidence."""
        return [(answered.rating, answered) for answered in self.answered if answered.rating]


def questions_of(outline: Outline) -> tuple[shape.Question, ...]:
    """Return a criteria set as the shape sees it."""
    return tuple(shape.Question(q.criterion.code, len(q.indicators)) for q in outline.questions)


def fill(sheet: Sheet, outline: Outline, lines: Iterable[shape.Line], study: CaseStudy | None) -> None:
    """Make up the sheet's ratings with answers and evidence, without writing them yet."""
    dealer = texts.Dealer(shape.seeded("texts", sheet.assessment.partnership.slug, sheet.assessment.round.slug))
    by_code = {line.code: line for line in lines}
    for question in outline.questions:
        line = by_code.get(question.criterion.code)
        answered = Answered(question)
        if line:
            _answer(answered, line, sheet, dealer)
            _attach(answered, line, sheet, dealer, study)
        sheet.answered.append(answered)


def save(sheets: Sequence[Sheet]) -> None:
    """Write what the sheets hold: ratings, then their answers and evidence."""
    rated = [pair for sheet in sheets for pair in sheet.rated]
    Rating.objects.bulk_create([rating for rating, _answered in rated])
    insert(
        IndicatorAnswer,
        (
            {"rating_id": rating.pk, "indicator_id": indicator, "answer": answer}
            for rating, answered in rated
            for indicator, answer in answered.answers.items()
        ),
    )
    Evidence.objects.bulk_create([piece for _rating, answered in rated for piece in answered.evidence])


def _answer(answered: Answered, line: shape.Line, sheet: Sheet, dealer: texts.Dealer) -> None:
    question = answered.question
    level = None if line.level is None else question.levels[line.level]
    answered.rating = Rating(
        assessment_id=sheet.assessment.pk,
        criterion_id=question.criterion.pk,
        level_id=level.pk if level else None,
        does_not_apply=level is None,
        reason=_reason(question, line, dealer),
        revision=1,
        updated_by_id=sheet.writer.user.pk,
        updated_by_agency=sheet.writer.agency,
    )
    answered.answers = {
        indicator.pk: answer for indicator, answer in zip(question.indicators, line.answers, strict=False)
    }


def _reason(question: Question, line: shape.Line, dealer: texts.Dealer) -> str:
    if line.level is None:
        return texts.reason_not_applying(line.code)
    return dealer.reason(question.section.code, line.level)


def _attach(answered: Answered, line: shape.Line, sheet: Sheet, dealer: texts.Dealer, study: CaseStudy | None) -> None:
    if line.has_evidence:
        link = dealer.link(answered.question.section.code)
        answered.evidence.append(_evidence(answered, sheet, title=link.title, link=link.address))
    if study and line.code == CITED_BY and study.partnership_id == sheet.assessment.partnership_id:
        answered.evidence.append(_evidence(answered, sheet, title=study.title, case_study=study))


def _evidence(answered: Answered, sheet: Sheet, **what: object) -> Evidence:
    return Evidence(rating=answered.rating, number=len(answered.evidence) + 1, added_by=sheet.writer.user, **what)
