"""Criteria: everybody reads what is published; administrators load and publish; to others those pages are not there."""

from tests.permissions import EVERYBODY, Row, statuses

VERSION = {"framework": "test-framework", "version": "test-set"}
ANYBODY = dict.fromkeys(EVERYBODY, 200)
NOBODY_POSTS = dict.fromkeys(EVERYBODY, 405)
ADMINISTRATORS = statuses(404, administrator=200)

ROWS = {
    "hallmarks:index": Row(get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:version": Row(VERSION, get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:criterion": Row({**VERSION, "code": "LEAD.1"}, get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:load": Row(get=ADMINISTRATORS, post={**ADMINISTRATORS, "visitor": 401}),
    # The test set is published already, so an administrator is sent back to it.
    "hallmarks:publish": Row(
        VERSION,
        get=statuses(404, administrator=302),
        post={**statuses(404, administrator=302), "visitor": 401},
    ),
}
