"""Take the submission out of a PDF of another portal, in a process that is ended when it takes too much."""

import subprocess
import sys

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.problems import Problem
from reports import take_out_answers
from reports.pdf import environment
from reports.refusing import NotTakenIn

PDF_MARK = b"%PDF-"
# A PDF may begin with something else, as mail programs and scanners leave it.
MARK_WITHIN = 1024


def is_pdf(data: bytes) -> bool:
    """Say whether a file says of itself that it is a PDF."""
    return PDF_MARK in data[:MARK_WITHIN]


def submission_in(pdf: bytes) -> bytes:
    """Return the file submission.json inside a PDF; raises NotTakenIn."""
    limits = (settings.RECEIVED_MAX_SECONDS, settings.RECEIVED_MAX_MEMORY_MB, settings.RECEIVED_MAX_BYTES)
    command = [sys.executable, "-m", "reports.take_out", *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=pdf,
            capture_output=True,
            timeout=settings.RECEIVED_MAX_SECONDS,
            cwd=settings.BASE_DIR,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refusal(take_out_answers.TOO_LARGE) from None
    if done.returncode:
        raise _refusal(done.returncode)
    return done.stdout


def _refusal(status: int) -> NotTakenIn:
    given = _("Ask for the report again, as the other portal gives it, or for the file submission.json itself.")
    limit = {"limit": f"{settings.RECEIVED_MAX_BYTES / 1e6:g}"}
    said = {
        take_out_answers.NONE_INSIDE: _("No submission is inside: it has no attachment called submission.json."),
        take_out_answers.SEVERAL_INSIDE: _(
            "More than one attachment is called submission.json, so nobody can tell which counts."
        ),
        take_out_answers.UNREADABLE: _("It cannot be read: it is damaged, or it needs a password."),
    }
    heavy = (
        _("Opening it takes more time or memory than it may, or what is inside is larger than %(limit)s MB.") % limit
    )
    return NotTakenIn([Problem(_("the PDF"), f"{said.get(status, heavy)} {given}")])
