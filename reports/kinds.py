"""The four reports of a submission, by the name that stands in their addresses."""

from dataclasses import dataclass

from reports.models import StoredReport

Form = StoredReport.Form


@dataclass(frozen=True)
class Kind:
    """One of them: `name` is the file's name, `view` the name of its address."""

    name: str
    view: str
    form: str
    is_reviewed: bool


FULL = Kind("report", "reports:pdf", Form.FULL.value, is_reviewed=False)
SHORT = Kind("report-short", "reports:pdf_short", Form.SHORT.value, is_reviewed=False)
REVIEWED = Kind("reviewed-report", "reports:reviewed_pdf", Form.FULL.value, is_reviewed=True)
REVIEWED_SHORT = Kind("reviewed-report-short", "reports:reviewed_pdf_short", Form.SHORT.value, is_reviewed=True)
KINDS = {kind.name: kind for kind in (FULL, SHORT, REVIEWED, REVIEWED_SHORT)}
