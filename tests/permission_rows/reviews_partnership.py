"""A partnership's side of its review: members read, officers answer; to the Government Office it is not there."""

from tests.permissions import Row, statuses

HERE = {"round": "2025", "partnership": "amber-valley"}
MEMBERS = statuses(404, coordinator=200, officer=200, viewer=200, colleague=200)
# What is empty gets an answer on the page to those who may answer at all.
# Whoever only opens the address of a reply is led to its question.
LED = statuses(404, coordinator=302, officer=302, viewer=302, colleague=302)
WRITERS = statuses(404, coordinator=200, officer=200, viewer=403, colleague=200)
# This review is closed, so nobody replies any more.
CLOSED = {**WRITERS, "visitor": 401, "coordinator": 409, "officer": 409, "colleague": 409}

ROWS = {
    "reviews:questions": Row(HERE, get=MEMBERS),
    "reviews:reply": Row({**HERE, "code": "how-known"}, get=LED, post=CLOSED),
    "reviews:take_up": Row({**HERE, "code": "share-audits"}, get=WRITERS, post={**WRITERS, "visitor": 401}),
    # The round of this submission is over, so it stays.
    "assessments:withdraw": Row(
        {"round": "2026", "partnership": "amber-valley", "number": "1"},
        get=statuses(404, coordinator=409, officer=403, viewer=403, colleague=403),
    ),
}
