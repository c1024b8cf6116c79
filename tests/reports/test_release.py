"""What the release shows and withholds: on the real map, on maps made by chance, and rule by rule."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.release import AREA, FAMILY, FORCE, KINDS, NATION, REGION, RULES, Answers, Group, Release, Rules, decide

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CRITERIA = 6
LONDON, MET = Group(REGION, "london"), Group(FORCE, "metropolitan-police")


def fixture(name: str) -> list[dict[str, object]]:
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text())]


def chance(*words: object) -> int:
    return hashlib.sha256(repr(words).encode()).digest()[0]


def marks(slug: str) -> str:
    """Levels by chance; three in a hundred do not apply."""
    drawn = [chance(slug, at) for at in range(CRITERIA)]
    return "".join("-" if each < 8 else str(each % 4) for each in drawn)


@pytest.fixture(scope="module")
def country() -> list[Answers]:
    """The 376 partnerships of the map; families by chance, since no list of them was published."""
    nations = {row["slug"]: row["nation"] for row in fixture("regions")}
    regions = {row["slug"]: row["region"][0] for row in fixture("police_forces")}  # type: ignore[index]
    found = []
    for row in fixture("partnerships"):
        slug, force = row["slug"], row["police_force"][0]  # type: ignore[index]
        area, region = str(row["area_type"]), regions[force]
        family = str(chance("family", slug) % 13)
        nation = str(nations[region])
        groups = {REGION: region, FORCE: force, FAMILY: family, AREA: area, NATION: nation}
        found.append(Answers(groups, marks(str(slug))))
    assert len(found) == 376
    return found


def members(partnerships: Sequence[Answers], criterion: int) -> dict[Group, frozenset[int]]:
    """Return who of each group gave a level."""
    found: dict[Group, set[int]] = {}
    for at, partnership in enumerate(partnerships):
        for kind, slug in partnership.groups.items():
            rated = {at} if partnership.levels[criterion].isdigit() else set()
            found.setdefault(Group(kind, slug), set()).update(rated)
    return {group: frozenset(those) for group, those in found.items()}


def shown(release_: Release, groups: Mapping[Group, frozenset[int]], criterion: int) -> list[frozenset[int]]:
    return list(dict.fromkeys(groups[group] for group in release_.cells[criterion]))


def unnoticed(sums: Sequence[frozenset[int]], count: int) -> np.ndarray:
    """Return what is left of each partnership with the sums taken out: a second implementation, by singular values."""
    rows = np.array([[float(at in those) for at in range(count)] for those in sums])
    _left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    basis = right[sizes > 1e-9]
    left: np.ndarray = np.eye(count) - basis.T @ basis
    return left


# The real map


@pytest.fixture(scope="module")
def released(country: list[Answers]) -> Release:
    return decide(country, [4] * CRITERIA)


def test_london_and_its_metropolitan_force_are_never_shown_together(released: Release) -> None:
    # What remains of London is the City.
    assert all(LONDON in cells for cells in released.cells)
    assert not any(MET in cells for cells in released.cells)


def test_the_kinds_of_area_never_add_up_to_england_less_two(released: Release, country: list[Answers]) -> None:
    england = {at for at, each in enumerate(country) if each.groups[NATION] == "england"}
    kinds = {each.groups[AREA] for each in country} - {"welsh-unitary-authority"}
    large = {kind for kind in kinds if sum(each.groups[AREA] == kind for each in country) > 1}
    assert len(england) - sum(each.groups[AREA] in large for each in country) == 2
    for cells in released.cells:
        assert not all(Group(AREA, kind) in cells for kind in large)


def test_most_of_the_map_is_shown(released: Release, country: list[Answers]) -> None:
    groups = members(country, 0)
    for kind, least in ((REGION, 10), (FORCE, 20), (FAMILY, 12), (NATION, 2)):
        assert all(sum(group.kind == kind for group in cells) >= least for cells in released.cells), kind
    assert sum(group.kind == REGION for group in groups) == 10


def test_every_cell_has_six_who_do_not_agree(released: Release, country: list[Answers]) -> None:
    for criterion, cells in enumerate(released.cells):
        groups = members(country, criterion)
        for group, counts in cells.items():
            assert sum(counts) == len(groups[group]) >= 6
            assert [int(country[at].levels[criterion]) for at in groups[group]].count(0) == counts[0]
            assert sum(counts) >= 10 or max(counts) < sum(counts) - 1


def test_no_difference_on_the_map_holds_one_to_four(released: Release, country: list[Answers]) -> None:
    for criterion in range(CRITERIA):
        groups = members(country, criterion)
        cells = shown(released, groups, criterion)
        for whole in cells:
            for left in remainders(whole, [part for part in cells if part < whole]):
                assert not 1 <= len(left) <= 4


def remainders(whole: frozenset[int], parts: Sequence[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Yield what is left of a group without disjoint subgroups, beginning with each and taking others in any order."""
    for first in parts:
        for order in (parts, parts[::-1], sorted(parts, key=len), sorted(parts, key=len, reverse=True)):
            left = whole - first
            yield left
            for part in order:
                if part <= left:
                    left -= part
                    yield left


