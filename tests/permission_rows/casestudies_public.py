"""What a partnership shows to the public is for all; every version as PDF is for whoever may read that version."""

from tests.permission_rows.casestudies import EVERYBODY, FINGERPRINT, PUBLISHED
from tests.permissions import Row, statuses

ANYBODY = statuses(200, visitor=200)

ROWS = {
    "casestudies:public_index": Row(get=ANYBODY),
    "casestudies:public": Row(PUBLISHED, get=ANYBODY),
    "casestudies:public_attachment": Row({**PUBLISHED, "fingerprint": FINGERPRINT}, get=ANYBODY),
    "reports:public_case_study": Row({**PUBLISHED, "number": "1"}, get=ANYBODY),
    "reports:case_study": Row({**PUBLISHED, "number": "1"}, get=EVERYBODY),
}
