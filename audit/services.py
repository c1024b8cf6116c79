"""Write the audit trail, always inside the transaction of what it tells about."""

from typing import Any, Protocol

from django.db import connection, models

from audit.models import Event


class Actor(Protocol):
    """Whoever acts: a user, or None for the portal's own commands."""

    @property
    def pk(self) -> Any: ...


class NotInTransactionError(RuntimeError):
    """Raised when a change is about to be recorded outside the change's own transaction."""


def record(
    *,
    kind: str,
    target: models.Model,
    by: Actor | None,
    partnership: str = "",
    role: str = "",
    before: Any = None,
    after: Any = None,
    request_id: str = "",
) -> Event:
    """Add one event; it must be called in the transaction that makes the change, so both stand or fall."""
    if not connection.in_atomic_block:
        raise NotInTransactionError(f"{kind} was recorded outside a transaction.")
    event = Event(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        actor_id=by.pk if by else None,
        actor_role=role,
        partnership=partnership,
        before=before,
        after=after,
        request_id=request_id,
    )
    return Event.objects.add(event)
