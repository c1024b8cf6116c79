"""Improvement actions: members read, officers and coordinators write; to everybody else they are not there."""

from tests.permissions import Row, statuses

ACTIONS = {"partnership": "amber-valley"}
ACTION = {**ACTIONS, "code": "joint-audit"}
MEMBERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
WRITERS = statuses(404, coordinator=200, officer=200, viewer=403, colleague=200)
SENDS = {**WRITERS, "visitor": 401}
# A change without the revision that its writer read is a bad request to those who may change at all.
CHANGES = {**SENDS, "coordinator": 400, "officer": 400, "colleague": 400}
LEADS_BACK = {"coordinator": 302, "officer": 302, "colleague": 302}
GOES_BACK = {**WRITERS, **LEADS_BACK}

ROWS = {
    "assessments:actions": Row(ACTIONS, get=MEMBERS),
    "assessments:action_new": Row(ACTIONS, get=WRITERS, post=SENDS),
    "assessments:action": Row(ACTION, get=MEMBERS, post=SENDS),
    "assessments:action_edit": Row(ACTION, get=WRITERS, post=CHANGES),
    "assessments:action_done": Row(ACTION, get=WRITERS, post=CHANGES),
    "assessments:action_drop": Row(ACTION, get=WRITERS, post=CHANGES),
    "assessments:action_reopen": Row(ACTION, get=GOES_BACK, post={**SENDS, **LEADS_BACK}),
}
