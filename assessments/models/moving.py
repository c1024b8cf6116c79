"""When the criteria of an open round were changed for a newer version, and what that did to each answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.rounds import Round
from hallmarks.models import Version


class Move(models.Model):
    """One change of a round's criteria: what each row was before, so that it can be undone until the next save."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="moves", verbose_name=_("round"))
    before = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("criteria before"))
    after = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("criteria after"))
    # What was changed, by table and key, with the values of before.
    changes = models.JSONField(_("changes"))
    # How many answers were kept, wait for a word, or have no home, as the dry run says it.
    report = models.JSONField(_("report"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("moved by"), null=True
    )
    moved_at = models.DateTimeField(_("moved"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("undone by"), null=True, blank=True
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="move_to_another_version")]

    def __str__(self) -> str:
        return f"{self.round}: {self.before}, {self.after}"
