"""Assessments: members read, officers write, coordinators submit; to everybody else they are not there."""

from tests.permissions import Row, statuses

HERE = {"round": "2027", "partnership": "amber-valley"}
CRITERION = {**HERE, "code": "LEAD.1"}
MEMBERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
WRITERS = statuses(404, coordinator=200, officer=200, viewer=403, colleague=200)
COORDINATORS = statuses(404, coordinator=200, officer=403, viewer=403, colleague=403)
# A save without its stamp is a bad request to those who may save at all.
SAVES = {**WRITERS, "visitor": 401, "coordinator": 400, "officer": 400, "colleague": 400}

ROWS = {
    "assessments:tasks": Row(HERE, get=MEMBERS),
    "assessments:late_drafts": Row(HERE, get=MEMBERS),
    "assessments:criterion": Row(CRITERION, get=MEMBERS, post=SAVES),
    "assessments:autosave": Row(
        CRITERION,
        get={**statuses(405)},
        post=SAVES,
    ),
    "assessments:evidence_file": Row(CRITERION, get=WRITERS, post={**WRITERS, "visitor": 401}),
    "assessments:evidence_link": Row(CRITERION, get=WRITERS, post={**WRITERS, "visitor": 401}),
    "assessments:evidence_case_study": Row(CRITERION, get=WRITERS, post={**WRITERS, "visitor": 401}),
    "assessments:evidence_download": Row({**CRITERION, "number": "1"}, get=MEMBERS),
    "assessments:evidence_remove": Row({**CRITERION, "number": "1"}, get=WRITERS),
    "assessments:check": Row(HERE, get=MEMBERS),
    "assessments:submit": Row(HERE, get=COORDINATORS),
    "assessments:confirmation": Row({"round": "2026", "partnership": "amber-valley", "number": "1"}, get=MEMBERS),
    "assessments:submitted_file": Row(
        {"reference": "2026-AMBER-VALLEY-1", "sha256": "5" * 64},
        get=statuses(404),
    ),
    "assessments:blank_form": Row({"round": "2027"}, get=statuses(200)),
}
