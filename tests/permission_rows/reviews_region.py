"""A region's list as a file, and its reminders: read by the office and administrators, sent by its reviewers."""

from tests.permissions import Row, statuses

PLACE = {"region": "east-midlands", "round": "2027"}
OFFICE = statuses(404, reviewer=200, administrator=200)

ROWS = {
    "reviews:region_csv": Row(PLACE, get=OFFICE),
    "reviews:reminders": Row(PLACE, get=OFFICE, post=statuses(404, visitor=401, reviewer=302, administrator=403)),
}
