"""Two answers to one criterion, given at the same time by two people: what fits together, and what they must decide.

An answer is compared part by part, named as the page's form names them: the level, the reason and each sign.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.forms import DOES_NOT_APPLY
from assessments.models import IndicatorAnswer
from hallmarks.outline import Question

LEVEL, REASON, SIGN = "level", "reason", "indicator_"
Parts = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """One part in words: what it is called, what they saved, and what the writer has."""

    name: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """Two answers, and the names of the parts that need a word.

    `taken` become theirs, because the writer had not touched them; `differing` are the writer's own that are not
    theirs, and of those `clashing` were changed by both.
    """

    mine: Parts
    theirs: Parts
    taken: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()

    def in_words(self, question: Question, names: Collection[str]) -> dict[str, Difference]:
        """Return some parts in words, level first and signs in their order; a reason is told by its text, not here."""
        titles = {LEVEL: _("Level"), **{f"{SIGN}{sign.number}": sign.text for sign in question.indicators}}
        return {
            part: Difference(title, _value(question, part, self.theirs), _value(question, part, self.mine))
            for part, title in titles.items()
            if part in names
        }


def parts_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return an answer, given as the audit trail keeps it, part by part; what is blank is left out."""
    level = DOES_NOT_APPLY if facts.get("does_not_apply") else facts.get("level")
    signs = {f"{SIGN}{number}": answer for number, answer in (facts.get("indicators") or {}).items()}
    found = {LEVEL: level, REASON: _one_kind_of_line(str(facts.get("reason") or "")), **signs}
    return {name: str(value) for name, value in found.items() if value}


def parts_sent(data: Mapping[str, Any], question: Question) -> dict[str, str]:
    """Return what a form sent, part by part; what is blank is left out."""
    names = [LEVEL, REASON, *(f"{SIGN}{sign.number}" for sign in question.indicators)]
    found = {name: _one_kind_of_line(str(data.get(name) or "")) for name in names}
    return {name: value for name, value in found.items() if value}


def merged(base: Parts | None, mine: Parts, theirs: Parts) -> Merged:
    """Put two answers together: a part that the writer left as it was when the page was opened (`base`) becomes theirs.

    Where nobody knows what the page was opened with, all that differs counts as changed by both.
    """
    differ = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
    taken = [name for name in differ if base is not None and mine.get(name) == base.get(name)]
    differing = [name for name in differ if name not in taken]
    clashing = [name for name in differing if base is None or theirs.get(name) != base.get(name)]
    return Merged(mine, theirs, tuple(taken), tuple(differing), tuple(clashing))


def _value(question: Question, part: str, parts: Parts) -> str:
    value = parts.get(part, "")
    if part != LEVEL:
        return str(IndicatorAnswer.Answer(value).label) if value in IndicatorAnswer.Answer.values else _("No answer")
    if value == DOES_NOT_APPLY:
        return _("Does not apply")
    level = question.level(value)
    return level.name if level else _("No level")


def can_be_joined(mine: str, theirs: str) -> bool:
    """Say whether the other's text adds anything to the writer's own."""
    return bool(theirs) and theirs not in _one_kind_of_line(mine)


def joined(mine: str, theirs: str, agency: str) -> str:
    """Return both texts, the writer's own first, with a line between them that names the other's agency.

    However long it gets, nothing is cut; a text that holds the other already stays as it is.
    """
    mine = _one_kind_of_line(mine)
    if not can_be_joined(mine, theirs):
        return mine
    between = _("%(agency)s wrote:") % {"agency": agency}
    return f"{mine}\n\n{between}\n{theirs}" if mine else theirs


def _one_kind_of_line(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
