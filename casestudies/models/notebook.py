"""What people found in a case study or a source, kept beside it for themselves or for their colleagues."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casestudies.models.library import IndexEntry, Source
from casestudies.models.stories import CaseStudy
from partnerships.models import Partnership

FOUND_LENGTH = 4_000
TARGETS = ("case_study", "index_entry", "source")
Item = CaseStudy | IndexEntry | Source
_FIELDS: dict[type[models.Model], str] = {CaseStudy: "case_study", IndexEntry: "index_entry", Source: "source"}


def field_of(item: type[Item]) -> str:
    """Return the field of a note that names an item of this kind."""
    return _FIELDS[item]


def _exactly_one() -> Q:
    condition = Q()
    for target in TARGETS:
        condition |= Q(**{f"{name}__isnull": name != target for name in TARGETS})
    return condition


class NoteQuerySet(models.QuerySet["Note"]):
    """Questions asked of notes; each says whose it returns."""

    def shared(self) -> "NoteQuerySet":
        """Leave out what is its writer's alone."""
        return self.filter(is_private=False)

    def seen_by(self, reader: User, partnerships: Collection[Partnership]) -> "NoteQuerySet":
        """Return what a member of these partnerships may read: theirs, and the member's own private ones."""
        return self.filter(Q(is_private=False) | Q(written_by=reader), partnership__in=partnerships)

    def about(self, item: Item) -> "NoteQuerySet":
        """Return the notes about one item, with their writers."""
        return self.filter(**{field_of(type(item)): item}).select_related("partnership", "written_by")

    def with_items(self) -> "NoteQuerySet":
        """Fetch what each note is about, a case study with its newest version, which others read."""
        stories = Prefetch("case_study", CaseStudy.objects.with_place().with_newest())
        named = self.select_related("partnership", "index_entry", "source", "written_by")
        return named.prefetch_related(stories)


class Note(models.Model):
    """One note about one item: a private one is its writer's alone, any other is the whole partnership's."""

    class Usefulness(models.TextChoices):
        """How useful the item was."""

        VERY = "very", _("Very useful")
        SOMEWHAT = "somewhat", _("Somewhat useful")
        NOT = "not", _("Not useful here")

    class Tried(models.TextChoices):
        """Whether what the item tells was tried, and what came of it."""

        NO = "no", _("Not tried")
        TRYING = "trying", _("We are trying it")
        SUCCESS = "success", _("Tried: it worked")
        PARTLY = "partly", _("Tried: it worked in part")
        FAILED = "failed", _("Tried: it did not work")

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="notes", verbose_name=_("partnership"))
    case_study = models.ForeignKey(
        CaseStudy, models.PROTECT, related_name="notes", verbose_name=_("case study"), null=True, blank=True
    )
    index_entry = models.ForeignKey(
        IndexEntry, models.PROTECT, related_name="notes", verbose_name=_("index entry"), null=True, blank=True
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="notes", verbose_name=_("source"), null=True, blank=True
    )
    is_private = models.BooleanField(_("is private"), default=False)
    found = models.TextField(_("what I found"), max_length=FOUND_LENGTH)
    usefulness = models.CharField(_("how useful it was"), max_length=8, choices=Usefulness.choices)
    tried = models.CharField(_("whether it was tried"), max_length=8, choices=Tried.choices, default=Tried.NO)
    result = models.TextField(_("result"), max_length=FOUND_LENGTH, blank=True)
    code = models.SlugField(_("code"), max_length=20, unique=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="note_about_one_item")]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.code}"

    @property
    def item(self) -> Item:
        """What the note is about."""
        item: Item = self.case_study or self.index_entry or self.source  # type: ignore[assignment]
        return item
