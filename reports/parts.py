"""The parts of a report as its templates print them: words, numbers and drawings, already put in order."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from hallmarks.marks import Label

FULL, SHORT = "full", "short"


@dataclass(frozen=True)
class Sign:
    """An indicator with its answer in words; `mark` is y, p, n or u (not answered), "" where none was."""

    text: str
    answer: str
    mark: str


@dataclass(frozen=True)
class Views:
    """How agencies saw a criterion, drawn and in words."""

    words: str
    bar: SafeString


@dataclass(frozen=True)
class Remark:
    """What the Government Office says of one criterion, beside what the partnership says.

    `label` is None where it gave no level; `beside` says in words how the two levels stand to each other.
    """

    label: Label | None
    beside: str
    reason: str
    recommendations: tuple[str, ...]


@dataclass(frozen=True)
class CriterionPart:
    """One criterion with the partnership's answer; `notes` say what was left out for want of room."""

    number: int
    code: str
    title: str
    text: str
    label: Label
    carried: str
    before: str
    reason: str
    in_place: str
    signs: tuple[Sign, ...]
    evidence: tuple[str, ...]
    views: Views | None
    remark: Remark | None
    more_signs: str
    more_evidence: str


@dataclass(frozen=True)
class Row:
    """One criterion in a table of many; `before` is the level then, None where there was none to compare with."""

    number: int
    title: str
    label: Label
    before: Label | None
    before_words: str
    office: Label | None


@dataclass(frozen=True)
class Rows:
    """The rows of one section."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """Criteria in a table, section by section; `more` says how many stand elsewhere, and where."""

    sections: tuple[Rows, ...]
    more: str

    @property
    def has_before(self) -> bool:
        """Whether any row tells what was before."""
        return any(row.before_words for rows in self.sections for row in rows.rows)


@dataclass(frozen=True)
class SectionPart:
    """Criteria of one section, with what they add up to in words and as a bar."""

    anchor: str
    title: str
    share: str
    counts: str
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
class Moved:
    """A criterion whose level is another than in the round before."""

    title: str
    before: Label
    now: Label
    direction: str


@dataclass(frozen=True)
class Movement:
    """What moved since the round before: counts in a sentence, then the criteria; `more` where some are left out."""

    before: str
    now: str
    words: str
    moved: tuple[Moved, ...]
    more: str


@dataclass(frozen=True)
class Action:
    """Something that an agency will do, by when, and about which criterion ("" where this round does not ask it)."""

    due_on: str
    text: str
    owner: str
    criterion: str
    is_overdue: bool


@dataclass(frozen=True)
class Promises:
    """The open actions on the summary page: how many in a sentence, and the first to be due."""

    words: str
    first: tuple[Action, ...]


@dataclass(frozen=True)
class Summary:
    """What fits one page."""

    sections: tuple[SectionPart, ...]
    more_sections: str
    strengths: Highlights
    gaps: Highlights
    movement: Movement | None
    promises: Promises | None


@dataclass(frozen=True)
class Citation:
    """A case study and the criteria that cite it."""

    title: str
    address: str
    criteria: str


@dataclass(frozen=True)
class Source:
    """Where wording comes from: the codes of the criteria; `title` only where it is one."""

    criteria: str
    title: str
    source: str


@dataclass(frozen=True)
class Recommended:
    """A recommendation and what it is about."""

    about: str
    text: str
    made: str


@dataclass(frozen=True)
class Asked:
    """A question with its reply; `replied` is "" where nobody replied."""

    about: str
    asked: str
    question: str
    reply: str
    replied: str


@dataclass(frozen=True)
class Office:
    """The closed review as a whole; `words` sums the levels up beside the partnership's, `returned` where it was."""

    name: str
    closed: str
    words: str
    summary: str
    returned: str
    return_reason: str
    recommendations: tuple[Recommended, ...]
    more_recommendations: str
    questions: tuple[Asked, ...]
    more_questions: str
    fingerprint: str


@dataclass(frozen=True)
class Verification:
    """Where anybody can check a report, with what; `address` is "" where the document names no portal."""

    address: str
    reference: str
    sha256: str


@dataclass(frozen=True)
class Levels:
    """Levels and what they mean, highest first; `key` explains the colours of charts, lowest first."""

    labels: tuple[Label, ...]
    more: str
    key: tuple[Label, ...]


@dataclass(frozen=True)
class ReportContext:
    """Everything a report prints."""

    form: str
    language: str
    partnership: str
    kind_of_partnership: str
    round: str
    heading: str
    foot: str
    reference: str
    fingerprint: str
    verification: Verification
    made_at: str
    is_draft: bool
    is_demonstration: bool
    facts: tuple[tuple[str, str], ...]
    profile: SafeString
    lead: str
    lead_rest: str
    or_better: str
    practice_labels: Levels
    statutory_labels: Levels
    top_name: str
    bottom_name: str
    summary: Summary
    sections: tuple[SectionPart, ...]
    statutory: tuple[SectionPart, ...]
    statutory_lead: str
    statutory_counts: str
    statutory_bar: SafeString
    table: Table
    statutory_table: Table
    actions: tuple[Action, ...]
    more_actions: str
    citations: tuple[Citation, ...]
    more_citations: str
    sources: tuple[Source, ...]
    more_sources: str
    criteria_source: str
    office: Office | None

    @property
    def is_short(self) -> bool:
        """Whether it is the short form."""
        return self.form == SHORT

    @property
    def has_spread(self) -> bool:
        """Whether it tells anywhere how agencies saw a criterion."""
        return any(each.views for part in (*self.sections, *self.statutory) for each in part.criteria)

    @property
    def lang(self) -> str:
        """The language as HTML names it, such as "en-GB"."""
        language, _dash, region = self.language.partition("-")
        return f"{language}-{region.upper()}" if region else language
