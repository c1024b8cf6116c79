"""What a partnership reads of its reviews: questions at once, everything else once the review has ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from assessments import documents
from assessments.models import Assessment, Submission
from assessments.move_queries import questions_by_key
from hallmarks.marks import does_not_apply
from hallmarks.outline import Question
from hallmarks.templatetags.levels import label_on
from reviews import documents as review_documents
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from reviews.reading import Reading, parts_of
from reviews.side_by_side import Said, SideBySide, side_by_side

WAITING = Q(review__queries__isnull=False, review__queries__replied_at=None, review__queries__withdrawn_at=None)


@dataclass(frozen=True)
class Asked:
    """A question with the criterion it is about and what was answered there; none where it is about the whole."""

    query: Query
    about: Question | None
    answer: Reading | None
    # The page of the criterion leads to the first.
    is_first: bool = False


@dataclass(frozen=True)
class Recommended:
    """A recommendation with the criterion it is about; none where it is about the whole."""

    recommendation: Recommendation
    about: Question | None


@dataclass(frozen=True)
class Sampled:
    """A criterion that was drawn, how many pieces of evidence were sent for it last, and what was asked about it."""

    about: Question
    pieces: int
    query: Query | None


@dataclass(frozen=True)
class Told:
    """What was drawn to be shown evidence for, and a review that has ended beside the answers it was about."""

    sampled: list[Sampled]
    compared: SideBySide | None


@dataclass(frozen=True)
class Waiting:
    """What the reviews of an assessment ask of the partnership now: how many replies, and how the last one ended."""

    review: Review
    questions: int

    @property
    def is_returned(self) -> bool:
        """Whether the partnership was to edit and submit again."""
        return self.review.status == Review.Status.RETURNED

    @property
    def is_closed(self) -> bool:
        """Whether there is a whole review to read."""
        return self.review.status == Review.Status.CLOSED


def reviews_of(assessment: Assessment) -> list[Review]:
    """Return the reviews of an assessment's submissions with these, newest first; one query."""
    found = Review.objects.filter(submission__assessment=assessment).select_related(
        "submission__region", "submission__reviewed"
    )
    return list(found.order_by("-submission__number"))


def asked_in(assessment: Assessment, answers: Mapping[str, Reading]) -> list[Asked]:
    """Return what was asked in the order of asking, but for what was taken back; one query."""
    queries = Query.objects.filter(review__submission__assessment=assessment, withdrawn_at=None)
    whole = queries.select_related("review__submission__region", "replied_by__user", "replied_by__agency")
    found = list(whole.defer("review__submission__document", "review__summary"))
    questions = questions_by_key(assessment.round, (query.criterion_id for query in found))
    asked = [_asked(query, questions.get(query.criterion_id or 0), answers) for query in found]
    first = {one.about.criterion.pk: one for one in reversed(asked) if one.about}
    return [replace(one, is_first=one in first.values()) for one in asked]


def recommended_in(assessment: Assessment) -> list[Recommended]:
    """Return what the reviews that have ended recommend, with the actions made of it; one query."""
    told = Recommendation.objects.told().filter(review__submission__assessment=assessment, withdrawn_at=None)
    found = list(told.select_related("action__owner"))
    questions = questions_by_key(assessment.round, (each.criterion_id for each in found))
    return [Recommended(each, questions.get(each.criterion_id or 0)) for each in found]


def why_returned(review: Review) -> str:
    """Return why a submission was sent back, from `reviews_of`; blank where it was not."""
    closed = getattr(review.submission, "reviewed", None)
    return review_documents.why_returned(closed.document) if closed else review.return_reason


def answers_in(review: Review) -> dict[str, Reading]:
    """Return the answers that a review is about, by the criteria's codes; no query."""
    parts = parts_of(documents.read(review.submission.document))
    return {reading.entry.code: reading for part in parts for reading in part.readings}


def told_in(
    assessment: Assessment, answers: Mapping[str, Reading], shown: Review | None, asked: Iterable[Asked]
) -> Told:
    """Return what was drawn in any review, and one that has ended beside the answers it was about; one query."""
    rows = _rows(assessment, shown)
    drawn = {criterion for is_drawn, criterion, _level, _reason in rows if is_drawn}
    said = [row[1:] for row in rows if not row[0]]
    # What waits for a reply comes last, so that a criterion drawn leads to it.
    about = {one.query.criterion_id: one.query for one in sorted(asked, key=lambda one: one.query.is_open)}
    sampled = [
        Sampled(question, _pieces(answers.get(question.criterion.code)), about.get(question.criterion.pk))
        for key, question in questions_by_key(assessment.round, drawn).items()
        if key in drawn
    ]
    return Told(sampled, _compared(assessment, shown, said) if shown else None)


def sent_with_reviews() -> QuerySet[Submission]:
    """Fetch submissions without their documents, oldest first, with their reviews and how many questions wait."""
    sent = Submission.objects.select_related("review", "region").defer("document", "review__summary")
    return sent.annotate(waiting=Count("review__queries", filter=WAITING)).order_by("number")


def waiting_of(sent: Iterable[Any]) -> Waiting | None:
    """Return what the reviews of one assessment's submissions ask, from `sent_with_reviews`; None without a review."""
    # Any: the annotation is not the model's own attribute.
    reviewed = [submission for submission in sent if hasattr(submission, "review")]
    if not reviewed:
        return None
    over = last_closed(submission.review for submission in reviewed)
    asked = sum(submission.waiting for submission in reviewed if submission.number > over)
    return Waiting(reviewed[-1].review, asked)


def last_closed(reviews: Iterable[Review]) -> int:
    """Return the number of the last submission whose review is closed, or 0: what it left unanswered stays so."""
    return max((one.submission.number for one in reviews if one.status == Review.Status.CLOSED), default=0)


def _rows(assessment: Assessment, shown: Review | None) -> list[Any]:
    """What was drawn and what was said in one list: is it drawn, the criterion's key, the level's key, the reason."""
    key, text = Cast(Value(None), BigIntegerField()), Cast(Value(""), TextField())
    drawn = SampledCriterion.objects.filter(review__submission__assessment=assessment)
    said = ReviewerRating.objects.filter(review=shown.pk if shown else 0)
    rows: QuerySet[Any, Any] = drawn.order_by().values_list(Value(True), "criterion", key, text)
    return list(rows.union(said.order_by().values_list(Value(False), "criterion", "level", "reason"), all=True))


def _asked(query: Query, about: Question | None, answers: Mapping[str, Reading]) -> Asked:
    return Asked(query, about, answers.get(about.criterion.code) if about else None)


def _pieces(answer: Reading | None) -> int:
    return len(answer.entry.evidence) if answer else 0


def _compared(assessment: Assessment, shown: Review, rows: Iterable[tuple[int, int | None, str]]) -> SideBySide:
    rows = list(rows)
    document = documents.read(shown.submission.document)
    questions = questions_by_key(assessment.round, (key for key, *_said in rows))
    levels = ((entry.code, document.level_of(entry)) for entry in document.every_criterion())
    said = {questions[key].criterion.code: _said(questions[key], level, reason) for key, level, reason in rows}
    return side_by_side(parts_of(document), {code: lv.position if lv else None for code, lv in levels}, said)


def _said(asked: Question, level_key: int | None, reason: str) -> Said:
    level = asked.level_by_id(level_key)
    return Said(level.position if level else None, label_on(level, asked) if level else does_not_apply(), reason)
