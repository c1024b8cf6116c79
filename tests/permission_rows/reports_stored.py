"""Who may have stored reports, and see how far they are: nobody works in these tests, so none waits."""

from tests.permissions import Row, statuses

SUBMITTED = {"round": "2026", "partnership": "amber-valley"}
REVIEWED = {"round": "2025", "partnership": "amber-valley"}
REGION = {"round": "2026", "region": "east-midlands"}


def readers(status: int) -> dict[str, int]:
    """The partnership, its Government Office and administrators."""
    members = {name: status for name in ("coordinator", "officer", "viewer", "colleague")}
    return statuses(404, **members, reviewer=status, administrator=status)


ROWS = {
    "reports:pdf": Row(SUBMITTED, get=readers(200)),
    "reports:pdf_short": Row(SUBMITTED, get=readers(200)),
    "reports:reviewed_pdf": Row(REVIEWED, get=readers(200)),
    "reports:reviewed_pdf_short": Row(REVIEWED, get=readers(200)),
    "reports:progress": Row({**SUBMITTED, "kind": "report"}, get=readers(302)),
    "reports:progress_state": Row({**SUBMITTED, "kind": "report"}, get=readers(200)),
    "reports:region_progress": Row(REGION, get=statuses(404, reviewer=200, administrator=200)),
    "reports:region_progress_state": Row(REGION, get=statuses(404, reviewer=200, administrator=200)),
    "reports:region_reports": Row(REGION, get=statuses(404, reviewer=302, administrator=302)),
}
