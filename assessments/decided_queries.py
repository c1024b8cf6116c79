"""Read what meetings agreed together with the ratings, so that telling it costs no query of its own."""

from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField

from assessments.decided import Agreed
from assessments.models import Decision, Rating
from hallmarks.outline import Question

# What with_decision() adds to a rating: the names of the agencies present, a line each; None without a decision.
PRESENT = "present_names"


class Lines(Aggregate):
    """All texts of a group as one, a line each and in no order: the one aggregate that databases spell differently."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, chr(10))"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Return the SQL of SQLite."""
        template = "%(function)s(%(expressions)s, char(10))"
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", template=template, **extra)


def names_present() -> Subquery:
    """Return the agencies present at a rating's decision, for `annotate` on ratings."""
    there = Decision.present.through.objects.filter(decision__rating=OuterRef("pk")).order_by()
    grouped: QuerySet[Any, Any] = there.values("decision__rating").annotate(names=Lines("agency__name"))
    return Subquery(grouped.values("names"))


def with_decision(ratings: QuerySet[Rating]) -> QuerySet[Rating]:
    """Read ratings with their decisions, who was present, and who saved them last."""
    return ratings.select_related("decision", "updated_by").annotate(**{PRESENT: names_present()})


def agreed_of(question: Question, rating: Rating | None) -> Agreed | None:
    """Return what a meeting agreed of a rating that `with_decision` read; None where none has."""
    decision: Decision | None = getattr(rating, "decision", None)
    if rating is None or decision is None:
        return None
    writer = rating.updated_by.name if rating.updated_by else ""
    # A rating that a save came back with was read without the names.
    names = getattr(rating, PRESENT) if hasattr(rating, PRESENT) else _present_at(decision)
    return Agreed(question, decision, rating, in_order(names), writer)


def _present_at(decision: Decision) -> str:
    return "\n".join(decision.present.values_list("name", flat=True))


def in_order(lines: str | None) -> tuple[str, ...]:
    """Return the names of the agencies present, in order."""
    return tuple(sorted((lines or "").splitlines()))
