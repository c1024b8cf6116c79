"""How a partnership comes to one rating: each member's view, the meeting's decision, the front line's survey."""

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Standpoint
from assessments.models.ratings import REASON_LENGTH, Rating
from assessments.models.rounds import SETTLING, Assessment, end_of_day
from hallmarks.models import Criterion, Level
from partnerships.models import Agency

COMMENT_LENGTH = 300
DISSENT_LENGTH = 300
# Sums of fewer answers could be traced to those who gave them.
FEWEST_ANSWERS = 5
# What a link takes unless its coordinator says otherwise.
MAX_ANSWERS = 200
# Three heartbeats: one that is lost makes nobody vanish.
HERE_FOR = datetime.timedelta(seconds=60)


# The columns of a view that change with it, those that say whose it is of what, and the two that guard it.
_SAID = ["agency_id", "standpoint", "level_id", "comment"]
_OF = ["assessment_id", "criterion_id", "member_id"]
_WRITTEN = [*_OF, *_SAID, "revision"]
# Said once: a view is saved often, and its SQL never differs.
_PUT = (
    f"INSERT INTO assessments_view ({', '.join(_WRITTEN)}, save_id) "  # noqa: S608
    # Only while the round asks this version: its criteria may have changed since the page was opened.
    f"SELECT {'%s, ' * len(_WRITTEN)}%s FROM assessments_assessment AS a "
    "JOIN assessments_round AS r ON r.id = a.round_id WHERE a.id = %s AND r.version_id = %s "
    f"ON CONFLICT ({', '.join(_OF)}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _SAID)}, "
    "save_id = excluded.save_id, revision = assessments_view.revision + 1 "
    "WHERE assessments_view.revision = %s OR assessments_view.save_id = excluded.save_id RETURNING id, revision"
)


class ViewQuerySet(models.QuerySet["View"]):
    """Questions asked of views; whoever shows another's must have asked `Assessment.views_are_revealed` first."""

    def by_seat(self, seat: Membership) -> "ViewQuerySet":
        """Return what one member gave, which that member may always see."""
        return self.filter(member=seat)

    def asked(self) -> "ViewQuerySet":
        """Leave out what was given of criteria that the round asked before its set was changed."""
        return self.filter(criterion__version=F("assessment__round__version"))

    def voices(self) -> "ViewQuerySet":
        """Leave out where members cannot say: they were asked, and speak for nobody."""
        return self.filter(level__isnull=False)

    def seated_at(self, at: datetime.datetime) -> "ViewQuerySet":
        """Leave out what members gave whose seat had ended by then: their agency's next member speaks for it."""
        return self.filter(Q(member__ended_at=None) | Q(member__ended_at__gt=at))

    def put(self, view: "View", *, over: int) -> bool:
        """Write a view over the revision that its giver read, in one statement; False where another stands there.

        So it is where the round asks other criteria by now.
        """
        values = [getattr(view, name) for name in _WRITTEN]
        save_id = View._meta.get_field("save_id").get_db_prep_save(view.save_id, connection)
        with connection.cursor() as cursor:
            asked = [view.assessment_id, view.criterion.version_id]
            cursor.execute(_PUT, [*values, save_id, *asked, over])
            row = cursor.fetchone()
        if row:
            view.pk, view.revision = row
            view._state.adding = False
        return row is not None


class View(models.Model):
    """What one member thinks before the group has met: private to the giver until views are revealed.

    Without a level it says that the member cannot say from where they work; nobody else is ever shown that.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="views", verbose_name=_("assessment"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="views", verbose_name=_("criterion"))
    member = models.ForeignKey(Membership, models.PROTECT, related_name="views", verbose_name=_("member"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="views", verbose_name=_("agency"))
    standpoint = models.CharField(_("standpoint"), max_length=10, choices=Standpoint.choices)
    level = models.ForeignKey(
        Level, models.PROTECT, related_name="views", verbose_name=_("level"), null=True, blank=True
    )
    comment = models.CharField(_("comment"), max_length=COMMENT_LENGTH, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    save_id = models.UUIDField(_("save"))

    objects = ViewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion", "member"], name="one_view_a_member"),
            models.CheckConstraint(condition=Q(standpoint__in=Standpoint.values), name="view_standpoint_known"),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(comment=""), name="view_without_level_has_no_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.agency}"


class Decision(models.Model):
    """What a meeting decided about one criterion and why, who was there, and who saw it otherwise.

    It keeps its own level and reason: the rating's may be changed after the meeting, and are then no longer its words.
    """

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="decision", verbose_name=_("rating"))
    level = models.ForeignKey(
        Level, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("agreed level")
    )
    does_not_apply = models.BooleanField(_("does not apply"), default=False)
    reason = models.TextField(_("agreed reason"), max_length=REASON_LENGTH, blank=True)
    present = models.ManyToManyField(Agency, related_name="decisions", verbose_name=_("agencies present"))
    dissent = models.CharField(_("dissent"), max_length=DISSENT_LENGTH, blank=True)
    decided_on = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rating}, {self.decided_on}"

    def is_kept_by(self, rating: Rating) -> bool:
        """Say whether the rating still stands where the meeting put it; words and signs may have been mended since."""
        return (self.level_id, self.does_not_apply) == (rating.level_id, rating.does_not_apply)

    def says(self, rating: Rating) -> bool:
        """Say whether the rating holds the meeting's level in the meeting's words."""
        return self.is_kept_by(rating) and self.reason == rating.reason


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Questions asked of surveys."""

    def with_place(self) -> "SurveyQuerySet":
        """Fetch round and partnership in the same query: what the page behind the link needs."""
        return self.select_related("assessment__round", "assessment__partnership__police_force__region")

    def count_answer(self, survey: "Survey") -> bool:
        """Count one answer, in one statement; False where the link was renewed, closed or is full by now."""
        takes = self.filter(pk=survey.pk, token_hash=survey.token_hash, closed_at=None, answers__lt=F("max_answers"))
        return bool(takes.update(answers=F("answers") + 1))


