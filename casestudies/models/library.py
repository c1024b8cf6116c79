"""What others published of good practice: an index of case studies, and a directory of sources."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import gettext_lazy as _


class ListedQuerySet(models.QuerySet[Any]):
    """Questions asked of the library."""

    def get_by_natural_key(self, slug: str) -> Any:
        """Return the entry with this slug, as fixtures name it."""
        return self.get(slug=slug)

    def listed(self) -> Self:
        """Leave out what administrators took off the list."""
        return self.filter(is_listed=True)

    def in_order(self) -> Self:
        """Sort as a printed index does, capitals beside small letters."""
        return self.order_by(self.model.ORDER, "pk")

    def telling_of(self, words: Collection[str]) -> Self:
        """Leave those in which each of these words stands somewhere, as a part of a word too."""
        found = self
        for word in words:
            found = found.filter(Q.create([(f"{field}__icontains", word) for field in self.model.SEARCHED], Q.OR))
        return found


class LinkState(models.TextChoices):
    """What somebody found who followed an address by hand; the portal itself calls nobody."""

    UNCHECKED = "unchecked", _("Not checked")
    WORKS = "works", _("Works")
    MOVED = "moved", _("Moved")
    GONE = "gone", _("Gone")


class Listed(models.Model):
    """What an entry of the library has, whichever its kind."""

    # Where a reader's words are looked for, the field by which the list is grouped, and the order within a group.
    SEARCHED: ClassVar[tuple[str, ...]]
    GROUPED_BY: ClassVar[str]
    ORDER: ClassVar[Lower]

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    note = models.TextField(_("note"), max_length=1_000, blank=True)
    source = models.CharField(_("where it is listed"), max_length=200)
    web_address = models.URLField(_("web address"), max_length=300, blank=True)
    link_state = models.CharField(
        _("state of the link"), max_length=10, choices=LinkState.choices, default=LinkState.UNCHECKED
    )
    link_checked_on = models.DateField(_("link checked on"), null=True, blank=True)
    is_listed = models.BooleanField(_("is listed"), default=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        """Return the slug, by which fixtures name an entry."""
        return (self.slug,)


class IndexEntry(Listed):
    """A case study that is printed elsewhere: where, what it is called, and on which page of which guide."""

    SEARCHED = ("title", "place", "note", "source", "pages")
    GROUPED_BY = "hallmarks"
    ORDER = Lower(Coalesce(NullIf("title", Value("")), "place"))

    place = models.CharField(_("place"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    hallmarks = models.CharField(_("hallmarks, by their codes"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = _("index entries")

    def __str__(self) -> str:
        return self.title


class Source(Listed):
    """A place to look for good practice: a site, a database, a body, a prize."""

    SEARCHED = ("name", "organisation", "description", "web_address", "note", "source")
    GROUPED_BY = "kind"
    ORDER = Lower("name")

    class Kind(models.TextChoices):
        """Which of the questions about good practice it answers."""

        WHAT = "what_to_do", _("What to do")
        HOW = "how_to_do_it", _("How to do it")
        WHO = "who_can_help", _("Who can help")
        AWARDS = "awards", _("Awards")

    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    description = models.TextField(_("description"), max_length=2_000, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["what_to_do", "how_to_do_it", "who_can_help", "awards"]),
                name="source_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name
