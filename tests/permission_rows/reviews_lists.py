"""Lists to compare with: the region's office and administrators; the one in the world is the reviewer's, and shared."""

from tests.permissions import Row, statuses

PLACE = {"region": "east-midlands"}
TOWNS = {**PLACE, "code": "towns"}
OFFICE = statuses(404, reviewer=200, administrator=200)
OWNER = statuses(404, reviewer=200, administrator=403)
REFUSED = {who: status for who, status in OWNER.items() if who != "reviewer"} | {"visitor": 401}

ROWS = {
    "reviews:lists": Row(PLACE, get=OFFICE),
    "reviews:list_new": Row(PLACE, get=OFFICE, post=OFFICE | {"visitor": 401}),
    "reviews:list_edit": Row(TOWNS, get=OWNER, post=OWNER | {"visitor": 401}),
    # The owner comes last, because then it is gone.
    "reviews:list_delete": Row(TOWNS, get=OWNER, post=REFUSED | {"reviewer": 302}),
}
