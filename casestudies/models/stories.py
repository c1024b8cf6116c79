"""Case studies: what a partnership did, told in the four SARA steps, for others to learn from."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casestudies.contents import name_of
from hallmarks.models import Criterion
from partnerships.models import Partnership, Region

TITLE_LENGTH, SUMMARY_LENGTH, PART_LENGTH, ANSWER_LENGTH, REASON_LENGTH = 150, 2_000, 10_000, 2_000, 1_000
FINGERPRINT_LENGTH = 16


class TagQuerySet(models.QuerySet["Tag"]):
    """Questions asked of the managed list."""

    def offered(self, also: Collection[str] = ()) -> "TagQuerySet":
        """Return what writers may choose, and those of these slugs that are no longer offered."""
        return self.filter(Q(is_offered=True) | Q(slug__in=also))

    def get_by_natural_key(self, slug: str) -> "Tag":
        """Return the tag with this slug."""
        return self.get(slug=slug)


class Tag(models.Model):
    """A word of the managed list by which case studies are found, such as a kind of problem."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    is_offered = models.BooleanField(_("is offered to writers"), default=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name a tag."""
        return (self.slug,)


def beside_the_text() -> "tuple[str | Prefetch[Any], ...]":
    """Return what is fetched with a case study so that its working text can be shown whole."""
    return (
        "tags",
        "attachments",
        Prefetch("criteria", Criterion.objects.select_related("section", "version__framework")),
    )


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    """Questions asked of case studies."""

    def of(self, partnership: Partnership) -> "CaseStudyQuerySet":
        """Return one partnership's case studies, newest first."""
        return self.filter(partnership=partnership).order_by("-pk")

    def published(self) -> "CaseStudyQuerySet":
        """Return the case studies that every signed-in person finds."""
        return self.filter(status=CaseStudy.Status.PUBLISHED)

    def public(self) -> "CaseStudyQuerySet":
        """Return what its partnership shows to people who do not sign in."""
        return self.published().filter(is_public=True)

    def to_read(self) -> "CaseStudyQuerySet":
        """Return those that every signed-in person may open: what is published, and what was and is retired."""
        return self.exclude(status=CaseStudy.Status.DRAFT)

    def drafts_of(self, partnerships: Collection[Partnership]) -> "CaseStudyQuerySet":
        """Return what these partnerships write and nobody else can find, what was changed last first."""
        drafts = self.filter(partnership__in=partnerships, status=CaseStudy.Status.DRAFT)
        return drafts.select_related("partnership").order_by("-updated_at", "-pk")

    def with_place(self) -> "CaseStudyQuerySet":
        """Fetch the partnership and its region in the same query."""
        return self.select_related("partnership__police_force__region")

    def with_article(self) -> "CaseStudyQuerySet":
        """Fetch all that the working text shows, in three more queries."""
        return self.with_place().prefetch_related(*beside_the_text())

    def with_newest(self) -> "CaseStudyQuerySet":
        """Fetch the newest published version of each as `newest_versions`, a list of one or none."""
        return self.prefetch_related(
            Prefetch("versions", CaseStudyVersion.objects.newest(), to_attr="newest_versions"),
        )

    def citable_by(self, partnership: Partnership) -> "CaseStudyQuerySet":
        """Return what a partnership may cite as evidence: its own, drafts too, and whatever is published."""
        return self.own_first([partnership]).exclude(status=CaseStudy.Status.RETIRED)

    def own_first(self, partnerships: Collection[Partnership]) -> "CaseStudyQuerySet":
        """Return what members of these partnerships may read: their own (drafts before published), then the rest."""
        own = Q(partnership__in=partnerships)
        return (
            self.filter(own | Q(status=CaseStudy.Status.PUBLISHED))
            .annotate(is_own=ExpressionWrapper(own, models.BooleanField()))
            .with_words_for(own)
            .order_by(F("is_own").desc(), "status", "-pk")
        )

    def with_words_for(self, own: Q | None = None) -> "CaseStudyQuerySet":
        """Fetch title and summary as readers may see them (`shown_title`, `shown_summary`).

        They are the newest version's, and the working text's where a row is the reader's `own`.
        """
        newest = CaseStudyVersion.objects.filter(case_study=OuterRef("pk")).order_by("-number")
        words = {
            f"shown_{name}": Subquery(newest.annotate(said=KT(f"document__{name}")).values("said")[:1])
            for name in ("title", "summary")
        }
        if own is None:
            return self.annotate(**words)
        text = models.TextField()
        return self.annotate(
            **{
                name: Case(When(own, then=F(name.removeprefix("shown_"))), default=said, output_field=text)
                for name, said in words.items()
            }
        )


