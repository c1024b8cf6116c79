"""The criteria as they are delivered: the counts of the published sets, and two doors that give the same."""

from collections import Counter

import pytest
from django.core.management import call_command

from hallmarks.importing import parse
from hallmarks.models import Version
from hallmarks.stored import document_of
from tests.hallmarks.files import BEACON, HALLMARKS, document


def test_beacon_has_the_published_counts() -> None:
    beacon = document(BEACON)
    assert [len(section.criteria) for section in beacon.sections] == [7, 8, 6, 5, 7, 5, 4, 3, 4]
    assert beacon.counts() == {
        "sections": 9,
        "criteria": 49,
        "key": 22,
        "statutory": 0,
        "indicators": 175,
        "scales": 1,
        "levels": 4,
    }


def test_beacon_repeats_two_indicators_and_leaves_one_criterion_without() -> None:
    texts = Counter(sign.text for criterion in document(BEACON).criteria() for sign in criterion.indicators)
    assert len(texts) == 173
    assert sorted(texts.values())[-2:] == [2, 2]
    assert [c.code for c in document(BEACON).criteria() if not c.indicators] == ["PPR.5"]


def test_hallmarks_has_the_published_counts() -> None:
    hallmarks = document(HALLMARKS)
    assert [len(section.criteria) for section in hallmarks.sections] == [7, 8, 15, 8, 6, 5]
    assert hallmarks.counts() == {
        "sections": 6,
        "criteria": 49,
        "key": 0,
        "statutory": 27,
        "indicators": 152,
        "scales": 2,
        "levels": 7,
    }
    assert Counter(criterion.confidence for criterion in hallmarks.criteria()) == {"A": 17, "B": 11, "C": 20, "D": 1}


def test_statutory_criteria_have_their_own_scale() -> None:
    assert {(c.kind, c.scale) for c in document(HALLMARKS).criteria()} == {
        ("practice", "practice"),
        ("statutory", "statutory"),
    }


def test_every_criterion_names_its_source_and_lineage() -> None:
    for data in (BEACON, HALLMARKS):
        for criterion in document(data).criteria():
            assert criterion.source
            assert criterion.lineage.endswith(criterion.code.lower().replace(".", "-"))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "data"), [("beacon_r5", BEACON), ("hallmarks_2007", HALLMARKS)])
def test_loaddata_and_the_importer_give_the_same(name: str, data: bytes) -> None:
    call_command("loaddata", name, verbosity=0)
    version = Version.objects.select_related("framework").get()
    assert version.status == Version.Status.DRAFT
    assert document_of(version) == parse(data).document


def test_no_fixture_names_a_row_by_number() -> None:
    assert b'"pk"' not in BEACON + HALLMARKS