def test_nobody_on_the_map_is_recovered_nor_a_withheld_group(released: Release, country: list[Answers]) -> None:
    for criterion in range(CRITERIA):
        groups = members(country, criterion)
        left = unnoticed(shown(released, groups, criterion), len(country))
        rated = [at for at, each in enumerate(country) if each.levels[criterion].isdigit()]
        own = np.diag(left)[rated]
        assert own.min() > 1e-9
        # Whoever knows its own level learns another's exactly if what is left of both lies on one line.
        cosines = left[np.ix_(rated, rated)] ** 2 / np.outer(own, own)
        np.fill_diagonal(cosines, 0)
        alike = [(rated[a], rated[b]) for a, b in zip(*np.where(cosines > 1 - 1e-9), strict=True)]
        assert [pair for pair in alike if not inseparable(pair, groups, released, criterion)] == []
        for group, those in groups.items():
            if those and group not in released.cells[criterion]:
                total = left[:, sorted(those)].sum(axis=1)
                assert np.abs(total).max() > 1e-9, group


def inseparable(
    pair: tuple[int, int], groups: Mapping[Group, frozenset[int]], release_: Release, criterion: int
) -> bool:
    """Say whether two partnerships stand in the same sums with others, so that only the total of all is known."""
    return all((pair[0] in those) == (pair[1] in those) for those in shown(release_, groups, criterion))


def test_the_order_of_the_partnerships_makes_no_difference(released: Release, country: list[Answers]) -> None:
    assert decide(country[::-1], [4] * CRITERIA).cells == released.cells


# Maps made by chance

SMALL = Rules(fewest=4, fewest_derived=3, agreeing_under=6)


