"""What a Government Office is not told of groups beyond its regions: decided as the release to partnerships is.

Elsewhere is whoever lies outside the reader's regions; those inside are known by name anyway, so they are taken out
first and what is left of each group is decided (`release`). What may be shown together is the same question there and
here: whether sums and differences tell what somebody chose. The numbers differ: no total of one to four partnerships
elsewhere may be worked out, but five who agree may be seen to agree.

Every group that can be asked for beyond a region is decided at once, whichever a page shows: both nations together,
each nation, families and kinds of area. Of those that tell too much together, kinds of area give way first, and
everybody together never: where fewer than five answered it is left out by its own line (`comparison.withhold_few`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reports import release
from reports.comparison import FEWEST_ELSEWHERE, Asked
from reports.groups import Cut
from reports.heat_map import NOT_ASKED, Row, submitted
from reports.release import AREA, FAMILY, NATION, Answers, Group, Release, Rules

NATIONS = "nations"
# The dearest first.
KINDS = (NATIONS, NATION, FAMILY, AREA)
EVERYBODY = Group(NATIONS, "")
RULES = Rules(fewest=FEWEST_ELSEWHERE, fewest_derived=FEWEST_ELSEWHERE, agreeing_under=FEWEST_ELSEWHERE)
# Rounds, each as one Government Office sees it.
DECISIONS_KEPT = 64

# A partnership's nation, kind of area, family and packed levels: all that the decision is about.
Known = tuple[str, str, int, str]


@dataclass(frozen=True)
class Elsewhere:
    """Those outside the reader's regions who have submitted in a round."""

    rows: Sequence[Row]

    def codes(self, criteria: Sequence[Asked], cut: Cut) -> frozenset[str]:
        """Return the criteria on which a group beyond one region is not told; none for everybody together."""
        group = group_of(cut)
        members = [row for row in self.rows if group in _groups(*_known(row)[:3])]
        if not members or group == EVERYBODY:
            return frozenset()
        decided = _decide(tuple(sorted(map(_known, self.rows))), tuple(len(asked.levels) for asked in criteria))
        return frozenset(
            asked.code
            for at, asked in enumerate(criteria)
            if not _is_told(decided, at, group) and any(row.at(at) != NOT_ASKED for row in members)
        )


def of(rows: Iterable[Row], own: Collection[int] | None) -> Elsewhere:
    """Return those of a round who lie outside these regions; nobody where all are open."""
    return Elsewhere([] if own is None else [row for row in submitted(rows) if row.region_key not in own])


def group_of(cut: Cut) -> Group:
    """Return which of the groups somebody asks for who may see one grouping at a time."""
    if cut.family:
        return Group(FAMILY, str(cut.family.key))
    if cut.kind:
        return Group(AREA, cut.kind.value)
    return Group(NATION, cut.nation) if cut.nation else EVERYBODY


@lru_cache(maxsize=DECISIONS_KEPT)
def _decide(known: Sequence[Known], steps: Sequence[int]) -> Release:
    """Decide what is told of these; kept, as it changes only with a submission and every page asks."""
    partnerships = [
        Answers({group.kind: group.slug for group in _groups(nation, kind, family)}, levels)
        for nation, kind, family, levels in known
    ]
    return release.decide(partnerships, steps, RULES, KINDS)


def _is_told(decided: Release, criterion: int, group: Group) -> bool:
    # Everybody together is shown whatever was decided, so nothing may be shown that was decided without it.
    return None not in (decided.counts(criterion, group), decided.counts(criterion, EVERYBODY))


def _known(row: Row) -> Known:
    return row.nation, row.kind, row.family or 0, row.levels


def _groups(nation: str, kind: str, family: int) -> list[Group]:
    families = [Group(FAMILY, str(family))] if family else []
    return [EVERYBODY, Group(NATION, nation), *families, Group(AREA, kind)]