class CaseStudy(models.Model):
    """One piece of work, written up: the partnership's working text; others read its newest published version."""

    class Status(models.TextChoices):
        """The life of a case study."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    class Effect(models.TextChoices):
        """How well it is known what the work achieved, the weakest evidence first."""

        NONE = "none", _("Not measured")
        MONITORED = "monitored", _("Monitored")
        EVALUATED = "evaluated", _("Evaluated")
        INDEPENDENT = "independent", _("Independently evaluated")

    class PlaceType(models.TextChoices):
        """The kind of place in which the work was done."""

        TOWN_CENTRE = "town_centre", _("Town or city centre")
        ESTATE = "estate", _("Housing estate")
        RESIDENTIAL = "residential", _("Other residential streets")
        RURAL = "rural", _("Villages and countryside")
        COAST = "coast", _("Seaside")
        SCHOOLS = "schools", _("Schools and colleges")
        TRANSPORT = "transport", _("Stations, roads and car parks")
        BUSINESS = "business", _("Shops, businesses and industry")
        WHOLE_AREA = "whole_area", _("The whole area")

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
    what_to_do = models.TextField(_("what to do"), max_length=ANSWER_LENGTH, blank=True)
    how_to_do_it = models.TextField(_("how to do it"), max_length=ANSWER_LENGTH, blank=True)
    who_can_help = models.TextField(_("who can help"), max_length=ANSWER_LENGTH, blank=True)
    when_to_do_it = models.TextField(_("when to do it"), max_length=ANSWER_LENGTH, blank=True)
    cost = models.TextField(_("cost"), max_length=ANSWER_LENGTH, blank=True)
    time_taken = models.TextField(_("time it took"), max_length=ANSWER_LENGTH, blank=True)
    differently = models.TextField(_("what we would do differently"), max_length=ANSWER_LENGTH, blank=True)
    effect = models.CharField(_("evidence of effect"), max_length=12, choices=Effect.choices, default=Effect.NONE)
    effect_words = models.TextField(_("evidence of effect in words"), max_length=ANSWER_LENGTH, blank=True)
    from_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    place_type = models.CharField(_("kind of place"), max_length=12, choices=PlaceType.choices, blank=True)
    tags = models.ManyToManyField(Tag, related_name="case_studies", verbose_name=_("tags"), blank=True)
    contact_role = models.CharField(_("whom to ask"), max_length=120, blank=True)
    contact_mailbox = models.EmailField(_("role mailbox"), blank=True)
    is_public = models.BooleanField(_("is on the public page"), default=False)
    retired_reason = models.TextField(_("why it was retired"), max_length=REASON_LENGTH, blank=True)
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
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "retired"]), name="case_study_status_known"
            ),
            models.CheckConstraint(
                condition=Q(effect__in=["none", "monitored", "evaluated", "independent"]),
                name="case_study_effect_known",
            ),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
                name="case_study_years_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | ~Q(retired_reason=""), name="case_study_retired_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page that reads like an article."""
        return reverse("casestudies:detail", args=[self.partnership.slug, self.slug])

    def get_public_url(self) -> str:
        """Return the address of the page for people who do not sign in."""
        return reverse("casestudies:public", args=[self.partnership.slug, self.slug])

    @property
    def is_on_public_page(self) -> bool:
        """Whether anybody may read its newest version; what was retired leaves the public page."""
        return self.is_public and self.status == self.Status.PUBLISHED

    @property
    def is_draft(self) -> bool:
        """Whether only its own partnership may read it."""
        return self.status == self.Status.DRAFT

    @property
    def is_retired(self) -> bool:
        """Whether it is still there, and no longer recommended."""
        return self.status == self.Status.RETIRED


class CaseStudyVersionQuerySet(models.QuerySet["CaseStudyVersion"]):
    """Questions asked of what was published."""

    def newest(self) -> "CaseStudyVersionQuerySet":
        """Return the newest version of each case study: what everybody outside its partnership reads."""
        later = CaseStudyVersion.objects.filter(case_study=OuterRef("case_study")).order_by("-number")
        return self.filter(number=Subquery(later.values("number")[:1]))


class CaseStudyVersion(models.Model):
    """What was published, frozen as JSON (`cdrp-portal/case-study/1`); the database refuses to change it."""

    case_study = models.ForeignKey(CaseStudy, models.PROTECT, related_name="versions", verbose_name=_("case study"))
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("document"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published"))

    objects = CaseStudyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["case_study", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case_study", "number"], name="case_study_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_study}, {self.number}"


def newest_of(case_study: CaseStudy) -> CaseStudyVersion | None:
    """Return the newest version of a row that was fetched `with_newest()`."""
    rows: list[CaseStudyVersion] = vars(case_study)["newest_versions"]
    return rows[0] if rows else None


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """Questions asked of reviewers' words."""

    def standing(self) -> "EndorsementQuerySet":
        """Leave out what was withdrawn."""
        return self.filter(withdrawn_at=None)

    def of(self, case_study: CaseStudy) -> "EndorsementQuerySet":
        """Return those of one case study, of its newest version first, with what a page says of them."""
        rows = self.filter(version__case_study=case_study).select_related("version", "region", "agreed_by")
        return rows.order_by("-version__number", "-pk")


class Endorsement(models.Model):
    """A reviewer's word that one published version is good practice; withdrawn with a reason, never deleted."""

    version = models.ForeignKey(
        CaseStudyVersion, models.PROTECT, related_name="endorsements", verbose_name=_("version")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed"))
    reason = models.TextField(_("why it is good practice"), max_length=REASON_LENGTH)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), max_length=REASON_LENGTH, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(withdrawn_at=None), name="one_endorsement_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.region}"


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
        return name_of(self.media_type)