def place(kinds: Mapping[str, str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({kind: st.sampled_from(slugs) for kind, slugs in kinds.items()})


PLACES = place({REGION: "ab", FORCE: "cdef", FAMILY: "gh", AREA: "ij", NATION: "kl"})
MAPS = st.lists(st.builds(Answers, PLACES, st.sampled_from("0123-")), min_size=5, max_size=14)


def totals(partnerships: Sequence[Answers], cells: Mapping[Group, tuple[int, ...]]) -> Iterator[np.ndarray]:
    """Yield every sum and difference of shown cells, as how often it counts each partnership that gave a level."""
    groups = members(partnerships, 0)
    rows = np.array([[at in groups[group] for at in range(len(partnerships))] for group in cells], dtype=int)
    for signs in product((-1, 0, 1), repeat=min(len(cells), 7)):
        yield np.array(signs) @ rows[:7]


@settings(max_examples=150, deadline=None)
@given(MAPS)
def test_no_sum_or_difference_of_cells_tells_of_another(partnerships: list[Answers]) -> None:
    cells = decide(partnerships, [4], SMALL).cells[0]
    for total in totals(partnerships, cells) if cells else ():
        counted = set(np.flatnonzero(total).tolist())
        if len(set(total[sorted(counted)].tolist())) == 1:
            # A total of some partnerships: at least three, so that whoever is one of them sees two others.
            assert len(counted) >= SMALL.fewest_derived
        for reader in range(len(partnerships)):
            assert len(counted - {reader}) != 1


@settings(max_examples=150, deadline=None)
@given(MAPS)
def test_no_two_cells_tell_that_a_few_agree(partnerships: list[Answers]) -> None:
    cells = decide(partnerships, [4], SMALL).cells[0]
    groups = members(partnerships, 0)
    for one, other in product(cells, [*cells, None]):
        left = groups[one] - (groups[other] if other else frozenset())
        more = max(a - b for a, b in zip(cells[one], cells[other] if other else (0,) * 4, strict=True))
        assert not 0 < len(left) < SMALL.agreeing_under or more < len(left) - 1


# Rule by rule


def some(count: int, levels: str, **groups: str) -> list[Answers]:
    """Return partnerships of the same groups, with these levels in turn."""
    return [Answers({REGION: "r", **groups}, levels[at % len(levels)]) for at in range(count)]


def groups_shown(partnerships: Sequence[Answers], steps: int = 4) -> set[str]:
    return {group.slug for group in decide(partnerships, [steps]).cells[0]}


@pytest.mark.parametrize(("count", "is_shown"), [(5, False), (6, True)])
def test_whoever_belongs_to_a_cell_looks_at_five_others(count: int, is_shown: bool) -> None:
    assert (groups_shown(some(count, "012")) == {"r"}) is is_shown


def test_does_not_apply_and_not_asked_are_left_out_of_the_number() -> None:
    assert groups_shown(some(6, "01012") + some(3, "-.")) == {"r"}
    assert groups_shown(some(5, "01012") + some(3, "-.")) == set()
    assert decide(some(6, "01") + some(2, "-"), [4]).cells[0] == {Group(REGION, "r"): (3, 3, 0, 0)}


@pytest.mark.parametrize("levels", ["000000000", "100000000"])
def test_a_small_group_that_agrees_or_has_one_apart_is_withheld(levels: str) -> None:
    assert groups_shown(some(9, levels)) == set()
    assert groups_shown(some(10, f"{levels}0")) == {"r"}
    assert groups_shown(some(9, "110000000")) == {"r"}


@pytest.mark.parametrize(("rest", "both"), [(1, False), (4, False), (5, True)])
def test_a_group_less_a_subgroup_leaves_five_or_none(rest: int, both: bool) -> None:
    found = groups_shown(some(12, "0123", force="f") + some(rest, "0123"))
    assert found == ({"r", "f"} if both else {"r"})


def test_with_one_force_withheld_another_of_the_region_is() -> None:
    forces = [some(14, "0123", force="a"), some(8, "0123", force="b"), some(7, "0123", force="c")]
    agreeing = some(9, "2", force="d")
    found = groups_shown([*(each for force in forces for each in force), *agreeing])
    # Without the smallest other one, what remains of the region would be the one withheld.
    assert found == {"r", "a", "b"}


def test_what_remains_of_several_subgroups_is_held_to_the_same() -> None:
    found = groups_shown(some(10, "0123", force="a") + some(10, "0123", force="b") + some(3, "01"))
    assert found == {"r", "a"}


def test_what_remains_of_several_subgroups_may_not_agree_either() -> None:
    found = groups_shown(some(10, "0123", force="a") + some(10, "0123", force="b") + some(9, "2"))
    assert found == {"r", "a"}


def test_a_small_group_that_agrees_is_withheld_within_a_large_one_that_does() -> None:
    assert groups_shown(some(9, "0", force="f") + some(12, "0")) == {"r"}


@pytest.mark.parametrize("levels", ["222222222", "01230"])
@pytest.mark.parametrize("silent", [0, 5])
def test_a_withheld_group_is_not_told_by_sums_that_cut_across(levels: str, silent: int) -> None:
    # Two regions less a kind of area that lies in both are the force that agrees, or is small; and, where there are
    # such, partnerships for which the criterion does not apply, as somebody may know.
    withheld = [Answers({REGION: "r", FORCE: "f", AREA: "x"}, level) for level in levels]
    rest = [Answers({REGION: region, AREA: "y"}, level) for region in "rs" for level in "012301230122"]
    found = groups_shown([*withheld, *rest, *(Answers({REGION: "r"}, "-") for _one in range(silent))])
    assert found < {"r", "s", "y"}
    assert found


def test_four_that_only_several_sums_together_tell_are_found() -> None:
    # Two regions less two kinds of area leave one that is of neither kind.
    lone = [Answers({REGION: "s", AREA: "z"}, "3")]
    first = [Answers({REGION: "r", AREA: area}, level) for area in "xy" for level in "01230123"]
    second = [Answers({REGION: "s", AREA: area}, level) for area in "xy" for level in "01230123"]
    found = groups_shown(first + second + lone)
    assert {"r", "s"} <= found
    assert len(found & {"x", "y"}) == 1


def test_a_partnership_that_knows_its_level_learns_no_other() -> None:
    # All but one of the region are in the force, all but another in the family: their difference is those two.
    both = [Answers({FORCE: "f", FAMILY: "g"}, level) for level in "012301230123"]
    found = groups_shown([*both, Answers({FORCE: "f"}, "1"), Answers({FAMILY: "g"}, "2")])
    assert found == {"f"}


def test_two_groups_do_not_tell_that_those_outside_one_agree() -> None:
    shared = [Answers({FORCE: "f", FAMILY: "g"}, level) for level in "0123012301"]
    only = [Answers({FORCE: "f"}, "3") for _one in range(6)]
    others = [Answers({FAMILY: "g"}, level) for level in "012012"]
    assert groups_shown([*shared, *only, *others]) == {"g"} or groups_shown([*shared, *only, *others]) == {"f"}


def test_levels_that_nobody_chose_leave_nobody_with_one() -> None:
    # Nobody of the force is low, nobody of the family is high: whoever is in both is in the middle.
    shared = [Answers({FORCE: "f", FAMILY: "g"}, "1") for _one in range(10)]
    high = [Answers({FORCE: "f"}, level) for level in "1212121212121212"]
    low = [Answers({FAMILY: "g"}, level) for level in "01010101010101010"]
    assert len(groups_shown([*shared, *high, *low], 3)) == 1


def test_levels_that_nobody_else_chose_leave_nobody_with_one_for_the_one_who_did() -> None:
    shared = [Answers({FORCE: "f", FAMILY: "g"}, "1") for _one in range(10)]
    low = [Answers({FORCE: "f"}, level) for level in "01010101010101012"]
    high = [Answers({FAMILY: "g"}, level) for level in "121212121212121212"]
    assert len(groups_shown([*shared, *low, *high], 3)) == 1


def test_a_group_withheld_for_its_levels_is_not_told_by_others() -> None:
    # As above, but the nation less another family would be the family that is withheld.
    shared = [Answers({FORCE: "f", FAMILY: "g", NATION: "n"}, "1") for _one in range(10)]
    high = [Answers({FORCE: "f", FAMILY: "h", NATION: "n"}, level) for level in "1212121212121212"]
    low = [Answers({FAMILY: "g", NATION: "n"}, level) for level in "0101010101"]
    found = groups_shown([*shared, *high, *low], 3)
    assert "g" not in found
    assert not {"h", "n"} <= found


def test_a_few_beside_a_group_that_agrees_are_not_told() -> None:
    # Twelve of the family are in the force, which agrees: what the other three chose is the family's other levels.
    shared = [Answers({FORCE: "f", FAMILY: "g"}, "0") for _one in range(12)]
    others = [Answers({FAMILY: "g"}, level) for level in "123"]
    alike = [Answers({FORCE: "f"}, "0") for _one in range(10)]
    assert groups_shown([*shared, *others, *alike]) == {"f"}


def test_few_are_counted_by_who_gave_a_level() -> None:
    # Nine are not in the force, but the criterion applies to three of them.
    found = groups_shown(some(12, "0123", force="f") + some(3, "123") + some(6, "-"))
    assert found == {"r"}


def test_few_are_counted_by_who_was_asked() -> None:
    # Seven are not in the force, one of them was asked and said that it does not apply.
    found = groups_shown(some(12, "0123", force="f") + some(1, "-") + some(6, "."))
    assert found == {"r"}


def test_for_whom_a_criterion_does_not_apply_is_not_told_either() -> None:
    # Of the region all but one are in the force; that the sums are the same would say it does not apply there.
    found = groups_shown(some(12, "0123", force="f") + some(1, "-"))
    assert found == {"r"}


def test_every_group_of_the_same_members_is_shown_or_none() -> None:
    found = groups_shown([Answers(dict.fromkeys(KINDS, "w"), level) for level in "01230123"])
    assert found == {"w"}
    cells = decide([Answers(dict.fromkeys(KINDS, "w"), level) for level in "01230123"], [4]).cells[0]
    assert set(cells) == {Group(kind, "w") for kind in KINDS}


def test_nothing_submitted_is_nothing_shown() -> None:
    assert decide([], [4, 3]).cells == [{}, {}]


def test_the_numbers_are_those_decided() -> None:
    assert (RULES.fewest, RULES.fewest_derived, RULES.agreeing_under) == (6, 5, 10)
