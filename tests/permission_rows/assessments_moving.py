"""Changing a round's criteria: administrators. What was answered before: the members of its partnership."""

from tests.permission_rows.assessments import HERE, MEMBERS
from tests.permission_rows.rounds import ADMINISTRATORS, SENDS
from tests.permission_rows.rounds import HERE as ROUND
from tests.permissions import Row, statuses

VERSION = {"framework": "test-framework", "version": "test-set"}
TO = {**ROUND, **VERSION}
# The round asks these criteria already, and nothing was changed that could be undone.
REFUSED = {**SENDS, "administrator": 409}

ROWS = {
    "assessments:round_criteria": Row(ROUND, get=ADMINISTRATORS),
    "assessments:round_move": Row(TO, get=ADMINISTRATORS, post=REFUSED),
    "assessments:round_move_csv": Row(TO, get=ADMINISTRATORS),
    "assessments:round_move_xlsx": Row(TO, get=ADMINISTRATORS),
    "assessments:round_move_undo": Row(ROUND, get=ADMINISTRATORS, post=REFUSED),
    "assessments:if_moved": Row(get=statuses(405), post={**SENDS, "administrator": 302}),
    "assessments:if_moved_to": Row(VERSION, get=ADMINISTRATORS),
    "assessments:homeless": Row(HERE, get=MEMBERS),
    "assessments:homeless_file": Row({**HERE, "version": "test-set", "code": "LEAD.1", "number": "1"}, get=MEMBERS),
}
