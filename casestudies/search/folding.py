"""Words as searching compares them: small letters, no marks above or below, nothing but letters and digits."""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+")
# What almost every text says: asked for only where nothing else is, or in quotes.
STOP_WORDS = frozenset(
    WORD.findall(
        "a about after all also am an and any are as at be because been before being but by can could did do does "
        "doing done for from get had has have having he her his how i if in into is it its just may me might more most "
        "my no nor not of off on once only or other our out over own s same she should so some such t than that the "
        "their them then there these they this those through to too under until up us very was we were what when where "
        "which while who whom why will with would you your"
    )
)
APOSTROPHE = re.compile(r"['’ʼ]s\b")


def folded(text: str) -> str:
    """Return the text in small letters, without marks above or below."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text.lower()


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return WORD.findall(folded(text))


def asked_words(text: str) -> list[str]:
    """Return the words of what somebody looks for: a partnership's is a partnership."""
    return words_of(APOSTROPHE.sub("", text))


def vocabulary(texts: Iterable[str], longest: int) -> set[str]:
    """Return the words that could be suggested: long enough to be mistyped, of letters, and saying something."""
    found = {word for text in texts for word in words_of(text)}
    return {word for word in found if 3 < len(word) <= longest and word.isalpha() and word not in STOP_WORDS}
