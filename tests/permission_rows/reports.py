"""Who may compare, and who may read which report."""

from tests.permissions import Row, statuses

BEGUN = {"round": "2027", "partnership": "amber-valley"}
# A partnership compares with the release; a Government Office compares its own region.
COMPARERS = statuses(200, stranger=404, former=404, reviewer=200, reviewer_elsewhere=200, administrator=200)

ROWS = {
    "reports:compare_index": Row(get=COMPARERS),
    "reports:compare": Row({"round": "2026"}, get=COMPARERS),
    "reports:compare_csv": Row({"round": "2026"}, get=COMPARERS),
    "reports:draft": Row(BEGUN, get=statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)),
}
