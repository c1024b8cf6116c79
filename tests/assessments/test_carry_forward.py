"""What reads on from one version of the criteria to the next, without a database."""

from typing import Any

import pytest

from assessments.carry_forward import Given, Path, path_to, paths
from hallmarks.models import Criterion, Indicator, Level, Section
from hallmarks.outline import Outline, Question

LEVELS = ("gap", "some", "well")


def asked(
    key: int,
    lineage: str,
    *,
    text: str = "We meet.",
    signs: tuple[str, ...] = (),
    levels: tuple[str, ...] = LEVELS,
) -> Question:
    """A question whose levels and signs have keys above `key`."""
    return Question(
        Criterion(pk=key, lineage=lineage, title=lineage, text=text),
        Section(),
        tuple(Level(pk=key + 1 + at, slug=slug, position=at) for at, slug in enumerate(levels)),
        tuple(Indicator(pk=key + 50 + at, number=at + 1, text=words) for at, words in enumerate(signs)),
    )


def test_a_criterion_is_found_by_its_lineage_and_one_that_is_gone_is_not() -> None:
    before, now = Outline((asked(100, "a"), asked(200, "b"))), Outline((asked(900, "c"), asked(800, "b")))
    assert {key: path.now.criterion.pk for key, path in paths(before, now).items()} == {200: 800}
    path = path_to(before, now.questions[1])
    assert path
    assert path.before.criterion.pk == 200
    assert path_to(before, now.questions[0]) is None


def test_levels_are_matched_by_slug_whatever_their_place() -> None:
    path = Path(asked(100, "a"), asked(200, "a", levels=("none", "gap", "well")))
    assert dict(path.levels) == {101: 202, 103: 203}
    assert path.carry(Given(level=103, reason="So")) == Given(level=203, reason="So")


def test_a_level_that_the_new_scale_lacks_carries_no_level_but_its_words() -> None:
    path = Path(asked(100, "a"), asked(200, "a", levels=("gap",)))
    assert path.carry(Given(level=102, reason="So")) == Given(reason="So")


def test_that_it_does_not_apply_is_carried_with_its_reason() -> None:
    path = Path(asked(100, "a"), asked(200, "a"))
    assert path.carry(Given(does_not_apply=True, reason="No river")) == Given(does_not_apply=True, reason="No river")


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (("x", "y"), ("y", "x"), {150: 251, 151: 250}),
        (("x", "y"), ("x, often", "y"), {151: 251}),
        (("x",), (), {}),
        # Twice the same words: one heir each, so that no sign is answered twice.
        (("x", "x"), ("x", "x"), {150: 250, 151: 251}),
        (("x", "x"), ("x",), {150: 250}),
    ],
)
def test_signs_are_matched_by_their_words(before: Any, now: Any, found: dict[int, int]) -> None:
    assert dict(Path(asked(100, "a", signs=before), asked(200, "a", signs=now)).signs) == found


@pytest.mark.parametrize(
    ("change", "is_reworded", "has_other_signs"),
    [
        ({}, False, False),
        ({"text": "We meet often."}, True, False),
        ({"signs": ("y", "x")}, False, True),
        ({"levels": ("gap",)}, False, False),
    ],
)
def test_what_changed_is_told(change: dict[str, Any], is_reworded: bool, has_other_signs: bool) -> None:
    path = Path(asked(100, "a", signs=("x", "y")), asked(200, "a", **({"signs": ("x", "y")} | change)))
    assert (path.is_reworded, path.has_other_signs) == (is_reworded, has_other_signs)
    assert path.is_changed == (is_reworded or has_other_signs)


def test_a_title_counts_as_wording() -> None:
    now = asked(200, "a")
    now.criterion.title = "Another"
    assert Path(asked(100, "a"), now).is_reworded
