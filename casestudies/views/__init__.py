"""Pages of case studies: the list, reading, writing, publishing, files."""

from casestudies.views.files import attachment, attachment_remove, attachments
from casestudies.views.publishing import publish
from casestudies.views.reading import detail
from casestudies.views.searching import index
from casestudies.views.writing import edit, new

__all__ = [
    "attachment",
    "attachment_remove",
    "attachments",
    "detail",
    "edit",
    "index",
    "new",
    "publish",
]
