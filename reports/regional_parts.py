"""The parts of a regional report as its template prints them: words, numbers and drawings, already put in order."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from hallmarks.marks import Label


@dataclass(frozen=True)
class Standing:
    """One partnership in the round: how far it is, never what it wrote in a draft."""

    name: str
    force: str
    state: str
    progress: str
    questions: int
    overdue: int
    day: str


@dataclass(frozen=True)
class StatePart:
    """The round: how many partnerships are in each state, and each of them, those that need the office first."""

    counts: tuple[tuple[str, int], ...]
    bar: SafeString
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class SectionShare:
    """All ratings of a section's criteria: drawn, at each level, and the share beside that of the country."""

    title: str
    criteria: int
    bar: SafeString
    counts: tuple[int, ...]
    absent: int
    ratings: int
    upper: str
    nation: str


@dataclass(frozen=True)
class ShareTable:
    """Sections whose criteria are rated on the same levels."""

    labels: tuple[Label, ...]
    or_better: str
    rows: tuple[SectionShare, ...]


@dataclass(frozen=True)
class Spread:
    """One criterion: how many partnerships chose each level, the median and the middle half."""

    code: str
    title: str
    is_key: bool
    bar: SafeString
    counts: tuple[int, ...]
    absent: int
    n: int
    median: str
    middle_half: str


@dataclass(frozen=True)
class SpreadTable:
    """The criteria of one section that are rated on the same levels."""

    anchor: str
    title: str
    labels: tuple[Label, ...]
    rows: tuple[Spread, ...]


@dataclass(frozen=True)
class Found:
    """A strength or a weakness: how many are at the upper levels in the region, and in the country as far as told."""

    title: str
    where: str
    region: str
    nation: str


@dataclass(frozen=True)
class Differing:
    """A criterion on which partnerships differ most, drawn."""

    title: str
    where: str
    bar: SafeString
    spread: str


@dataclass(frozen=True)
class Moving:
    """Criteria of a section, or one criterion: how many ratings went up, stayed and went down."""

    title: str
    where: str
    up: int
    same: int
    down: int
    then: str = ""
    now: str = ""


@dataclass(frozen=True)
class MovementPart:
    """What moved since the round before; `lead` says why there is nothing where nothing can be compared."""

    before: str
    lead: str
    sections: tuple[Moving, ...] = ()
    most: tuple[Moving, ...] = ()
    statutory: tuple[Moving, ...] = ()


@dataclass(frozen=True)
class HeatCell:
    """One rating: the mark that the style sheet draws, and the level in words."""

    mark: str
    words: str


@dataclass(frozen=True)
class HeatRow:
    """One partnership and its ratings of the criteria in one table."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatHead:
    """A section over its columns: what it is called there, and how its criteria are numbered."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class HeatTable:
    """As many criteria as fit across a page, all partnerships that have submitted."""

    caption: str
    heads: tuple[HeatHead, ...]
    rows: tuple[HeatRow, ...]

    @property
    def columns(self) -> int:
        """How many criteria there are."""
        return sum(len(head.codes) for head in self.heads)


@dataclass(frozen=True)
class Advice:
    """A recommendation that is outstanding, and what became of it so far."""

    made: str
    about: str
    text: str
    action: str
    due: str
    is_overdue: bool


@dataclass(frozen=True)
class AdviceTo:
    """The outstanding recommendations to one partnership."""

    partnership: str
    listed: tuple[Advice, ...]


@dataclass(frozen=True)
class AdvicePart:
    """All that are outstanding, in words and by partnership; `more` are not listed."""

    lead: str
    to: tuple[AdviceTo, ...]
    more: int


@dataclass(frozen=True)
class Study:
    """A case study that the office agreed is good practice."""

    title: str
    partnership: str
    agreed: str
    note: str
    address: str


@dataclass(frozen=True)
class Source:
    """Where something in the report comes from."""

    what: str
    source: str


@dataclass(frozen=True)
class LevelsPart:
    """How many chose each level, by section and by criterion; statutory apart."""

    practice_labels: tuple[Label, ...]
    statutory_labels: tuple[Label, ...]
    or_better: str
    practice_shares: tuple[ShareTable, ...]
    statutory_shares: tuple[ShareTable, ...]
    practice: tuple[SpreadTable, ...]
    statutory: tuple[SpreadTable, ...]


@dataclass(frozen=True)
class StandoutPart:
    """What stands out; `is_shared` is false where too few gave a level for anything to be shared."""

    is_shared: bool
    strengths: tuple[Found, ...]
    weaknesses: tuple[Found, ...]
    fewest_met: tuple[Found, ...]
    differing: tuple[Differing, ...]


@dataclass(frozen=True)
class HeatPart:
    """Every rating by name; statutory apart; who is missing as a sentence."""

    practice: tuple[HeatTable, ...]
    statutory: tuple[HeatTable, ...]
    missing: str


@dataclass(frozen=True)
class RegionalReport:
    """Everything a regional report prints."""

    region: str
    government_office: str
    nation: str
    round: str
    heading: str
    foot: str
    as_of: str
    made_on: str
    is_demonstration: bool
    facts: tuple[tuple[str, str], ...]
    profile: SafeString
    sentences: tuple[str, ...]
    state: StatePart
    has_submissions: bool
    levels: LevelsPart
    standout: StandoutPart
    movement: MovementPart
    heat: HeatPart
    advice: AdvicePart
    studies: tuple[Study, ...]
    sources: tuple[Source, ...]
