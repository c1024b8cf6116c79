"""Who may see calibration and crime: who reads submissions all of it, a partnership only what is its own."""

from tests.permissions import Row, statuses

MEMBERS = {"coordinator": 200, "officer": 200, "viewer": 200, "colleague": 200}
OFFICES = {"reviewer": 200, "reviewer_elsewhere": 200, "administrator": 200}

ROWS = {
    "reports:calibration": Row({"round": "2026"}, get=statuses(404, **OFFICES)),
    "reports:crime": Row({"round": "2026"}, get=statuses(404, **MEMBERS, neighbour=200, **OFFICES)),
    "reports:crime_over_time": Row(
        {"partnership": "amber-valley"},
        get=statuses(404, **MEMBERS, reviewer=200, administrator=200),
    ),
    "reports:crime_over_time_svg": Row(
        # Amber Valley has no figures here, so there is a page and no picture.
        {"partnership": "amber-valley"},
        get=statuses(404),
    ),
    "reports:crime_svg": Row({"round": "2026"}, get=statuses(404)),
    "reports:crime_totals_csv": Row({"round": "2026"}, get=statuses(404, **OFFICES)),
    "reports:crime_totals_xlsx": Row({"round": "2026"}, get=statuses(404, **OFFICES)),
    "reports:crime_load": Row(get=statuses(404, administrator=200), post=statuses(404, visitor=401, administrator=200)),
}
