"""The process that opens another portal's PDF: PDF on standard input, the submission inside on standard output.

Started as `python -m reports.take_out SECONDS MEGABYTES BYTES`; it knows nothing of Django, the database or secrets.
"""

import io
import sys

import pypdf

from reports.limits import limit
from reports.take_out_answers import NAME, NONE_INSIDE, SEVERAL_INSIDE, TOO_LARGE, UNREADABLE


def submission_in(pdf: bytes, most: int) -> bytes:
    """Return the one file of that name inside a PDF; exits with a status that says what is wrong."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    found = [each for each in reader.attachment_list if each.name == NAME]
    if len(found) != 1:
        sys.exit(SEVERAL_INSIDE if found else NONE_INSIDE)
    content: bytes = found[0].content
    if len(content) > most:
        sys.exit(TOO_LARGE)
    return content


def main(seconds: str, megabytes: str, most: str) -> None:
    """Read, look, write."""
    limit(int(seconds), int(megabytes))
    try:
        found = submission_in(sys.stdin.buffer.read(), int(most))
    except (MemoryError, pypdf.errors.LimitReachedError):
        sys.exit(TOO_LARGE)
    except Exception:  # noqa: BLE001 - a broken PDF breaks the reader in more ways than can be named
        sys.exit(UNREADABLE)
    sys.stdout.buffer.write(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
