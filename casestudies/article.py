"""A case study as everybody reads it: plain data, made from a published version's document or from the working text."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from casestudies.models import Attachment, CaseStudy, Tag
from casestudies.parts import EFFECTS
from hallmarks.models import Criterion

SCHEMA = "cdrp-portal/case-study/1"


class UnknownSchema(ValueError):
    """Raised for a document that this code cannot read."""


@dataclass(frozen=True)
class TagEntry:
    """A word of the managed list, as it read then."""

    slug: str
    # Administrators may word it anew; that is no change of the case study.
    name: str = field(compare=False)

    @classmethod
    def of(cls, tag: Tag) -> "TagEntry":
        """Return the entry of a tag."""
        return cls(tag.slug, tag.name)


@dataclass(frozen=True)
class CriterionEntry:
    """A criterion that it speaks to; `framework`, `version` and `code` are its address."""

    framework: str
    version: str
    code: str
    title: str
    section: str
    set_title: str

    @classmethod
    def of(cls, criterion: Criterion) -> "CriterionEntry":
        """Return the entry of a criterion fetched with its section, version and framework."""
        version = criterion.version
        return cls(
            version.framework.slug,
            version.slug,
            criterion.code,
            criterion.title,
            criterion.section.title,
            version.title,
        )

    @property
    def address(self) -> str:
        """The criterion's natural key in one word, as forms send it."""
        return "/".join((self.framework, self.version, self.code))


@dataclass(frozen=True)
class FileEntry:
    """A file that belongs to it; the stored file is found by its SHA-256."""

    name: str
    media_type: str
    size: int
    sha256: str

    @classmethod
    def of(cls, file: Attachment) -> "FileEntry":
        """Return the entry of an attachment."""
        return cls(file.name, file.media_type, file.size, file.sha256)


def period(first: int | None, last: int | None) -> str:
    """Return from when to when, such as "2007 to 2009", or "" where nobody said."""
    if first and last and first != last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first and not last:
        return _("Since %(first)s") % {"first": first}
    return str(last or "")


@dataclass(frozen=True)
class Article:
    """Everything that a page or a search shows of a case study. It names roles, never people."""

    partnership: str
    partnership_name: str
    region: str
    slug: str
    title: str
    summary: str
    scanning: str = ""
    analysis: str = ""
    response: str = ""
    assessment: str = ""
    what_to_do: str = ""
    how_to_do_it: str = ""
    who_can_help: str = ""
    when_to_do_it: str = ""
    cost: str = ""
    time_taken: str = ""
    differently: str = ""
    effect: str = CaseStudy.Effect.NONE.value
    effect_words: str = ""
    from_year: int | None = None
    to_year: int | None = None
    place_type: str = ""
    contact_role: str = ""
    contact_mailbox: str = ""
    tags: tuple[TagEntry, ...] = ()
    criteria: tuple[CriterionEntry, ...] = ()
    files: tuple[FileEntry, ...] = ()

    @property
    def effect_label(self) -> str:
        """How well its effect is known, in words; "" for a word that is no longer used."""
        return str(dict(CaseStudy.Effect.choices).get(self.effect, ""))

    @property
    def effect_explained(self) -> str:
        """What that word means, in a sentence."""
        return str(EFFECTS.get(self.effect, ""))

    @property
    def place_label(self) -> str:
        """The kind of place in words, or ""."""
        return str(dict(CaseStudy.PlaceType.choices).get(self.place_type, ""))

    @property
    def period(self) -> str:
        """When it was done, such as "2007 to 2009", or ""."""
        return period(self.from_year, self.to_year)


# What the row of a case study holds under the same name.
ROW_FIELDS = tuple(
    one.name
    for one in fields(Article)
    if one.name not in {"partnership", "partnership_name", "region", "tags", "criteria", "files"}
)


def working_article(case_study: CaseStudy) -> Article:
    """Return the working text as an article; the row is fetched by `with_article()`."""
    place = case_study.partnership
    return Article(
        partnership=place.slug,
        partnership_name=place.name,
        region=place.region.name,
        tags=tuple(TagEntry.of(tag) for tag in case_study.tags.all()),
        criteria=tuple(CriterionEntry.of(criterion) for criterion in sorted(case_study.criteria.all(), key=_in_order)),
        files=tuple(FileEntry.of(file) for file in case_study.attachments.all()),
        **{name: getattr(case_study, name) for name in ROW_FIELDS},
    )


def document_of(article: Article) -> dict[str, Any]:
    """Return the article as the document that a version keeps."""
    return {"schema": SCHEMA, **asdict(article)}


def fingerprint(article: Article) -> str:
    """Return the SHA-256 of an article, by which a form says which text its reader saw."""
    return hashlib.sha256(json.dumps(document_of(article), sort_keys=True).encode()).hexdigest()


def read(document: Mapping[str, Any]) -> Article:
    """Return the article that a document holds; raises UnknownSchema for another schema."""
    if document.get("schema") != SCHEMA:
        raise UnknownSchema(f"This is not a {SCHEMA} document.")
    content = {name: value for name, value in document.items() if name != "schema"}
    return Article(
        **{
            **content,
            "tags": tuple(TagEntry(**entry) for entry in document["tags"]),
            "criteria": tuple(CriterionEntry(**entry) for entry in document["criteria"]),
            "files": tuple(FileEntry(**entry) for entry in document["files"]),
        }
    )


def _in_order(criterion: Criterion) -> tuple[str, int, int, int]:
    version = criterion.version
    return version.framework.title, version.pk, criterion.section.number, criterion.number
