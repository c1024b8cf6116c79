"""A review: the region's reviewers write, administrators read; to everybody else it is not there."""

from tests.permissions import Row, statuses

HERE = {"region": "east-midlands", "round": "2026", "partnership": "amber-valley"}
CLOSED = {**HERE, "round": "2025"}
CRITERION = {**HERE, "code": "LEAD.1"}
READERS = statuses(404, reviewer=200, administrator=200)
WRITERS = statuses(404, reviewer=200, administrator=403)
WRITES = {**WRITERS, "visitor": 401}
# A save without its stamp is a bad request to those who may save at all.
SAVES = {**WRITES, "reviewer": 400}
# What a closed review holds cannot be taken back.
TOO_LATE = {**WRITES, "reviewer": 409}
# Whoever may read the review and only opens such an address is led to its page.
ONLY_SENT_TO = statuses(404, reviewer=302, administrator=302)

ROWS = {
    "reviews:reading": Row(HERE, get=READERS),
    "reviews:actions": Row(HERE, get=READERS),
    "reviews:criterion": Row(CRITERION, get=READERS, post=SAVES),
    "reviews:criterion_history": Row(CRITERION, get=READERS),
    "reviews:summary": Row(HERE, get=ONLY_SENT_TO, post=SAVES),
    "reviews:ask": Row(HERE, get=ONLY_SENT_TO, post=WRITES),
    "reviews:withdraw_question": Row({**CLOSED, "code": "how-known"}, get=ONLY_SENT_TO, post=TOO_LATE),
    "reviews:recommend": Row(HERE, get=ONLY_SENT_TO, post=WRITES),
    "reviews:withdraw_recommendation": Row({**CLOSED, "code": "share-audits"}, get=ONLY_SENT_TO, post=TOO_LATE),
    "reviews:sample": Row(HERE, get=ONLY_SENT_TO, post=WRITES),
    # Nothing is said of this submission yet, so there is nothing to close.
    "reviews:close": Row(HERE, get=WRITERS, post={**WRITES, "reviewer": 409}),
    "reviews:return": Row(HERE, get=WRITERS, post=WRITES),
}
