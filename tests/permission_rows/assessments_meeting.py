"""The meeting: every member may follow it, officers and coordinators record what it decides."""

from tests.permission_rows.assessments import CRITERION, HERE, MEMBERS, SAVES
from tests.permissions import Row

ROWS = {
    "assessments:meeting": Row(HERE, get=MEMBERS),
    "assessments:meeting_agenda": Row(HERE, get=MEMBERS),
    "assessments:meeting_criterion": Row(CRITERION, get=MEMBERS, post=SAVES),
}
