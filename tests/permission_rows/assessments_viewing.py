"""Views: every member gives and reads, coordinators reveal; to everybody else the pages are not there."""

from tests.permission_rows.assessments import COORDINATORS, CRITERION, HERE, MEMBERS
from tests.permissions import Row

# A view without its stamp is a bad request to members, viewers too.
GIVES = {**MEMBERS, "visitor": 401, "coordinator": 400, "officer": 400, "viewer": 400, "colleague": 400}
GOES_BACK = {"coordinator": 302, "officer": 302, "viewer": 302, "colleague": 302}

ROWS = {
    "assessments:views": Row(HERE, get=MEMBERS),
    "assessments:view": Row(CRITERION, get=MEMBERS, post=GIVES),
    # Nobody has given a view, so there is none to ask about.
    "assessments:view_take_back": Row(CRITERION, get={**MEMBERS, **GOES_BACK}, post=GIVES),
    # Nobody has given a view, so there is nothing to reveal.
    "assessments:views_reveal": Row(HERE, get=COORDINATORS, post={**COORDINATORS, "visitor": 401, "coordinator": 409}),
}
