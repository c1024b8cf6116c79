"""What good looks like: every published set of criteria, in versions that never change once published."""

import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnerships.models import Nation, Tier


class FrameworkManager(models.Manager["Framework"]):
    """Finds frameworks by slug."""

    def get_by_natural_key(self, slug: str) -> "Framework":
        """Return the framework with this slug."""
        return self.get(slug=slug)


class Framework(models.Model):
    """A line of criteria sets by one publisher, such as the Beacon criteria."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)

    objects = FrameworkManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name a framework."""
        return (self.slug,)


def _number_of(rows: models.QuerySet[Any], owner: str) -> Coalesce:
    counted = rows.order_by().values(owner).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions asked of criteria sets."""

    def get_by_natural_key(self, framework: str, slug: str) -> "Version":
        """Return one version by its framework's slug and its own."""
        return self.get(framework__slug=framework, slug=slug)

    def published(self) -> "VersionQuerySet":
        """Return the versions that anybody may read and a round may use."""
        return self.filter(status=Version.Status.PUBLISHED)

    def newest_published(self, framework: str) -> "Version | None":
        """Return the published version of a framework that was loaded last, or None."""
        return self.published().filter(framework__slug=framework).select_related("framework").last()

    def continued_by(self, draft: "Version") -> "Version | None":
        """Return the version whose criteria a draft goes on from: the newest published, or else withdrawn."""
        fixed = self.filter(framework=draft.framework_id).exclude(status=Version.Status.DRAFT)
        withdrawn_last = Case(When(status=Version.Status.WITHDRAWN, then=1), default=0)
        return fixed.select_related("framework").order_by(withdrawn_last, "-pk").first()

    def edition_before(self, version: "Version") -> "Version | None":
        """Return the edition that a reader of this one would compare it with, or None where it is the first."""
        others = self.filter(framework=version.framework_id).exclude(status=Version.Status.DRAFT)
        if version.status != Version.Status.DRAFT:
            others = others.filter(pk__lt=version.pk)
        # By the alphabet, what is published comes before what was withdrawn.
        return others.select_related("framework").order_by("status", "-pk").first()

    def with_counts(self) -> "VersionQuerySet":
        """Count sections, criteria, key and statutory criteria and indicators of each version, in the same query."""
        criteria = Criterion.objects.filter(version=OuterRef("pk"))
        return self.annotate(
            sections_count=_number_of(Section.objects.filter(version=OuterRef("pk")), "version"),
            criteria_count=_number_of(criteria, "version"),
            key_count=_number_of(criteria.filter(is_key=True), "version"),
            statutory_count=_number_of(criteria.filter(kind=Criterion.Kind.STATUTORY), "version"),
            indicators_count=_number_of(
                Indicator.objects.filter(criterion__version=OuterRef("pk")), "criterion__version"
            ),
        )


class Version(models.Model):
    """One edition of a framework's criteria; draft until published, and fixed from then on."""

    class Status(models.TextChoices):
        """The life of a version."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions", verbose_name=_("framework"))
    slug = models.SlugField(_("slug"))
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500)
    sha256 = models.CharField(_("SHA-256 of what was loaded"), max_length=64, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="version_slug_once_a_framework"),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_from__lte=models.F("in_force_to")),
                name="version_in_force_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_announced_on(self, day: datetime.date) -> bool:
        """Say whether it is published already, and in force only from a later day on."""
        is_published = self.status == self.Status.PUBLISHED
        return is_published and self.in_force_from is not None and day < self.in_force_from

    def natural_key(self) -> tuple[str, str]:
        """Return framework and slug, by which fixtures name a version."""
        return (self.framework.slug, self.slug)

    natural_key.dependencies = ["hallmarks.framework"]  # type: ignore[attr-defined]


class ScaleManager(models.Manager["Scale"]):
    """Finds scales by version and slug."""

    def get_by_natural_key(self, framework: str, version: str, slug: str) -> "Scale":
        """Return one scale of one version."""
        return self.get(version__framework__slug=framework, version__slug=version, slug=slug)


class Scale(models.Model):
    """A set of levels; statutory requirements have their own."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="scales", verbose_name=_("version"))
    slug = models.SlugField(_("slug"))
    is_ordered = models.BooleanField(_("levels run from low to high"), default=True)

    objects = ScaleManager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="scale_slug_once_a_version")]

    def __str__(self) -> str:
        return f"{self.version}: {self.slug}"

    def natural_key(self) -> tuple[Any, ...]:
        """Return version and slug, by which fixtures name a scale."""
        return (*self.version.natural_key(), self.slug)

    natural_key.dependencies = ["hallmarks.version"]  # type: ignore[attr-defined]


class LevelManager(models.Manager["Level"]):
    """Finds levels by scale and place."""

    def get_by_natural_key(self, framework: str, version: str, scale: str, position: int) -> "Level":
        """Return one level of one scale."""
        return self.get(
            scale__version__framework__slug=framework,
            scale__version__slug=version,
            scale__slug=scale,
            position=position,
        )


