"""The front-line check: members read, coordinators run it, and anybody with the link answers."""

from tests.assessments import front_line
from tests.permission_rows.assessments import COORDINATORS, HERE, MEMBERS
from tests.permissions import EVERYBODY, Row

ANYBODY = dict.fromkeys(EVERYBODY, 200)

ROWS = {
    "assessments:survey": Row(HERE, get=MEMBERS, post={**COORDINATORS, "visitor": 401}),
    "assessments:survey_renew": Row(HERE, get=COORDINATORS),
    "assessments:survey_close": Row(HERE, get=COORDINATORS),
    # An empty form comes back with its error.
    "assessments:survey_answer": Row({"token": front_line.TOKEN}, get=ANYBODY, post=ANYBODY),
    "assessments:survey_sent": Row(get=ANYBODY),
}
