"""How well searches find what answers them, held by a small judged set; docs/search.md tells the figures."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.casestudies.judged.queries import QUERIES
from tests.casestudies.judged.studies import STUDIES
from tests.casestudies.search.stories import look, published
from tests.people import Cast, Places

DOCUMENT = Path(__file__).resolve().parent.parent.parent.parent / "docs" / "search.md"
LOOKED_AT = 5
# Below these something broke; docs/search.md has what was measured.
FLOOR_RECALL, FLOOR_FIRST = 0.75, 0.8


def test_the_set_judges_what_is_there() -> None:
    known = {slug for slug, *_words in STUDIES}
    assert len(known) == len(STUDIES) == 60
    assert len(QUERIES) == 30
    assert all(answers and answers <= known and len(answers) <= LOOKED_AT for answers in QUERIES.values())


@pytest.fixture
def found(places: Places, cast: Cast) -> dict[str, list[str]]:
    """Return what each question finds first, best match first."""
    everywhere = (places.amber_valley, places.derby, places.exeter, places.cardiff)
    slugs = {}
    for number, (slug, title, summary, response) in enumerate(STUDIES):
        place = everywhere[number % len(everywhere)]
        slugs[published(place, cast.officer, title, summary=summary, response=response).title] = slug
    return {words: [slugs[title] for title in _shown(words)][:LOOKED_AT] for words in QUERIES}


def _shown(words: str) -> list[str]:
    results = look(words, sort="best")
    return [hit.row.title for hit in (*results.hits, *results.others)]


def recalls(found: dict[str, list[str]]) -> Iterator[tuple[str, float]]:
    """Yield of each question which part of its answers is among the first five."""
    for words, answers in QUERIES.items():
        yield words, len(answers & set(found[words])) / len(answers)


def test_the_answers_are_among_the_first_five_and_mostly_first(found: dict[str, list[str]]) -> None:
    each = dict(recalls(found))
    recall = sum(each.values()) / len(each)
    first = sum(bool(hits) and hits[0] in QUERIES[words] for words, hits in found.items()) / len(found)
    print(f"\n{connection.vendor}: recall@5 {recall:.2f}, first {first:.2f}")
    for words, one in each.items():
        if one < 1:
            print(f"  {one:.2f} {words}: {found[words]}, not {sorted(QUERIES[words] - set(found[words]))}")
    assert recall >= FLOOR_RECALL, each
    assert first >= FLOOR_FIRST, found


@pytest.mark.parametrize("name", ["SQLite", "PostgreSQL"])
def test_the_document_says_what_was_measured_on_both(name: str) -> None:
    row = re.search(rf"\| {name} \| (\d\.\d\d) \| (\d\.\d\d) \|", DOCUMENT.read_text())
    assert row
    assert float(row[1]) >= FLOOR_RECALL
    assert float(row[2]) >= FLOOR_FIRST
