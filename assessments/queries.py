"""Whole assessments read at once: the answer sheet that pages, the submission and the draft report share."""

from collections import defaultdict
from dataclasses import dataclass, field

from assessments import documents
from assessments.decided import Agreed
from assessments.decided_queries import agreed_of, with_decision
from assessments.models import Assessment, Evidence, ImprovementAction, IndicatorAnswer, Rating, Round, Submission
from assessments.progress import Item, Progress, tally
from hallmarks.outline import Outline, Question, outline_by_id


@dataclass
class Answered:
    """One question with the partnership's answer to it, as far as there is one."""

    question: Question
    rating: Rating | None = None
    answers: dict[int, str] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        """Whether it counts as answered."""
        return self.rating is not None and self.rating.is_answered

    @property
    def is_carried(self) -> bool:
        """Whether it was carried forward, and nobody has confirmed it yet."""
        return self.rating is not None and not self.rating.is_confirmed

    @property
    def agreed(self) -> Agreed | None:
        """What a meeting agreed of it, in its own words, if one has."""
        return agreed_of(self.question, self.rating)

    @property
    def in_place(self) -> int:
        """How many indicators were answered yes."""
        return sum(answer == IndicatorAnswer.Answer.YES for answer in self.answers.values())

    @property
    def unpublished(self) -> list[Evidence]:
        """Its case studies that a reviewer could not open, once it counts as answered."""
        return [piece for piece in self.evidence if self.is_answered and piece.case_study and piece.case_study.is_draft]


def submissions_of(assessment: Assessment) -> list[Submission]:
    """Return all that was submitted without the documents, oldest first, with the closed reviews; one query."""
    sent = assessment.submissions.select_related("reviewed", "region").defer("document", "reviewed__document")
    return list(sent.order_by("number"))


def questions_for(assessment: Assessment) -> Outline:
    """Return the questions asked of this partnership in this round: those in force when the round opened."""
    round_ = assessment.round
    return outline_by_id(round_.version_id).applying_to(assessment.partnership, round_.opens_on)


def asked_in(round_: Round) -> Outline:
    """Return the questions that a round asks of anybody."""
    return outline_by_id(round_.version_id).in_force_on(round_.opens_on)


def progress_of(assessment: Assessment) -> Progress:
    """Count what is answered, in one query once the criteria are in memory."""
    ratings = {rating.criterion_id: rating for rating in assessment.ratings.all()}
    return tally(
        _item(question, ratings.get(question.criterion.pk)) for question in questions_for(assessment).questions
    )


def answer_sheet(assessment: Assessment) -> list[Answered]:
    """Return every question with its answer, indicators and evidence, in published order; three queries."""
    sheet = {question.criterion.pk: Answered(question) for question in questions_for(assessment).questions}
    by_rating: dict[int, Answered] = {}
    for rating in with_decision(assessment.ratings.filter(criterion__in=sheet).select_related("level")):
        sheet[rating.criterion_id].rating = rating
        by_rating[rating.pk] = sheet[rating.criterion_id]
    signs = {sign.pk for answered in sheet.values() for sign in answered.question.indicators}
    for answer in IndicatorAnswer.objects.filter(rating__in=by_rating):
        # What is no sign of the criterion any more is kept, and answers nothing that is asked.
        if answer.indicator_id not in signs:
            continue
        by_rating[answer.rating_id].answers[answer.indicator_id] = answer.answer
    for piece in Evidence.objects.filter(rating__in=by_rating).select_related("case_study__partnership"):
        by_rating[piece.rating_id].evidence.append(piece)
    return list(sheet.values())


def sections_of(sheet: list[Answered]) -> tuple[documents.SectionEntry, ...]:
    """Return the answer sheet in the form that the submission freezes."""
    grouped: dict[int, list[Answered]] = defaultdict(list)
    for answered in sheet:
        grouped[answered.question.section.pk].append(answered)
    return tuple(_section(members) for members in grouped.values())


def scales_of(sheet: list[Answered]) -> tuple[documents.ScaleEntry, ...]:
    """Return each scale that the sheet uses, once."""
    scales = {answered.question.criterion.scale: answered.question.levels for answered in sheet}
    return tuple(
        documents.ScaleEntry(
            scale.slug,
            tuple(documents.LevelEntry(lv.position, lv.slug, lv.name, lv.descriptor) for lv in levels),
        )
        for scale, levels in scales.items()
    )