class Survey(models.Model):
    """An anonymous check with the front line, by a link without an account; only sums are kept."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="survey", verbose_name=_("assessment"))
    token_hash = models.CharField(_("SHA-256 of the link's token"), max_length=64, unique=True)
    closes_on = models.DateField(_("closes on"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    max_answers = models.PositiveSmallIntegerField(_("most answers"), default=MAX_ANSWERS)
    answers = models.PositiveSmallIntegerField(_("answers so far"), default=0)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answers__lte=F("max_answers")), name="survey_answers_limited")
        ]

    def __str__(self) -> str:
        # Without the number: while the check is open nobody is told it, in no list and no error either.
        return str(self.assessment)

    def is_open(self, at: datetime.datetime) -> bool:
        """Say whether the link still takes answers."""
        return self.closed_at is None and at <= end_of_day(self.closes_on) and self.answers < self.max_answers

    def may_be_opened_again(self, at: datetime.datetime) -> bool:
        """Say whether it closed before there was anything to show; with sums on show, one answer more would be told."""
        return not self.is_open(at) and self.answers < FEWEST_ANSWERS

    def may_be_shown(self, at: datetime.datetime) -> bool:
        """Say whether members see the sums: no answer can be added any more, and there are enough."""
        return self.answers >= FEWEST_ANSWERS and not self.is_open(at - SETTLING)


class SurveyCountQuerySet(models.QuerySet["SurveyCount"]):
    """Sums that only grow."""

    def add_one(self, survey: Survey, chosen: Mapping[int, int]) -> None:
        """Add one answer to the sums, in one statement; `chosen` maps a criterion's key to a level's."""
        if not chosen:
            return
        table = SurveyCount._meta.db_table
        rows = ", ".join(["(%s, %s, %s, 1)"] * len(chosen))
        values = [key for criterion, level in sorted(chosen.items()) for key in (survey.pk, criterion, level)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (survey_id, criterion_id, level_id, number) VALUES {rows} "  # noqa: S608
                f"ON CONFLICT (survey_id, criterion_id, level_id) DO UPDATE SET number = {table}.number + 1",
                values,
            )


class SurveyCount(models.Model):
    """How many answers chose a level: the answers themselves are never kept, so nobody can be told from them."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="counts", verbose_name=_("survey"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level"))
    number = models.PositiveSmallIntegerField(_("answers"))

    objects = SurveyCountQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "criterion", "level"], name="one_count_a_level")]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.level}: {self.number}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Who is where now; a row that is older than a minute says nothing any more."""

    def fresh(self, at: datetime.datetime) -> "PresenceQuerySet":
        """Return those who were heard of within the last minute."""
        return self.filter(seen_at__gt=at - HERE_FOR)

    def stale(self, at: datetime.datetime) -> "PresenceQuerySet":
        """Return those of whom nothing was heard for a minute."""
        return self.filter(seen_at__lte=at - HERE_FOR)

    def put(self, presence: "Presence") -> None:
        """Write where somebody is over where they were, in one statement."""
        key, rest = ["assessment", "member"], ["code", "seen_at"]
        self.bulk_create([presence], update_conflicts=True, unique_fields=key, update_fields=rest)


class Presence(models.Model):
    """Which page of an assessment somebody has open now: one row a person, gone a minute after they left."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="presences", verbose_name=_("assessment"))
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+", verbose_name=_("member"))
    code = models.CharField(_("criterion's code, or none on the task list"), max_length=20, blank=True)
    seen_at = models.DateTimeField(_("last seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "member"], name="one_presence_a_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.code}"
