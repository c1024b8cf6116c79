"""Store files so that a full disk or a crash never leaves half of one under its final name."""

import os
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """Writes to a temporary file, forces it to disk, then renames; on failure it leaves nothing."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=self.directory_permissions_mode or 0o700)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).chmod(self.file_permissions_mode or 0o600)
            Path(temporary).replace(target)
            _force_to_disk(target.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            target.unlink(missing_ok=True)
            raise
        return name


def _force_to_disk(folder: Path) -> None:
    # A file is found again after a power cut only if the folder's own entry reached the disk.
    for place in (folder, folder.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
