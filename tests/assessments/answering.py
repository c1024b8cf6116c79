"""Short ways for the tests to rate, so that each test shows only what it is about."""

import datetime
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from assessments import services
from assessments.models import Assessment, Rating
from assessments.queries import questions_for
from hallmarks.outline import Question

NOW = timezone.now


def question(assessment: Assessment, code: str) -> Question:
    """Return one question of the assessment."""
    return next(q for q in questions_for(assessment).questions if q.criterion.code == code)


def seat(user: User) -> Membership:
    """Return a person's current seat."""
    return Membership.objects.current().select_related("agency", "user").get(user=user)


def rate(
    assessment: Assessment,
    code: str,
    by: User,
    *,
    level: str = "",
    reason: str = "",
    revision: int = 0,
    save_id: uuid.UUID | None = None,
    after: uuid.UUID | None = None,
    indicators: dict[int, str] | None = None,
    does_not_apply: bool = False,
    arrived_at: datetime.datetime | None = None,
) -> Rating:
    """Save a rating as the officer's page does."""
    asked = question(assessment, code)
    return services.save_rating(
        assessment=assessment,
        question=asked,
        answer=services.Answer(asked.level(level), does_not_apply, reason, indicators or {}),
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        after_save_id=after,
        by=seat(by),
        arrived_at=arrived_at or NOW(),
    )


def rate_everything(assessment: Assessment, by: User) -> None:
    """Give every question its middle level with a reason."""
    for asked in questions_for(assessment).questions:
        rate(assessment, asked.criterion.code, by, level=asked.levels[1].slug, reason="Because.")


def submit(assessment: Assessment, by: User, arrived_at: datetime.datetime | None = None) -> Any:
    """Submit, agreed by the council."""
    return services.submit_assessment(
        assessment=assessment, agreed_by=["Local authority"], by=seat(by), arrived_at=arrived_at or NOW()
    )


def url(name: str, assessment: Assessment, *more: object) -> str:
    """Return the address of one of the assessment's pages."""
    return reverse(f"assessments:{name}", args=[assessment.round.slug, assessment.partnership.slug, *more])


def stamp(revision: int = 0, save_id: uuid.UUID | None = None, after: uuid.UUID | None = None) -> dict[str, str]:
    """Return the hidden fields that the criterion page sends."""
    return {
        "revision": str(revision),
        "save_id": str(save_id or uuid.uuid4()),
        "after_save_id": str(after or ""),
    }


def stamp_on(client: Client, assessment: Assessment, code: str) -> dict[str, str]:
    """Return the hidden fields of the page as it is now, as a browser would read them."""
    return stamp_of(client.get(url("criterion", assessment, code)))


def stamp_of(page: Any) -> dict[str, str]:
    """Return the hidden fields of a page that was opened."""
    read = page.context["stamp"]
    return stamp(read.revision, read.save_id)
