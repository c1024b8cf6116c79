"""Short ways for the tests to decide at a meeting."""

import datetime
import uuid
from collections.abc import Sequence

from accounts.models import User
from assessments import services
from assessments.models import Assessment, Rating
from partnerships.models import Agency
from tests.assessments.answering import NOW, question, seat


def agencies(assessment: Assessment, *names: str) -> tuple[Agency, ...]:
    """Return agencies of the partnership by name."""
    return tuple(Agency.objects.get(partnership=assessment.partnership, name=name) for name in names)


def decide(
    assessment: Assessment,
    code: str,
    by: User,
    *,
    level: str = "some_success",
    reason: str = "We agreed.",
    present: Sequence[str] = ("Local authority",),
    dissent: str = "",
    revision: int = 0,
    save_id: uuid.UUID | None = None,
    arrived_at: datetime.datetime | None = None,
) -> Rating:
    """Record a decision as the meeting's page does."""
    asked = question(assessment, code)
    return services.record_decision(
        assessment=assessment,
        question=asked,
        outcome=services.Outcome(asked.level(level), not level, reason, agencies(assessment, *present), dissent),
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        by=seat(by),
        arrived_at=arrived_at or NOW(),
    )
