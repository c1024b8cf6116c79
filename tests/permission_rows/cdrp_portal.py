"""Pages of no one app."""

from tests.permissions import Row, statuses

PUBLIC = statuses(200, visitor=200)

ROWS = {
    "home": Row(get=PUBLIC),
    "who_sees_what": Row(get=PUBLIC),
    "accessibility": Row(get=PUBLIC),
    "privacy": Row(get=PUBLIC),
    "cookies": Row(get=PUBLIC),
    "health": Row(get=PUBLIC),
}
