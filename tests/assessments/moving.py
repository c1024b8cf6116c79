"""A round under way whose criteria change: everything that can hang on a criterion, and a whole database to compare."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Assessment, LateDraft, Move, Rating, Round
from hallmarks.models import Criterion, Version
from tests.assessments.answering import NOW, question, rate, seat

# What an undone move may leave behind: the record that it was.
RECORDS = {"assessments_move", "audit_event"}


def move(round_: Round, version: Version, by: User | None = None) -> Move:
    return services.move_assessments(round_=round_, version=version, by=by)


def undo(round_: Round, by: User | None = None) -> Move:
    return services.undo_move(round_=round_, by=by)


def fresh(assessment: Assessment) -> Assessment:
    """Return the assessment as a request would read it now."""
    return Assessment.objects.with_criteria().get(pk=assessment.pk)


def rating_of(assessment: Assessment, version: Version, code: str) -> Rating:
    return Rating.objects.get(assessment=assessment, criterion__version=version, criterion__code=code)


def criterion(version: Version, code: str) -> Criterion:
    return Criterion.objects.get(version=version, code=code)


def answer_all(assessment: Assessment, by: User) -> None:
    """Rate all four criteria, one of them with signs."""
    rate(
        assessment,
        "LEAD.1",
        by,
        level="some_success",
        reason="Leaders meet.",
        indicators={1: "yes", 2: "partly", 3: "no"},
    )
    rate(assessment, "LEAD.2", by, level="working_towards", reason="Work is shared.")
    rate(assessment, "LAW.1", by, level="partly_met", reason="One group.")
    rate(assessment, "LAW.2", by, level="met", reason="District and county meet.")


def keep_late(assessment: Assessment, code: str, by: User) -> LateDraft:
    return services.keep_late_draft(
        assessment=assessment,
        question=question(assessment, code),
        answer=services.Answer(reason="Too late."),
        save_id=uuid.uuid4(),
        by=seat(by),
        arrived_at=NOW(),
    )


def dump(leave_out: Iterable[str] = RECORDS) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, as the database holds it."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for table in set(tables) - set(leave_out):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


def differing(before: dict[str, list[tuple[Any, ...]]], after: dict[str, list[tuple[Any, ...]]]) -> list[str]:
    """Return the tables that are not the same."""
    return sorted(table for table in before if before[table] != after[table])


def close(round_: Round) -> None:
    """Let a round be over since yesterday."""
    Round.objects.filter(pk=round_.pk).update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
