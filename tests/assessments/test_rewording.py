"""What of a criterion's words changed: marked word by word, a sign beside the one it was."""

import pytest

from assessments.carry_forward import Path, path_to
from assessments.rewording import Pieces, sides
from hallmarks.models import Version
from hallmarks.outline import outline_of
from tests.assessments.carrying import changed_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(version: Version) -> Path:
    found = path_to(outline_of(version), outline_of(changed_version(version)).questions[0])
    assert found
    return found


def changed(pieces: Pieces) -> list[str]:
    return [piece.words.strip() for piece in pieces if piece.is_changed]


def test_only_the_changed_words_are_marked(path: Path) -> None:
    before, now = sides(path)
    assert changed(before.title) == ["give direction"]
    assert changed(now.title) == ["who are seen to lead"]


def test_a_sign_that_changed_a_little_is_read_beside_what_it_was(path: Path) -> None:
    before, now = sides(path)
    assert [changed(sign) for sign in before.signs] == [["<partners>", "seen."], [], []]
    assert [changed(sign) for sign in now.signs] == [[], ["seen often."], []]
