"""What the log leaves out: an answer to a front-line check is anonymous, so nothing tells when one was tried."""

import logging
from http import HTTPStatus

FRONT_LINE = "/front-line/"


class FrontLineFilter(logging.Filter):
    """Drops what is said about the public page, and takes the link out of what must be said: a fault of the portal."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether the record is written."""
        request = getattr(record, "request", None)
        if not getattr(request, "path_info", "").startswith(FRONT_LINE):
            return True
        record.msg, record.args = "Server error on a front-line check", ()
        return bool(getattr(record, "status_code", 0) >= HTTPStatus.INTERNAL_SERVER_ERROR)
