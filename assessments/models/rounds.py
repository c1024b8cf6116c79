"""Rounds, and each partnership's assessment in one."""

import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hallmarks.models import Version
from partnerships.models import Partnership, Region

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = datetime.time(23, 59, 59)
# What arrived in time is written within this, so that nothing is shown that a request under way still changes.
SETTLING = datetime.timedelta(minutes=2)
# What with_round() adds to an assessment: the date of its extension, or None.
EXTENDED = "extended_until"
# What with_late_count() adds: how many texts arrived after the deadline.
LATE = "late_count"
# What with_withdrawal() adds: when a submission was last withdrawn, or None.
WITHDRAWN = "last_withdrawn_at"
SEATS = "partnership__agencies__memberships"


def end_of_day(day: datetime.date) -> datetime.datetime:
    """Return the last second of a day in London: the moment a deadline falls, with no grace."""
    return datetime.datetime.combine(day, LAST_SECOND, tzinfo=LONDON)


class RoundQuerySet(models.QuerySet["Round"]):
    """Questions asked of rounds."""

    def opened_by(self, day: datetime.date) -> "RoundQuerySet":
        """Return the rounds that have begun, newest first."""
        return self.filter(opens_on__lte=day).order_by("-opens_on")


class Round(models.Model):
    """A time in which partnerships rate themselves against one version of the criteria."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds", verbose_name=_("criteria"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    views_close_on = models.DateField(_("views close on"), null=True, blank=True)
    regions = models.ManyToManyField(Region, related_name="rounds", verbose_name=_("regions"), blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="next", verbose_name=_("round before"), null=True, blank=True
    )
    is_demonstration = models.BooleanField(_("is made up"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="round_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(views_close_on=None)
                | Q(views_close_on__gte=F("opens_on"), views_close_on__lte=F("closes_on")),
                name="views_close_within_the_round",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def closes_at(self) -> datetime.datetime:
        """The last moment at which answers count, for a partnership without an extension."""
        return end_of_day(self.closes_on)

    def views_day_may_move(self, today: datetime.date) -> bool:
        """Say whether views may close on another day: not once theirs or the round's last is over."""
        return today <= min(self.closes_on, self.views_close_on or self.closes_on)


class Extension(models.Model):
    """More time for one partnership, with the reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="extensions", verbose_name=_("round"))
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="extensions", verbose_name=_("partnership")
    )
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "partnership"], name="one_extension_a_partnership")]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.until}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions asked of assessments."""

    def with_round(self) -> "AssessmentQuerySet":
        """Fetch round, partnership and region, and any extension's date, in the same query: what a save needs."""
        extended = Extension.objects.filter(round=models.OuterRef("round"), partnership=models.OuterRef("partnership"))
        return self.select_related("round", "partnership__police_force__region").annotate(
            **{EXTENDED: models.Subquery(extended.values("until")[:1])}
        )

    def seating(self, user: int) -> "AssessmentQuerySet":
        """Return a row for each current seat of a person (by key) in an assessment's partnership."""
        return self.filter(**{f"{SEATS}__user": user, f"{SEATS}__ended_at": None})

    def with_late_count(self) -> "AssessmentQuerySet":
        """Count what arrived after the deadline in the same query."""
        return self.annotate(**{LATE: models.Count("late_drafts", distinct=True)})

    def with_withdrawal(self) -> "AssessmentQuerySet":
        """Add when a submission was last withdrawn in the same query."""
        return self.annotate(**{WITHDRAWN: models.Max("submissions__withdrawn_at")})

    def with_criteria(self) -> "AssessmentQuerySet":
        """Fetch also the criteria set's name, the round before and the family group: what pages and documents need."""
        return self.with_round().select_related(
            "round__version__framework", "round__previous", "partnership__family_group"
        )


class Assessment(models.Model):
    """One partnership's answers in one round."""

    class Status(models.TextChoices):
        """Whether the partnership may still write."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments", verbose_name=_("round"))
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="assessments", verbose_name=_("partnership")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    views_revealed_at = models.DateTimeField(_("views revealed"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-round__opens_on", "partnership__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "partnership"], name="one_assessment_a_round"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "returned"]), name="assessment_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.round}"

    @property
    def is_submitted(self) -> bool:
        """Whether it was sent, so that nothing in it changes."""
        return self.status == self.Status.SUBMITTED

    @property
    def is_returned(self) -> bool:
        """Whether the Government Office sent it back to be edited and submitted again."""
        return self.status == self.Status.RETURNED

    @property
    def closes_on(self) -> datetime.date:
        """The last day for this partnership; needs with_round()."""
        extended: datetime.date | None = getattr(self, EXTENDED)
        return max(self.round.closes_on, extended or self.round.closes_on)

    @property
    def closes_at(self) -> datetime.datetime:
        """The last moment at which this partnership's answers count; needs with_round()."""
        return end_of_day(self.closes_on)

    def is_open(self, at: datetime.datetime) -> bool:
        """Say whether answers that arrived at this moment count."""
        return not self.is_submitted and self.has_begun(at) and at <= self.closes_at

    @property
    def views_frozen_at(self) -> datetime.datetime | None:
        """The moment after which no view changes: the reveal, or the end of the day for views; None without either."""
        close_on = self.round.views_close_on
        return self.views_revealed_at or (end_of_day(close_on) if close_on else None)

    def views_are_frozen(self, at: datetime.datetime) -> bool:
        """Say whether a view that arrives now is refused: the coordinator showed them, or the day for views is over."""
        return self.views_revealed_at is not None or self._day_for_views_ended(at)

    def views_are_revealed(self, at: datetime.datetime) -> bool:
        """Say whether members see each other's views: they are frozen, and none that came in time is under way."""
        return self.views_revealed_at is not None or self._day_for_views_ended(at - SETTLING)

    def _day_for_views_ended(self, at: datetime.datetime) -> bool:
        close_on = self.round.views_close_on
        return close_on is not None and at > end_of_day(close_on)

    def has_begun(self, at: datetime.datetime) -> bool:
        """Say whether the round's first day has come, in London."""
        return at.astimezone(LONDON).date() >= self.round.opens_on
