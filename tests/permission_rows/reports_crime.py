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
    "reports:crime_load": Row(get=statuses(404, administrator=200), post=statuses(404, visitor=401, administrator=200)),
}
