"""The map that everything else refers to: regions, police forces, partnership areas and their agencies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """The nation whose law applies."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")


class Tier(models.TextChoices):
    """How many councils share the area: a district under a county, or one for everything."""

    TWO_TIER = "two-tier", _("Two-tier")
    UNITARY = "unitary", _("Unitary")


class AreaType(models.TextChoices):
    """Kinds of area in 2007."""

    SHIRE_DISTRICT = "shire-district", _("Shire district")
    UNITARY = "unitary-authority", _("Unitary authority")
    METROPOLITAN = "metropolitan-district", _("Metropolitan district")
    LONDON_BOROUGH = "london-borough", _("London borough")
    WELSH_UNITARY = "welsh-unitary-authority", _("Welsh unitary authority")
    CITY_CORPORATION = "city-corporation", _("City corporation")
    SCILLY = "isles-of-scilly-council", _("Isles of Scilly council")


class RegionManager(models.Manager["Region"]):
    """Finds regions by their slug, as fixtures name them."""

    def get_by_natural_key(self, slug: str) -> "Region":
        """Return the region with this slug."""
        return self.get(slug=slug)


class PoliceForceManager(models.Manager["PoliceForce"]):
    """Finds police forces by their slug, as fixtures name them."""

    def get_by_natural_key(self, slug: str) -> "PoliceForce":
        """Return the force with this slug."""
        return self.get(slug=slug)


class Region(models.Model):
    """One of the ten areas, each with an office that speaks for government there."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    government_office = models.CharField(_("Government Office"), max_length=120)
    nation = models.CharField(_("nation"), max_length=10, choices=Nation.choices, default=Nation.ENGLAND)

    objects = RegionManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name a region."""
        return (self.slug,)


class PoliceForce(models.Model):
    """A territorial police force; each lies in one region."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="police_forces", verbose_name=_("region"))

    objects = PoliceForceManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name a force."""
        return (self.slug,)


class FamilyGroup(models.Model):
    """A group of areas alike enough to compare; no published list of members was found, so they are loaded as data."""

    number = models.PositiveSmallIntegerField(_("number"))
    scheme = models.CharField(_("scheme"), max_length=80)
    is_demonstration = models.BooleanField(_("is a demonstration group"), default=False)

    class Meta:
        ordering = ["scheme", "number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="family_number_once_a_scheme")]

    def __str__(self) -> str:
        name = _("Family group %(number)s") % {"number": self.number}
        return f"{name} ({_('demonstration group')})" if self.is_demonstration else name


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Questions asked of the map."""

    def get_by_natural_key(self, slug: str) -> "Partnership":
        """Return the partnership with this slug, as fixtures name it."""
        return self.get(slug=slug)

    def in_region(self, region: Region) -> "PartnershipQuerySet":
        """Return the partnerships of one region; a partnership's region is its police force's."""
        return self.filter(police_force__region=region)

    def with_area(self) -> "PartnershipQuerySet":
        """Fetch force, region and family in the same query."""
        return self.select_related("police_force__region", "family_group")


class Partnership(models.Model):
    """A Crime and Disorder Reduction Partnership (Community Safety Partnership in Wales)."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    police_force = models.ForeignKey(
        PoliceForce, models.PROTECT, related_name="partnerships", verbose_name=_("police force")
    )
    family_group = models.ForeignKey(
        FamilyGroup,
        models.PROTECT,
        related_name="partnerships",
        verbose_name=_("family group"),
        null=True,
        blank=True,
    )
    area_type = models.CharField(_("kind of area"), max_length=30, choices=AreaType.choices)
    county = models.CharField(_("county"), max_length=80, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name a partnership."""
        return (self.slug,)

    @property
    def region(self) -> Region:
        """The police force's region: one truth, kept once."""
        return self.police_force.region

    @property
    def nation(self) -> str:
        """The nation whose law applies here."""
        return self.region.nation

    @property
    def tier(self) -> str:
        """Two-tier where a county council shares the work, unitary everywhere else."""
        return Tier.TWO_TIER if self.area_type == AreaType.SHIRE_DISTRICT else Tier.UNITARY


class AgencyKindManager(models.Manager["AgencyKind"]):
    """Finds kinds of agency by code."""

    def get_by_natural_key(self, code: str) -> "AgencyKind":
        """Return the kind with this code."""
        return self.get(code=code)


class AgencyKind(models.Model):
    """A kind of body that takes part, and what the law asks of it (Crime and Disorder Act 1998, section 5)."""

    class Role(models.TextChoices):
        """What the law asks of this kind of body."""

        RESPONSIBLE = "responsible_authority", _("Responsible authority")
        CO_OPERATING = "co_operating_body", _("Co-operating body")
        INVITEE = "invitee", _("Invited to take part")
        LINKED = "linked_body", _("Linked body")

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    nation = models.CharField(_("nation"), max_length=10, choices=Nation.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = AgencyKindManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the code, by which fixtures name a kind."""
        return (self.code,)


class Agency(models.Model):
    """One body's seat in one partnership."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agencies", verbose_name=_("partnership"))
    kind = models.ForeignKey(AgencyKind, models.PROTECT, related_name="agencies", verbose_name=_("kind"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name_plural = _("agencies")
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="agency_name_once_a_partnership")]

    def __str__(self) -> str:
        return self.name


class CrimeFigure(models.Model):
    """One printed number about recorded crime in a partnership's area; sums and changes are computed, never stored."""

    class Measure(models.TextChoices):
        """What was counted."""

        BCS_COMPARATOR = "bcs-comparator", _("Recorded crime of the BCS comparator")

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="crime_figures", verbose_name=_("partnership")
    )
    measure = models.CharField(_("measure"), max_length=40, choices=Measure.choices)
    period = models.CharField(_("period"), max_length=40)
    ends_on = models.DateField(_("last day of the period"))
    value = models.PositiveIntegerField(_("value"))
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_demonstration = models.BooleanField(_("is made up"), default=False)

    class Meta:
        ordering = ["partnership", "measure", "ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "measure", "ends_on"], name="one_figure_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.period}: {self.value}"
