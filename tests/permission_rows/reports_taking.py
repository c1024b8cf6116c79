"""Who may take assessments and rounds away, and reports for Word."""

from tests.permission_rows.exports import COMPARERS, OWN, OWN_AND_OFFICE, ROUND
from tests.permissions import Row

DRAFT = {"round": "2027", "partnership": "amber-valley"}
SUBMITTED = {"round": "2026", "partnership": "amber-valley"}
REVIEWED = {"round": "2025", "partnership": "amber-valley"}

ROWS = {
    **{f"reports:assessment_{form}": Row(DRAFT, get=OWN) for form in ("csv", "xlsx", "json")},
    **{f"reports:submitted_{form}": Row(SUBMITTED, get=OWN_AND_OFFICE) for form in ("csv", "xlsx", "json")},
    "reports:submission_json": Row(SUBMITTED, get=OWN_AND_OFFICE),
    "reports:review_json": Row(REVIEWED, get=OWN_AND_OFFICE),
    "reports:package_xlsx": Row(ROUND, get=COMPARERS),
    "reports:package_json": Row(ROUND, get=COMPARERS),
    "reports:word": Row(SUBMITTED, get=OWN_AND_OFFICE),
    "reports:reviewed_word": Row(REVIEWED, get=OWN_AND_OFFICE),
    "reports:word_draft": Row(DRAFT, get=OWN),
}
