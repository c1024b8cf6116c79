"""What partnerships say about themselves: rounds, assessments, ratings, evidence and the frozen submission."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy
from hallmarks.models import Criterion, Indicator, Level, Version
from partnerships.models import FamilyGroup, Partnership, PoliceForce, Region

LONDON = ZoneInfo("Europe/London")
LAST_SECOND = datetime.time(23, 59, 59)
REASON_LENGTH = 2_000
# What with_round() adds to an assessment: the date of its extension, or None.
EXTENDED = "extended_until"
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
    regions = models.ManyToManyField(Region, related_name="rounds", verbose_name=_("regions"), blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="next", verbose_name=_("round before"), null=True, blank=True
    )
    is_demonstration = models.BooleanField(_("is made up"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="round_opens_before_it_closes")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def closes_at(self) -> datetime.datetime:
        """The last moment at which answers count, for a partnership without an extension."""
        return end_of_day(self.closes_on)


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

    def with_criteria(self) -> "AssessmentQuerySet":
        """Fetch also the criteria set's name and the family group: what a page or the document needs."""
        return self.with_round().select_related("round__version__framework", "partnership__family_group")


class Assessment(models.Model):
    """One partnership's answers in one round."""

    class Status(models.TextChoices):
        """Whether the partnership may still write."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments", verbose_name=_("round"))
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="assessments", verbose_name=_("partnership")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-round__opens_on", "partnership__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "partnership"], name="one_assessment_a_round"),
            models.CheckConstraint(condition=Q(status__in=["draft", "submitted"]), name="assessment_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.round}"

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
        return self.status == self.Status.DRAFT and self.has_begun(at) and at <= self.closes_at

    def has_begun(self, at: datetime.datetime) -> bool:
        """Say whether the round's first day has come, in London."""
        return at.astimezone(LONDON).date() >= self.round.opens_on


class RatingQuerySet(models.QuerySet["Rating"]):
    """Questions asked of ratings."""

    def answered(self) -> "RatingQuerySet":
        """Return the ratings that count as answered: a level, or a reason why the criterion does not apply."""
        return self.filter(Q(level__isnull=False) | (Q(does_not_apply=True) & ~Q(reason="")), is_confirmed=True)


class Rating(models.Model):
    """The partnership's answer to one criterion."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ratings", verbose_name=_("assessment"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="ratings", verbose_name=_("criterion"))
    level = models.ForeignKey(
        Level, models.PROTECT, related_name="ratings", verbose_name=_("level"), null=True, blank=True
    )
    does_not_apply = models.BooleanField(_("does not apply"), default=False)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH, blank=True)
    is_confirmed = models.BooleanField(_("is confirmed"), default=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    save_id = models.UUIDField(_("save"), null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by"), null=True
    )
    updated_by_agency = models.CharField(_("changed for"), max_length=120, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_rating_a_criterion"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(does_not_apply=False), name="rating_level_or_does_not_apply"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level or '-'}"

    @property
    def is_answered(self) -> bool:
        """Whether it counts: a level, or a reason why the criterion does not apply, and confirmed."""
        chosen = self.level_id is not None or (self.does_not_apply and bool(self.reason))
        return chosen and self.is_confirmed


class IndicatorAnswerQuerySet(models.QuerySet["IndicatorAnswer"]):
    """Questions asked of indicator answers, and the one write that must be quick."""

    def put(self, rating: Rating, answers: dict[int, str]) -> None:
        """Write answers by their indicator's key, over what was there: one statement, the same on both databases."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.model._meta.db_table} (rating_id, indicator_id, answer) "  # noqa: S608
                f"VALUES {', '.join(['(%s, %s, %s)'] * len(answers))} "
                "ON CONFLICT (rating_id, indicator_id) DO UPDATE SET answer = excluded.answer",
                [value for indicator, answer in answers.items() for value in (rating.pk, indicator, answer)],
            )


class IndicatorAnswer(models.Model):
    """Whether one sign can be seen in the partnership; no row means not answered."""

    class Answer(models.TextChoices):
        """How far the sign is in place."""

        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="answers", verbose_name=_("rating"))
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="answers", verbose_name=_("indicator"))
    answer = models.CharField(_("answer"), max_length=6, choices=Answer.choices)

    objects = IndicatorAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "indicator"], name="one_answer_an_indicator"),
            models.CheckConstraint(condition=Q(answer__in=["yes", "partly", "no"]), name="answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.answer}"


class LateDraft(models.Model):
    """What somebody typed that arrived after the deadline: kept for them, never counted."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="late_drafts", verbose_name=_("assessment"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.CharField(_("level"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH, blank=True)
    answers = models.JSONField(_("indicator answers"), default=dict)
    save_id = models.UUIDField(_("save"), unique=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    arrived_at = models.DateTimeField(_("arrived"))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.arrived_at:%Y-%m-%d %H:%M}"


class Evidence(models.Model):
    """What shows that a rating is true: a file, a web address or a case study."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="evidence", verbose_name=_("rating"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), max_length=200, blank=True)
    link = models.URLField(_("web address"), max_length=1000, blank=True)
    case_study = models.ForeignKey(
        CaseStudy,
        models.PROTECT,
        related_name="citations",
        verbose_name=_("case study"),
        null=True,
        blank=True,
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(link="", case_study=None))
                | (Q(file="", case_study=None) & ~Q(link=""))
                | Q(file="", link="", case_study__isnull=False),
                name="evidence_is_a_file_a_link_or_a_case_study",
            ),
            models.UniqueConstraint(fields=["rating", "case_study"], name="case_study_cited_once_a_rating"),
            models.UniqueConstraint(fields=["rating", "number"], name="evidence_number_once_a_rating"),
        ]

    def __str__(self) -> str:
        return self.title


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions asked of submissions."""

    def current(self) -> "SubmissionQuerySet":
        """Return the submissions that count: the last of each assessment."""
        return self.filter(is_current=True)

    def with_area(self) -> "SubmissionQuerySet":
        """Fetch assessment, round, partnership and the area as it stood that day, in the same query."""
        return self.select_related(
            "assessment__round__version__framework",
            "assessment__partnership__police_force__region",
            "region",
            "police_force",
            "family_group",
        )


class Submission(models.Model):
    """A partnership's answers as it sent them: a document that never changes, and its fingerprint."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="submissions", verbose_name=_("assessment"))
    number = models.PositiveSmallIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=120, unique=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"))
    is_current = models.BooleanField(_("is current"), default=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="submissions", verbose_name=_("region"))
    police_force = models.ForeignKey(
        PoliceForce, models.PROTECT, related_name="submissions", verbose_name=_("police force")
    )
    family_group = models.ForeignKey(
        FamilyGroup,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("family group"),
        null=True,
        blank=True,
    )
    document = models.TextField(_("document (canonical JSON)"))
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, unique=True)
    previous_sha256 = models.CharField(_("SHA-256 of the submission before"), max_length=64, blank=True)
    levels = models.CharField(_("levels, one character a criterion"), max_length=600)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["assessment"], condition=Q(is_current=True), name="one_current_submission"),
        ]

    def __str__(self) -> str:
        return self.reference


class SubmittedRating(models.Model):
    """One line of a submission as a row, for comparison; no level means that the criterion does not apply."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="ratings", verbose_name=_("submission"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level"), null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "criterion"], name="one_line_a_criterion")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.criterion}"
