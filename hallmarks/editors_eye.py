"""What an editor would say about the texts of a set: hints with their places, which never stand in anybody's way."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from hallmarks import readability
from hallmarks.document import CriterionEntry, Document
from hallmarks.repeats import alike_texts
from hallmarks.starts import Start, first_words, start_of

LONGEST_TITLE, LONGEST_STATEMENT, LONGEST_SIGN, LONGEST_SENTENCE = 10, 50, 30, 25
# The formula says little of fewer words; and what a graduate reads with ease is let pass.
FEWEST_WORDS, OLDEST_READER = 12, 21
ABBREVIATION = re.compile(r"(?<![\w-])([A-Z]{2,6})(?:s|['’]s)?(?![\w-])")
IN_BRACKETS, BEFORE_BRACKETS = re.compile(r"\(([A-Z]{2,6})s?\)"), re.compile(r"\b([A-Z]{2,6})s? \(")
# Everybody knows these better than what they stand for.
KNOWN = frozenset("AM CDRP EU GP ID IT MP NHS OK PC PDF PM SMART TV UK US".split())  # noqa: SIM905 - as a sentence


class Kind(StrEnum):
    """What a hint is about, the most telling first."""

    TWICE = "twice"
    STARTS = "starts"
    LONG_TEXT = "long_text"
    LONG_SENTENCE = "long_sentence"
    READING_AGE = "reading_age"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True)
class Hint:
    """One thing to look at: the criterion, its field, the number of the sign where it is one, and what to do."""

    kind: Kind
    code: str
    field: str
    number: int | None
    text: str

    @property
    def place(self) -> str:
        """Where to look, in words."""
        names = {
            "title": _("title"),
            "text": _("statement"),
            "guidance": _("what to show as evidence"),
            "indicators": _("signs to look for"),
        }
        field = _("sign %(n)s") % {"n": self.number} if self.number is not None else names[self.field]
        return _("%(code)s, %(field)s") % {"code": self.code, "field": field}


@dataclass(frozen=True)
class _Text:
    """A text of our own wording, and where it stands."""

    code: str
    field: str
    number: int | None
    text: str

    def hint(self, kind: Kind, said: str) -> Hint:
        return Hint(kind, self.code, self.field, self.number, said)


def hints(document: Document) -> tuple[Hint, ...]:
    """Return all hints, by kind and then in the set's order; the publisher's official wording is let alone."""
    criteria = list(document.criteria())
    found = [hint for criterion in criteria for text in _texts(criterion) for hint in _by_length(text)]
    found += [hint for criterion in criteria for hint in _in_one(criterion)]
    found += [*_between(criteria), *_abbreviations(criteria)]
    kinds, codes = list(Kind), {criterion.code: place for place, criterion in enumerate(criteria)}
    return tuple(sorted(found, key=lambda hint: (kinds.index(hint.kind), codes[hint.code])))


def _texts(criterion: CriterionEntry) -> Iterator[_Text]:
    for field in ("title", "text", "guidance"):
        yield _Text(criterion.code, field, None, getattr(criterion, field))
    for sign in criterion.indicators:
        yield _Text(criterion.code, "indicators", sign.number, sign.text)


def _by_length(text: _Text) -> Iterator[Hint]:
    limits = {"title": LONGEST_TITLE, "text": LONGEST_STATEMENT, "indicators": LONGEST_SIGN}
    number, limit = len(readability.words(text.text)), limits.get(text.field)
    if limit and number > limit:
        yield text.hint(Kind.LONG_TEXT, _too_long(text.field) % {"n": number, "limit": limit})
    if number < FEWEST_WORDS or text.field == "title":
        return
    longest = max(len(readability.words(sentence)) for sentence in readability.sentences(text.text))
    age = readability.reading_age(text.text)
    if longest > LONGEST_SENTENCE:
        said = _("One sentence has %(n)s words; more than %(limit)s are hard to follow. Make two of it.")
        yield text.hint(Kind.LONG_SENTENCE, said % {"n": longest, "limit": LONGEST_SENTENCE})
    elif age > OLDEST_READER:
        said = _("Its reading age is about %(age)s. Use shorter words, and say one thing in a sentence.")
        yield text.hint(Kind.READING_AGE, said % {"age": age})


def _too_long(field: str) -> str:
    return {
        "title": _("It has %(n)s words. A title of at most %(limit)s fits into tables and charts."),
        "text": _("It has %(n)s words. Keep to %(limit)s, and move the rest to the signs or to the guidance."),
        "indicators": _("It has %(n)s words. Keep to %(limit)s, or make two signs of it: each is answered by itself."),
    }[field]


def _in_one(criterion: CriterionEntry) -> Iterator[Hint]:
    signs = criterion.indicators
    same = _("It says the same as sign %(n)s. Keep one.")
    near = _("It says nearly the same as sign %(n)s. Keep one, or say what differs.")
    for earlier, later, is_same in alike_texts([sign.text for sign in signs]):
        said = (same if is_same else near) % {"n": signs[earlier].number}
        yield Hint(Kind.TWICE, criterion.code, "indicators", signs[later].number, said)
    yield from _starts(criterion)


def _between(criteria: Sequence[CriterionEntry]) -> Iterator[Hint]:
    same = _("It is the same as that of %(code)s. Ask for each thing once, or say what differs.")
    near = _("It is nearly the same as that of %(code)s. Ask for each thing once, or say what differs.")
    for field in ("title", "text"):
        for earlier, later, is_same in alike_texts([getattr(criterion, field) for criterion in criteria]):
            said = (same if is_same else near) % {"code": criteria[earlier].code}
            yield Hint(Kind.TWICE, criteria[later].code, field, None, said)


def _starts(criterion: CriterionEntry) -> Iterator[Hint]:
    """Yield the signs that begin unlike most others, or one hint where most begin unlike each other."""
    signs = criterion.indicators
    starts = [start_of(sign.text) for sign in signs]
    counts = Counter(starts)
    if len(counts) < 2:
        return
    usual, number = counts.most_common(1)[0]
    odd = [place for place, start in enumerate(starts) if start != usual]
    example = first_words(signs[starts.index(usual)].text)
    if number * 3 < len(signs) * 2:
        ways = ", ".join(
            _("“%(words)s” is %(kind)s") % {"words": first_words(signs[starts.index(s)].text), "kind": _called(s)}
            for s in counts
        )
        said = _("They do not start alike: %(ways)s. Start them all in the same way.") % {"ways": ways}
        yield Hint(Kind.STARTS, criterion.code, "indicators", None, said)
        return
    said = _("It starts with %(kind)s (“%(words)s”), most others with %(usual)s (“%(example)s”). Start them alike.")
    for place in odd:
        named = {"kind": _called(starts[place]), "words": first_words(signs[place].text)}
        named |= {"usual": _called(usual), "example": example}
        yield Hint(Kind.STARTS, criterion.code, "indicators", signs[place].number, said % named)


def _called(start: Start) -> str:
    return {
        Start.THING: _("what it is about"),
        Start.VERB: _("a verb, as an order does"),
        Start.VERB_S: _("a verb without saying who"),
        Start.ING: _("a word in -ing"),
        Start.TO: _("“to” and a verb"),
        Start.QUESTION: _("a question"),
        Start.SMALL: _("a small letter"),
    }[start]


def _abbreviations(criteria: Iterable[CriterionEntry]) -> Iterator[Hint]:
    """Yield each abbreviation that is nowhere spelled out, once, where it is first used."""
    uses: dict[str, list[_Text]] = {}
    spelled: set[str] = set(KNOWN)
    for criterion in criteria:
        for text in _texts(criterion):
            spelled.update(IN_BRACKETS.findall(text.text), BEFORE_BRACKETS.findall(text.text))
            for short in () if text.text.isupper() else dict.fromkeys(ABBREVIATION.findall(text.text)):
                uses.setdefault(short, []).append(text)
    said = _("“%(short)s” is nowhere spelled out. Write it in full where it comes first, followed by (%(short)s).")
    for short, texts in uses.items():
        if short not in spelled:
            yield texts[0].hint(Kind.ABBREVIATION, said % {"short": short})
