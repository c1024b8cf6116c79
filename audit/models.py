"""The portal's memory of who did what: rows are added and never changed."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(RuntimeError):
    """Raised when code tries to change or remove an audit event."""


class EventQuerySet(models.QuerySet["Event"]):
    """Questions asked of the audit trail, and the one write that must be quick."""

    def add(self, event: "Event") -> "Event":
        """Write a new event by an SQL that is said once: every save ends in an event, and Django makes it slowly."""
        fields = [field for field in Event._meta.concrete_fields if not field.primary_key]
        values = [field.get_db_prep_save(field.pre_save(event, add=True), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(_insert(), values)
            event.pk = cursor.fetchone()[0]
        event._state.adding, event._state.db = False, connection.alias
        return event

    def about(self, target: models.Model) -> "EventQuerySet":
        """Return the events of one object, oldest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).order_by("pk")

    def about_any(self, targets: Mapping[type[models.Model], Iterable[object]]) -> "EventQuerySet":
        """Return the events of many objects, named by their model and keys, oldest first; one query."""
        named = models.Q(pk__in=[])
        for model, keys in targets.items():
            named |= models.Q(target_type=model._meta.label_lower, target_id__in=[str(key) for key in keys])
        return self.filter(named).order_by("pk")


@cache
def _insert() -> str:
    names = [str(field.column) for field in Event._meta.concrete_fields if not field.primary_key]
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {Event._meta.db_table} ({', '.join(names)}) VALUES ({places}) RETURNING id"  # noqa: S608


class Event(models.Model):
    """One thing that somebody did; it has no foreign keys, so it outlives what it is about."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("actor"), null=True, blank=True)
    actor_role = models.CharField(_("actor's role"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    target_type = models.CharField(_("target type"), max_length=60)
    target_id = models.CharField(_("target"), max_length=60)
    partnership = models.CharField(_("partnership"), max_length=80, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, blank=True, encoder=DjangoJSONEncoder)
    request_id = models.CharField(_("request"), max_length=40, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_by_target")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.target_type} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event; refuse to change one that is there."""
        if not self._state.adding:
            raise AppendOnlyError("An audit event cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the trail is append-only."""
        raise AppendOnlyError("An audit event cannot be deleted.")
