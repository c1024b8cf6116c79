"""Texts shaped like language and made without chance: few words are everywhere, most are rare, forms share a stem."""

import itertools
import random
from collections.abc import Iterator, Sequence

SEED, STEMS, OFFSET = 2027, 12_000, 2.7
CONSONANTS, VOWELS, ENDS = "bcdfghklmnprstvw", "aeiou", ("", "n", "r", "t", "k", "l", "sh", "ck")
FORMS = ("", "s", "ed", "ing")
IN_TITLE, IN_SUMMARY, IN_SENTENCE = 8, 40, 14


def vocabulary() -> Sequence[str]:
    """Return made-up words, the commonest first; short ones come before long ones, as they do in English."""
    chance = random.Random(SEED)  # noqa: S311 - the same words each run
    found = dict[str, None]()
    while len(found) < STEMS * len(FORMS):
        syllables = 1 + (len(found) > 60) + (len(found) > 3_000)
        stem = "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables))
        stem += chance.choice(ENDS)
        found.update(dict.fromkeys(stem + form for form in FORMS))
    return list(found)


def texts(words: Sequence[str], first: int, last: int, length: int) -> Iterator[tuple[str, str, str]]:
    """Yield title, summary and body of these numbers: `length` words, each as often as its rank says (Zipf)."""
    weights = list(itertools.accumulate(1 / (rank + OFFSET) for rank in range(len(words))))
    for number in range(first, last):
        chance = random.Random(SEED + number)  # noqa: S311 - the same texts each run
        said = chance.choices(words, cum_weights=weights, k=length)
        summary, body = IN_TITLE + IN_SUMMARY, range(IN_TITLE + IN_SUMMARY, length, IN_SENTENCE)
        yield (
            " ".join(said[:IN_TITLE]).capitalize(),
            " ".join(said[IN_TITLE:summary]).capitalize() + ".",
            " ".join(" ".join(said[at : at + IN_SENTENCE]).capitalize() + "." for at in body),
        )