class Level(models.Model):
    """A step of a scale, lowest first; steps are never averaged."""

    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels", verbose_name=_("scale"))
    position = models.PositiveSmallIntegerField(_("position"))
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=60)
    descriptor = models.CharField(_("descriptor"), max_length=400, blank=True)

    objects = LevelManager()

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "position"], name="level_position_once_a_scale"),
            models.UniqueConstraint(fields=["scale", "slug"], name="level_slug_once_a_scale"),
            models.CheckConstraint(condition=Q(position__lte=9), name="level_position_is_one_digit"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[Any, ...]:
        """Return scale and position, by which fixtures name a level."""
        return (*self.scale.natural_key(), self.position)

    natural_key.dependencies = ["hallmarks.scale"]  # type: ignore[attr-defined]


class SectionManager(models.Manager["Section"]):
    """Finds sections by version and code."""

    def get_by_natural_key(self, framework: str, version: str, code: str) -> "Section":
        """Return one section of one version."""
        return self.get(version__framework__slug=framework, version__slug=version, code=code)


class Section(models.Model):
    """A group of criteria, such as Leadership."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sections", verbose_name=_("version"))
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)

    objects = SectionManager()

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="section_number_once_a_version"),
            models.UniqueConstraint(fields=["version", "code"], name="section_code_once_a_version"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[Any, ...]:
        """Return version and code, by which fixtures name a section."""
        return (*self.version.natural_key(), self.code)

    natural_key.dependencies = ["hallmarks.version"]  # type: ignore[attr-defined]


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """Questions asked of criteria."""

    def get_by_natural_key(self, framework: str, version: str, code: str) -> "Criterion":
        """Return one criterion of one version."""
        return self.get(version__framework__slug=framework, version__slug=version, code=code)

    def in_force_on(self, day: datetime.date) -> "CriterionQuerySet":
        """Return the criteria that count on a day; the others are only announced, or retired."""
        return self.filter(Q(in_force_from=None) | Q(in_force_from__lte=day)).filter(
            Q(in_force_to=None) | Q(in_force_to__gte=day)
        )

    def lineages_of(self, framework: int) -> set[str]:
        """Return every lineage that any version of a line uses."""
        return set(self.filter(version__framework=framework).order_by().values_list("lineage", flat=True))

    def applying_in(self, nation: str, tier: str) -> "CriterionQuerySet":
        """Return the criteria that are asked of partnerships of this nation and tier."""
        return self.filter(nation__in=["", nation], tier__in=["", tier])

    def in_order(self) -> "CriterionQuerySet":
        """Return criteria as published, with their sections."""
        return self.select_related("section").order_by("section__number", "number")


class Criterion(models.Model):
    """One thing that a partnership rates itself on."""

    class Kind(models.TextChoices):
        """Whether the law asks for it or good practice does; the two are never counted together."""

        PRACTICE = "practice", _("Practice")
        STATUTORY = "statutory", _("Statutory")

    version = models.ForeignKey(Version, models.PROTECT, related_name="criteria", verbose_name=_("version"))
    section = models.ForeignKey(Section, models.PROTECT, related_name="criteria", verbose_name=_("section"))
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="criteria", verbose_name=_("scale"))
    number = models.PositiveSmallIntegerField(_("number in its section"))
    code = models.CharField(_("code"), max_length=20)
    lineage = models.SlugField(_("lineage"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("statement"), max_length=2000)
    official_text = models.TextField(_("official wording"), max_length=4000, blank=True)
    guidance = models.TextField(_("what to show as evidence"), max_length=2000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    nation = models.CharField(_("applies only in"), max_length=10, choices=Nation.choices, blank=True)
    tier = models.CharField(_("applies only to"), max_length=10, choices=Tier.choices, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    is_key = models.BooleanField(_("is one of the key criteria"), default=False)
    source = models.CharField(_("source"), max_length=500)
    confidence = models.CharField(_("how sure the source is (A to D)"), max_length=1, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ["version", "section__number", "number"]
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="criterion_code_once_a_version"),
            models.UniqueConstraint(fields=["version", "lineage"], name="criterion_lineage_once_a_version"),
            models.UniqueConstraint(fields=["section", "number"], name="criterion_number_once_a_section"),
            models.CheckConstraint(condition=Q(kind__in=["practice", "statutory"]), name="criterion_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[Any, ...]:
        """Return version and code, by which fixtures name a criterion."""
        return (*self.version.natural_key(), self.code)

    natural_key.dependencies = ["hallmarks.section", "hallmarks.scale"]  # type: ignore[attr-defined]

    @property
    def is_statutory(self) -> bool:
        """Whether the law asks for it."""
        return self.kind == self.Kind.STATUTORY

    def applies_in(self, nation: str, tier: str) -> bool:
        """Say whether it is asked of partnerships of this nation and tier."""
        return self.nation in {"", nation} and self.tier in {"", tier}

    def counts_on(self, day: datetime.date) -> bool:
        """Say whether it is in force on a day: neither announced for later nor retired before."""
        return not (self.is_announced_on(day) or self.is_retired_on(day))

    def is_announced_on(self, day: datetime.date) -> bool:
        """Say whether it counts only from a later day on."""
        return self.in_force_from is not None and day < self.in_force_from

    def is_retired_on(self, day: datetime.date) -> bool:
        """Say whether its last day is over."""
        return self.in_force_to is not None and day > self.in_force_to


class IndicatorManager(models.Manager["Indicator"]):
    """Finds indicators by criterion and number."""

    def get_by_natural_key(self, framework: str, version: str, code: str, number: int) -> "Indicator":
        """Return one indicator of one criterion."""
        return self.get(
            criterion__version__framework__slug=framework,
            criterion__version__slug=version,
            criterion__code=code,
            number=number,
        )


class Indicator(models.Model):
    """A sign that can be seen or not; texts may repeat between criteria, and a criterion may have none."""

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="indicators", verbose_name=_("criterion"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=1000)

    objects = IndicatorManager()

    class Meta:
        ordering = ["criterion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "number"], name="indicator_number_once_a_criterion")
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[Any, ...]:
        """Return criterion and number, by which fixtures name an indicator."""
        return (*self.criterion.natural_key(), self.number)

    natural_key.dependencies = ["hallmarks.criterion"]  # type: ignore[attr-defined]
