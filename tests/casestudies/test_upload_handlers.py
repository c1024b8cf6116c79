"""A huge file is dropped while it arrives, and the page can still say why."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.test import RequestFactory

from casestudies.uploads import MAX_FILE_BYTES
from tests.casestudies import files


@contextmanager
def sent(size: int) -> Iterator[Any]:
    data = {"file": files.upload("plan.pdf", b"x" * size), "after": "kept"}
    with closing(RequestFactory().post("/", data)) as request:
        assert request.POST["after"] == "kept"
        yield request.FILES["file"]


@pytest.mark.parametrize("size", [1, 3_000_000, MAX_FILE_BYTES])
def test_a_file_up_to_the_limit_arrives_whole(size: int) -> None:
    with sent(size) as file:
        assert (file.size, sum(len(piece) for piece in file.chunks())) == (size, size)


@pytest.mark.parametrize("more", [1, 5_000_000])
def test_a_larger_file_arrives_as_name_and_size_only(more: int) -> None:
    with sent(MAX_FILE_BYTES + more) as file:
        assert (file.name, file.size, file.read()) == ("plan.pdf", MAX_FILE_BYTES + more, b"")


def test_what_comes_after_the_limit_never_reaches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk",
        lambda self, piece, start: written.append(len(piece)),
    )
    with sent(MAX_FILE_BYTES + 5_000_000) as file:
        assert file.size == MAX_FILE_BYTES + 5_000_000
    assert 0 < sum(written) <= MAX_FILE_BYTES
