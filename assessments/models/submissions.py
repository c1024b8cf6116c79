"""What was submitted: a document that never changes, and its lines as rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.rounds import Assessment
from hallmarks.models import Criterion, Level
from partnerships.models import FamilyGroup, PoliceForce, Region


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
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
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


class ReviewedSubmission(models.Model):
    """What the Government Office said when it closed its review: a second document, chained to the submission's."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="reviewed", verbose_name=_("submission"))
    closed_at = models.DateTimeField(_("closed"))
    document = models.TextField(_("document (canonical JSON)"))
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, unique=True)
    submission_sha256 = models.CharField(_("SHA-256 of the submission"), max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.closed_at:%Y-%m-%d}"


class ReviewedRating(models.Model):
    """One line of a closed review as a row: the level that the Government Office saw, and why.

    No level means that it saw that the criterion does not apply.
    """

    reviewed = models.ForeignKey(
        ReviewedSubmission, models.PROTECT, related_name="ratings", verbose_name=_("closed review")
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["reviewed", "criterion"], name="one_reviewed_line_a_criterion")]

    def __str__(self) -> str:
        return f"{self.reviewed}: {self.criterion}"
