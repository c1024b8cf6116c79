"""Check sheets and plans: members of the partnership read, officers and coordinators write, nobody else."""

from django.utils import timezone

from sharing.periods import quarter_of
from tests.permissions import Row, statuses

NOW = quarter_of(timezone.localdate())
HERE = {"partnership": "amber-valley"}
SHEET = {**HERE, "year": str(NOW.year), "quarter": str(NOW.number)}
PLAN = {**HERE, "year": str(NOW.year)}
READERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
LED = {**READERS, "coordinator": 302, "officer": 302, "viewer": 302, "colleague": 302}
WRITERS = {**READERS, "viewer": 403}
# A form without its stamp is a bad request to those who may send it at all.
SAVES = {**WRITERS, "visitor": 401, "coordinator": 400, "officer": 400, "colleague": 400}

ROWS = {
    "sharing:index": Row(HERE, get=LED),
    "sharing:sheet": Row(SHEET, get=READERS),
    "sharing:sheet_line": Row({**SHEET, "number": "1"}, get=WRITERS, post=SAVES),
    "sharing:plan_index": Row(HERE, get=LED),
    "sharing:plan": Row(PLAN, get=READERS),
    # The page itself has the button; its address takes nothing else.
    "sharing:plan_copy": Row(
        PLAN, get=statuses(405), post={**SAVES, "coordinator": 302, "officer": 302, "colleague": 302}
    ),
    "sharing:plan_line": Row({**PLAN, "number": "1"}, get=WRITERS, post=SAVES),
    # A form that does not say what to do is a bad request; every member may have a link.
    "sharing:calendar": Row(PLAN, get=READERS, post={**SAVES, "viewer": 400}),
    # Nobody has this link, whoever they are.
    "sharing:feed": Row({"token": "never-given-out"}, get=statuses(404, visitor=404)),
    # The criteria of the tests are not the Hallmarks, so no check sheet stands as evidence for them.
    "assessments:evidence_sheet": Row(
        {**HERE, "round": "2027", "code": "LEAD.1"},
        get=statuses(404, viewer=403),
        post={**statuses(404, viewer=403), "visitor": 401},
    ),
}
