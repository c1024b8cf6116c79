"""What surrounds criteria sets: drafts kept to undo, links between sets, and why one was withdrawn."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from hallmarks.models.criteria import Framework, Version

REASON_LENGTH = 1_000


class Withdrawal(models.Model):
    """Why a published version is not offered any more; what was answered under it stays as it is."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="withdrawal", verbose_name=_("version"))
    reason = models.TextField(_("reason"), max_length=REASON_LENGTH)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("withdrawn by"), null=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"))

    def __str__(self) -> str:
        return str(self.version)


class DraftSnapshotQuerySet(models.QuerySet["DraftSnapshot"]):
    """Questions asked of what was done to drafts, newest first."""

    def of(self, framework: Framework | int, slug: str) -> "DraftSnapshotQuerySet":
        """Return what was done to one draft."""
        return self.filter(framework=framework, slug=slug)

    def told(self) -> "DraftSnapshotQuerySet":
        """Leave the documents where they are; say what each act took back, and the title of the draft before it."""
        told = self.annotate(undoes=KT("document__undoes"), title=KT("document__title"), sha256=KT("document__sha256"))
        return told.defer("document").select_related("made_by", "framework")

    def thrown_away(self) -> "DraftSnapshotQuerySet":
        """Return, for each draft that is not there any more, the act that ended it."""
        newest = DraftSnapshot.objects.filter(framework=OuterRef("framework"), slug=OuterRef("slug"))
        version = Version.objects.filter(framework=OuterRef("framework"), slug=OuterRef("slug"))
        return self.filter(
            ~Exists(version), pk=Subquery(newest.order_by("-pk").values("pk")[:1]), document__has_key="title"
        )


class DraftSnapshot(models.Model):
    """A draft as it was before an act, so that the act can be undone; a draft is made anew at every act, so no key."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="snapshots", verbose_name=_("framework"))
    slug = models.SlugField(_("slug of the version"))
    document = models.JSONField(_("document"), null=True)
    act = models.CharField(_("what was done then"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by"), null=True
    )
    made_at = models.DateTimeField(_("done"))

    objects = DraftSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.framework}: {self.act}"


class LineageConfirmation(models.Model):
    """That a person looked at a draft's table of what became of which criterion, and found it right."""

    version = models.OneToOneField(
        Version, models.CASCADE, related_name="lineage_confirmation", verbose_name=_("version")
    )
    sha256 = models.CharField(_("SHA-256 of what was confirmed"), max_length=64)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by"), null=True
    )
    confirmed_at = models.DateTimeField(_("confirmed"))

    def __str__(self) -> str:
        return str(self.version)


class CrosswalkLinkQuerySet(models.QuerySet["CrosswalkLink"]):
    """Questions asked of links; whichever set a link names first, it is the same link."""

    def between(self, one: Framework, other: Framework) -> "CrosswalkLinkQuerySet":
        """Return the links between two sets."""
        return self.filter(Q(left=one, right=other) | Q(left=other, right=one))

    def at(self, framework: int, lineage: str) -> "CrosswalkLinkQuerySet":
        """Return the links of one criterion, with both sets."""
        here = Q(left=framework, left_lineage=lineage) | Q(right=framework, right_lineage=lineage)
        return self.filter(here).select_related("left", "right")

    def lineages_of(self, framework: int) -> set[str]:
        """Return the lineages of a set that links name."""
        left = self.filter(left=framework).order_by().values_list("left_lineage", flat=True)
        return set(left.union(self.filter(right=framework).order_by().values_list("right_lineage", flat=True)))


class CrosswalkLink(models.Model):
    """That two criteria of different sets ask for much the same; by lineage, so that it outlives versions."""

    class Strength(models.TextChoices):
        """How much of one the other asks."""

        SAME = "same", _("Much the same")
        PARTIAL = "partial", _("In part")

    left = models.ForeignKey(Framework, models.PROTECT, related_name="links_right", verbose_name=_("first set"))
    left_lineage = models.SlugField(_("lineage in the first set"), max_length=80)
    right = models.ForeignKey(Framework, models.PROTECT, related_name="links_left", verbose_name=_("second set"))
    right_lineage = models.SlugField(_("lineage in the second set"), max_length=80)
    strength = models.CharField(_("strength"), max_length=8, choices=Strength.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = CrosswalkLinkQuerySet.as_manager()

    class Meta:
        ordering = ["left", "left_lineage", "right", "right_lineage"]
        constraints = [
            models.UniqueConstraint(
                fields=["left", "left_lineage", "right", "right_lineage"], name="crosswalk_link_once"
            ),
            models.CheckConstraint(condition=~Q(left=models.F("right")), name="crosswalk_between_two_sets"),
        ]

    def __str__(self) -> str:
        return f"{self.left_lineage}: {self.right_lineage}"
