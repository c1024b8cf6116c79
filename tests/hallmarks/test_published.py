"""What is published never changes: the database itself refuses, whoever asks; drafts stay free."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, transaction

from hallmarks import services
from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version
from hallmarks.stored import document_of
from tests.hallmarks.files import changed, document, small
from tests.hallmarks.publishing import publish

pytestmark = pytest.mark.django_db

MODELS = (Framework, Version, Scale, Level, Section, Criterion, Indicator)
REFUSED = "Published criteria never change"


@pytest.fixture(params=["published", "withdrawn"])
def published(request: pytest.FixtureRequest) -> Version:
    version = services.import_version(document=document(small()), by=None).version
    services.publish_version(version=version, by=None)
    Version.objects.filter(pk=version.pk).update(status=request.param)
    return version


def everything() -> str:
    return str(
        serializers.serialize("json", [row for model in MODELS for row in model._default_manager.order_by("pk")])
    )


def raw_delete(model: Any) -> Any:
    return model.objects.all()._raw_delete("default")


CHANGES: dict[str, Callable[[], Any]] = {
    "framework": lambda: Framework.objects.update(title="Other"),
    "version": lambda: Version.objects.update(title="Other"),
    "version's start": lambda: Version.objects.update(in_force_from=datetime.date(2020, 1, 1)),
    "scale": lambda: Scale.objects.update(is_ordered=False),
    "level": lambda: Level.objects.filter(position=0).update(name="Other"),
    "section": lambda: Section.objects.update(title="Other"),
    "criterion": lambda: Criterion.objects.filter(number=1).update(text="Other"),
    "indicator": lambda: Indicator.objects.update(text="Other"),
    "back to draft": lambda: Version.objects.update(status="draft"),
    **{f"delete {model.__name__}": lambda model=model: raw_delete(model) for model in MODELS},  # type: ignore[misc]
}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_the_database_refuses(published: Version, change: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        CHANGES[change]()
    assert everything() == before


def load(rows: list[Any], folder: Path) -> None:
    file = folder / "given.json"
    file.write_text(json.dumps(rows))
    call_command("loaddata", str(file), verbosity=0)


@pytest.mark.parametrize("model", ["framework", "version", "section", "criterion"])
def test_a_fixture_cannot_be_loaded_over_it(published: Version, model: str, tmp_path: Path) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=REFUSED):
        load(changed(model, title="Other"), tmp_path)
    assert everything() == before


def test_a_fixture_with_another_version_can_be_loaded_beside_it(published: Version, tmp_path: Path) -> None:
    kept = document_of(published)
    load(json.loads(json.dumps(small()).replace('"v1"', '"v2"')), tmp_path)
    assert Version.objects.count() == 2
    assert document_of(Version.objects.get(pk=published.pk)) == kept


def test_it_can_be_withdrawn_with_the_day_on_which_it_ends(published: Version) -> None:
    published.status, published.in_force_to = Version.Status.WITHDRAWN, datetime.date(2030, 3, 31)
    published.save(update_fields=["status", "in_force_to"])
    published.refresh_from_db()
    assert (published.status, published.in_force_to) == ("withdrawn", datetime.date(2030, 3, 31))


def test_a_draft_is_replaced_and_published_beside_it(published: Version) -> None:
    text = json.dumps(small()).replace('"v1"', '"v2"')
    services.import_version(document=document(json.loads(text)), by=None)
    replaced = services.import_version(document=document(json.loads(text.replace("A sign.", "Another."))), by=None)
    assert replaced.outcome == services.Outcome.REPLACED
    Indicator.objects.filter(criterion__version=replaced.version).update(text="A third.")
    assert publish(replaced.version).status == "published"
