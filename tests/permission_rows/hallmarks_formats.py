"""Criteria as files: whoever may read a set may take it away."""

from tests.permission_rows.hallmarks import ANYBODY, NOBODY_POSTS, VERSION
from tests.permissions import Row

ROWS = {
    "hallmarks:version_file": Row({**VERSION, "form": "csv"}, get=ANYBODY, post=NOBODY_POSTS),
}
