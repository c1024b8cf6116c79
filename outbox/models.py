"""Mail as rows: written in the transaction that it tells of, sent afterwards, and never twice."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions asked of mail."""

    def due(self, now: datetime.datetime) -> "MessageQuerySet":
        """Return what waits and may be tried now, the longest waiting first."""
        return self.filter(status=Message.Status.WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def about_any(self, subjects: Iterable[str]) -> "MessageQuerySet":
        """Return what was written about any of these, the newest first, without the texts."""
        return self.filter(about__in=subjects).order_by("-written_at", "-pk").defer("body")


class Message(models.Model):
    """One mail to one address; `key` says what it is for, so that the same one cannot be written twice."""

    class Status(models.TextChoices):
        """How far it is. A mail whose sending was cut short may have gone, so it is not tried again by itself."""

        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    key = models.CharField(_("key"), max_length=200, unique=True)
    about = models.CharField(_("what it is about"), max_length=120, db_index=True)
    partnership = models.CharField(_("partnership"), max_length=80, blank=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    error = models.CharField(_("why it could not be sent"), max_length=300, blank=True)
    written_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
                name="message_sent_with_time",
            )
        ]

    def __str__(self) -> str:
        return self.key

    def may_have_gone(self, now: datetime.datetime) -> bool:
        """Say whether its sending was cut short: `next_attempt_at` is then when its sender should have been done."""
        return self.status == self.Status.SENDING and self.next_attempt_at <= now
