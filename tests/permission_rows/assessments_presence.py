"""Who is here and what was changed: for the partnership's members only; to everybody else it is not there."""

from tests.permission_rows.assessments import CRITERION, HERE, MEMBERS, SAVES
from tests.permissions import Row, statuses

ROWS = {
    "assessments:here": Row(HERE, get=statuses(405), post={**MEMBERS, "visitor": 401}),
    "assessments:merge": Row(CRITERION, get=statuses(405), post=SAVES),
    "assessments:history": Row(HERE, get=MEMBERS),
    "assessments:criterion_history": Row(CRITERION, get=MEMBERS),
}
