"""What counts leave possible: rule by rule, and as two attackers would try it on the map and on maps made by chance."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.bounds import Known
from reports.deduction import Deduction, Reader
from reports.release import AREA, FAMILY, FORCE, NATION, REGION, RULES, Answers, Release, decide
from tests.reports.test_release import PLACES, SMALL, fixture

CRITERIA = 8
# Of a hundred, how many choose each level: what hardly anybody chooses is what names somebody.
SHARES = ("0" * 27 + "1" * 48 + "2" * 23 + "3" * 2, "0" * 3 + "1" * 40 + "2" * 40 + "3" * 17)
Possible = dict[int, set[int]]


def drawn(*words: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(words).encode()).digest()[:4], "big")


@pytest.fixture(scope="module")
def country() -> list[Answers]:
    """The 376 partnerships with levels of which some are rare; two in a hundred do not apply."""
    nations = {row["slug"]: str(row["nation"]) for row in fixture("regions")}
    regions = {row["slug"]: row["region"][0] for row in fixture("police_forces")}  # type: ignore[index]
    found = []
    for row in fixture("partnerships"):
        slug, force = row["slug"], row["police_force"][0]  # type: ignore[index]
        groups = {REGION: regions[force], FORCE: force, FAMILY: str(drawn("family", slug) % 13)}
        groups |= {AREA: str(row["area_type"]), NATION: nations[regions[force]]}
        marks = (
            "-" if drawn(slug, at) % 50 == 0 else SHARES[at % 2][drawn(at, slug) % len(SHARES[at % 2])]
            for at in range(CRITERIA)
        )
        found.append(Answers(groups, "".join(marks)))
    return found


def cells_of(
    partnerships: Sequence[Answers], release: Release, criterion: int
) -> list[tuple[frozenset[int], tuple[int, ...]]]:
    """Return who gave a level in each shown cell, with its counts."""
    rated = [at for at, each in enumerate(partnerships) if each.levels[criterion].isdigit()]
    return [
        (frozenset(at for at in rated if partnerships[at].groups.get(group.kind) == group.slug), counts)
        for group, counts in release.cells[criterion].items()
    ]


def conclude(cells: Sequence[tuple[frozenset[int], tuple[int, ...]]], own: Mapping[int, int]) -> Possible:
    """Rule levels out until nothing more follows: an attacker who knows who belongs where, and some levels."""
    possible = {at: {own[at]} if at in own else set(range(len(counts))) for those, counts in cells for at in those}
    before = -1
    while before != (before := sum(map(len, possible.values()))):
        for those, counts in cells:
            for level, count in enumerate(counts):
                able = [at for at in those if level in possible[at]]
                sure = [at for at in able if len(possible[at]) == 1]
                if len(able) == count:
                    possible.update((at, {level}) for at in able)
                elif len(sure) == count:
                    possible.update((at, possible[at] - {level}) for at in able if at not in sure)
    return possible


def named(
    partnerships: Sequence[Answers], release: Release, criterion: int, agreeing: int
) -> Iterator[tuple[int, int]]:
    """Yield who is known to whom: -1 is a stranger. Who stands in a large group that agrees is left out."""
    cells = cells_of(partnerships, release, criterion)
    for reader in (-1, *sorted({at for those, _counts in cells for at in those})):
        own = {} if reader < 0 else {reader: int(partnerships[reader].levels[criterion])}
        free: set[int] = {reader}
        for those, counts in cells:
            alone = reader in those and counts[own[reader]] == 1
            if len(those) >= agreeing and max(counts) >= len(those) - alone:
                free |= those
        known = {at for at, levels in conclude(cells, own).items() if len(levels) == 1}
        yield from ((reader, at) for at in known - free)


# As attackers try it


def test_nobody_on_the_map_is_named_by_what_others_did_not_choose(country: list[Answers]) -> None:
    released = decide(country, [4] * CRITERIA)
    for criterion in range(CRITERIA):
        assert list(named(country, released, criterion, RULES.agreeing_under)) == []
        assert len(released.cells[criterion]) > 35


MAPS = st.lists(st.builds(Answers, PLACES, st.sampled_from("0011123-")), min_size=5, max_size=24)


@settings(max_examples=150, deadline=None)
@given(MAPS)
def test_nobody_on_any_map_is_named_at_the_numbers_decided(partnerships: list[Answers]) -> None:
    assert list(named(partnerships, decide(partnerships, [4]), 0, RULES.agreeing_under)) == []


@settings(max_examples=150, deadline=None)
@given(MAPS)
def test_nobody_on_any_map_is_named_with_smaller_numbers(partnerships: list[Answers]) -> None:
    assert list(named(partnerships, decide(partnerships, [4], SMALL), 0, SMALL.agreeing_under)) == []


# Rule by rule


def last_needed(atoms: Sequence[int], counts: Sequence[Known], *chosen: int, agreed: int = 0) -> int | None:
    return Deduction(atoms, counts, chosen, fewest=2).last_needed(agreed)


def test_as_many_as_are_left_for_a_level_have_it() -> None:
    # 0b11 shows nobody at the second level, and one of 0b11 and 0b10000 is at it.
    atoms = [0b1111, 0b10000, 0b111100000]
    none, one = Known(0b111101111, 0, (5, 0, 3)), Known(0b11111, 1, (3, 1, 1))
    assert last_needed(atoms, [none, one], 0b001100111, 0b10000, 0b110001000) == 1
    assert last_needed(atoms, [one], 0b001100111, 0b10000, 0b110001000) is None


def test_the_one_that_knows_itself_knows_the_other() -> None:
    # Two may be at the second level, one is: the other of the two sees that it is not itself.
    atoms = [0b111, 0b1000, 0b10000]
    counts = [Known(0b111, 0, (3, 0)), Known(0b11111, 1, (4, 1))]
    told = Deduction(atoms, counts, (0b10111, 0b1000), fewest=2)
    assert told.last_needed(0b111) == 1
    assert told.last_needed(0b111, {Reader(1, 1): 0b10000, Reader(2, 0): 0b1000}) is None


def test_what_may_be_known_is_not_looked_for() -> None:
    assert last_needed([0b111], [Known(0b111, 0, (3, 0))], 0b111, 0) == 0
    assert last_needed([0b111], [Known(0b111, 0, (3, 0))], 0b111, 0, agreed=0b111) is None


def test_nothing_shown_tells_nothing() -> None:
    assert last_needed([], [], 0, 0) is None


def test_forces_that_hold_all_of_a_level_rule_it_out_for_the_rest_of_their_region() -> None:
    # Both forces together are as many at the highest level as the region: nobody else of it is. The family has one
    # there, and one of its members is in a force.
    forces = [Answers({REGION: "r", FORCE: force}, mark) for force in "fg" for mark in "0012012"]
    lone = Answers({REGION: "r", FORCE: "f", FAMILY: "h"}, "3")
    rest = [Answers({REGION: "r", FAMILY: "h"}, mark) for mark in "012012012"]
    others = [Answers({REGION: "r"}, mark) for mark in "012012"]
    assert {group.slug for group in decide([*forces, lone, *rest, *others], [4]).cells[0]} == {"r", "f", "g"}
    at_two = Answers(lone.groups, "2")
    assert {group.slug for group in decide([*forces, at_two, *rest, *others], [4]).cells[0]} == {"r", "f", "g", "h"}
