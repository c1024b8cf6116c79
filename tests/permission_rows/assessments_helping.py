"""Helpers and questions: members of a partnership read, officers ask, coordinators agree; nobody else is there."""

from tests.permissions import Row, statuses

CRITERION = {"round": "2027", "partnership": "amber-valley", "code": "LEAD.1"}
ASK = {**CRITERION, "helper": "derby"}
PLACE = {"partnership": "amber-valley"}
MEMBERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
WRITERS = statuses(404, coordinator=200, officer=200, viewer=403, colleague=200)
COORDINATORS = statuses(404, coordinator=200, officer=403, viewer=403, colleague=403)
# A form without its stamp is a bad request to those who may send it at all.
ASKS = {**WRITERS, "visitor": 401, "coordinator": 400, "officer": 400, "colleague": 400}

ROWS = {
    "assessments:helpers": Row(CRITERION, get=MEMBERS),
    "assessments:ask_helper": Row(ASK, get=WRITERS, post=ASKS),
    "assessments:help_offer": Row(PLACE, get=COORDINATORS, post={**COORDINATORS, "visitor": 401, "coordinator": 400}),
    "assessments:help_withdraw": Row(
        PLACE, get=COORDINATORS, post={**COORDINATORS, "visitor": 401, "coordinator": 302}
    ),
    "assessments:enquiries": Row(PLACE, get=MEMBERS),
}
