"""Read a review: its submission, its levels, and everything said beside it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, DateTimeField, Exists, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from assessments import documents
from assessments.documents import Document
from assessments.history import SAVED, Act, Told, told
from assessments.models import EXTENDED, Extension, Submission, SubmissionQuerySet
from assessments.move_queries import outline_of_submission, questions_by_key
from audit.models import Event
from hallmarks.marks import in_a_sentence
from hallmarks.outline import Outline, Question
from reviews import documents as review_documents
from reviews.carry_over import unchanged
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from reviews.services import ReviewReturned, refusal_of
from reviews.sheets import QUESTION, RECOMMENDATION, SAMPLED, Opinion, Remark, Sheet, sheet_of

# What `to_review` adds, while nobody has begun: the review before, and the document that it was of.
EARLIER, EARLIER_DOCUMENT = "earlier_review", "earlier_document"
# What it adds always: whether the assessment has a submission that counts.
COUNTS = "has_current"
# Where the criterion's key stands in a row of what was said.
CRITERION = 2


@dataclass(frozen=True)
class Work:
    """A submission with its review, as far as there is one; before it is begun, with what would be carried over."""

    submission: Submission
    review: Review | None
    document: Document
    ratings: Mapping[str, ReviewerRating]
    sheet: Sheet
    outline: Outline

    @property
    def here(self) -> list[str]:
        """The parts of its address: region, round, partnership."""
        assessment = self.submission.assessment
        return [self.submission.region.slug, assessment.round.slug, assessment.partnership.slug]

    @property
    def address(self) -> str:
        """Where its page is."""
        return reverse("reviews:submission", args=self.here)

    @property
    def query(self) -> str:
        """What follows the address of a submission that is not, or no longer, the current one."""
        return "" if self.submission.is_current else f"?number={self.submission.number}"

    def walk(self, show: str) -> str:
        """Return `query` with the view that somebody works through, so that each page leads to the next of it."""
        number = "" if self.submission.is_current else self.submission.number
        asked = urlencode({name: value for name, value in (("number", number), ("show", show)) if value})
        return f"?{asked}" if asked else ""

    @property
    def has_current(self) -> bool:
        """Whether the partnership has a submission that counts: this one, or a later one."""
        return bool(getattr(self.submission, COUNTS))

    @property
    def is_left(self) -> bool:
        """Whether it was returned and the time to submit again is over, so that it can be closed as returned."""
        return self.why_closed == ReviewReturned.why and timezone.now() > self.submission.assessment.closes_at

    @property
    def why_returned(self) -> str:
        """Why it was sent back, also once it is closed as returned; blank where it was not."""
        closed = getattr(self.submission, "reviewed", None)
        if closed:
            return review_documents.why_returned(closed.document)
        return self.review.return_reason if self.review else ""

    @property
    def why_closed(self) -> str:
        """Why nothing can be written to it, in one word; blank while it can."""
        refusal = refusal_of(self.submission, self.review)
        return refusal.why if refusal else ""

    def question(self, code: str) -> Question | None:
        """Return the question behind a criterion of the document, or None."""
        if self.sheet.line(code) is None:
            return None
        place = self.outline.place_of(code)
        return None if place is None else self.outline.questions[place]


def to_review() -> SubmissionQuerySet:
    """Fetch submissions with all that a review's page asks of them, in one query."""
    earlier = (
        Submission.objects.filter(assessment=OuterRef("assessment"), number__lt=OuterRef("number"))
        .exclude(review=None)
        .order_by("-number")
    )
    extended = Extension.objects.filter(
        round=OuterRef("assessment__round"), partnership=OuterRef("assessment__partnership")
    )
    return (
        Submission.objects.with_area()
        .select_related("review__updated_by", "reviewed", "assessment__round__previous")
        .annotate(
            **{
                EXTENDED: Subquery(extended.values("until")[:1]),
                COUNTS: Exists(Submission.objects.current().filter(assessment=OuterRef("assessment"))),
                EARLIER: Subquery(earlier.values("review")[:1]),
                EARLIER_DOCUMENT: Case(
                    When(review=None, is_current=True, then=Subquery(earlier.values("document")[:1])),
                    default=Value(""),
                    output_field=TextField(),
                ),
            }
        )
    )


