"""How old a reader must be for a text, by the length of its sentences and words (Flesch and Kincaid)."""

import re
from functools import lru_cache

from pyphen import Pyphen

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# An ending after an abbreviation or a number is not told from that of a sentence; hints need no more.
ENDING = re.compile(r"(?<=[.!?])[\"'’”)]*\s+(?=[\"'‘“(]*[A-Z0-9])")
VOWELS = re.compile("[aeiouy]+")
# “Rated” has two, “agreed” and “asked” one more letter than sound.
SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeiouydt]ed|[^aeiouyscxzgh]es)$")
# School starts at five.
FIRST_GRADE = 5
LONGEST_WORD = 40


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in ENDING.split(text) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return WORD.findall(text)


def reading_age(text: str) -> int:
    """Return the age at which a reader in England has learnt to read a text like this; 5 for what has no words."""
    found, number = words(text), len(sentences(text))
    if not found or not number:
        return FIRST_GRADE
    syllables = sum(syllables_of(word.lower()) for word in found)
    grade = 0.39 * len(found) / number + 11.8 * syllables / len(found) - 15.59
    return max(round(grade) + FIRST_GRADE, FIRST_GRADE)


@lru_cache(maxsize=20_000)
def syllables_of(word: str) -> int:
    """Return how many syllables a word has: by its groups of vowels, or by where it may be hyphenated.

    Hyphens never part off a single letter, and two vowels may be two syllables (“react”), so each alone counts too few.
    """
    letters = "".join(filter(str.isalpha, word))[:LONGEST_WORD]
    groups = len(VOWELS.findall(letters)) - bool(SILENT.search(letters))
    return max(groups, len(_hyphens().positions(letters)) + 1, 1)


@lru_cache(maxsize=1)
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_GB")
