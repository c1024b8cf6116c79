"""Which groups may be cut together, by whom."""

import dataclasses

import pytest

from reports.groups import BOTH, Cut, Named, OwnList, as_may_be_cut
from reports.queries import Alike

OWN = Named("east-midlands", "East Midlands", 1)
ENGLAND = Named("nation-england", "All of England")
EVERYWHERE = Named(BOTH, "England and Wales")
FORCE, FAMILY, KIND = Named("derbyshire", "Derbyshire"), Named("f-7", "Family group 7", 7), Named("unitary", "Unitary")
LIST = OwnList("abc", "Towns", frozenset({"derby"}))
EVERYTHING = Cut(ENGLAND, FORCE, FAMILY, KIND, LIST)


@pytest.mark.parametrize("regions", [None, {"east-midlands"}])
def test_ones_own_region_is_cut_in_any_way(regions: set[str] | None) -> None:
    cut = dataclasses.replace(EVERYTHING, area=OWN)
    assert as_may_be_cut(cut, regions) == (cut, False)


def test_administrators_cut_the_nation_in_any_way() -> None:
    assert as_may_be_cut(EVERYTHING, None) == (EVERYTHING, False)


def test_beyond_the_own_region_one_grouping_is_left() -> None:
    found, is_less = as_may_be_cut(EVERYTHING, {"east-midlands"})
    assert (found.area.value, found.parts, is_less) == (BOTH, [FAMILY], True)
    found, is_less = as_may_be_cut(Cut(EVERYWHERE, kind=KIND), {"east-midlands"})
    assert (found.area.value, found.parts, is_less) == (BOTH, [KIND], False)
    found, is_less = as_may_be_cut(Cut(ENGLAND), {"east-midlands"})
    assert (found.area, found.parts, is_less) == (ENGLAND, [], False)


def test_a_nation_is_not_cut_by_a_family_or_a_kind() -> None:
    for part in (Cut(ENGLAND, family=FAMILY), Cut(ENGLAND, kind=KIND)):
        assert as_may_be_cut(part, {"east-midlands"})[0].area.value == BOTH


def test_the_group_is_named_by_all_that_narrows_it() -> None:
    assert Cut(OWN).name == "East Midlands"
    assert Cut(OWN, force=FORCE).name == "Derbyshire"
    assert Cut(OWN, force=FORCE, kind=KIND).name == "Derbyshire, Unitary, East Midlands"


def member(**more: str) -> Alike:
    known = {"nation": "england", "kind": "unitary", "region": "east-midlands", "slug": "derby", "force": "derbyshire"}
    return Alike(**(known | more), members=1, submitted=1, family_group=FAMILY)


def test_a_group_covers_what_meets_every_condition() -> None:
    assert EVERYTHING.covers(member())
    for other in ({"nation": "wales"}, {"kind": "other"}, {"slug": "exeter"}, {"force": "devon"}):
        assert not EVERYTHING.covers(member(**other))
    assert not Cut(OWN).covers(member(region="south-west"))
    assert Cut(EVERYWHERE).covers(member(region="south-west", nation="wales"))
