"""What searching knows of case studies: the published words and what they are filtered by, and nothing of drafts.

A search goes through thousands of filters and ranks, and shows the words of a few, so the two lie apart. Rows are
written by services/indexing.py alone. What the database makes of the words itself (a vector on PostgreSQL, an FTS5
table on SQLite) is kept by its triggers and is not known here.
"""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from casestudies.models.stories import SUMMARY_LENGTH, TITLE_LENGTH, CaseStudy, Tag
from hallmarks.models import Criterion
from partnerships.models import Partnership, Region

WORD_LENGTH = 30


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Which of what was published a search goes through, and what of it is most like a place."""

    def in_use(self) -> "SearchEntryQuerySet":
        """Leave out what was retired."""
        return self.filter(is_retired=False)

    def public(self) -> "SearchEntryQuerySet":
        """Return what its partnership shows to people who do not sign in."""
        return self.in_use().filter(case_study__is_public=True)

    def during(self, first: int | None, last: int | None) -> "SearchEntryQuerySet":
        """Return what was done in any of these years; what names no year is left out if a year is asked for."""
        entries = self
        if first is not None:
            goes_on = Q(to_year=None, from_year__isnull=False)
            entries = entries.filter(goes_on | Q(to_year__gte=first))
        if last is not None:
            entries = entries.filter(Q(from_year__lte=last) | Q(from_year=None, to_year__lte=last))
        return entries

    def about(self, kind: str, key: int) -> "SearchEntryQuerySet":
        """Return what speaks to a criterion or to a section of criteria, or has a tag."""
        through: Any = (SearchEntry.tags if kind == "tag" else SearchEntry.criteria).through
        column = "criterion__section" if kind == "section" else kind
        return self.filter(pk__in=through.objects.filter(**{column: key}).values("searchentry"))

    def at_least(self, effect: str) -> "SearchEntryQuerySet":
        """Return what is known to work at least as well as this."""
        known = CaseStudy.Effect.values
        return self.filter(effect__in=known[known.index(effect) :])

    def nearest_first(self, family: int | None, kind: str, force: int) -> "SearchEntryQuerySet":
        """Say of each how near it is to a place of this family, kind of area and police force: `step`.

        The same family is 0, kind of area 1, region 2, nation 3, anywhere else 4.
        """
        here = Region.objects.filter(police_forces=force)
        alike: list[tuple[str, Any]] = [
            ("family_group", family),
            ("area_type", kind),
            ("police_force__region__in", here),
            ("police_force__region__nation__in", here.values("nation")),
        ]
        whens = [
            When(partnership__in=Partnership.objects.filter(**{name: value}).order_by().values("pk"), then=Value(step))
            for step, (name, value) in enumerate(alike)
            if value is not None
        ]
        return self.annotate(step=Case(*whens, default=Value(len(alike)), output_field=models.IntegerField()))


class SearchEntry(models.Model):
    """What was published of one case study, by what it is filtered; its key is the case study's."""

    id = models.BigAutoField(primary_key=True)
    case_study = models.OneToOneField(
        CaseStudy, models.CASCADE, related_name="search_entry", verbose_name=_("case study")
    )
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+", verbose_name=_("partnership"))
    is_retired = models.BooleanField(_("is retired"), default=False)
    is_agreed = models.BooleanField(_("is agreed as good practice"), default=False)
    effect = models.CharField(_("evidence of effect"), max_length=12)
    place_type = models.CharField(_("kind of place"), max_length=12, blank=True)
    from_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    tags = models.ManyToManyField(Tag, related_name="+", verbose_name=_("tags"))
    criteria = models.ManyToManyField(Criterion, related_name="+", verbose_name=_("criteria it speaks to"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="search_entry_newest")]
        constraints = [
            # Engines join what they found by key.
            models.CheckConstraint(condition=Q(id=F("case_study")), name="search_entry_key_is_case_study")
        ]

    def __str__(self) -> str:
        return str(self.case_study_id)


class SearchText(models.Model):
    """The words of one case study as they were last published; its key is the case study's."""

    id = models.BigAutoField(primary_key=True)
    case_study = models.OneToOneField(
        CaseStudy, models.CASCADE, related_name="search_text", verbose_name=_("case study")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.TextField(_("summary"), max_length=SUMMARY_LENGTH)
    body = models.TextField(_("everything else"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=F("case_study")), name="search_text_key_is_case_study")]

    def __str__(self) -> str:
        return self.title


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    """Questions asked of the vocabulary."""

    def like(self, words: Collection[str], spread: int) -> "SearchWordQuerySet":
        """Return the words that could be meant: they begin as these do, or with their second letter, and are as long.

        `spread` is by how many letters a word may be longer or shorter.
        """
        meant = Q()
        for word in words:
            meant |= Q(start__in=set(word[:2]), length__range=(len(word) - spread, len(word) + spread))
        return self.filter(meant) if words else self.none()


class SearchWord(models.Model):
    """A word of what is published and in use, and in how many case studies it is: what "did you mean" may say."""

    word = models.CharField(_("word"), max_length=WORD_LENGTH, unique=True)
    start = models.CharField(_("first letter"), max_length=1)
    length = models.PositiveSmallIntegerField(_("length"))
    number = models.IntegerField(_("in how many case studies"))

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["start", "length", "word", "number"], name="search_word_meant")]

    def __str__(self) -> str:
        return self.word
