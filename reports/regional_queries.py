"""What a regional report is made of, read once: of its own region everything submitted, of the country what is told."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Round
from casestudies.models import CaseStudy
from casestudies.queries import agreed
from partnerships.models import Region
from reports import heat_queries, queries, strengths_page
from reports.access import Scope
from reports.comparison import Asked, Line
from reports.groups import Cut, Named
from reports.heat_map import Row
from reports.strengths import Findings
from reviews import follow_up, region_queries
from reviews.models import Recommendation
from reviews.worklist import Line as Standing
from reviews.worklist import in_order


@dataclass(frozen=True)
class Gathered:
    """Everything that is known of a region in a round on one day; `criteria` and `rows` are of now and of before."""

    region: Region
    round: Round
    before: Round | None
    today: datetime.date
    standings: Sequence[Standing]
    criteria: Sequence[Sequence[Asked]]
    rows: Sequence[Sequence[Row]]
    findings: Findings
    nation: str
    nation_lines: Sequence[Line]
    advice: Sequence[Recommendation]
    studies: Sequence[CaseStudy]


def gathered(scope: Scope, region: Region, today: datetime.date) -> Gathered:
    """Read a region that `heat_access.region_in_full` opened; as many queries for five partnerships as for all."""
    before = strengths_page.previous(scope.round, scope.rounds)
    rounds = [scope.round, *([before] if before else [])]
    found = heat_queries.rows(rounds)
    rows = [found[round_.slug] for round_ in rounds]
    criteria = [queries.asked(round_) for round_ in rounds]
    cut = Cut(Named(region.slug, region.name, region.pk))
    own, nation = strengths_page.parts_of(cut, scope, region.nation, criteria, rows)
    return Gathered(
        region=region,
        round=scope.round,
        before=before,
        today=today,
        standings=in_order(region_queries.lines_of(region, scope.round, today)),
        criteria=criteria,
        rows=[[row for row in each if row.region == region.slug] for each in rows],
        findings=own.findings,
        nation=nation.name,
        nation_lines=nation.findings.lines,
        advice=follow_up.outstanding_in(region, scope.round),
        studies=list(agreed.agreed_in(region)),
    )
