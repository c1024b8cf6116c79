"""Whom to ask: the most alike first, the reason in words, and a fair draw among those who are equally good."""

import datetime
from collections.abc import Callable

from assessments.helpers import Candidate, Place, Study, nearest

ASKER = Place("amber-valley", family=4, area="shire-district", region=1, nation="england")


def place(slug: str, **changes: object) -> Place:
    """Return a place that shares nothing with the asker but what `changes` says."""
    apart = {"family": 9, "area": "unitary-authority", "region": 2, "nation": "wales"}
    return Place(slug, **{**apart, **changes})  # type: ignore[arg-type]


def candidate(where: Place, study: Study | None = None, year: int = 2026) -> Candidate:
    return Candidate(
        place=where,
        name=where.slug.title(),
        role="Team",
        level="Doing well",
        round=f"{year} self-assessment",
        opened=datetime.date(year, 1, 1),
        area_name="Unitary authority" if where.area == "unitary-authority" else "Shire district",
        region_name="East Midlands",
        nation_name="England",
        study=study,
    )


def slugs(*candidates: Candidate, asker: Place = ASKER) -> list[str]:
    return [helper.candidate.place.slug for helper in nearest(asker, candidates)]


FAMILY = candidate(place("family", family=4))
AREA = candidate(place("area", area="shire-district"))
REGION = candidate(place("region", region=1))
NATION = candidate(place("nation", nation="england"))


def test_family_then_kind_of_area_then_region_then_nation() -> None:
    assert slugs(NATION, REGION, AREA, FAMILY) == ["family", "area", "region", "nation"]


def test_who_shares_nothing_is_left_out() -> None:
    assert slugs(candidate(place("elsewhere"))) == []


def test_no_family_group_is_nobodys_family() -> None:
    alone = Place("alone", family=None, area="x", region=7, nation="y")
    assert slugs(candidate(place("other", family=None)), asker=alone) == []


def test_never_oneself_and_nobody_twice() -> None:
    assert slugs(candidate(ASKER), FAMILY, FAMILY) == ["family"]


def test_five_and_no_more_unless_all_are_asked_for() -> None:
    many = [candidate(place(f"n{n}", nation="england")) for n in range(9)]
    assert len(nearest(ASKER, many)) == 5
    assert len(nearest(ASKER, many, None)) == 9


def test_in_a_ring_an_agreed_case_study_comes_first_then_any_then_the_newest_review() -> None:
    def near(slug: str) -> Place:
        return place(slug, region=1)

    old, new = candidate(near("old"), year=2024), candidate(near("new"))
    written = candidate(near("written"), Study("s", "A study", False), 2024)
    agreed = candidate(near("agreed"), Study("s", "A study", True), 2024)
    assert slugs(old, new, written, agreed) == ["agreed", "written", "new", "old"]


def test_no_case_study_brings_somebody_from_a_ring_further_out() -> None:
    assert slugs(candidate(place("far", nation="england"), Study("s", "A study", True)), REGION) == ["region", "far"]


def test_equals_are_drawn_the_same_each_time_and_otherwise_for_each_asker() -> None:
    equals = [candidate(place(f"n{n}", nation="england")) for n in range(30)]
    others = [Place(f"asker-{n}", 1, "x", 5, "england") for n in range(20)]
    assert slugs(*equals) == slugs(*reversed(equals))
    assert len({slugs(*equals, asker=asker)[0] for asker in others}) > 5


def test_the_reason_names_what_is_shared_the_level_and_the_review() -> None:
    why: Callable[[Candidate], str] = lambda one: nearest(ASKER, [one])[0].why  # noqa: E731
    rest = "; the Government Office agreed “doing well” in its review of the 2026 self-assessment."
    assert why(FAMILY) == "Same family group as you" + rest
    assert why(AREA) == "Same kind of area as you (shire district)" + rest
    assert why(REGION) == "Same region as you (East Midlands)" + rest
    assert why(NATION) == "Same nation as you (England)" + rest
