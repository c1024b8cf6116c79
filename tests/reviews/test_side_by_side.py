"""How far partnership and Government Office agree, in words; good practice and what the law asks apart."""

import pytest

from assessments.documents import CriterionEntry, SectionEntry
from hallmarks.marks import does_not_apply, label_at
from reviews.reading import Part, Reading
from reviews.side_by_side import Said, SideBySide, side_by_side


def said(place: int | None) -> Said:
    label = does_not_apply() if place is None else label_at(place, 4, "Level", statutory=False)
    return Said(place, label, "")


def compared(**pairs: tuple[int | None, int | str | None]) -> SideBySide:
    """Lay out criteria by code: the partnership's place, and the reviewer's ("" for nothing said)."""
    entries = tuple(
        CriterionEntry(code, code, 1, code, "", "practice", "scale", False, "", "", False, "") for code in pairs
    )
    section = SectionEntry("A", 1, "A", entries)
    part = Part(section, False, tuple(Reading(entry, does_not_apply(), 0) for entry in entries))
    ours = {code: pair[0] for code, pair in pairs.items()}
    theirs = {code: said(pair[1]) for code, pair in pairs.items() if not isinstance(pair[1], str)}
    return side_by_side([part], ours, theirs)


def test_each_pair_is_the_same_higher_lower_or_otherwise() -> None:
    found = compared(a=(1, 1), b=(1, 2), c=(3, 0), d=(1, None), e=(None, 2), f=(None, None), g=(2, ""))
    assert found.sentences == (
        "Of 7 criteria it reviewed 6 and sees 2 at your level, 1 higher, 1 lower, "
        "2 otherwise as to whether it applies.",
    )
    assert [pair.reading.entry.code for _part, pair in found.differing] == ["b", "c", "d", "e"]
    assert [pair.reading.entry.code for pair in found.parts[0].alike] == ["a", "f", "g"]


def test_the_lowest_level_is_a_level() -> None:
    (_part, pair) = compared(a=(None, 0)).differing[0]
    assert pair.step == 0
    assert compared(a=(0, 0)).parts[0].pairs[0].is_same


@pytest.mark.parametrize(("pairs", "has_levels"), [({"a": (1, "")}, False), ({"a": (1, None)}, True)])
def test_nothing_said_is_told_as_such(pairs: dict[str, tuple[int | None, int | str | None]], has_levels: bool) -> None:
    found = compared(**pairs)
    assert found.has_levels is has_levels
    assert ("no level of its own" in found.sentences[0]) is not has_levels
