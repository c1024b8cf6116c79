"""The parts of a report as its template prints them: words, numbers and drawings, already put in order."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from hallmarks.marks import Label


@dataclass(frozen=True)
class Sign:
    """An indicator with its answer in words; `mark` is y, p, n or u (not answered)."""

    text: str
    answer: str
    mark: str


@dataclass(frozen=True)
class CriterionPart:
    """One criterion with the partnership's answer."""

    anchor: str
    number: int
    code: str
    title: str
    text: str
    label: Label
    carried: str
    reason: str
    in_place: str
    signs: tuple[Sign, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class SectionPart:
    """Criteria of one section, with what they add up to in words and as a bar."""

    anchor: str
    title: str
    share: str
    proportion: str
    bar: SafeString
    profile: SafeString
    criteria: tuple[CriterionPart, ...]


@dataclass(frozen=True)
class Listed:
    """A strength or a gap on the summary page."""

    title: str
    where: str


@dataclass(frozen=True)
class Highlights:
    """Strengths or gaps: the first few, and how many more there are."""

    listed: tuple[Listed, ...]
    more: int


@dataclass(frozen=True)
class Citation:
    """A case study and the criteria that cite it."""

    title: str
    address: str
    criteria: str


@dataclass(frozen=True)
class Action:
    """Something that an agency will do, by when, and about which criterion ("" where this round does not ask it)."""

    due_on: str
    text: str
    owner: str
    criterion: str


@dataclass(frozen=True)
class Source:
    """Where wording comes from: the codes of the criteria; `title` only where it is one."""

    criteria: str
    title: str
    source: str


@dataclass(frozen=True)
class ReportContext:
    """Everything a report prints."""

    partnership: str
    kind_of_partnership: str
    round: str
    heading: str
    foot: str
    reference: str
    fingerprint: str
    made_at: str
    is_draft: bool
    is_demonstration: bool
    facts: tuple[tuple[str, str], ...]
    profile: SafeString
    lead: str
    lead_rest: str
    or_better: str
    practice_labels: tuple[Label, ...]
    statutory_labels: tuple[Label, ...]
    strengths: Highlights
    gaps: Highlights
    top_name: str
    bottom_name: str
    sections: tuple[SectionPart, ...]
    statutory: tuple[SectionPart, ...]
    statutory_lead: str
    statutory_bar: SafeString
    actions: tuple[Action, ...]
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    criteria_source: str
