"""Evidence of a linked criterion: who may rate; there is none in this world, so to them it is not there either."""

from tests.permission_rows.assessments import CRITERION
from tests.permissions import Row, statuses

USES = statuses(404, viewer=403)

ROWS = {
    "assessments:evidence_linked": Row(CRITERION, get=USES, post={**USES, "visitor": 401}),
}
