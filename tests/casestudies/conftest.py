"""Where the tests' files lie."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    """Give each test an empty store; the storage notices because this fixture tells it."""
    settings.MEDIA_ROOT = str(tmp_path / "store")
