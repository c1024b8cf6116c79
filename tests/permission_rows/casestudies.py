"""Case studies: drafts are for members, published ones for everybody; officers write, coordinators publish."""

from tests.permissions import Row, statuses
from tests.world import PDF_SHA256

DRAFT = {"partnership": "amber-valley", "slug": "not-ready"}
PUBLISHED = {"partnership": "amber-valley", "slug": "joint-patrols"}
FINGERPRINT = PDF_SHA256[:16]
EVERYBODY = statuses(200)
WRITERS = statuses(404, coordinator=200, officer=200, viewer=403, colleague=200)
COORDINATORS = statuses(404, coordinator=200, officer=403, viewer=403, colleague=403)
# A form without its stamp is a bad request to those who may send it at all.
SAVES = {**WRITERS, "visitor": 401, "coordinator": 400, "officer": 400, "colleague": 400}
EMPTY = {**WRITERS, "visitor": 401}

ROWS = {
    "casestudies:new": Row({"partnership": "amber-valley"}, get=WRITERS, post=EMPTY),
    # The tests of the pages hold that drafts are for members only; here stands what strangers may read.
    "casestudies:detail": Row(PUBLISHED, get=EVERYBODY),
    "casestudies:edit": Row(DRAFT, get=WRITERS, post=SAVES),
    "casestudies:publish": Row(DRAFT, get=COORDINATORS, post={**COORDINATORS, "visitor": 401, "coordinator": 400}),
    "casestudies:attachments": Row(DRAFT, get=WRITERS, post=EMPTY),
    "casestudies:attachment": Row({**PUBLISHED, "fingerprint": FINGERPRINT}, get=EVERYBODY),
    "casestudies:attachment_remove": Row(
        {**DRAFT, "fingerprint": FINGERPRINT},
        get=WRITERS,
        post={**statuses(404, viewer=403), "visitor": 401, "coordinator": 302, "officer": 404, "colleague": 404},
    ),
}