def open_actions(assessment: Assessment) -> tuple[documents.ActionEntry, ...]:
    """Return the partnership's open actions as the submission freezes them, the most pressing first; one query."""
    codes = {question.criterion.lineage: question.criterion.code for question in questions_for(assessment).questions}
    actions = ImprovementAction.objects.of(assessment.partnership).open().listed()
    return tuple(action_entry(action, codes.get(action.criterion.lineage, "")) for action in actions)


def action_entry(action: ImprovementAction, code: str) -> documents.ActionEntry:
    """Return an open action in the document's form; `code` is its criterion's in this round, or "" if not asked."""
    status = ImprovementAction.Status.OPEN.value
    return documents.ActionEntry(code, action.text, action.owner.name, action.due_on.isoformat(), status)


def document_of(
    assessment: Assessment,
    sheet: list[Answered],
    *,
    reference: str,
    number: int,
    submitted_at: str,
    submitted_by: str,
    agreed_by: tuple[str, ...],
    previous_sha256: str = "",
) -> documents.Document:
    """Return the answers in the form that a submission of this sheet freezes; `beside.Beside` adds the rest."""
    round_ = assessment.round
    version = round_.version
    return documents.Document(
        reference=reference,
        number=number,
        submitted_at=submitted_at,
        submitted_by=submitted_by,
        agreed_by=agreed_by,
        is_demonstration=round_.is_demonstration,
        partnership=_partnership(assessment),
        round=documents.RoundEntry(round_.slug, round_.name, round_.opens_on.isoformat(), round_.closes_on.isoformat()),
        criteria=documents.CriteriaEntry(
            version.framework.slug, version.slug, version.title, version.framework.publisher, version.source
        ),
        scales=scales_of(sheet),
        sections=sections_of(sheet),
        previous_sha256=previous_sha256,
    )


def _item(question: Question, rating: Rating | None) -> Item:
    return Item(
        code=question.criterion.code,
        section=question.section.code,
        is_answered=rating is not None and rating.is_answered,
        is_begun=rating is not None and rating.is_confirmed,
        is_to_confirm=rating is not None and rating.is_to_confirm,
    )


def _partnership(assessment: Assessment) -> documents.PartnershipEntry:
    place = assessment.partnership
    return documents.PartnershipEntry(
        slug=place.slug,
        name=place.name,
        region=place.region.name,
        government_office=place.region.government_office,
        police_force=place.police_force.name,
        family_group=str(place.family_group) if place.family_group else "",
        area_type=place.get_area_type_display(),
        nation=place.nation,
    )


def _section(members: list[Answered]) -> documents.SectionEntry:
    section = members[0].question.section
    return documents.SectionEntry(
        section.code, section.number, section.title, tuple(_criterion(answered) for answered in members)
    )


def _criterion(answered: Answered) -> documents.CriterionEntry:
    criterion, rating = answered.question.criterion, answered.rating
    counts = rating if rating and rating.is_confirmed else None
    level = answered.question.level_by_id(counts.level_id) if counts else None
    return documents.CriterionEntry(
        code=criterion.code,
        lineage=criterion.lineage,
        number=criterion.number,
        title=criterion.title,
        text=criterion.text,
        kind=criterion.kind,
        scale=criterion.scale.slug,
        is_key=criterion.is_key,
        source=criterion.source,
        level=level.slug if level else "",
        does_not_apply=bool(counts and counts.does_not_apply),
        reason=rating.reason if rating else "",
        indicators=tuple(
            documents.IndicatorEntry(sign.number, sign.text, answered.answers.get(sign.pk, ""))
            for sign in answered.question.indicators
        ),
        evidence=tuple(_evidence(piece) for piece in answered.evidence),
        carried=_carried(answered),
    )


def _carried(answered: Answered) -> str:
    rating = answered.rating
    if rating is None or rating.is_confirmed:
        return ""
    if rating.does_not_apply:
        return documents.CARRIED_AS_NOT_APPLYING
    level = answered.question.level_by_id(rating.level_id)
    return level.slug if level else documents.CARRIED_WITHOUT_LEVEL


def _evidence(piece: Evidence) -> documents.EvidenceEntry:
    study = piece.case_study
    if study:
        return documents.EvidenceEntry("case_study", piece.title, f"{study.partnership.slug}/{study.slug}")
    if piece.link:
        return documents.EvidenceEntry("link", piece.title, piece.link)
    return documents.EvidenceEntry("file", piece.title, "", piece.media_type, piece.size or 0, piece.sha256)
