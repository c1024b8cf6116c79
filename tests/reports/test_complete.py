"""Every stored field of an assessment and of its reviews is in a file, or docs/exports.md says why not."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment
from reports import access, assessment_contents, package_contents
from reports.assessment_access import Taken
from reports.package import Table
from tests.people import Cast

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
# A document is a file of its own, byte for byte (test_taking_assessments.py).
WHOLE = {"Submission.document": "reports:submission_json", "ReviewedSubmission.document": "reports:review_json"}
# A reason is a sentence, not a word.
FEWEST_WORDS = 8


def models() -> set[type[Model]]:
    """Return the models of assessments and reviews, and what they refer to of the map and of criteria."""
    found = {model for app in ("assessments", "reviews") for model in apps.get_app_config(app).get_models()}
    waiting = list(found)
    while waiting:
        for field in fields(waiting.pop()):
            other: Any = field.related_model
            if other and other not in found and other._meta.app_label in ("partnerships", "hallmarks"):
                found.add(other)
                waiting.append(other)
    return found


def fields(model: type[Model]) -> list[Any]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def stored() -> set[str]:
    return {f"{model.__name__}.{field.name}" for model in models() for field in fields(model) if field.name != "id"}


def reasons() -> dict[str, str]:
    """Return what the document says of fields that are in no file."""
    part = DOCUMENT.read_text().partition("## What stands in no file")[2]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]
    return {name: why.strip() for names, why in rows for name in re.findall(r"`([^`]+)`", names)}


@pytest.fixture
def tables(world: None, cast: Cast) -> dict[str, list[Table]]:
    """The tables of each file, as those get them who get the most."""
    now = timezone.now()
    assessment = (
        Assessment.objects.with_criteria()
        .select_related("survey")
        .get(round__slug="2027", partnership__slug="amber-valley")
    )
    submission = Assessment.objects.get(round__slug="2026", partnership__slug="amber-valley").submissions.get()
    desk: Any = type("Desk", (), {"assessment": assessment})
    return {
        "assessment": list(assessment_contents.as_it_stands(desk, now).tables),
        "submitted": list(assessment_contents.as_submitted(Taken(submission, as_office=True, region=None)).tables),
        "round": list(package_contents.package_of(access.scope(cast.administrator, "2026"), now).tables),
    }


def test_every_stored_field_is_in_a_file_or_has_its_reason(tables: dict[str, list[Table]]) -> None:
    held = {name for every in tables.values() for table in every for field in table.fields for name in field.holds}
    assert sorted(held - stored()) == []
    assert sorted(stored() - held - set(WHOLE) - set(reasons())) == []


def test_no_reason_is_given_for_what_is_in_a_file_or_is_not_stored(tables: dict[str, list[Table]]) -> None:
    held = {name for every in tables.values() for table in every for field in table.fields for name in field.holds}
    explained = set(reasons()) - {"id"}
    assert sorted(explained & (held | set(WHOLE))) == []
    assert sorted(explained - stored()) == []


def test_every_reason_is_a_sentence() -> None:
    short = {name for name, why in reasons().items() if len(why.split()) < FEWEST_WORDS or not why.endswith(".")}
    assert short == set()
    assert all(reverse(view, args=["2027", "amber-valley"]) for view in WHOLE.values())


def test_a_new_field_is_missed(tables: dict[str, list[Table]], monkeypatch: pytest.MonkeyPatch) -> None:
    known = stored()
    monkeypatch.setattr(sys.modules[__name__], "stored", lambda: known | {"Round.motto"})
    with pytest.raises(AssertionError, match=r"Round\.motto"):
        test_every_stored_field_is_in_a_file_or_has_its_reason(tables)


def test_the_document_tells_of_every_table(tables: dict[str, list[Table]]) -> None:
    part = DOCUMENT.read_text().partition("## Tables")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| `")
    ]
    told = {name.strip("`"): (where, meaning) for name, where, meaning in rows}
    found: dict[str, tuple[str, str]] = {}
    for file, every in tables.items():
        for table in every:
            where = found.get(table.name, ("", ""))[0]
            found[table.name] = (", ".join(filter(None, [where, file])), table.meaning)
    assert told == found


def test_every_column_and_table_says_what_it_means(tables: dict[str, list[Table]]) -> None:
    for table in (table for every in tables.values() for table in every):
        assert table.meaning.endswith(".")
        names = [field.name for field in table.fields]
        assert len(set(names)) == len(names)
        assert set(table.key) <= set(names)
        assert all(field.meaning for field in table.fields)


def test_a_user_is_nowhere(tables: dict[str, list[Table]]) -> None:
    said = " ".join(str(cell) for every in tables.values() for table in every for row in table.rows for cell in row)
    people = {fact for person in User.objects.all() for fact in (person.name, person.email)}
    assert [fact for fact in people if fact in said] == []
