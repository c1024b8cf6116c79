"""Rows of what Government Offices say of criteria: all of it for an office, for a partnership what it is told."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models import Role
from assessments.models import ImprovementAction
from reports import review_tables as tables
from reports.spooled import Line
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion

# By partnership and submission, as all that was said is listed.
PLACE = ("review__submission__assessment__partnership__slug", "review__submission__reference")
CHUNK = 500
# Where the code and the moment stand in a row, by which what was said is put in order.
CODE, AT = 3, 4


def said(which: Q, *, as_office: bool) -> Iterator[Line]:
    """Yield what was said of the submissions that `which` finds from a review's row; two queries."""
    yield from _levels(which, as_office)
    found: Any = list(_remarks(which, as_office))
    for row in sorted(found, key=lambda row: (row[1], row[2], row[AT], row[CODE])):
        yield _remark(*row)


def _levels(which: Q, as_office: bool) -> Iterator[Line]:
    ratings = ReviewerRating.objects.filter(which)
    if not as_office:
        ratings = ratings.exclude(review__status=Review.Status.OPEN)
    order = (*PLACE, "criterion__section__number", "criterion__number")
    columns = ("criterion__code", "level__position", "level__name", "does_not_apply", "reason", "updated_at")
    for row in ratings.order_by(*order).values_list(*PLACE, *columns).iterator(chunk_size=CHUNK):
        yield tables.LEVELS, row if as_office else (*row[:-1], None)


def _remarks(which: Q, as_office: bool) -> QuerySet[Any, Any]:
    """Return questions, recommendations and what was drawn as one list: the same columns, blank where one has none."""
    text, moment, day = Cast(Value(""), TextField()), Cast(Value(None), DateTimeField()), Cast(Value(None), DateField())
    word = Cast(Value(""), CharField())
    recommended = Recommendation.objects if as_office else Recommendation.objects.told()
    asked = Query.objects.filter(which, withdrawn_at=None).values_list(
        Value(tables.QUESTIONS), *PLACE, "code", "asked_at", "criterion__code", "question",
        "reply", "replied_at", "replied_by__role", "replied_by__agency__name", text, word, day, word, day, text,
    )  # fmt: skip
    made = recommended.filter(which, withdrawn_at=None).values_list(
        Value(tables.RECOMMENDATIONS), *PLACE, "code", "made_at", "criterion__code", "text",
        text, moment, word, word, "action__text", "action__owner__name", "action__due_on",
        "action__status", "action__closed_on", "action__closing_reason",
    )  # fmt: skip
    drawn = SampledCriterion.objects.filter(which).values_list(
        Value(tables.SAMPLE), *PLACE, word, "drawn_at", "criterion__code", text,
        text, moment, word, word, text, word, day, word, day, text,
    )  # fmt: skip
    found: Any = asked.order_by().union(made.order_by(), drawn.order_by(), all=True)
    return found  # type: ignore[no-any-return]


def _remark(kind: str, partnership: str, reference: str, code: str, at: Any, criterion: str | None, *more: Any) -> Line:
    text, reply, replied_at, role, agency, action, owner, due_on, status, closed_on, reason = more
    here = [partnership, reference]
    if kind == tables.SAMPLE:
        return kind, [*here, criterion, at]
    about = [*here, code, criterion or "", at, text]
    if kind == tables.QUESTIONS:
        return kind, [*about, reply, replied_at, f"{Role(role).label}, {agency}" if role else ""]
    state = str(ImprovementAction.Status(status).label) if status else ""
    return kind, [*about, action or "", owner or "", due_on, state, closed_on, reason or ""]
