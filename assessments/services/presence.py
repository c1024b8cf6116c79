"""Note which page somebody has open now: a write without an audit event, as nobody's way is kept."""

import datetime

from accounts.models import Membership
from assessments.models import Assessment, Presence
from assessments.survey_limits import forget_expired


def note_presence(*, assessment: Assessment, code: str, by: Membership, arrived_at: datetime.datetime) -> None:
    """Note that somebody has a page open: a criterion's by its code, the task list by none; forget who went silent.

    Two transactions, so that two people who come back at once never wait for each other's row.
    """
    Presence.objects.stale(arrived_at).delete()
    Presence.objects.put(Presence(assessment=assessment, member=by, code=code, seen_at=arrived_at))


def leave(*, assessment: Assessment, code: str, by: Membership) -> None:
    """Forget that somebody has this page open, unless another page of theirs spoke up since."""
    Presence.objects.filter(assessment=assessment, member=by, code=code).delete()


def forget_traces(*, at: datetime.datetime) -> None:
    """Delete what the next visitor would have deleted, had one come: silent people, and addresses of answers."""
    Presence.objects.stale(at).delete()
    forget_expired()
