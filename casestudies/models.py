"""Case studies: what a partnership did, told in the four SARA steps, for others to learn from."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hallmarks.models import Criterion
from partnerships.models import Partnership

TITLE_LENGTH, SUMMARY_LENGTH, PART_LENGTH = 150, 2_000, 10_000
FINGERPRINT_LENGTH = 16


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    """Questions asked of case studies."""

    def of(self, partnership: Partnership) -> "CaseStudyQuerySet":
        """Return one partnership's case studies, newest first."""
        return self.filter(partnership=partnership).order_by("-pk")

    def published(self) -> "CaseStudyQuerySet":
        """Return the case studies that every signed-in person may read."""
        return self.filter(status=CaseStudy.Status.PUBLISHED)

    def with_place(self) -> "CaseStudyQuerySet":
        """Fetch the partnership and its region in the same query."""
        return self.select_related("partnership__police_force__region")

    def citable_by(self, partnership: Partnership) -> "CaseStudyQuerySet":
        """Return what a partnership may cite as evidence: its own, drafts too, and whatever is published."""
        return self.own_first([partnership])

    def own_first(self, partnerships: Collection[Partnership]) -> "CaseStudyQuerySet":
        """Return what members of these partnerships may read: their own (drafts before published), then the rest."""
        own = Q(partnership__in=partnerships)
        return (
            self.filter(own | Q(status=CaseStudy.Status.PUBLISHED))
            .annotate(is_own=ExpressionWrapper(own, models.BooleanField()))
            .order_by("-is_own", "status", "-pk")
        )


class CaseStudy(models.Model):
    """One piece of work, written up; a draft belongs to its partnership, a published one to everybody."""

    class Status(models.TextChoices):
        """The life of a case study."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="case_studies", verbose_name=_("partnership")
    )
    slug = models.SlugField(_("slug"), max_length=80)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("summary"), max_length=SUMMARY_LENGTH)
    scanning = models.TextField(_("scanning"), max_length=PART_LENGTH, blank=True)
    analysis = models.TextField(_("analysis"), max_length=PART_LENGTH, blank=True)
    response = models.TextField(_("response"), max_length=PART_LENGTH, blank=True)
    assessment = models.TextField(_("assessment"), max_length=PART_LENGTH, blank=True)
    criteria = models.ManyToManyField(
        Criterion, related_name="case_studies", verbose_name=_("criteria it speaks to"), blank=True
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = _("case studies")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="case_study_slug_once_a_partnership"),
            models.CheckConstraint(condition=Q(status__in=["draft", "published"]), name="case_study_status_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page that reads like an article."""
        return reverse("casestudies:detail", args=[self.partnership.slug, self.slug])

    @property
    def is_draft(self) -> bool:
        """Whether only its own partnership may read it."""
        return self.status == self.Status.DRAFT


class Attachment(models.Model):
    """A file that belongs to a case study; the stored name is ours, the shown name is the writer's."""

    case_study = models.ForeignKey(CaseStudy, models.CASCADE, related_name="attachments", verbose_name=_("case study"))
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def fingerprint(self) -> str:
        """The start of the file's SHA-256, which names it in addresses; no two of a case study share it."""
        return self.sha256[:FINGERPRINT_LENGTH]

    @property
    def kind(self) -> str:
        """The kind of file, as people call it."""
        return self.media_type.rpartition("/")[2].upper()
