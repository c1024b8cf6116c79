"""Who may open heat maps: a region's, its Government Office; the country's, whoever may compare."""

from tests.permissions import Row, statuses

COMPARERS = statuses(200, stranger=404, former=404, reviewer=200, reviewer_elsewhere=200, administrator=200)
REGION = {"round": "2026", "region": "east-midlands"}

ROWS = {
    "reports:region_heat": Row(REGION, get=statuses(404, reviewer=200, administrator=200)),
    "reports:region_heat_csv": Row(REGION, get=statuses(404, reviewer=200, administrator=200)),
    "reports:nation_heat": Row({"round": "2026"}, get=COMPARERS),
    "reports:nation_heat_csv": Row({"round": "2026"}, get=COMPARERS),
    "reports:strengths": Row({"round": "2026"}, get=COMPARERS),
}
