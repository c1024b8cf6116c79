"""What the log says of everyday refusals."""

import logging

# Somebody who may not, or an address that is not there: nothing is broken, so nobody needs to see where in the code.
EVERYDAY = {403, 404}


class EverydayRefusals(logging.Filter):
    """Leaves one line of each refusal, without a traceback; or none, where the server shows every request anyway."""

    def __init__(self, *, keep_a_line: bool) -> None:
        super().__init__()
        self._keep_a_line = keep_a_line

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off a refusal, and say whether its line stays."""
        if getattr(record, "status_code", None) not in EVERYDAY:
            return True
        record.exc_info = record.exc_text = None
        return self._keep_a_line
