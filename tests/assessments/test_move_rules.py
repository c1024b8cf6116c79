"""Every key to a criterion, a level or a sign has its rule: a new one cannot be forgotten by a move."""

from django.apps import apps
from django.db import models

from assessments.move_rules import FOLLOWS, STAYS
from assessments.services.moved_rows import TABLES
from hallmarks.models import Criterion, Indicator, Level


def keys() -> set[str]:
    """Return each key in the database that leads to what a round asks."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in (Criterion, Level, Indicator)
    }


def test_every_key_has_one_rule() -> None:
    assert not FOLLOWS.keys() & STAYS.keys()
    assert keys() - FOLLOWS.keys() - STAYS.keys() == set(), "give each of these a rule in assessments/move_rules.py"
    assert (FOLLOWS.keys() | STAYS.keys()) - keys() == set(), "these are no keys any more"


def test_what_follows_is_what_a_move_can_put_back() -> None:
    assert {key.rpartition(".")[0] for key in FOLLOWS} == set(TABLES)
