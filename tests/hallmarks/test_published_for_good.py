"""Nothing comes into a published set, by whatever door, and neither its status nor its withdrawal ever turns back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hallmarks import services
from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version, Withdrawal
from tests.hallmarks.files import document, small
from tests.hallmarks.publishing import publish

pytestmark = pytest.mark.django_db

PARTS: tuple[Any, ...] = (Scale, Level, Section, Criterion, Indicator)
EVERYTHING: tuple[Any, ...] = (Framework, Version, *PARTS, Withdrawal)
NO_MORE, NEVER = "Nothing can be added to published criteria", "Published criteria never change"


def everything() -> str:
    return str(serializers.serialize("json", [row for model in EVERYTHING for row in model.objects.order_by("pk")]))


@pytest.fixture(params=["published", "withdrawn"])
def fixed(request: pytest.FixtureRequest) -> Version:
    version = publish(services.import_version(document=document(small()), by=None).version)
    if request.param == "withdrawn":
        services.withdraw_version(version=version, reason="Wrong", by=None)
    return Version.objects.get(pk=version.pk)


def refused(act: Callable[[], Any], words: str) -> None:
    before = everything()
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()
    assert everything() == before


def another(model: Any, of: Version) -> Any:
    """One more row of a model in a set, with what must be its own changed."""
    path = {"Level": "scale__version", "Indicator": "criterion__version"}.get(model.__name__, "version")
    row = model.objects.filter(**{path: of}).order_by("-pk")[0]
    row.pk, row._state.adding = None, True
    for name, value in {"number": 77, "position": 7, "slug": "more", "code": "MORE", "lineage": "more"}.items():
        if hasattr(row, name):
            setattr(row, name, value)
    return row


def as_sql(row: Any) -> tuple[str, list[Any]]:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    return " ".join(["INSERT INTO", row._meta.db_table, "(", columns, ") VALUES (", marks, ")"]), values


def run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or [])


@pytest.mark.parametrize("model", PARTS)
class TestAdding:
    def test_by_saving(self, fixed: Version, model: Any) -> None:
        refused(lambda: another(model, fixed).save(), NO_MORE)

    def test_by_the_dozen(self, fixed: Version, model: Any) -> None:
        refused(lambda: model.objects.bulk_create([another(model, fixed)]), NO_MORE)

    def test_by_sql(self, fixed: Version, model: Any) -> None:
        refused(lambda: run(*as_sql(another(model, fixed))), NO_MORE)

    def test_by_taking_the_place_of_one_that_is_there(self, fixed: Version, model: Any) -> None:
        """A row with the key of another is an insert that becomes an update, or removes it first."""
        row = another(model, fixed)
        row.pk = model.objects.latest("pk").pk
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        refused(
            lambda: model.objects.bulk_create([row], update_conflicts=True, unique_fields=["pk"], update_fields=fields),
            f"{NO_MORE}|{NEVER}",
        )

    def test_by_moving_a_draft_s_row_into_it(self, fixed: Version, model: Any) -> None:
        text = document(small())
        draft = services.import_version(document=type(text)(**{**vars(text), "slug": "v2"}), by=None).version
        row = another(model, draft)
        row.save()
        owner = {"Level": "scale", "Indicator": "criterion"}.get(model.__name__, "version")
        here = fixed if owner == "version" else getattr(model.objects.exclude(pk=row.pk).order_by("pk")[0], owner)
        refused(lambda: model.objects.filter(pk=row.pk).update(**{owner: here}), NO_MORE)


@pytest.mark.parametrize("model", [Framework, Version, *PARTS])
class TestChanging:
    def changed(self, model: Any) -> Any:
        row = model.objects.order_by("pk")[0]
        name = next(name for name in ("text", "title", "name", "slug") if hasattr(row, name))
        setattr(row, name, "other")
        return row, name

    def test_by_saving(self, fixed: Version, model: Any) -> None:
        refused(self.changed(model)[0].save, NEVER)

    def test_by_the_dozen(self, fixed: Version, model: Any) -> None:
        row, name = self.changed(model)
        refused(lambda: model.objects.bulk_update([row], [name]), NEVER)

    def test_by_a_query(self, fixed: Version, model: Any) -> None:
        row, name = self.changed(model)
        refused(lambda: model.objects.filter(pk=row.pk).update(**{name: "other"}), NEVER)

    def test_by_sql(self, fixed: Version, model: Any) -> None:
        row, name = self.changed(model)
        refused(lambda: run(" ".join(["UPDATE", row._meta.db_table, "SET", name, "= 'other'"])), NEVER)

    def test_by_deleting(self, fixed: Version, model: Any) -> None:
        before = everything()
        row = model.objects.order_by("pk")[0]
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            row.delete()
        with pytest.raises(DatabaseError, match=NEVER), transaction.atomic():
            run(" ".join(["DELETE FROM", row._meta.db_table]))
        assert everything() == before


class TestWithdrawals:
    @pytest.fixture
    def withdrawal(self) -> Withdrawal:
        version = publish(services.import_version(document=document(small()), by=None).version)
        services.withdraw_version(version=version, reason="Wrong", by=None)
        return Withdrawal.objects.get()

    def test_withdrawn_criteria_are_not_published_again(self, withdrawal: Withdrawal) -> None:
        key = withdrawal.version_id
        refused(lambda: Version.objects.filter(pk=key).update(status="published"), "Withdrawn criteria stay withdrawn")
        refused(lambda: Version.objects.filter(pk=key).update(status="draft"), f"{NEVER}|stay withdrawn")

    def test_the_reason_stays(self, withdrawal: Withdrawal) -> None:
        words = "hallmarks_withdrawal is append-only"
        refused(lambda: Withdrawal.objects.update(reason="Other"), words)
        refused(lambda: Withdrawal.objects.update(withdrawn_at=timezone.now()), words)
        refused(withdrawal.delete, words)
        refused(lambda: run("DELETE FROM hallmarks_withdrawal"), words)
        refused(lambda: run("UPDATE hallmarks_withdrawal SET reason = 'Other'"), words)

    def test_there_is_one_a_version(self, withdrawal: Withdrawal) -> None:
        again = Withdrawal(version=withdrawal.version, reason="Other", withdrawn_at=timezone.now())
        refused(again.save, "(?i)unique")
