"""Rounds: administrators; to everybody else the pages are not there."""

from tests.permissions import Row, statuses

ADMINISTRATORS = statuses(404, administrator=200)
# An empty form comes back with its errors; what a signed-out person sent stays on the screen.
SENDS = {**ADMINISTRATORS, "visitor": 401}
HERE = {"round": "2027"}

ROWS = {
    "assessments:round_list": Row(get=ADMINISTRATORS),
    "assessments:round_new": Row(get=ADMINISTRATORS, post=SENDS),
    "assessments:round": Row(HERE, get=ADMINISTRATORS),
    "assessments:round_deadline": Row(HERE, get=ADMINISTRATORS, post=SENDS),
    "assessments:round_views_day": Row(HERE, get=ADMINISTRATORS, post=SENDS),
    "assessments:round_extension": Row(HERE, get=ADMINISTRATORS, post=SENDS),
    "assessments:round_partnership": Row(HERE, get=ADMINISTRATORS, post=SENDS),
}
