"""What happens to a file while it is still arriving, before any page looks at it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from casestudies.uploads import MAX_FILE_BYTES


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Drops what is larger than any page would accept, so that a huge file cannot fill the disk of temporary files.

    The page gets an empty file that tells its true size, so it can say what was wrong.
    """

    file: Any

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece, as long as the file is not too large."""
        if start + len(raw_data) <= MAX_FILE_BYTES:
            super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Give the page what was kept."""
        if file_size > MAX_FILE_BYTES:
            self.file.seek(0)
            self.file.truncate()
        return super().file_complete(file_size)
