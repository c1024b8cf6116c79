"""What a report is made of: the frozen documents, made fit for print, and where to read what a report leaves out."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import CriterionEntry, Document
from govuk.numbers import grouped
from reports.parts import SHORT
from reports.plain_text import one_line, printable
from reviews.documents import RecommendationEntry, ReviewDocument, ReviewedEntry

Printed = TypeVar("Printed")
# What people write in paragraphs; everything else stands on one line.
PARAGRAPHS = {"descriptor", "question", "reason", "reply", "return_reason", "summary", "text"}


@dataclass(frozen=True)
class Few(Generic[Printed]):
    """The first of many; `more` says how many are left out and where they are, or nothing."""

    kept: tuple[Printed, ...]
    more: str = ""


@dataclass(frozen=True)
class Matter:
    """The documents of one report, every text in them printable; `where` is where a text that was cut can be read."""

    document: Document
    fingerprint: str
    form: str
    where: str
    review: ReviewDocument | None = None
    review_fingerprint: str = ""
    is_draft: bool = False
    drafted_on: str = ""

    @property
    def day(self) -> str:
        """The day as of which it tells, an ISO 8601 day; nothing where a draft names none."""
        return self.drafted_on or self.document.submitted_at[:10]

    @property
    def is_short(self) -> bool:
        """Whether the short form is asked for."""
        return self.form == SHORT

    @cached_property
    def practice(self) -> list[CriterionEntry]:
        """Criteria of good practice, in published order."""
        return [entry for entry in self.document.every_criterion() if not entry.is_statutory]

    @cached_property
    def statutory(self) -> list[CriterionEntry]:
        """What the law asks for, in published order."""
        return [entry for entry in self.document.every_criterion() if entry.is_statutory]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Each criterion's title and place, by its code."""
        return {each.code: f"{each.title} ({self.places[each.code]})" for each in self.document.every_criterion()}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where each criterion stands, such as "Leadership 2", by its code: a report's reader sees no codes."""
        return {
            each.code: f"{section.title} {each.number}"
            for section in self.document.sections
            for each in section.criteria
        }

    @cached_property
    def seen(self) -> Mapping[str, ReviewedEntry]:
        """What the Government Office saw, by the criterion's code."""
        return {entry.code: entry for entry in self.review.criteria} if self.review else {}

    def recommended(self, code: str) -> list[RecommendationEntry]:
        """Return what the Government Office recommends about one criterion, or about the whole ("")."""
        return [each for each in self.review.recommendations if each.criterion == code] if self.review else []

    def about(self, code: str) -> str:
        """Return what something is about, a criterion (in the short form by its place alone) or the whole."""
        called = self.places if self.is_short else self.titles
        return called.get(code, code) if code else _("The whole assessment")

    def few(self, every: Iterable[Printed], most: int) -> Few[Printed]:
        """Return the first of many, and what to say of the rest."""
        listed = tuple(every)
        return Few(listed[:most], self.more(len(listed) - most))

    def more(self, count: int) -> str:
        """Return what to say of so many that are left out; nothing of none."""
        if count <= 0:
            return ""
        words = ngettext("And %(count)s more: it stands %(where)s.", "And %(count)s more: they stand %(where)s.", count)
        return words % {"count": grouped(count), "where": self.where}


def matter_of(document: Document, fingerprint: str, form: str, review: ReviewDocument | None = None) -> Matter:
    """Return what a report of these documents is made of."""
    where = _where(form, is_submitted=bool(fingerprint), is_reviewed=review is not None)
    return Matter(_tidy(document, "", where), fingerprint, form, where, _tidy(review, "", where))


def _where(form: str, *, is_submitted: bool, is_reviewed: bool) -> str:
    if form == SHORT:
        return _("in the full report")
    if is_reviewed:
        return _("in the portal and in the attached submission.json and review.json")
    return _("in the portal and in the attached submission.json") if is_submitted else _("in the portal")


def _tidy(value: Any, name: str, where: str) -> Any:
    """Return a document with every text in it made fit for print, whatever field is added to it one day."""
    if isinstance(value, str):
        return printable(value, where) if name in PARAGRAPHS else one_line(value)
    if isinstance(value, tuple):
        return tuple(_tidy(each, name, where) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{key: _tidy(each, key, where) for key, each in vars(value).items()})
    return value


def joined(parts: Sequence[str]) -> str:
    """Return the parts of an enumeration that are there."""
    return ", ".join(part for part in parts if part)
