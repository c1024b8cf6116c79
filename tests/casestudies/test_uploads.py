"""Limits, names, and files that are there exactly when their rows are."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.utils import OperationalError

from casestudies import contents, uploads
from casestudies.contents import DOCX, Cleaned, Kind
from casestudies.models import CaseStudy
from partnerships.models import Partnership
from tests.casestudies import files, office_files
from tests.people import Places

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MANY: office_files.Parts = {f"{number}": "" for number in range(2_000)}
MACROS: office_files.Parts = {"word/vbaProject.bin": b"x"}


def checked(text: str = "") -> uploads.CheckedFile:
    return uploads.check(files.upload("plan.pdf", files.pdf(text=text)), used_bytes=0)


class Unreadable(UploadedFile):  # type: ignore[type-arg]
    """A file that must not be read."""

    def __init__(self, size: int) -> None:
        super().__init__(None, "plan.pdf", "application/pdf", size)

    def read(self, *args: object) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("plan.pdf", files.pdf(), "application/pdf"),
        ("map.png", files.png(), "image/png"),
        ("street.JPG", files.jpeg(), "image/jpeg"),
        ("plan.docx", office_files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("plan.xlsx", office_files.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("plan.ODT", office_files.odt(), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_good_file_is_described_as_it_is_kept(name: str, data: bytes, media_type: str) -> None:
    result = uploads.check(files.upload(name, data, "text/html"), used_bytes=0, count=19)
    assert (result.name, result.media_type, result.size) == (name, media_type, len(result.content))
    assert len(result.sha256) == 64
    assert files.SECRET_PLACE not in result.content
    assert result.taken_out == ""


def test_the_kind_is_that_of_the_content_and_the_name_follows() -> None:
    result = uploads.check(files.upload("plan.xlsx", office_files.docx()), used_bytes=0)
    assert result.name == "plan.xlsx.docx"


def test_what_was_taken_out_is_told() -> None:
    template = ("rId7", "attachedTemplate", "file:///C:/a.dotx", "External")
    result = uploads.check(files.upload("plan.docx", office_files.docx(rels=(template,))), used_bytes=0)
    assert result.taken_out == "Taken out of the file: the link to its template."


def test_a_file_that_is_larger_once_it_is_written_anew_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = office_files.docx()
    larger = Kind("DOCX", DOCX.media_type, DOCX.suffixes, lambda data: Cleaned(bytes(10 * MB + 1)))
    monkeypatch.setattr(contents, "kind_of", lambda data: larger)
    with pytest.raises(uploads.UploadRefused, match="larger than 10 MB"):
        uploads.check(files.upload("plan.docx", data), used_bytes=0)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("plan.pdf", b"<html><script>alert(1)</script>", "“plan.pdf” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file"),
        ("map.png", b"<svg onload='alert(1)'/>", "“map.png” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file"),
        ("plan.docx", b"MZ\x90\0", "“plan.docx” is not a PDF, DOCX, XLSX, ODT, PNG or JPEG file"),
        ("plan.docx", office_files.zipped({"a.exe": "MZ"}), "“plan.docx” is not a PDF, DOCX"),
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "“plan.docx” is protected by a password. Remove"),
        ("plan.doc", OLE, "“plan.doc” is of the kind that office programs wrote before 2007 (DOC, XLS). Save it as"),
        ("plan.docx", office_files.docx(more=MACROS), "“plan.docx” contains macros (programs). Save it as DOCX, XLSX"),
        ("plan.xlsx", office_files.xlsx()[:-9], "“plan.xlsx” is damaged or incomplete. Save it again"),
        (
            "plan.odt",
            office_files.odt(more=MANY),
            "“plan.odt” is made of more than 2,000",
        ),
        ("plan.pdf", b"", "“plan.pdf” is empty. Choose another file."),
        ("plan.pdf", files.pdf(password="x"), "“plan.pdf” is protected by a password. Remove the password"),
        ("plan.pdf", files.pdf()[:300], "“plan.pdf” is damaged or incomplete. Save it again"),
        ("map.png", files.png_of_size(30_000, 30_000), "“map.png” has more than 50 million pixels. Make the picture"),
    ],
)
def test_a_refusal_names_the_file_and_the_remedy(name: str, data: bytes, says: str) -> None:
    with pytest.raises(uploads.UploadRefused) as refusal:
        uploads.check(files.upload(name, data), used_bytes=0)
    assert refusal.value.message.startswith(says)


@pytest.mark.parametrize(
    ("size", "used", "count", "says"),
    [
        (10 * MB + 1, 0, 0, "“plan.pdf” is larger than 10 MB. Make it smaller"),
        (2, 200 * MB - 1, 0, "“plan.pdf” was not added: your partnership’s files may take 200 MB in all. Remove"),
        (2, 0, 20, "“plan.pdf” was not added: there are 20 files already. Remove one first."),
    ],
)
def test_a_limit_is_told_before_the_file_is_read(size: int, used: int, count: int, says: str) -> None:
    with pytest.raises(uploads.UploadRefused) as refusal:
        uploads.check(Unreadable(size), used_bytes=used, count=count)
    assert refusal.value.message.startswith(says)


def test_exactly_at_the_limits_is_accepted() -> None:
    filler = b"%" + b"x" * (10 * MB - len(files.pdf()) - 2) + b"\n"
    head, tail = files.pdf()[:9], files.pdf()[9:]
    whole = files.upload("plan.pdf", head + filler + tail)
    assert whole.size == 10 * MB
    assert uploads.check(whole, used_bytes=190 * MB, count=19).size == 10 * MB


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("/a/b/../c.pdf", "c.pdf"),
        ("a\0b\r\nSet-Cookie: x=1.pdf", "ab Set-Cookie: x=1.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("\u2066\u200f.pdf", "pdf"),
        ("  a   b .pdf ", "a b .pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("\ud800x.pdf", "x.pdf"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_made_safe_to_show(name: str, shown: str) -> None:
    assert uploads.clean_name(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plan.PDF", "plan.PDF"),
        ("plan.html", "plan.html.pdf"),
        ("plan.pdf.exe", "plan.pdf.exe.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".html", "x" * 115 + ".pdf"),
    ],
)
def test_a_name_ends_as_its_kind_does(name: str, shown: str) -> None:
    named = uploads.file_name(name, "application/pdf")
    assert named == shown
    assert len(named) <= uploads.NAME_LENGTH


def test_the_stored_name_is_ours() -> None:
    name = uploads.store(
        uploads.check(files.upload("../../evil.html", files.png()), used_bytes=0), folder="case-studies/derby"
    )
    folder, _slash, stored = name.rpartition("/")
    assert folder == "case-studies/derby"
    assert len(stored) == len("0" * 32 + ".png")
    assert stored.endswith(".png")
    assert Path(default_storage.path(name)).read_bytes().startswith(b"\x89PNG")


def test_what_a_partnership_uses_is_what_lies_on_the_disk(places: Places) -> None:
    assert uploads.bytes_used(places.derby) == 0
    one = checked()
    uploads.store(one, folder=uploads.folder_of(uploads.CASE_STUDIES, places.derby))
    uploads.store(one, folder=uploads.folder_of(uploads.EVIDENCE, places.derby))
    uploads.store(one, folder=uploads.folder_of(uploads.EVIDENCE, places.exeter))
    assert uploads.bytes_used(places.derby) == 2 * one.size


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("call", ["fsync", "mkstemp", "replace"])
def test_a_full_disk_leaves_nothing(call: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(number, "no room")

    target = {"fsync": os, "mkstemp": tempfile, "replace": Path}[call]
    monkeypatch.setattr(target, call, full)
    with pytest.raises(uploads.StorageFull):
        uploads.store(checked(), folder="case-studies/derby")
    assert files.everything_stored() == []


def test_a_folder_that_cannot_be_forced_to_disk_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    force = os.fsync

    def full_for_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.ENOSPC, "no room")
        force(handle)

    monkeypatch.setattr(os, "fsync", full_for_folders)
    with pytest.raises(uploads.StorageFull):
        uploads.store(checked(), folder="case-studies/derby")
    assert files.everything_stored() == []


def test_file_then_name_reach_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    forced = []

    def note(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        forced.append("folder" if is_folder else [name[:6] for name in files.everything_stored()])

    monkeypatch.setattr(os, "fsync", note)
    uploads.store(checked(), folder="case-studies/derby")
    assert forced == [[".part-"], "folder", "folder"]


def test_any_other_fault_of_the_disk_is_not_called_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        uploads.store(checked(), folder="case-studies/derby")
    assert files.everything_stored() == []


REALLY_FULL = """
import resource, signal, sys
from pathlib import Path
import django
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1], STORAGES={"default": {"BACKEND": "casestudies.storage.DurableStorage"}},
                   DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
                   INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "audit", "partnerships",
                                   "accounts", "hallmarks", "casestudies"], AUTH_USER_MODEL="accounts.User")
