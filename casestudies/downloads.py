"""Send stored files, of case studies and of evidence alike."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from casestudies.uploads import file_name

log = logging.getLogger(__name__)

# Even a file that is a PDF and a web page at once can do nothing when it is opened.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def attachment_response(file: FieldFile, name: str, media_type: str) -> HttpResponse:
    """Send a stored file as a download, never as a page; say so (404) where it is missing from the disk.

    It is read whole (10 MB at most), so a broken disk is noticed before anything is sent.
    """
    shown = file_name(name, media_type)
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError:
        log.exception("stored file %s is missing", file.name)
        return HttpResponseNotFound(render_to_string("casestudies/file_missing.html", {"name": shown}))
    disposition = content_disposition_header(as_attachment=True, filename=shown)
    return HttpResponse(content, content_type=media_type, headers=HEADERS | {"Content-Disposition": str(disposition)})
