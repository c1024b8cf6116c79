"""Strengths and weaknesses as the page prints them: a group's findings, and those of its nation beside them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from hallmarks.outline import outline_by_id
from partnerships.models import Nation, Region
from reports import elsewhere, heat_map, strengths, tables
from reports.access import Scope
from reports.comparison import Asked, Line
from reports.groups import BOTH, NATIONS, Cut, Named, both_nations
from reports.heat_map import Row
from reports.heat_pages import upper_level
from reports.overview import Choice
from reports.released_page import Compared, ReleasedPage
from reports.releasing import Released
from reports.strengths import Findings, Moved


@dataclass(frozen=True)
class Part:
    """One group's findings with the query of its comparison."""

    name: str
    findings: Findings
    query: str
    submitted: int | None = None

    @property
    def splits(self) -> list[tuple[Line, SafeString, str]]:
        """The criteria that split the group, with their bars and how far two partnerships lie apart."""
        return [
            (split.line, tables.bar_on_page(split.line), f"{float(split.apart):.1f}") for split in self.findings.splits
        ]

    @property
    def is_paired(self) -> bool:
        """Whether what moved is of the same partnerships in both rounds."""
        return self.findings.both is not None

    @property
    def statutory(self) -> list[tuple[Line, Moved | None]]:
        """What the law asks for, with the round before where it can be compared."""
        return [(line, self.findings.since(line)) for line in self.findings.statutory]

    @property
    def moved(self) -> list[tuple[Moved, str]]:
        """What moved, and by how much in words."""
        return [(pair, _points(pair.points)) for pair in self.findings.moved]


@dataclass(frozen=True)
class StrengthsPage:
    """Everything the page prints; `name` and `choices` are the control by which a group is chosen."""

    round: Round
    before: Round | None
    parts: Sequence[Part]
    name: str
    choices: Sequence[Choice]
    own_choices: Sequence[Choice] = ()
    rounds: Sequence[Round] = ()
    notices: Sequence[str] = ()

    @property
    def upper_level(self) -> str:
        """The lower of the upper levels, as it stands in a sentence."""
        return upper_level([line for part in self.parts[:1] for line in part.findings.lines])

    @property
    def has_statutory(self) -> bool:
        """Whether the law asks for anything that somebody answered."""
        return any(part.findings.statutory for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to find, because nobody submitted or nothing may be shown."""
        return not any(part.findings.practice or part.findings.statutory for part in self.parts)

    @property
    def withheld(self) -> int:
        """How many criteria of the first group are not shown."""
        return self.parts[0].findings.withheld if self.parts else 0

    @property
    def region(self) -> str:
        """The region that is shown, as addresses name it; blank for a nation and for what is released."""
        chosen = next((choice.value for choice in self.choices if choice.is_selected), "")
        return "" if self.is_released or chosen in (*NATIONS, BOTH) else chosen

    @property
    def is_released(self) -> bool:
        """Whether it is a partnership's page, drawn from what is released."""
        return self.name == "with"


def previous(round_: Round, rounds: Sequence[Round]) -> Round | None:
    """Return the round before, of those that the person may see; a pilot of quite other criteria is none."""
    asked = _lineages(round_)
    older = (each for each in rounds if each.opens_on < round_.opens_on)
    return next((each for each in sorted(older, key=_opened, reverse=True) if asked & _lineages(each)), None)


def _opened(round_: Round) -> datetime.date:
    return round_.opens_on


def _lineages(round_: Round) -> set[str]:
    return {question.criterion.lineage for question in outline_by_id(round_.version_id).questions}


def area_wanted(wanted: str, scope: Scope, regions: Sequence[Region]) -> tuple[Cut, list[Choice]]:
    """Return the area an address asks for (the first region unless it says one), and the choices; else 404."""
    nations = [Named(value, _("All of %(nation)s") % {"nation": each.label}) for value, each in NATIONS.items()]
    own = [Named(region.slug, region.name, region.pk) for region in regions if scope.cuts(region.pk)]
    offered = [*own, *nations, Named(BOTH, both_nations())]
    area = next((each for each in offered if wanted in ("", each.value)), None)
    if area is None:
        raise Http404
    return Cut(area), [Choice(each.value, each.name, each == area) for each in offered]


def parts_of(
    cut: Cut, scope: Scope, nation: str, criteria: Sequence[Sequence[Asked]], rows: Sequence[Sequence[Row]]
) -> list[Part]:
    """Return the findings of an area and of the region's nation; of each the criteria and rows of now and before."""
    cuts = [cut]
    if not cut.is_beyond:
        cuts.append(Cut(Named(f"nation-{nation}", str(Nation(nation).label))))
    return [_part(each, scope, criteria, rows) for each in cuts]


def released_parts(page: ReleasedPage, releases: Sequence[Released], criteria: Sequence[Sequence[Asked]]) -> list[Part]:
    """Return the findings of one's group and of one's nation, of what is released for this round and before."""
    shown: list[Compared] = list(dict.fromkeys([page.compared, page.groups[-1]]))
    return [
        Part(each.name, _released_findings(each, releases, criteria), page.query(**{"with": each.group.kind}))
        for each in shown
    ]


def _released_findings(each: Compared, releases: Sequence[Released], criteria: Sequence[Sequence[Asked]]) -> Findings:
    found = [
        [_released_line(asked, released.counts(asked.code, each.group)) for asked in asked_then]
        for released, asked_then in zip(releases, criteria, strict=True)
    ]
    return strengths.findings(found[0], found[1] if len(found) > 1 else ())


def _released_line(asked: Asked, counts: tuple[int, ...] | None) -> Line:
    return Line(asked, counts or (0,) * len(asked.levels), 0, is_withheld=counts is None)


def _part(cut: Cut, scope: Scope, criteria: Sequence[Sequence[Asked]], rows: Sequence[Sequence[Row]]) -> Part:
    members = [[row for row in found if row.has_submitted and _covers(cut, row)] for found in rows]
    own = scope.regions if cut.is_beyond else None
    hidden = [elsewhere.of(found, own).codes(asked, cut) for asked, found in zip(criteria, rows, strict=True)]
    lines = [heat_map.lines(*each[:2], own, each[2]) for each in zip(criteria, members, hidden, strict=True)]
    # Beyond the reader's regions those who took part twice would be one more group, to be taken from the others.
    both = strengths.in_both(lines, members) if own is None and len(lines) > 1 else None
    found = strengths.findings(lines[0], lines[1] if len(lines) > 1 else (), both)
    return Part(cut.name, found, urlencode({"region": cut.area.value}), len(members[0]))


def _covers(cut: Cut, row: Row) -> bool:
    return cut.region in ("", row.region) and cut.nation in ("", row.nation)


def _points(points: int) -> str:
    if points > 0:
        return ngettext("up %(n)s point", "up %(n)s points", points) % {"n": points}
    return ngettext("down %(n)s point", "down %(n)s points", -points) % {"n": -points}
