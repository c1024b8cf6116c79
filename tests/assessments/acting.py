"""Short ways for the tests to raise and change improvement actions."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Assessment, ImprovementAction
from partnerships.models import Agency, Partnership
from tests.assessments.answering import NOW, question, rate, seat


def in_days(days: int) -> datetime.date:
    """Return a day counted from today."""
    return timezone.localdate() + datetime.timedelta(days=days)


def agency(partnership: Partnership, name: str = "Police force") -> Agency:
    """Return one of a partnership's agencies."""
    return Agency.objects.get(partnership=partnership, name=name)


def plan(partnership: Partnership, **changes: Any) -> services.ActionPlan:
    """Return a plan: what, which agency, by when."""
    owner = changes.pop("owner", None) or agency(partnership)
    return services.ActionPlan(**{"text": "Share one audit", "owner": owner, "due_on": in_days(60), **changes})


def act(assessment: Assessment, by: User, code: str = "LEAD.2", **changes: Any) -> ImprovementAction:
    """Raise an action as the officer's page does; the criterion is rated low first, unless it is rated."""
    asked = question(assessment, code)
    if not assessment.ratings.filter(criterion=asked.criterion).exists():
        rate(assessment, code, by, level=asked.levels[0].slug)
    return services.raise_action(
        assessment=assessment,
        question=asked,
        plan=plan(assessment.partnership, **changes),
        by=seat(by),
        arrived_at=NOW(),
    )


def overdue(action: ImprovementAction, days: int) -> ImprovementAction:
    """Let an action's day have passed."""
    ImprovementAction.objects.filter(pk=action.pk).update(due_on=in_days(-days))
    action.refresh_from_db()
    return action
