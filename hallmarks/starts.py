"""How a sign to look for begins, as far as its first words tell: for lists whose lines do not start alike."""

import re
from collections.abc import Sequence
from enum import StrEnum

FIRST_WORDS = re.compile(r"[^\W\d_][\w'’-]*")
WORDS_SHOWN = 2


class Start(StrEnum):
    """What a line begins with."""

    THING = "thing"
    VERB = "verb"
    VERB_S = "verb_s"
    ING = "ing"
    TO = "to"
    QUESTION = "question"
    SMALL = "small"


# Verbs that name nothing else: a line that begins with one asks for something to be done.
VERBS = frozenset(
    """agree analyse analyze appoint arrange ask assess attach attend build carry celebrate choose collect commit
    communicate compare complete consider consult contribute co-ordinate coordinate create decide define deliver
    demonstrate describe determine develop discuss embed empower enable encourage engage ensure establish evaluate
    explain explore facilitate gather give help identify implement improve include inform introduce invest invite
    involve keep know learn listen maintain make manage meet obtain organise organize participate prepare prioritise
    produce promote protect provide publish pursue raise recognise reduce respond seek show speak take teach
    tell think train understand undertake write""".split()  # noqa: SIM905 - a list of words reads better so
)
# These name things too; they are verbs where a thing follows that they are done to.
PERHAPS = frozenset(
    """address approach check challenge change contact design draft focus fund hold lead link list log look measure
    monitor name offer plan put question record report review run secure set share start stop support target test use
    work""".split()  # noqa: SIM905
)
OBJECTS = frozenset(
    """a an the all any both each every its their your our his her this that these those people partners how what
    whether when where who which with to for at up out on""".split()  # noqa: SIM905
)
# What makes a sentence of a line that begins with a word in -ing.
FINITE = frozenset(
    """is are was were be been has have had do does did can could may might must shall should will would gets get
    comes goes means looks leads starts""".split()  # noqa: SIM905
)


def third_person(verb: str) -> str:
    """Return a verb as it follows “he”, “she” or “it”."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


VERBS_S = frozenset(third_person(verb) for verb in VERBS)
ENDS = VERBS_S | {third_person(verb) for verb in PERHAPS}


def start_of(text: str) -> Start:
    """Return what a line begins with; a thing, such as “The partnership”, where nothing else is plain."""
    found = [word.lower() for word in FIRST_WORDS.findall(text)]
    if not found:
        return Start.THING
    if text.rstrip().endswith("?"):
        return Start.QUESTION
    first, rest = found[0], found[1:]
    # “To hear from everybody, the partnership asks” is a sentence about the partnership.
    if first == "to" and "," not in text:
        return Start.TO
    if first in VERBS or (first in PERHAPS and rest[:1] and rest[0] in OBJECTS):
        return Start.VERB
    if first in VERBS_S:
        return Start.VERB_S
    if len(first) > len("thing") and first.endswith("ing") and not _is_sentence(rest):
        return Start.ING
    return Start.SMALL if text.lstrip()[0].islower() else Start.THING


def _is_sentence(words: Sequence[str]) -> bool:
    """Say whether something is done in the rest of a line; what follows “to” is only meant to be."""
    pairs = zip(("", *words), words, strict=False)
    return any(word in FINITE or word in ENDS or (word in VERBS and before != "to") for before, word in pairs)


def first_words(text: str) -> str:
    """Return the words that a line begins with, as many as show how."""
    return " ".join(text.split()[:WORDS_SHOWN]).rstrip(",;:.")
