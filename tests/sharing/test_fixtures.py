"""The law's list and the steps of the year as they are delivered."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sharing.models import CycleStep, InformationSet
from tests.hallmarks.files import HALLMARKS, document

# SHA-256 of every text in order, taken from the lists that the fixtures were made from: change both or neither.
WORDING_OF_SETS = "62f1626941d6075fa3cdb3927f275b447e71e66b983966b07a0dc269d750610a"
WORDING_OF_STEPS = "93e8a5ae8226c1f6486e5edd2a6be30d049aaf091d93b8092b7bf14c51c1cc33"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def fingerprint(rows: Iterable[Any]) -> str:
    texts = ("\t".join("|".join(cell) if isinstance(cell, list) else str(cell) for cell in row) for row in rows)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@pytest.fixture
def loaded(db: None) -> None:
    call_command("loaddata", "information_sets", "annual_cycle", verbosity=0)


@pytest.mark.usefixtures("loaded")
class TestDelivered:
    def test_twelve_sets_are_asked_of_four_bodies(self) -> None:
        assert list(InformationSet.objects.values_list("number", flat=True)) == list(range(1, 13))
        asked = Counter(InformationSet.objects.values_list("organisation", flat=True))
        assert asked == {
            "Police force": 2,
            "Fire and rescue authority": 2,
            "Local authority": 4,
            "Primary Care Trust": 4,
        }

    def test_the_year_has_seventeen_steps(self) -> None:
        assert list(CycleStep.objects.values_list("number", flat=True)) == list(range(1, 18))

    def test_every_row_arrives_word_for_word(self) -> None:
        for model, name in ((InformationSet, "information_sets"), (CycleStep, "annual_cycle")):
            for row in json.loads((FIXTURES / f"{name}.json").read_text()):
                stored = model.objects.get(number=row["fields"]["number"])
                assert {key: getattr(stored, key) for key in row["fields"]} == row["fields"]
                stored.full_clean()

    def test_the_wording_is_that_of_the_lists_it_was_written_in(self) -> None:
        sets = ["number", "organisation", "dataset", "detail", "notes", "hallmark_code"]
        steps = ["number", "title", "what_happens", "who", "product", "hallmark_codes"]
        assert fingerprint(InformationSet.objects.values_list(*sets)) == WORDING_OF_SETS
        assert fingerprint(CycleStep.objects.values_list(*steps)) == WORDING_OF_STEPS

    def test_loading_again_changes_nothing(self) -> None:
        call_command("loaddata", "information_sets", "annual_cycle", verbosity=0)
        assert (InformationSet.objects.count(), CycleStep.objects.count()) == (12, 17)


def test_every_hallmarks_code_leads_to_a_criterion() -> None:
    known = {criterion.code for criterion in document(HALLMARKS).criteria()}
    named = {row["fields"]["hallmark_code"] for row in json.loads((FIXTURES / "information_sets.json").read_text())}
    for row in json.loads((FIXTURES / "annual_cycle.json").read_text()):
        named |= set(row["fields"]["hallmark_codes"])
    assert named <= known
    assert {"H3.S3a", "H3.S3b", "H3.S3c", "H3.S3d"} <= named
