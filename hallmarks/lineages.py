"""Which earlier criterion each new one continues: proposed by lineage, code and likeness, for a person to confirm."""

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from hallmarks.document import CriterionEntry, Document
from hallmarks.formats import making
from hallmarks.texts import folded

WORD = re.compile(r"\w+")
# The rarest words of a criterion find what is like it; looking for all of them would only cost time.
WORDS_SOUGHT = 30
CANDIDATES = 5
# From this likeness on one criterion is taken for the other, though nothing else says so.
CONTINUES = 0.35
# The same code under less likeness than this may well be another criterion in its place.
SAME = 0.5
# Under this the code says nothing: what was dropped left its code free, and what is new took it.
LEAST_FOR_THE_CODE = 0.2
# Where only the text speaks, it must be nearly the same to be sure.
SURE_BY_TEXT = 0.85
# Two criteria may be as like; the one that kept its code is the heir then.
FOR_THE_CODE = 0.2


class Way(StrEnum):
    """How it was found what a criterion continues."""

    LINEAGE = "lineage"
    CODE = "code"
    LIKENESS = "likeness"
    NEW = "new"


@dataclass(frozen=True)
class Candidate:
    """An earlier criterion that one may continue, and the share of their words that is the same (0 to 1)."""

    earlier: CriterionEntry
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness in hundredths, never 100 for what is not wholly the same."""
        return math.floor(self.likeness * 100 + 1e-6)


@dataclass(frozen=True)
class Proposal:
    """What one new criterion probably continues (None: nothing), how that was found, and what else it could be."""

    criterion: CriterionEntry
    heir_of: Candidate | None
    way: Way
    is_doubtful: bool
    others: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Lineages:
    """A proposal for every new criterion, in order, and the earlier criteria that nothing continues."""

    rows: tuple[Proposal, ...]
    ends: tuple[CriterionEntry, ...]

    @property
    def doubtful(self) -> int:
        """How many of them a person must look at."""
        return sum(row.is_doubtful for row in self.rows)


@dataclass(frozen=True)
class _Claim:
    """That a new criterion may continue an earlier one, and how much speaks for it."""

    new: int
    old: int
    likeness: float
    weight: float


def propose(new: Document, published: Document, nobody_gave: Collection[str] = ()) -> Lineages:
    """Return what each criterion of `new` continues, and what ends; one earlier criterion has one heir at most.

    `nobody_gave` are the lineages of `new` that were made from codes: there the text decides as well.
    """
    news, olds = tuple(new.criteria()), tuple(published.criteria())
    likeness = _Likeness(news, olds)
    given = _by_lineage(news, olds, nobody_gave)
    claims = _claims(news, olds, likeness, open_to=[n for n, c in enumerate(news) if c.lineage in nobody_gave])
    heirs = given | _assigned(claims, taken=given)
    rows = tuple(_proposal(n, news, olds, likeness, heirs, nobody_gave) for n in range(len(news)))
    continued = set(heirs.values())
    return Lineages(rows, tuple(old for number, old in enumerate(olds) if number not in continued))


def probably_made(new: Document, published: Document) -> frozenset[str]:
    """Return the lineages of a stored set that its file need not have given: codes alone would make them."""
    known = {old.code: old.lineage for old in published.criteria()}
    return frozenset(
        c.lineage for c in new.criteria() if known.get(c.code) == c.lineage or _is_by_code(new.framework.slug, c)
    )


def lineage_hash(document: Document, against: str) -> str:
    """Return the hash of what a person confirms: code, lineage, title and statement of each, against which set.

    An edit of anything else, such as a source or a sign, leaves the confirmation as good as it was.
    """
    said = [[c.code, c.lineage, c.title, c.text] for c in document.criteria()]
    return sha256(json.dumps([against, said], ensure_ascii=False).encode()).hexdigest()


def _is_by_code(framework: str, criterion: CriterionEntry) -> bool:
    made = making.lineage(framework, criterion.code, ())
    return re.fullmatch(rf"{re.escape(made)}(-\d+)?", criterion.lineage) is not None


def _by_lineage(
    news: Sequence[CriterionEntry], olds: Sequence[CriterionEntry], nobody_gave: Collection[str]
) -> dict[int, int]:
    places = {old.lineage: number for number, old in enumerate(olds)}
    return {
        number: places[criterion.lineage]
        for number, criterion in enumerate(news)
        if criterion.lineage in places and criterion.lineage not in nobody_gave
    }


def _claims(
    news: Sequence[CriterionEntry], olds: Sequence[CriterionEntry], likeness: "_Likeness", open_to: Iterable[int]
) -> Iterator[_Claim]:
    codes = {old.code: number for number, old in enumerate(olds)}
    for number in open_to:
        same = codes.get(news[number].code)
        for old, share in likeness.closest(number):
            if share >= CONTINUES and old != same:
                yield _Claim(number, old, share, share)
        if same is not None:
            share = likeness.share(number, same)
            if share >= LEAST_FOR_THE_CODE:
                yield _Claim(number, same, share, share + FOR_THE_CODE)


def _assigned(claims: Iterable[_Claim], taken: dict[int, int]) -> dict[int, int]:
    """Give each earlier criterion to the one for which most speaks; on a tie to the first in the new set."""
    heirs: dict[int, int] = {}
    gone = set(taken.values())
    for claim in sorted(claims, key=lambda claim: (-claim.weight, claim.new, claim.old)):
        if claim.new not in heirs and claim.old not in gone:
            heirs[claim.new] = claim.old
            gone.add(claim.old)
    return heirs


def _proposal(
    number: int,
    news: Sequence[CriterionEntry],
    olds: Sequence[CriterionEntry],
    likeness: "_Likeness",
    heirs: dict[int, int],
    nobody_gave: Collection[str],
) -> Proposal:
    criterion, old = news[number], heirs.get(number)
    others = tuple(
        Candidate(olds[other], share) for other, share in likeness.closest(number) if other != old and share > 0
    )
    if old is None:
        return Proposal(criterion, None, Way.NEW, _may_not_be_new(criterion, others), others)
    found = Candidate(olds[old], likeness.share(number, old))
    way = _way(criterion, found.earlier, nobody_gave)
    return Proposal(criterion, found, way, _is_doubtful(way, found, others), others)


def _way(criterion: CriterionEntry, old: CriterionEntry, nobody_gave: Collection[str]) -> Way:
    if criterion.lineage not in nobody_gave:
        return Way.LINEAGE
    return Way.CODE if criterion.code == old.code else Way.LIKENESS


def _is_doubtful(way: Way, found: Candidate, others: tuple[Candidate, ...]) -> bool:
    if way is Way.LIKENESS:
        return found.likeness < SURE_BY_TEXT or any(other.likeness >= SURE_BY_TEXT for other in others)
    return found.likeness < SAME or any(other.likeness > max(found.likeness, SURE_BY_TEXT) for other in others)


def _may_not_be_new(criterion: CriterionEntry, others: tuple[Candidate, ...]) -> bool:
    """Say whether something speaks against it: much the same words, or a code that was there before."""
    return any(other.likeness >= SAME or other.earlier.code == criterion.code for other in others)


class _Likeness:
    """How like new criteria are to earlier ones: the share of their words, where rare ones say more."""

    def __init__(self, news: Sequence[CriterionEntry], olds: Sequence[CriterionEntry]) -> None:
        self._news, self._olds = [_words(c) for c in news], [_words(c) for c in olds]
        spread = Counter(word for words in (*self._news, *self._olds) for word in words)
        total = len(self._news) + len(self._olds)
        self._worth = {word: math.log(1 + total / number) for word, number in spread.items()}
        self._whole = [self._sum(words) for words in self._news], [self._sum(words) for words in self._olds]
        self._where: dict[str, list[int]] = {}
        for number, words in enumerate(self._olds):
            for word in words:
                self._where.setdefault(word, []).append(number)
        self._closest: dict[int, list[tuple[int, float]]] = {}

    def closest(self, new: int) -> list[tuple[int, float]]:
        """Return the earlier criteria that are most like a new one, most like first, with the share."""
        if new not in self._closest:
            found = ((old, self.share(new, old)) for old in self._with_rare_words_of(new))
            self._closest[new] = sorted(found, key=lambda each: (-each[1], each[0]))[:CANDIDATES]
        return self._closest[new]

    def share(self, new: int, old: int) -> float:
        """Return how much of what both say is said by both, from 0 to 1."""
        ours, theirs = self._news[new], self._olds[old]
        whole = self._whole[0][new] + self._whole[1][old]
        return 1.0 if ours == theirs else 2 * self._sum(ours & theirs) / whole if whole else 0.0

    def _sum(self, words: Iterable[str]) -> float:
        # An exact sum is the same in whatever order a set gives its words.
        return math.fsum(self._worth[word] for word in words)

    def _with_rare_words_of(self, new: int) -> list[int]:
        known = [word for word in self._news[new] if word in self._where]
        rare = sorted(known, key=lambda word: (len(self._where[word]), word))[:WORDS_SOUGHT]
        found: Counter[int] = Counter()
        for word in rare:
            for old in self._where[word]:
                found[old] += 1
        return [old for old, _number in found.most_common(2 * CANDIDATES)]


def _words(criterion: CriterionEntry) -> frozenset[str]:
    said = (criterion.title, criterion.text, *(sign.text for sign in criterion.indicators))
    return frozenset(WORD.findall(str(folded(" ".join(said)))))
