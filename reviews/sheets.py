"""A review laid beside what was submitted: which criteria are reviewed, where the two differ, what is asked."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.documents import CriterionEntry, Document, LevelEntry, SectionEntry
from hallmarks.marks import Label, does_not_apply, label_at

QUESTION, RECOMMENDATION, SAMPLED = "question", "recommendation", "sampled"
UNREVIEWED = "unreviewed"


@dataclass(frozen=True)
class Opinion:
    """What the reviewer said of one criterion; `level` is a level's slug, or "" where it does not apply."""

    level: str
    does_not_apply: bool
    reason: str


@dataclass(frozen=True)
class Remark:
    """A question, a recommendation, or that a criterion was drawn; `criterion` is a code, or "" for the whole."""

    kind: str
    criterion: str
    at: datetime.datetime
    number: int
    code: str = ""
    about: str = ""
    text: str = ""
    reply: str = ""
    replied_at: datetime.datetime | None = None
    replied_by: str = ""
    action: str = ""
    may_withdraw: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is a question without a reply."""
        return self.kind == QUESTION and self.replied_at is None


@dataclass(frozen=True)
class Line:
    """One criterion: the partnership's level, the reviewer's, and what else there is."""

    entry: CriterionEntry
    section: SectionEntry
    theirs: Label
    ours: Label | None
    differs: bool
    remarks: tuple[Remark, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Whether the reviewer gave a level."""
        return self.ours is not None

    @property
    def questions(self) -> tuple[Remark, ...]:
        """What was asked about it."""
        return tuple(remark for remark in self.remarks if remark.kind == QUESTION)

    @property
    def recommendations(self) -> tuple[Remark, ...]:
        """What was recommended about it."""
        return tuple(remark for remark in self.remarks if remark.kind == RECOMMENDATION)

    @property
    def waiting(self) -> int:
        """How many questions wait for a reply."""
        return sum(remark.waits for remark in self.remarks)

    @property
    def is_sampled(self) -> bool:
        """Whether it was drawn, so that evidence is required."""
        return any(remark.kind == SAMPLED for remark in self.remarks)

    @property
    def lacks_evidence(self) -> bool:
        """Whether it was drawn and has none."""
        return self.is_sampled and not self.entry.evidence


@dataclass(frozen=True)
class View:
    """One way to look at the list: its name in the address, its name on the page, which lines it shows."""

    slug: str
    label: str | Promise
    holds: Callable[[Line], bool]


VIEWS = (
    View("", _("All"), lambda line: True),
    View("differences", _("Differences"), lambda line: line.differs),
    View(UNREVIEWED, _("Not reviewed"), lambda line: not line.is_reviewed),
    View("questions", _("Criteria with questions"), lambda line: bool(line.questions)),
    View("sample", _("Sample"), lambda line: line.is_sampled),
)


def view_of(slug: str) -> View:
    """Return the view that an address names; all lines for a view that does not exist."""
    return next((view for view in VIEWS if view.slug == slug), VIEWS[0])


@dataclass(frozen=True)
class Sheet:
    """Every criterion of a submission with its review, in published order; remarks about the whole apart."""

    lines: tuple[Line, ...]
    whole: tuple[Remark, ...] = ()

    @property
    def reviewed(self) -> int:
        """How many criteria are reviewed."""
        return sum(line.is_reviewed for line in self.lines)

    @property
    def unreviewed(self) -> int:
        """How many criteria are not."""
        return len(self.lines) - self.reviewed

    @property
    def differing(self) -> int:
        """On how many criteria the two see another level."""
        return sum(line.differs for line in self.lines)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All remarks, those about the whole first, then as the criteria are published."""
        return self.whole + tuple(remark for line in self.lines for remark in line.remarks)

    def of(self, kind: str) -> list[Remark]:
        """Return the remarks of one kind."""
        return [remark for remark in self.remarks if remark.kind == kind]

    @property
    def waiting(self) -> int:
        """How many questions wait for a reply."""
        return sum(remark.waits for remark in self.remarks)

    @property
    def lacking_evidence(self) -> list[Line]:
        """The criteria that were drawn and have no evidence."""
        return [line for line in self.lines if line.lacks_evidence]

    @property
    def share(self) -> str:
        """The part that is reviewed, in per cent, as SVG wants it."""
        return f"{100 * self.reviewed / max(len(self.lines), 1):.1f}%"

    def counts(self) -> list[tuple[View, int]]:
        """Return each way to look at the list, with how many lines it shows."""
        return [(view, sum(map(view.holds, self.lines))) for view in VIEWS]

    def shown(self, slug: str) -> list[Line]:
        """Return the lines of one view; all of them for a view that does not exist."""
        return [line for line in self.lines if view_of(slug).holds(line)]

    def line(self, code: str) -> Line | None:
        """Return one criterion's line, or None."""
        return next((line for line in self.lines if line.entry.code == code), None)

    def next_unreviewed(self, after: str = "") -> Line | None:
        """Return the first line without a level after a criterion's own, from the top again, or None."""
        place = next((n for n, line in enumerate(self.lines) if line.entry.code == after), -1)
        following = self.lines[place + 1 :] + self.lines[: place + 1]
        return next((line for line in following if not line.is_reviewed and line.entry.code != after), None)

    def neighbours(self, code: str, show: str = "") -> tuple[Line | None, Line | None]:
        """Return the lines of a view before and after one, which need not be in the view itself."""
        place = next(n for n, line in enumerate(self.lines) if line.entry.code == code)
        holds = view_of(show).holds
        before = next((line for line in reversed(self.lines[:place]) if holds(line)), None)
        return before, next((line for line in self.lines[place + 1 :] if holds(line)), None)

    def following(self, code: str, show: str = "") -> Line | None:
        """Return the line to go on with after one: the next of a view, or the next without a level; or None."""
        if show in {"", UNREVIEWED}:
            return self.next_unreviewed(code)
        return self.neighbours(code, show)[1]


def sheet_of(document: Document, opinions: Mapping[str, Opinion], remarks: Sequence[Remark]) -> Sheet:
    """Lay opinions (by code) and remarks beside a submission, what the law asks after good practice."""
    entries = [(section, entry) for section in document.sections for entry in section.criteria]
    entries.sort(key=lambda pair: pair[1].is_statutory)
    codes = {entry.code for _section, entry in entries}
    return Sheet(
        tuple(_line(document, section, entry, opinions.get(entry.code), remarks) for section, entry in entries),
        tuple(remark for remark in remarks if remark.criterion not in codes),
    )


def label_of(document: Document, entry: CriterionEntry, slug: str) -> Label:
    """Return how a level is shown on a criterion's scale; no slug stands for “does not apply”."""
    levels: Collection[LevelEntry] = document.levels_of(entry.scale)
    level = next((level for level in levels if level.slug == slug), None)
    if level is None:
        return does_not_apply()
    return label_at(level.position, len(levels), level.name, statutory=entry.is_statutory)


def _line(
    document: Document,
    section: SectionEntry,
    entry: CriterionEntry,
    opinion: Opinion | None,
    remarks: Sequence[Remark],
) -> Line:
    about = f"{section.title} {entry.number}"
    return Line(
        entry=entry,
        section=section,
        theirs=label_of(document, entry, entry.level),
        ours=label_of(document, entry, opinion.level) if opinion else None,
        differs=opinion is not None and (opinion.level, opinion.does_not_apply) != (entry.level, entry.does_not_apply),
        remarks=tuple(replace(each, about=about) for each in remarks if each.criterion == entry.code),
    )
