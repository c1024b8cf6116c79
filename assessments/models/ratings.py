"""A partnership's answers: ratings, indicator answers, evidence, and what came too late."""

from functools import cache

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.rounds import Assessment
from casestudies.contents import TEXT, name_of
from casestudies.models import CaseStudy
from hallmarks.models import Criterion, Indicator, Level

REASON_LENGTH = 2_000


class RatingQuerySet(models.QuerySet["Rating"]):
    """Questions asked of ratings."""

    def answered(self) -> "RatingQuerySet":
        """Return the ratings that count as answered: a level, or a reason why the criterion does not apply."""
        return self.filter(Q(level__isnull=False) | (Q(does_not_apply=True) & ~Q(reason="")), is_confirmed=True)

    def put(self, rating: "Rating") -> None:
        """Write a rating, over what stood there by an SQL that is said once: Django makes it anew at every save."""
        if rating._state.adding:
            rating.save()
            return
        values = [
            field.get_db_prep_save(field.pre_save(rating, add=False), connection)
            for field in Rating._meta.concrete_fields
            if not field.primary_key
        ]
        with connection.cursor() as cursor:
            cursor.execute(_over(), [*values, rating.pk])


@cache
def _over() -> str:
    names = [f"{field.column} = %s" for field in Rating._meta.concrete_fields if not field.primary_key]
    return f"UPDATE {Rating._meta.db_table} SET {', '.join(names)} WHERE id = %s"  # noqa: S608


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
    def has_choice(self) -> bool:
        """Whether it holds a level, or a reason why the criterion does not apply."""
        return self.level_id is not None or (self.does_not_apply and bool(self.reason))

    @property
    def is_answered(self) -> bool:
        """Whether it counts: a level, or a reason why the criterion does not apply, and confirmed."""
        return self.has_choice and self.is_confirmed

    @property
    def is_to_confirm(self) -> bool:
        """Whether it was carried forward, would count as it stands, and waits for somebody to say so."""
        return self.has_choice and not self.is_confirmed


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

    @property
    def kind(self) -> str:
        """The kind of its file, as people call it; texts are those that the portal wrote."""
        return str(_("Text")) if self.media_type == TEXT.media_type else name_of(self.media_type)
