"""A worker that is killed at any point loses nothing: the next one finishes, and leaves nothing over."""

import hashlib
import os
import signal
import traceback
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from assessments.models import Assessment, Submission
from reports import making, once, stored, warm
from reports.models import StoredReport
from reports.once import Claim
from reports.services import keeping
from reports.warm import WarmMaker
from tests.assessments.answering import rate_everything, submit
from tests.people import Cast
from tests.reports.storing import Quick

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    sent: Submission = submit(assessment, cast.coordinator)
    return sent


def die(*_arguments: object, **_options: object) -> Any:
    """End this process as the system's out-of-memory killer or a power cut would: nothing runs after it."""
    os.kill(os.getpid(), signal.SIGKILL)


def at_call(number: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Return what works as usual until it is called for the n-th time."""
    calls: list[None] = []

    def counted(*arguments: Any, **options: Any) -> Any:
        calls.append(None)
        return die() if len(calls) == number else real(*arguments, **options)

    return counted


def half(descriptor: int, content: bytes, *, write: Callable[..., int] = os.write) -> int:
    if len(content) > 1:
        write(descriptor, content[: len(content) // 2])
        die()
    return write(descriptor, content)


def before_the_claim(patch: Patch) -> None:
    patch.setattr(making, "Claim", die)


def before_the_text(patch: Patch) -> None:
    patch.setattr(stored.Report, "job", die)


def before_the_child(patch: Patch) -> None:
    patch.setattr(WarmMaker, "run", die)


def while_the_child_renders(patch: Patch) -> None:
    # The real one: it was told what to make, and has not answered yet.
    patch.setattr(WarmMaker, "run", REAL_RUN)
    patch.setattr(warm, "_read", die)


def after_the_child(patch: Patch) -> None:
    patch.setattr(stored, "finish", die)


def in_the_middle_of_writing(patch: Patch) -> None:
    patch.setattr(os, "write", half)


def before_it_is_on_the_disk(patch: Patch) -> None:
    patch.setattr(os, "fsync", die)


def before_it_has_its_name(patch: Patch) -> None:
    patch.setattr(Path, "rename", die)


def before_its_name_is_on_the_disk(patch: Patch) -> None:
    patch.setattr(once, "_sync", die)


def before_the_row(patch: Patch) -> None:
    patch.setattr(stored, "remember", die)


def inside_the_rows_transaction(patch: Patch) -> None:
    patch.setattr(keeping, "record", die)


def after_the_row(patch: Patch) -> None:
    patch.setattr(Claim, "release", die)


def in_the_second_report(patch: Patch) -> None:
    patch.setattr(Path, "rename", at_call(2, Path.rename))


def after_the_last(patch: Patch) -> None:
    patch.setattr(making.Makers, "close", die)


REAL_RUN = WarmMaker.run
POINTS = [
    before_the_claim,
    before_the_text,
    before_the_child,
    while_the_child_renders,
    after_the_child,
    in_the_middle_of_writing,
    before_it_is_on_the_disk,
    before_it_has_its_name,
    before_its_name_is_on_the_disk,
    before_the_row,
    inside_the_rows_transaction,
    after_the_row,
    in_the_second_report,
    after_the_last,
]


def killed(point: Callable[[Patch], None], patch: Patch) -> int:
    """Run a worker in a process of its own that is killed at this point; returns how it ended."""
    # What the two share would be written by both.
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            point(patch)
            call_command("worker", "--once", "--processes", "1", stdout=StringIO())
        except BaseException:  # noqa: BLE001 - a process that came so far must not go on as the test
            traceback.print_exc()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def names() -> list[str]:
    return sorted(path.name for path in (settings.VAR_DIR / "reports").iterdir() if path.suffix != ".turn")


@pytest.mark.parametrize("point", POINTS)
def test_the_next_one_finishes(point: Callable[[Patch], None], submission: Submission, monkeypatch: Patch) -> None:
    quick = Quick(monkeypatch)
    assert killed(point, monkeypatch) == -signal.SIGKILL
    forms = [f"{submission.sha256}-{form}-en" for form in ("full", "short")]
    there = [name for name in names() if name.endswith(".pdf")]
    # Nothing that can be given away is half a file.
    for name in there:
        assert once.folder().joinpath(name).read_bytes() == b"%PDF-" + name.removesuffix(".pdf").encode()
    assert not making.is_anybody_working()
    call_command("worker", "--once", "--processes", "1", stdout=StringIO())
    assert names() == sorted(f"{key}.pdf" for key in forms)
    assert [f"{key}.pdf" for key in quick.asked] == [f"{key}.pdf" for key in forms if f"{key}.pdf" not in there]
    kept = {(row.form, row.sha256) for row in StoredReport.objects.all()}
    assert kept == {
        (form, hashlib.sha256(b"%PDF-" + key.encode()).hexdigest())
        for form, key in zip(("full", "short"), forms, strict=True)
    }
    assert StoredReport.objects.count() == 2


def test_there_are_ten_points_at_least() -> None:
    assert len(POINTS) >= 10
