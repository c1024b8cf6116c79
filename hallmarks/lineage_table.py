"""The table in which a person confirms what became of each earlier criterion: its rows, choices and errors in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from govuk.forms import SummaryItem
from hallmarks.differences import Piece, compared
from hallmarks.document import CriterionEntry
from hallmarks.lineages import SAME, Candidate, Lineages, Proposal, Way

# What a choice sends where it is no code of an earlier criterion; codes have no such characters alone.
NEW, RETURNS = "", "="
FIELD = "continues-"
# Lists of choices beyond this would make the page slow; then codes are typed, with one list that helps.
OPTIONS_AT_MOST = 6_000
OTHERS_NAMED, WORTH_NAMING = 3, 0.2


@dataclass(frozen=True)
class Option:
    """One earlier criterion that may be chosen, or none."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Side:
    """A title and a statement in pieces, those words marked that differ."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One criterion of the draft, what was chosen for it, and how that was found."""

    number: int
    proposal: Proposal
    chosen: str
    earlier: CriterionEntry | None
    error: str
    options: tuple[Option, ...]

    @property
    def criterion(self) -> CriterionEntry:
        """The criterion as the draft has it."""
        return self.proposal.criterion

    @property
    def name(self) -> str:
        """The name of its control."""
        return FIELD + self.criterion.code

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must look at it."""
        return self.proposal.is_doubtful or bool(self.error)

    @property
    def is_as_proposed(self) -> bool:
        """Whether what is chosen is what was proposed."""
        found = self.proposal.heir_of
        return (found.earlier.code if found else NEW) == self.chosen

    @property
    def is_same(self) -> bool:
        """Whether title and statement are as they were."""
        old, new = self.earlier, self.criterion
        return old is not None and (old.title, old.text) == (new.title, new.text)

    @property
    def how(self) -> str:
        """How the choice was found, in words."""
        if not self.is_as_proposed:
            return _("Your choice.")
        return how_it_was_found(self.proposal)

    @property
    def others(self) -> str:
        """What else is like it, in words."""
        named = [each for each in self.proposal.others if each.likeness >= WORTH_NAMING][:OTHERS_NAMED]
        return ", ".join(_named(each) for each in named)

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """How it read before, and how it reads now."""
        old, new = self.earlier or self.criterion, self.criterion
        titles, texts = compared(old.title, new.title), compared(old.text, new.text)
        return Side(titles[0], texts[0]), Side(titles[1], texts[1])


class LineageTable:
    """All rows, from the proposals alone or with what somebody chose instead."""

    def __init__(
        self,
        found: Lineages,
        earlier: Sequence[CriterionEntry],
        returning: Mapping[str, str],
        sent: Mapping[str, str] | None = None,
    ) -> None:
        self.refusal = ""
        self.earlier = list(earlier)
        self._found, self._returning, self._sent = found, returning, sent
        self._by_code = {criterion.code: criterion for criterion in earlier}
        self._by_typed = {criterion.code.casefold(): criterion.code for criterion in earlier}
        self._own = {row.criterion.code: row.criterion.lineage for row in found.rows}
        self._chosen = {row.criterion.code: self._choice(row) for row in found.rows}
        self._claims = Counter(self._chosen.values())
        self.has_lists = len(found.rows) * len(self.earlier) <= OPTIONS_AT_MOST

    @cached_property
    def rows(self) -> list[Row]:
        """Every row, in the order of the draft."""
        return [
            Row(
                number,
                row,
                self._chosen[row.criterion.code],
                self._by_code.get(self._chosen[row.criterion.code]),
                self._error(row.criterion.code),
                self._options(row.criterion) if self.has_lists else (),
            )
            for number, row in enumerate(self._found.rows, 1)
        ]

    @property
    def doubtful(self) -> list[Row]:
        """The rows that a person must look at."""
        return [row for row in self.rows if row.is_doubtful]

    @property
    def certain(self) -> list[Row]:
        """The rows that speak for themselves."""
        return [row for row in self.rows if not row.is_doubtful]

    @property
    def ends(self) -> list[CriterionEntry]:
        """The earlier criteria that nothing continues, as it is chosen now."""
        return [criterion for criterion in self.earlier if not self._claims[criterion.code]]

    @property
    def chosen(self) -> dict[str, str | None]:
        """The lineage that was chosen for each code, or None for what is new."""
        named = {code: criterion.lineage for code, criterion in self._by_code.items()}
        return {code: self._own[code] if value == RETURNS else named.get(value) for code, value in self._chosen.items()}

    @property
    def error_summary(self) -> list[SummaryItem]:
        """What the error summary lists: each row that is wrong, and why nothing was confirmed."""
        whole = [SummaryItem(self.refusal)] if self.refusal else []
        return whole + [
            SummaryItem(f"{row.criterion.code}: {row.error}", f"row-{row.number}") for row in self.rows if row.error
        ]

    def _choice(self, row: Proposal) -> str:
        code = row.criterion.code
        if self._sent is not None and FIELD + code in self._sent:
            typed = self._sent[FIELD + code].strip()
            return self._by_typed.get(typed.casefold(), typed)
        if row.way is Way.NEW and row.criterion.lineage in self._returning:
            return RETURNS
        return row.heir_of.earlier.code if row.heir_of else NEW

    def _error(self, code: str) -> str:
        value = self._chosen[code]
        if value == NEW or (value == RETURNS and self._own[code] in self._returning):
            return ""
        if value not in self._by_code:
            words = _("“%(value)s” is no code of the earlier version. Choose one of its criteria, or that this is new")
            return words % {"value": value[:40]}
        if self._claims[value] == 1:
            return ""
        other = ", ".join(each for each, chosen in self._chosen.items() if chosen == value and each != code)
        words = _("%(earlier)s is chosen here and at %(other)s. It can go on in one of them only")
        return words % {"earlier": value, "other": other}

    def _options(self, criterion: CriterionEntry) -> tuple[Option, ...]:
        chosen = self._chosen[criterion.code]
        first = [Option(NEW, _("Nothing: it is new"), chosen == NEW)]
        if title := self._returning.get(criterion.lineage):
            words = _("What it was in “%(title)s”, before that") % {"title": title}
            first.append(Option(RETURNS, words, chosen == RETURNS))
        return (
            *first,
            *(Option(old.code, f"{old.code} {_short(old.title)}", old.code == chosen) for old in self.earlier),
        )


def how_it_was_found(proposal: Proposal) -> str:
    """Return in words how a proposal was made, and what speaks against it."""
    found = proposal.heir_of
    if found is None:
        return _why_new(proposal)
    words = {
        Way.LINEAGE: _("The file names this lineage; %(percent)s%% alike."),
        Way.CODE: _("The same code; %(percent)s%% alike."),
        Way.LIKENESS: _("Another code, but %(percent)s%% alike."),
    }[proposal.way] % {"percent": found.percent}
    if proposal.way is not Way.LIKENESS and found.likeness < SAME:
        return f"{words} {_('The text is quite another: is it still the same criterion?')}"
    if proposal.is_doubtful and proposal.way is not Way.LIKENESS:
        return f"{words} {_('Another earlier criterion is more like it.')}"
    return words


def _why_new(proposal: Proposal) -> str:
    if any(other.earlier.code == proposal.criterion.code for other in proposal.others):
        return _("New, though an earlier criterion had this code.")
    if proposal.is_doubtful:
        return _("New, though it is like an earlier one.")
    return _("New: nothing before is like it.")


def _named(candidate: Candidate) -> str:
    return _("%(code)s (%(percent)s%%)") % {"code": candidate.earlier.code, "percent": candidate.percent}


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"
