"""Criteria sets, and what surrounds them while they change."""

from hallmarks.models.changing import REASON_LENGTH, CrosswalkLink, DraftSnapshot, LineageConfirmation, Withdrawal
from hallmarks.models.criteria import (
    Criterion,
    CriterionQuerySet,
    Framework,
    Indicator,
    Level,
    Scale,
    Section,
    Version,
    VersionQuerySet,
)

__all__ = [
    "REASON_LENGTH",
    "Criterion",
    "CriterionQuerySet",
    "CrosswalkLink",
    "DraftSnapshot",
    "Framework",
    "Indicator",
    "Level",
    "LineageConfirmation",
    "Scale",
    "Section",
    "Version",
    "VersionQuerySet",
    "Withdrawal",
]
