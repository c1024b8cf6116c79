"""What was rendered, by its hash; and submissions of other portals that a Government Office took in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import ReviewedSubmission, Submission
from partnerships.models import Region


class StoredReport(models.Model):
    """A report that was rendered once: its file is named by what it is made of, and known again by its bytes."""

    class Form(models.TextChoices):
        """How much a report tells."""

        FULL = "full", _("Full report")
        SHORT = "short", _("Short report")

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="stored_reports", verbose_name=_("submission")
    )
    reviewed = models.ForeignKey(
        ReviewedSubmission, models.PROTECT, related_name="stored_reports", verbose_name=_("closed review"), null=True
    )
    form = models.CharField(_("form"), max_length=5, choices=Form.choices)
    language = models.CharField(_("language"), max_length=10, default="en")
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "form", "language"], condition=Q(reviewed=None), name="submitted_report_once"
            ),
            models.UniqueConstraint(
                fields=["reviewed", "form", "language"],
                condition=Q(reviewed__isnull=False),
                name="reviewed_report_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.form}"


class ReceivedSubmission(models.Model):
    """A submission that came as a file from another portal: to be read, never counted, and nobody vouches for it."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="received_submissions", verbose_name=_("taken in for")
    )
    document = models.TextField(_("document"))
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken in by")
    )
    received_at = models.DateTimeField(_("taken in"))

    class Meta:
        ordering = ["-received_at"]
        constraints = [models.UniqueConstraint(fields=["region", "sha256"], name="received_once_a_region")]

    def __str__(self) -> str:
        return self.sha256
