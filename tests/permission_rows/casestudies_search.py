"""Finding case studies: everybody who signs in finds what is published; the feed of public ones is for all."""

from tests.permissions import Row, statuses

ROWS = {
    "casestudies:index": Row(get=statuses(200)),
    "casestudies:feed": Row(get=statuses(200, visitor=200)),
}