def work_of(submission: Submission) -> Work:
    """Return a submission from `to_review` with everything said of it, in two queries."""
    review: Review | None = getattr(submission, "review", None)
    # Until when the partnership has time is the assessment's own to say.
    setattr(submission.assessment, EXTENDED, getattr(submission, EXTENDED))
    document = documents.read(submission.document)
    outline = outline_of_submission(submission, document)
    questions = {question.criterion.pk: question for question in outline.questions}
    codes = {key: question.criterion.code for key, question in questions.items()}
    ratings = _ratings(submission, review, document, codes)
    opinions = {codes[each.criterion_id]: _opinion(each, questions[each.criterion_id]) for each in ratings}
    sheet = sheet_of(document, opinions, remarks_of(submission, codes))
    return Work(submission, review, document, {codes[each.criterion_id]: each for each in ratings}, sheet, outline)


def remarks_of(submission: Submission, codes: Mapping[int, str]) -> list[Remark]:
    """Return what was asked, recommended and drawn of a partnership in a round, in order; one query."""
    here = {"review__submission__assessment": submission.assessment_id}
    closed = Review.objects.closed_in(submission.assessment_id, OuterRef("review__submission__number"))
    shared = ("criterion_id", "review__submission__number", Exists(closed))
    text, moment = Cast(Value(""), CharField()), Cast(Value(None), DateTimeField())
    questions = Query.objects.filter(**here, withdrawn_at=None).values_list(
        Value(QUESTION), "asked_at", *shared, "code", "question", "reply", "replied_at",
        "replied_by__role", "replied_by__agency__name", text,
    )  # fmt: skip
    recommendations = Recommendation.objects.filter(**here, withdrawn_at=None).values_list(
        Value(RECOMMENDATION), "made_at", *shared, "code", "text", text, moment, text, text, "action__text"
    )
    drawn = SampledCriterion.objects.filter(**here).values_list(
        Value(SAMPLED), "drawn_at", *shared, text, text, text, moment, text, text, text
    )
    rows: Any = questions.order_by().union(recommendations.order_by(), drawn.order_by(), all=True)
    found = list(rows)
    asked = questions_by_key(submission.assessment.round, (row[CRITERION] for row in found))
    # What was said of an earlier submission may be about a criterion that is not asked any more.
    every = {key: question.criterion.code for key, question in asked.items()} | dict(codes)
    return sorted((_remark(every, *row) for row in found), key=lambda remark: remark.at)


def history_of(rating: ReviewerRating | None, question: Question) -> list[tuple[str, Told]]:
    """Return who changed a reviewer's rating from what to what, newest first, in sentences; one query."""
    if rating is None or rating.pk is None:
        return []
    levels = {level.slug: in_a_sentence(level.name) for level in question.levels}
    name = User.objects.filter(pk=OuterRef("actor_id")).values("name")
    events = Event.objects.about(rating).annotate(actor=Subquery(name[:1]))
    acts = [
        (told(Act(SAVED, before or {}, after or {}, levels=levels)), actor or "", at)
        for before, after, actor, at in events.values_list("before", "after", "actor", "at")
    ]
    return [(said.sentence(actor, at), said) for said, actor, at in reversed(acts) if said]


def _ratings(
    submission: Submission, review: Review | None, document: Document, codes: Mapping[int, str]
) -> list[ReviewerRating]:
    ratings = ReviewerRating.objects.select_related("updated_by")
    if review:
        return list(ratings.filter(review=review))
    before: str = getattr(submission, EARLIER_DOCUMENT) or ""
    if not before:
        return []
    same = unchanged(documents.read(before), document)
    found = ratings.filter(review=getattr(submission, EARLIER))
    carried = [rating for rating in found if codes.get(rating.criterion_id) in same]
    for rating in carried:
        # It will be a row of the next review's own, at its first revision, once somebody writes.
        rating.pk, rating.revision = None, 0
    return carried


def _opinion(rating: ReviewerRating, question: Question) -> Opinion:
    level = question.level_by_id(rating.level_id)
    return Opinion(level.slug if level else "", rating.does_not_apply, rating.reason)


def _remark(
    codes: Mapping[int, str],
    kind: str,
    at: datetime.datetime,
    criterion: int | None,
    number: int,
    is_fixed: bool,
    code: str,
    text: str,
    reply: str,
    replied_at: datetime.datetime | None,
    role: str | None,
    agency: str | None,
    action: str | None,
) -> Remark:
    is_settled = bool(replied_at or action)
    return Remark(
        kind=kind,
        criterion=codes.get(criterion, "") if criterion else "",
        at=at,
        number=number,
        code=code,
        text=text,
        reply=reply,
        replied_at=replied_at,
        replied_by=f"{Role(role).label}, {agency}" if role else "",
        action=action or "",
        may_withdraw=not (is_fixed or is_settled),
    )
