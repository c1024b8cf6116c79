"""A PDF is kept as it is, once it has an end and needs no password."""

import re

from casestudies.contents.faults import Damaged, NeedsPassword

PDF_HEADER_WITHIN = PDF_END_WITHIN = 1024


def clean_pdf(data: bytes) -> bytes:
    """Return a PDF as it is, once it has an end and no encryption (ISO 32000-1, 7.5.5 and 7.6)."""
    end = data.rstrip(b"\0\t\n\f\r ")[-PDF_END_WITHIN:]
    if b"%%EOF" not in end or b"startxref" not in end:
        raise Damaged
    if ENCRYPTED.search(data):
        raise NeedsPassword
    return data


ENCRYPTED = re.compile(rb"/Encrypt\s{0,8}(?:\d{1,10}\s{1,8}\d{1,5}\s{1,8}R|<<)")
