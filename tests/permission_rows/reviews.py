"""The Government Office's pages: its own region's office and administrators."""

from tests.permissions import Row, statuses

OFFICE = statuses(404, reviewer=200, administrator=200)

ROWS = {
    # Somebody with one region goes straight to it.
    "reviews:index": Row(get=statuses(404, reviewer=302, reviewer_elsewhere=302, administrator=200)),
    "reviews:region": Row({"region": "east-midlands", "round": "2027"}, get=OFFICE),
    "reviews:submission": Row({"region": "east-midlands", "round": "2026", "partnership": "amber-valley"}, get=OFFICE),
}
