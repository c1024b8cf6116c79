"""What a version changes is for whoever may read it; hints on its wording are for administrators."""

from tests.permission_rows.hallmarks import ADMINISTRATORS, ANYBODY, NOBODY_POSTS, VERSION
from tests.permissions import Row

ROWS = {
    "hallmarks:changes": Row(VERSION, get=ANYBODY, post=NOBODY_POSTS),
    "hallmarks:hints": Row(VERSION, get=ADMINISTRATORS, post={**NOBODY_POSTS, "visitor": 401}),
}
