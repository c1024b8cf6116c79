"""What partners share each quarter, the steps of their year, and who subscribed to its calendar."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from partnerships.models import Agency, Partnership
from sharing.periods import QUARTERS, Quarter

NOTE_LENGTH = 300


class InformationSetManager(models.Manager["InformationSet"]):
    """Finds sets by their number, as fixtures name them."""

    def get_by_natural_key(self, number: int) -> "InformationSet":
        """Return the set with this number."""
        return self.get(number=number)


class InformationSet(models.Model):
    """One of the sets of information that the law has partners share every quarter (SI 2007/1831)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    organisation = models.CharField(_("organisation"), max_length=80)
    dataset = models.CharField(_("information"), max_length=300)
    detail = models.CharField(_("detail to share"), max_length=200)
    notes = models.CharField(_("notes"), max_length=200, blank=True)
    hallmark_code = models.CharField(_("Hallmarks criterion"), max_length=20)

    objects = InformationSetManager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.dataset}"

    @property
    def body(self) -> str:
        """The organisation as pages write it, in sentence case like the agencies beside it."""
        return self.organisation.capitalize()

    def natural_key(self) -> tuple[int]:
        """Return the number, by which fixtures name a set."""
        return (self.number,)


class CycleStepManager(models.Manager["CycleStep"]):
    """Finds steps by their number, as fixtures name them."""

    def get_by_natural_key(self, number: int) -> "CycleStep":
        """Return the step with this number."""
        return self.get(number=number)


class CycleStep(models.Model):
    """One step of a partnership's year, from settling leaders to publishing the next summary."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=80)
    what_happens = models.CharField(_("what happens"), max_length=300)
    who = models.CharField(_("who"), max_length=120)
    product = models.CharField(_("product"), max_length=120)
    hallmark_codes = models.JSONField(_("Hallmarks criteria"), default=list, blank=True)

    objects = CycleStepManager()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def natural_key(self) -> tuple[int]:
        """Return the number, by which fixtures name a step."""
        return (self.number,)


class Line(models.Model):
    """What a partnership wrote beside one set or step; `revision` and `save_id` keep saves from overwriting others."""

    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    save_id = models.UUIDField(_("save"), null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by"), null=True
    )
    updated_by_agency = models.CharField(_("changed for"), max_length=120, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class SheetLineQuerySet(models.QuerySet["SheetLine"]):
    """Questions asked of check sheets."""

    def of(self, partnership: Partnership, quarter: Quarter) -> "SheetLineQuerySet":
        """Return the lines of one sheet."""
        return self.filter(partnership=partnership, year=quarter.year, quarter=quarter.number)

    def listed(self) -> "SheetLineQuerySet":
        """Fetch who sent and who wrote in the same query."""
        return self.select_related("received_from", "updated_by")


class SheetLine(Line):
    """Whether one set of information arrived in one quarter, from whom and when; no row means not yet."""

    class State(models.TextChoices):
        """What came of it."""

        RECEIVED = "received", _("Received")
        MISSING = "missing", _("Not received yet")
        NOT_FOR_US = "not_for_us", _("Does not apply here")

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="sheet_lines", verbose_name=_("partnership")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), validators=[MinValueValidator(QUARTERS[0]), MaxValueValidator(QUARTERS[-1])]
    )
    information_set = models.ForeignKey(
        InformationSet, models.PROTECT, related_name="lines", verbose_name=_("information")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.MISSING)
    received_from = models.ForeignKey(
        Agency, models.PROTECT, related_name="sheet_lines", verbose_name=_("received from"), null=True, blank=True
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)

    objects = SheetLineQuerySet.as_manager()

    class Meta:
        ordering = ["year", "quarter", "information_set"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "year", "quarter", "information_set"], name="one_line_a_set_and_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__in=QUARTERS), name="quarter_is_one_of_four"),
            models.CheckConstraint(
                condition=Q(state="missing", received_from=None, received_on=None)
                | (Q(state="received", received_on__isnull=False) & (Q(received_from__isnull=False) | ~Q(note="")))
                | (Q(state="not_for_us", received_from=None, received_on=None) & ~Q(note="")),
                name="received_says_from_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {Quarter(self.year, self.quarter)}, {self.information_set_id}: {self.state}"


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    """Questions asked of yearly plans."""

    def of(self, partnership: Partnership, year: int) -> "PlanLineQuerySet":
        """Return the lines of one plan."""
        return self.filter(partnership=partnership, year=year)

    def planned(self) -> "PlanLineQuerySet":
        """Return the lines with an owner or a day."""
        return self.exclude(owner=None, due_on=None)

    def listed(self) -> "PlanLineQuerySet":
        """Fetch who is responsible and who wrote in the same query."""
        return self.select_related("owner", "updated_by")


class PlanLine(Line):
    """When one step of the year is due in a partnership, which agency sees to it, and when it was done."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="plan_lines", verbose_name=_("partnership")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    step = models.ForeignKey(CycleStep, models.PROTECT, related_name="lines", verbose_name=_("step"))
    owner = models.ForeignKey(
        Agency, models.PROTECT, related_name="plan_lines", verbose_name=_("owner"), null=True, blank=True
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["year", "step"]
        constraints = [models.UniqueConstraint(fields=["partnership", "year", "step"], name="one_line_a_step_and_year")]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.year}, {self.step_id}"

    @property
    def is_planned(self) -> bool:
        """Whether it has an owner or a day."""
        return self.owner_id is not None or self.due_on is not None


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Questions asked of calendar feeds."""

    def alive(self) -> "CalendarFeedQuerySet":
        """Return the feeds of seats that are held today by people who can sign in."""
        return self.filter(membership__ended_at=None, membership__user__is_active=True)


class CalendarFeed(models.Model):
    """A link by which one member's calendar reads the yearly plan without signing in; only its hash is kept."""

    membership = models.OneToOneField(
        Membership, models.PROTECT, related_name="calendar_feed", verbose_name=_("membership")
    )
    token_hash = models.CharField(_("SHA-256 of the link's token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.membership)
