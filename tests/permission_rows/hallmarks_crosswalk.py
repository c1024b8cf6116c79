"""How two sets correspond: everybody reads it; administrators change it; to others those pages are not there."""

from tests.permission_rows.hallmarks import ADMINISTRATORS, ANYBODY, NOBODY_POSTS
from tests.permissions import Row

SETS = {"left": "test-framework", "right": "other-framework"}
LINK = {**SETS, "left_lineage": "test-lead-1", "right_lineage": "test-lead-2"}
SENDS = {**ADMINISTRATORS, "visitor": 401}

ROWS = {
    "hallmarks:crosswalk": Row(get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:crosswalk_csv": Row(SETS, get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:crosswalk_load": Row(get=ADMINISTRATORS, post=SENDS),
    "hallmarks:link_add": Row(SETS, get=ADMINISTRATORS, post=SENDS),
    # What says not at which revision it was read comes from no page of ours.
    "hallmarks:link": Row(LINK, get=ADMINISTRATORS, post={**SENDS, "administrator": 400}),
    "hallmarks:link_remove": Row(LINK, get=ADMINISTRATORS, post={**SENDS, "administrator": 409}),
}
