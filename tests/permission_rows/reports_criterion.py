"""Who may open one criterion's comparison: whoever may compare in the round."""

from tests.permissions import Row, statuses

MEMBERS = {"coordinator": 200, "officer": 200, "viewer": 200, "colleague": 200, "neighbour": 200}

ROWS = {
    "reports:criterion": Row(
        {"round": "2026", "code": "LEAD.1"},
        get=statuses(404, **MEMBERS, reviewer=200, reviewer_elsewhere=200, administrator=200),
    ),
}
