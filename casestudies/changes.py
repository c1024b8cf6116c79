"""What differs between two texts of a case study, part by part, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from casestudies.article import Article
from casestudies.parts import LABELS


@dataclass(frozen=True)
class Change:
    """One part that differs: what it is called, and how it reads on both sides."""

    field: str
    label: Promise
    before: str
    after: str


def changes(before: Article, after: Article) -> tuple[Change, ...]:
    """Return what differs, in the order in which pages show it."""
    return tuple(
        Change(field, label, in_words(before, field), in_words(after, field))
        for field, label in LABELS.items()
        if getattr(before, field) != getattr(after, field)
    )


def in_words(article: Article, field: str) -> str:
    """Return one part of an article as a reader would say it; lists are a line each."""
    said = WORDS.get(field)
    return said(article) if said else _plain(getattr(article, field))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


WORDS: Mapping[str, Callable[[Article], str]] = {
    "effect": lambda article: article.effect_label,
    "place_type": lambda article: article.place_label,
    "tags": lambda article: "\n".join(tag.name for tag in article.tags),
    "criteria": lambda article: "\n".join(f"{one.title} ({one.set_title})" for one in article.criteria),
    "files": lambda article: "\n".join(file.name for file in article.files),
}