django.setup()
from casestudies import uploads
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    uploads.store(uploads.CheckedFile("a.pdf", b"x" * 2_000_000, "application/pdf", "", 2_000_000), folder="a")
except uploads.StorageFull:
    print("full", [path.name for path in Path(sys.argv[1]).rglob("*") if path.is_file()])
"""


def test_a_file_cut_off_by_the_system_half_way_leaves_nothing(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", REALLY_FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert child.stdout == "full []\n"


def make_row(places: Places, name: str) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(county=name)


def test_a_file_goes_when_its_row_is_not_kept(places: Places) -> None:
    def write() -> None:
        with uploads.stored(checked(), folder="case-studies/derby") as name:
            make_row(places, name)
            assert len(files.everything_stored()) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert files.everything_stored() == []
    assert Partnership.objects.get(slug="derby").county == ""


def test_a_file_stays_when_its_row_does(places: Places) -> None:
    with uploads.stored(checked(), folder="case-studies/derby") as name:
        make_row(places, name)
    assert files.everything_stored() == [name.rpartition("/")[2]]


@pytest.mark.parametrize(("is_usable", "left"), [(True, 0), (False, 1)])
def test_a_commit_that_broke_off_leaves_a_file_too_many_not_one_too_few(
    is_usable: bool, left: int, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __init__(self, **options: object) -> None:
            assert options == {"durable": True}

        def __enter__(self) -> None: ...

        def __exit__(self, *error: object) -> None:
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(transaction, "atomic", Broken)
    monkeypatch.setattr(connection, "is_usable", lambda: is_usable)
    with pytest.raises(OperationalError), uploads.stored(checked(), folder="case-studies/derby"):
        pass
    assert len(files.everything_stored()) == left


@pytest.mark.django_db(transaction=True)
def test_a_row_cannot_be_rolled_back_behind_the_files_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), uploads.stored(checked(), folder="a"):
        pass
    assert files.everything_stored() == []
    assert CaseStudy.objects.count() == 0
