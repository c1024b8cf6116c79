"""Who is here and what was changed: for the partnership's members only; to everybody else it is not there."""

from tests.permission_rows.assessments import CRITERION, HERE, MEMBERS, SAVES, WRITERS
from tests.permissions import Row, statuses

# There is nothing to put together for who opens the address again.
LEADS_ON = {"coordinator": 302, "officer": 302, "colleague": 302}

ROWS = {
    "assessments:here": Row(HERE, get=statuses(405), post={**MEMBERS, "visitor": 401}),
    "assessments:merge": Row(CRITERION, get={**WRITERS, **LEADS_ON}, post=SAVES),
    "assessments:history": Row(HERE, get=MEMBERS),
    "assessments:criterion_history": Row(CRITERION, get=MEMBERS),
}
