"""Whatever is done to a real file, the answer is a cleaned file or a refusal, and the work stays within its counts."""

import random
from collections.abc import Callable, Iterator

import pytest

from casestudies.contents import BadContent, kind_of, limits
from tests.casestudies import office_files
from tests.casestudies.office_files import Parts, zipped

ROUNDS = 250
SEED = 20261121
MAKERS: list[Callable[[], bytes]] = [office_files.docx, office_files.xlsx, office_files.odt]
PARTS: list[Callable[[], Parts]] = [office_files.docx_parts, office_files.xlsx_parts, office_files.odt_parts]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some bits turned, or a piece moved, doubled or lost."""
    changed = bytearray(data)
    for _turn in range(chance.choice((1, 1, 2, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    if chance.random() < 0.2:
        start, end = sorted(chance.randrange(len(changed)) for _end in range(2))
        changed[start:end] = changed[start:end] * chance.choice((0, 2))
    return bytes(changed)


def cleaned_or_refused(data: bytes) -> bool:
    try:
        kind = kind_of(data)
        cleaned = kind.clean(data)
    except BadContent:
        return False
    assert kind_of(cleaned.content) is kind
    assert kind.clean(cleaned.content).content == cleaned.content
    return True


@pytest.fixture(autouse=True)
def _counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold every clean to a count of elements that no honest one of these comes near."""
    spend = limits.Budget.spend
    counted = []

    def counting(self: limits.Budget, attributes: int) -> None:
        counted.append(1)
        spend(self, attributes)

    monkeypatch.setattr(limits.Budget, "spend", counting)
    yield
    assert len(counted) < 1_000 * ROUNDS


@pytest.mark.parametrize("make", MAKERS)
def test_bits_turned_anywhere_are_no_error(make: Callable[[], bytes]) -> None:
    data, chance = make(), random.Random(SEED)  # noqa: S311
    assert cleaned_or_refused(data)
    answers = [cleaned_or_refused(flipped(data, chance)) for _round in range(ROUNDS)]
    assert not all(answers)


@pytest.mark.parametrize("make", PARTS)
def test_bits_turned_inside_a_part_are_no_error(make: Callable[[], Parts]) -> None:
    """Here the zip is whole each time, so that what reads the parts is reached."""
    chance = random.Random(SEED)  # noqa: S311
    answers = []
    for _round in range(ROUNDS):
        parts = make()
        name = chance.choice(sorted(name for name in parts if parts[name] and not name.endswith("/")))
        content = parts[name]
        parts[name] = flipped(content.encode() if isinstance(content, str) else content, chance)
        answers.append(cleaned_or_refused(zipped(parts)))
    assert any(answers)
    assert not all(answers)
