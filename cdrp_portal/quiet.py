"""What the log leaves out: an answer to a front-line check is anonymous, so nothing tells when one was tried."""

import logging
import re
from http import HTTPStatus

FRONT_LINE = "/front-line/"
# The line that the demonstration's server writes of each request begins so.
_REQUEST_LINE = re.compile(rf'"[A-Z]+ {FRONT_LINE}')


class FrontLineFilter(logging.Filter):
    """Drops what is said about the public page, and takes the link out of what must be said: a fault of the portal."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is written."""
        if record.name == "django.server" and _REQUEST_LINE.match(record.getMessage()):
            return False
        request = getattr(record, "request", None)
        if not getattr(request, "path_info", "").startswith(FRONT_LINE):
            return True
        record.msg, record.args = "Server error on a front-line check", ()
        return bool(getattr(record, "status_code", 0) >= HTTPStatus.INTERNAL_SERVER_ERROR)
