"""Who may take a region's report: its Government Office and administrators."""

from tests.permissions import Row, statuses

ROWS = {
    "reports:regional": Row(
        {"round": "2026", "region": "east-midlands"}, get=statuses(404, reviewer=200, administrator=200)
    ),
}
