"""Anybody may check a report and read what its data means; what came from other portals is for the region's office."""

from tests.permissions import Row, statuses

PLACE = {"region": "east-midlands"}
RECEIVED = {**PLACE, "sha256": "c" * 64}
PUBLIC = statuses(200, visitor=200)
OFFICE = statuses(404, reviewer=200, administrator=200)
REVIEWER = statuses(404, reviewer=200, administrator=403)

ROWS = {
    "reports:schemas": Row(get=PUBLIC),
    "reports:schema": Row({"kind": "submission"}, get=PUBLIC),
    "reports:verify": Row(get=PUBLIC, post=PUBLIC),
    "reports:verify_reference": Row({"reference": "2026-AMBER-VALLEY-1"}, get=PUBLIC, post=PUBLIC),
    "reports:received": Row(PLACE, get=OFFICE),
    "reports:received_add": Row(PLACE, get=REVIEWER, post=REVIEWER | {"visitor": 401}),
    "reports:received_submission": Row(RECEIVED, get=OFFICE),
    "reports:received_json": Row(RECEIVED, get=OFFICE),
}
