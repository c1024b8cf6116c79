"""What a criteria file may hold, read from the models themselves so that the two cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version

MODELS: Mapping[str, type[models.Model]] = {
    model._meta.model_name or "": model for model in (Framework, Version, Scale, Level, Section, Criterion, Indicator)
}
WORDS: Mapping[str, Promise] = {
    "framework": _("framework"),
    "version": _("version"),
    "scale": _("scale"),
    "level": _("level"),
    "section": _("section"),
    "criterion": _("criterion"),
    "indicator": _("indicator"),
}
# How a row is known: by the row it belongs to, if any, and its own field.
OWN_KEY: Mapping[str, tuple[str, str]] = {
    "framework": ("", "slug"),
    "version": ("framework", "slug"),
    "scale": ("version", "slug"),
    "level": ("scale", "position"),
    "section": ("version", "code"),
    "criterion": ("version", "code"),
    "indicator": ("criterion", "number"),
}
# What the models leave open and the portal needs: where numbers begin and end, and the grades of certainty.
RANGES = {"position": (0, 9), "number": (1, 999)}
CONFIDENCE = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Field:
    """One field of an entry: its kind, whether it must be filled, and its limits."""

    name: str
    kind: str
    is_required: bool
    default: Any
    limit: int | None = None
    choices: tuple[str, ...] = ()
    refers_to: str = ""


@cache
def fields_of(model_name: str) -> Mapping[str, Field]:
    """Return the fields that an entry of this model may have, by name."""
    columns = MODELS[model_name]._meta.concrete_fields
    return {column.name: _field(column) for column in columns if not column.primary_key}


@cache
def unique_together(model_name: str) -> tuple[tuple[str, ...], ...]:
    """Return the sets of fields that no two entries may share; people also tell levels apart by name."""
    meta = MODELS[model_name]._meta
    alone = [(column.name,) for column in meta.concrete_fields if column.unique and not column.primary_key]
    together = [tuple(c.fields) for c in meta.constraints if isinstance(c, models.UniqueConstraint)]
    return (*alone, *together, *([("scale", "name")] if model_name == "level" else []))


def _field(column: "models.Field[Any, Any]") -> Field:
    related = column.remote_field.model._meta.model_name if column.remote_field else ""
    return Field(
        name=column.name,
        kind=_kind(column),
        is_required=not (column.blank or column.null or column.has_default()),
        default=_default(column),
        limit=getattr(column, "max_length", None),
        choices=CONFIDENCE if column.name == "confidence" else _choices(column),
        refers_to=related or "",
    )


def _choices(column: "models.Field[Any, Any]") -> tuple[str, ...]:
    return tuple(str(value) for value, _label in column.flatchoices if value)


def _default(column: "models.Field[Any, Any]") -> Any:
    if column.has_default():
        return column.get_default()
    return None if column.null else ""


def _kind(column: "models.Field[Any, Any]") -> str:
    if column.name == "code":
        return "code"
    return next(kind for of, kind in KINDS if isinstance(column, of))


# The first match wins, so a subclass stands above its base.
KINDS: tuple[tuple[type["models.Field[Any, Any]"], str], ...] = (
    (models.ForeignKey, "key"),
    (models.BooleanField, "flag"),
    (models.DateField, "date"),
    (models.IntegerField, "whole"),
    (models.SlugField, "slug"),
    (models.CharField, "line"),
    (models.TextField, "text"),
)
