"""Who may compare, and who may read which report."""

from tests.permissions import Row, statuses

SUBMITTED = {"round": "2026", "partnership": "amber-valley"}
BEGUN = {"round": "2027", "partnership": "amber-valley"}
# A partnership compares with nobody yet; a Government Office compares its own region.
COMPARERS = statuses(404, reviewer=200, reviewer_elsewhere=200, administrator=200)

ROWS = {
    "reports:compare_index": Row(get=COMPARERS),
    "reports:compare": Row({"round": "2026"}, get=COMPARERS),
    "reports:compare_csv": Row({"round": "2026"}, get=COMPARERS),
    "reports:actions_csv": Row(
        {"partnership": "amber-valley"}, get=statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
    ),
    "reports:pdf": Row(
        SUBMITTED,
        get=statuses(404, coordinator=200, officer=200, viewer=200, colleague=200, reviewer=200, administrator=200),
    ),
    "reports:draft": Row(BEGUN, get=statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)),
}
