"""What a partnership does about a low rating: improvement actions, with an owner, a day and notes."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, new_code
from assessments.models.rounds import Assessment
from hallmarks.models import Criterion
from partnerships.models import Agency, Partnership

ACTION_LENGTH = 300
NOTE_LENGTH = 1_000


class ImprovementActionQuerySet(models.QuerySet["ImprovementAction"]):
    """Questions asked of improvement actions."""

    def of(self, partnership: Partnership) -> "ImprovementActionQuerySet":
        """Return those of one partnership."""
        return self.filter(partnership=partnership)

    def for_criterion(self, criterion: Criterion) -> "ImprovementActionQuerySet":
        """Return those that a criterion gave rise to, in whichever version of the criteria it stood."""
        return self.filter(criterion__lineage=criterion.lineage)

    def due_by(self, day: datetime.date) -> "ImprovementActionQuerySet":
        """Return the open ones that are due on or before a day."""
        return self.open().filter(due_on__lte=day)

    def open(self) -> "ImprovementActionQuerySet":
        """Return those neither done nor dropped."""
        return self.filter(status=ImprovementAction.Status.OPEN)

    def listed(self) -> "ImprovementActionQuerySet":
        """Fetch owner and criterion in the same query, the most pressing first."""
        return self.select_related("owner__kind", "criterion", "raised_in__round").order_by("due_on", "pk")


class ImprovementAction(models.Model):
    """Something an agency will do by a day, because a rating was low; it outlives the round that raised it."""

    class Status(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="improvement_actions", verbose_name=_("partnership")
    )
    raised_in = models.ForeignKey(
        Assessment, models.PROTECT, related_name="improvement_actions", verbose_name=_("raised in")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="improvement_actions", verbose_name=_("criterion")
    )
    text = models.CharField(_("what will be done"), max_length=ACTION_LENGTH)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="improvement_actions", verbose_name=_("owner"))
    due_on = models.DateField(_("by when"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    closing_reason = models.CharField(_("reason"), max_length=ACTION_LENGTH, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = ImprovementActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None)
                | Q(status="done", closed_on__isnull=False)
                | (Q(status="dropped", closed_on__isnull=False) & ~Q(closing_reason="")),
                name="action_closed_with_day_and_dropped_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status == self.Status.OPEN

    def is_overdue(self, today: datetime.date) -> bool:
        """Say whether its day has passed and it is still open."""
        return self.is_open and self.due_on < today


class ProgressNote(models.Model):
    """A dated line about how an improvement action goes; notes are added and never changed."""

    action = models.ForeignKey(
        ImprovementAction, models.PROTECT, related_name="notes", verbose_name=_("improvement action")
    )
    text = models.CharField(_("note"), max_length=NOTE_LENGTH)
    written_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]
