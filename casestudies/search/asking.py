"""What somebody looks for, read from what they typed: anything that can be typed is a question, never an error.

Words are all looked for; "words in quotes" stand together; a word after a minus is left out; OR between two means
either. Whatever else is typed is taken for words, or passed over if it has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casestudies.search.alike import ALIKE
from casestudies.search.folding import STOP_WORDS, asked_words

# Beyond these a search would take long and find nothing.
LONGEST, MOST_TERMS, LONGEST_WORD = 500, 24, 40
QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
MINUS = str.maketrans(dict.fromkeys("−–—", "-"))
TYPED = re.compile(r'(-?)"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """Words that are looked for together: in this order if they stood in quotes, anywhere otherwise."""

    words: tuple[str, ...]
    is_phrase: bool = False

    @property
    def is_stop(self) -> bool:
        """Whether almost every text has it."""
        return not self.is_phrase and all(word in STOP_WORDS for word in self.words)


@dataclass(frozen=True)
class Asked:
    """All of `groups` are looked for, of each group any; what has one of `without` is left out.

    `typed` is what stood there, before other ways to write it came to the groups.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    typed: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.groups)

    @property
    def has_several(self) -> bool:
        """Whether looking for any of the words finds more than looking for all."""
        return len(self.words) > 1

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for, each once, as they were typed."""
        return tuple(dict.fromkeys(word for term in self.typed for word in term.words))

    def any_of(self) -> "Asked":
        """Return the question that any of the words or phrases answers."""
        words = [Term((word,)) for term in self.typed if not term.is_phrase for word in term.words]
        terms = [term for group in self.groups for term in group]
        return replace(self, groups=(tuple(dict.fromkeys([*terms, *words])),))


def tidy(typed: str) -> tuple[str, bool]:
    """Return what was typed without what cannot be shown, cut after a word if it is too long; say whether it was."""
    line = " ".join("".join(char if char.isprintable() else " " for char in typed[: 20 * LONGEST]).split())
    if len(line) <= LONGEST:
        return line, len(typed) > 20 * LONGEST
    return line[: LONGEST + 1].rpartition(" ")[0] or line[:LONGEST], True


def read(typed: str) -> Asked:
    """Return what somebody who typed this looks for."""
    line, is_cut = tidy(typed)
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    either = False
    for is_without, term in _terms(line):
        if term is None:
            either = bool(groups)
            continue
        if is_without:
            without.append(term)
        elif either:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        either = False
    return _asked(groups, without, is_cut=is_cut)


def _terms(line: str) -> Iterator[tuple[bool, Term | None]]:
    """Yield each term and whether it is to be left out; nothing in place of a term is an OR."""
    for minus, quoted, bare in TYPED.findall(line.translate(QUOTES).translate(MINUS)):
        if bare == "OR":
            yield False, None
            continue
        words = tuple(word for word in asked_words(quoted or bare) if len(word) <= LONGEST_WORD)
        if words:
            yield bool(minus) or bare.startswith("-"), Term(words, is_phrase=bool(quoted) and len(words) > 1)


def _asked(groups: list[tuple[Term, ...]], without: list[Term], *, is_cut: bool) -> Asked:
    telling = [group for group in groups if not all(term.is_stop for term in group)] or groups
    once = list(dict.fromkeys(_pairs_joined(telling)))
    kept = [group[:MOST_TERMS] for group in once[:MOST_TERMS]]
    return Asked(
        groups=tuple(map(_with_alike, kept)),
        typed=tuple(term for group in kept for term in group),
        without=tuple(dict.fromkeys(without))[:MOST_TERMS],
        is_cut=is_cut or max(len(once), *map(len, once), 0) > MOST_TERMS,
    )


def _pairs_joined(groups: list[tuple[Term, ...]]) -> Iterator[tuple[Term, ...]]:
    """Yield the groups, two words that can be written in another way made one: domestic abuse."""
    rest = list(groups)
    while rest:
        group = rest.pop(0)
        if rest and len(group) == len(rest[0]) == 1:
            both = (*group[0].words, *rest[0][0].words)
            if both in ALIKE and not (group[0].is_phrase or rest[0][0].is_phrase):
                rest.pop(0)
                group = (Term(both),)
        yield group


def _with_alike(group: tuple[Term, ...]) -> tuple[Term, ...]:
    """Add other ways to write what is looked for."""
    more = (Term(words) for term in group if not term.is_phrase for words in ALIKE.get(term.words, ()))
    return tuple(dict.fromkeys((*group, *more)))
