"""Send stored files, of case studies and of evidence alike."""

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponseBase, HttpResponseNotFound
from django.template.loader import render_to_string

from casestudies.uploads import file_name

log = logging.getLogger(__name__)

# Even a file that is a PDF and a web page at once can do nothing when it is opened.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def attachment_response(file: FieldFile, name: str, media_type: str) -> HttpResponseBase:
    """Send a stored file as a download, never as a page; say so (404) where it is missing from the disk."""
    shown = file_name(name, media_type)
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        log.exception("stored file %s is missing", file.name)
        return HttpResponseNotFound(render_to_string("casestudies/file_missing.html", {"name": shown}))
    return FileResponse(opened, as_attachment=True, filename=shown, content_type=media_type, headers=HEADERS)
