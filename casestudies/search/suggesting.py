"""What somebody who mistyped a word may have meant: what differs by the fewest letters, the commonest first."""

from collections.abc import Iterable, Mapping, Sequence

from casestudies.search.folding import WORD, folded

SHORTEST = 4
MOST_WORDS = 5
# A word and its other forms differ by these, and a search finds them all: nothing to suggest.
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "y", "ies", "er", "ers")

Known = tuple[str, int]


def worth_asking(words: Iterable[str]) -> list[str]:
    """Return the words that could be mistyped."""
    return [word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha()][:MOST_WORDS]


def spread(word: str) -> int:
    """Return by how many letters the meant word may differ: one mistake in a short word, two in a longer one."""
    return 1 if len(word) < 6 else 2


def suggestions(words: Sequence[str], known: Sequence[Known]) -> Mapping[str, str]:
    """Return what each mistyped word may have meant; nothing for words that are known or like none."""
    there = {word for word, _number in known}
    meant = {word: _nearest(word, known) for word in words if word not in there}
    return {word: found for word, found in meant.items() if found}


def put_right(typed: str, meant: Mapping[str, str]) -> str:
    """Return what was typed with the meant words in place of the mistyped ones, or "" where there are none."""
    if not meant:
        return ""
    return WORD.sub(lambda found: meant.get(folded(found[0]), found[0]), typed)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped with the next; above `most` just `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, against in enumerate(other, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _nearest(word: str, known: Sequence[Known]) -> str:
    most, letters = spread(word), _letters(word)
    best: tuple[int, int, str] | None = None
    for other, number in known:
        # One mistake changes two letters of the set at most; this passes over nearly all at the cost of one sum.
        if abs(len(other) - len(word)) > most or (_letters(other) ^ letters).bit_count() > 2 * most:
            continue
        far = distance(word, other, most)
        if far <= most and not _is_form(word, other):
            best = min(best or (far, -number, other), (far, -number, other))
    return best[2] if best else ""


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 31)
    return found


def _is_form(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long == short + ending or long == short[:-1] + ending for ending in ENDINGS if len(long) > len(short))
