"""Versions are for whoever may read; coordinators retire and show; the region's reviewers agree."""

from tests.permission_rows.casestudies import EVERYBODY, PUBLISHED
from tests.permissions import Row, statuses

COORDINATORS = statuses(404, coordinator=200, officer=403, viewer=403, colleague=403)
REVIEWERS = statuses(403, reviewer=200)

ROWS = {
    "casestudies:versions": Row(PUBLISHED, get=EVERYBODY),
    "casestudies:version": Row({**PUBLISHED, "number": "1"}, get=EVERYBODY),
    "casestudies:retire": Row(PUBLISHED, get=COORDINATORS, post={**COORDINATORS, "visitor": 401}),
    "casestudies:show": Row(PUBLISHED, get=COORDINATORS, post={**COORDINATORS, "visitor": 401}),
    # A form that does not say which version was read is a bad request to those who may send it at all.
    "casestudies:agree": Row(PUBLISHED, get=REVIEWERS, post={**REVIEWERS, "visitor": 401, "reviewer": 400}),
    "casestudies:withdraw": Row(PUBLISHED, get=REVIEWERS, post={**REVIEWERS, "visitor": 401}),
}
