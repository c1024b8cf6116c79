"""What continues what, and the end of a version: administrators; to others those pages are not there."""

from tests.permission_rows.hallmarks import VERSION
from tests.permissions import Row, statuses

# The test set is published already: it has no table any more, and a round asks it.
PAST = statuses(404, administrator=302)
ADMINISTRATORS = statuses(404, administrator=200)

ROWS = {
    "hallmarks:lineage": Row(VERSION, get=PAST, post={**PAST, "visitor": 401}),
    "hallmarks:withdraw": Row(VERSION, get=ADMINISTRATORS, post={**ADMINISTRATORS, "visitor": 401}),
}
