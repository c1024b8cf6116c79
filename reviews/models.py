"""What a Government Office says of a submission, beside the partnership's words and never over them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, new_code
from assessments.models import ImprovementAction, Submission
from hallmarks.models import Criterion, Level
from partnerships.models import Partnership, Region

REASON_LENGTH = 2_000
SUMMARY_LENGTH = 4_000
QUESTION_LENGTH = 1_000
REPLY_LENGTH = 2_000
RECOMMENDATION_LENGTH = 500
LIST_NAME_LENGTH = 80


def _user(label: Any, *, is_optional: bool = False) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=label,
        null=is_optional,
        blank=is_optional,
    )


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions asked of reviews."""

    def closed_over(self, review: int) -> "ReviewQuerySet":
        """Return the closed reviews that hold what was said in one, which its key names: itself, or a later one."""
        said_of = Submission.objects.filter(review=review)
        return self.closed_in(*(models.Subquery(said_of.values(name)) for name in ("assessment", "number")))

    def closed_in(self, assessment: Any, number: Any) -> "ReviewQuerySet":
        """Return an assessment's closed reviews that hold what was said of the submission of this number.

        A review says again what was asked and recommended of the submissions before; either can be an expression.
        """
        return self.filter(
            status=Review.Status.CLOSED, submission__assessment=assessment, submission__number__gte=number
        )


class Review(models.Model):
    """A Government Office's work on one submission; closing it freezes it, returning it asks for another submission."""

    class Status(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        RETURNED = "returned", _("Returned")
        CLOSED = "closed", _("Closed")

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="review", verbose_name=_("submission"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    summary = models.TextField(_("summary"), max_length=SUMMARY_LENGTH, blank=True)
    revision = models.PositiveIntegerField(_("revision of the summary"), default=0)
    save_id = models.UUIDField(_("save"), null=True, blank=True)
    updated_by = _user(_("summary written by"), is_optional=True)
    return_reason = models.TextField(_("why it was returned"), max_length=SUMMARY_LENGTH, blank=True)
    ended_at = models.DateTimeField(_("closed or returned"), null=True, blank=True)
    ended_by = _user(_("closed or returned by"), is_optional=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, return_reason="")
                | Q(status="closed", ended_at__isnull=False, return_reason="")
                | (Q(status="returned", ended_at__isnull=False) & ~Q(return_reason="")),
                name="review_ended_with_time_and_returned_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        """Whether reviewers still work on it."""
        return self.status == self.Status.OPEN


class ReviewerRating(models.Model):
    """The level that a reviewer sees and why, kept beside the partnership's own."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="ratings", verbose_name=_("review"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level"), null=True, blank=True)
    does_not_apply = models.BooleanField(_("does not apply"), default=False)
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    save_id = models.UUIDField(_("save"))
    updated_by = _user(_("reviewed by"))
    updated_at = models.DateTimeField(_("reviewed"), auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_reviewer_rating_a_criterion"),
            models.CheckConstraint(
                condition=Q(level__isnull=False, does_not_apply=False) | Q(level=None, does_not_apply=True),
                name="reviewer_rating_has_level_or_does_not_apply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.criterion}"


class QueryQuerySet(models.QuerySet["Query"]):
    """Questions asked of queries."""

    def unanswered(self) -> "QueryQuerySet":
        """Return those that wait for the partnership."""
        return self.filter(replied_at=None, withdrawn_at=None)


class Query(models.Model):
    """A dated question to the partnership, about one criterion or the whole, with its reply."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="queries", verbose_name=_("review"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"), null=True, blank=True
    )
    question = models.TextField(_("question"), max_length=QUESTION_LENGTH)
    asked_by = _user(_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    reply = models.TextField(_("reply"), max_length=REPLY_LENGTH, blank=True)
    replied_by = models.ForeignKey(
        Membership, models.PROTECT, related_name="+", verbose_name=_("replied by"), null=True, blank=True
    )
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name_plural = _("queries")
        constraints = [
            models.CheckConstraint(
                condition=Q(reply="", replied_by=None, replied_at=None)
                | (~Q(reply="") & Q(replied_by__isnull=False, replied_at__isnull=False)),
                name="reply_with_its_writer_and_time",
            )
        ]

    def __str__(self) -> str:
        return self.question[:60]

    @property
    def is_open(self) -> bool:
        """Whether it waits for the partnership."""
        return self.replied_at is None and self.withdrawn_at is None


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Questions asked of recommendations."""

    def told(self) -> "RecommendationQuerySet":
        """Return those that the partnership reads: a review of that submission, or of a later one, has ended."""
        ended = Review.objects.exclude(status=Review.Status.OPEN).filter(
            submission__assessment=models.OuterRef("review__submission__assessment"),
            submission__number__gte=models.OuterRef("review__submission__number"),
        )
        return self.filter(models.Exists(ended))


class Recommendation(models.Model):
    """What a reviewer would have the partnership do; the partnership can make an improvement action of it."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="recommendations", verbose_name=_("review"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"), null=True, blank=True
    )
    text = models.CharField(_("recommendation"), max_length=RECOMMENDATION_LENGTH)
    made_by = _user(_("made by"))
    made_at = models.DateTimeField(_("made"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    action = models.OneToOneField(
        ImprovementAction,
        models.PROTECT,
        related_name="recommendation",
        verbose_name=_("improvement action"),
        null=True,
        blank=True,
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text


class SampledCriterion(models.Model):
    """A criterion drawn at random, for which the partnership is to show evidence."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="sample", verbose_name=_("review"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    drawn_by = _user(_("drawn by"))
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="sampled_once_a_review")]

    def __str__(self) -> str:
        return f"{self.review}: {self.criterion}"


class ComparisonListQuerySet(models.QuerySet["ComparisonList"]):
    """Questions asked of lists to compare with."""

    def of(self, region: Region, user: Any) -> "ComparisonListQuerySet":
        """Return a region's lists that a person may use: their own, and those shared there."""
        return self.filter(region=region).filter(Q(owner=user) | Q(is_shared=True))


class ComparisonList(models.Model):
    """Partnerships of one region that a reviewer wants to compare with each other."""

    code = models.SlugField(_("code"), max_length=20, unique=True, default=new_code, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="comparison_lists", verbose_name=_("region"))
    owner = _user(_("made by"))
    name = models.CharField(_("name"), max_length=LIST_NAME_LENGTH)
    is_shared = models.BooleanField(_("is shared in the region"), default=False)
    partnerships = models.ManyToManyField(Partnership, related_name="+", verbose_name=_("partnerships"))

    objects = ComparisonListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "owner", "name"], name="list_name_once_an_owner")]

    def __str__(self) -> str:
        return self.name
