"""Confirming what was carried forward: officers and coordinators; to everybody else it is not there."""

from tests.permission_rows.assessments import CRITERION, SAVES
from tests.permissions import Row, statuses

ROWS = {
    "assessments:confirm": Row(CRITERION, get={**statuses(405)}, post=SAVES),
}
