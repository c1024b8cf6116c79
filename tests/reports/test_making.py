"""The worker: what is missing follows from the data, in which order, by how many, and how it ends."""

import os
import signal
import threading
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.fixtures import Settings

from assessments.models import Assessment, Submission
from outbox import services as outbox
from reports import making, missing, once, pdf, stored, wanted
from reports.management.commands import worker
from reports.missing import next_missing
from reports.models import StoredReport
from reports.once import Claim
from reports.pdf import PdfTooHeavy, PdfUnavailable
from reports.warm import WarmMaker
from tests.assessments.answering import rate_everything, submit
from tests.people import Cast, Places
from tests.reports.conftest import Submit
from tests.reports.storing import Quick, full, short
from tests.reviews import rows


@pytest.fixture(autouse=True)
def _same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's own transaction would end with its connection.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Quick:
    return Quick(monkeypatch)


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    sent: Submission = submit(assessment, cast.coordinator)
    return sent


def run(*arguments: str) -> list[str]:
    output = StringIO()
    call_command("worker", "--once", "--processes", "1", *arguments, stdout=output)
    return output.getvalue().splitlines()


def test_full_reports_come_first_and_of_each_the_newest(submit: Submit, places: Places, cast: Cast) -> None:
    old, new = submit(places.derby, {"LEAD.1": 1}), submit(places.exeter, {"LEAD.1": 1})
    reviewed = rows.close(rows.begin(old), cast.reviewer)
    expected = [full(old, reviewed), full(new), full(old), short(old, reviewed), short(new), short(old)]
    assert [each.key for each in missing.missing()] == [each.key for each in expected]
    beyond: set[str] = set()
    while found := next_missing(beyond):
        assert found.report().key == found.key
        beyond.add(found.key)
    assert beyond == {each.key for each in expected}


def test_what_is_next_is_the_first_of_all(submit: Submit, places: Places, cast: Cast) -> None:
    for place in (places.derby, places.exeter, places.cardiff):
        rows.close(rows.begin(submit(place, {"LEAD.1": 1})), cast.reviewer)
    beyond: list[str] = []
    while found := next_missing(set(beyond)):
        beyond.append(found.key)
    assert beyond == [each.key for each in missing.missing()]


def test_what_somebody_waits_for_comes_before_all(submit: Submit, places: Places, quick: Quick) -> None:
    old, new = (full(submit(place, {"LEAD.1": 1})) for place in (places.derby, places.exeter))
    wanted.want(short(old.submission))
    os.utime(short(old.submission).wanted_path, (1, 1))
    wanted.want(old)
    assert [wanted.before(each, set()) for each in (short(old.submission), old, new)] == [0, 1, 2]
    keys = [short(old.submission).key, old.key, new.key]
    assert [next_missing(set(keys[:made])).key for made in range(3)] == keys  # type: ignore[union-attr]


def test_a_mark_of_what_is_made_goes(submission: Submission, quick: Quick) -> None:
    stored.stored(full(submission))
    wanted.want(full(submission))
    run()
    assert quick.asked == [full(submission).key, short(submission).key]
    assert wanted.marks() == []


def test_an_earlier_submission_has_its_report_too(submit: Submit, places: Places) -> None:
    earlier = submit(places.derby, {"LEAD.1": 1}, is_current=False)
    assert full(earlier).key in {each.key for each in missing.missing()}


def test_it_makes_what_is_missing_and_says_so(submission: Submission, quick: Quick, cast: Cast) -> None:
    reviewed = rows.close(rows.begin(submission), cast.reviewer)
    assert run() == [
        "2027-AMBER-VALLEY-1 reviewed, full: made",
        "2027-AMBER-VALLEY-1 full: made",
        "2027-AMBER-VALLEY-1 reviewed, short: made",
        "2027-AMBER-VALLEY-1 short: made",
        "Reports made: 4. Could not be made: 0.",
    ]
    assert full(submission, reviewed).path.exists()
    assert StoredReport.objects.count() == 4
    assert list(missing.missing()) == []
    assert run() == ["Reports made: 0. Could not be made: 0."]
    assert len(quick.asked) == 4


@pytest.mark.parametrize("number", ["2", "5"])
def test_several_at_once_make_each_once(submission: Submission, quick: Quick, cast: Cast, number: str) -> None:
    rows.close(rows.begin(submission), cast.reviewer)
    run("--processes", number)
    assert len(quick.asked) == len(set(quick.asked)) == StoredReport.objects.count() == 4


def test_what_another_is_making_is_left_to_it(submission: Submission, quick: Quick) -> None:
    other = Claim(full(submission).path, wait=False)
    try:
        run()
        assert quick.asked == [short(submission).key]
    finally:
        other.release()
    run()
    assert quick.asked == [short(submission).key, full(submission).key]


class TestFailing:
    @pytest.fixture
    def heavy(self, submission: Submission, quick: Quick, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Let the full report be too heavy; returns how often it was tried."""
        tried: list[str] = []

        def run(_maker: object, html: str, identifier: str, attachments: object = ()) -> bytes:
            if identifier == full(submission).key:
                tried.append(identifier)
                raise PdfTooHeavy("The report took longer than 30 seconds.")
            return quick.run(html, identifier)

        monkeypatch.setattr(WarmMaker, "run", run)
        return tried

    def test_others_are_made_all_the_same(self, submission: Submission, heavy: list[str]) -> None:
        said = run()
        assert said[0].startswith("2027-AMBER-VALLEY-1 full: could not be made. PdfTooHeavy: The report took longer")
        assert said[1:] == ["2027-AMBER-VALLEY-1 short: made", "Reports made: 1. Could not be made: 1."]

    def test_it_is_not_tried_again_until_a_worker_starts(
        self, submission: Submission, heavy: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks, wait = iter([False, False, True]), threading.Event.wait

        def look(event: threading.Event, seconds: float | None = None) -> bool:
            return next(looks) if seconds == 5 else wait(event, seconds)

        monkeypatch.setattr(threading.Event, "wait", look)
        call_command("worker", "--watch", "5", "--processes", "1", stdout=StringIO())
        assert len(heavy) == 1
        assert full(submission).failed_path.read_text().startswith("PdfTooHeavy")
        run()
        assert len(heavy) == 2

    def test_nothing_is_left_once_it_works(self, submission: Submission, heavy: list[str], quick: Quick) -> None:
        run()
        stored.stored(full(submission))
        assert not full(submission).failed_path.exists()

    def test_a_document_that_cannot_be_read_stops_nobody(self, submit: Submit, places: Places, quick: Quick) -> None:
        submit(places.derby, {"LEAD.1": 1})
        assert "could not be made. Unreadable" in run()[0]


def test_what_was_lost_is_made_again_and_only_the_same_is_kept(submission: Submission, quick: Quick) -> None:
    run()
    full(submission).path.unlink()
    run()
    assert full(submission).path.exists()
    assert quick.asked[-1] == full(submission).key
    full(submission).path.unlink()
    quick.run = lambda *_job: b"%PDF-of another lock file"  # type: ignore[method-assign]
    assert "could not be made. ReportLost" in run()[0]
    assert not full(submission).path.exists()


def test_a_file_without_its_row_is_not_made_again(submission: Submission, quick: Quick) -> None:
    full(submission).path.write_bytes(b"%PDF-made before")
    run()
    assert quick.asked == [short(submission).key]
    assert StoredReport.objects.count() == 2


def test_without_pango_it_says_what_to_install(submission: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_job: object) -> bytes:
        raise PdfUnavailable("Pango is not installed.")

    monkeypatch.setattr(WarmMaker, "run", unavailable)
    with pytest.raises(CommandError, match="Pango is not installed"):
        run()
    assert [path.name for path in once.folder().glob("*.p*")] == []


class TestAlive:
    def test_it_is_seen_while_it_works(self, submission: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[bool] = []

        def run_and_look(_maker: object, html: str, identifier: str, attachments: object = ()) -> bytes:
            seen.append(making.is_anybody_working())
            return b"%PDF-" + identifier.encode()

        monkeypatch.setattr(WarmMaker, "run", run_and_look)
        run()
        assert seen == [True, True]
        assert not making.is_anybody_working()

    def test_one_that_was_killed_is_not(self) -> None:
        (once.folder() / "worker-1.alive").touch()
        assert not making.is_anybody_working()
        with making.working():
            assert [path.name for path in once.folder().glob("*.alive")] == [f"worker-{os.getpid()}.alive"]

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_told_to_stop_it_finishes_the_report_in_hand(
        self, submission: Submission, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
    ) -> None:
        handler = signal.getsignal(number)

        def run_and_be_told(_maker: object, html: str, identifier: str, attachments: object = ()) -> bytes:
            os.kill(os.getpid(), number)
            return b"%PDF-" + identifier.encode()

        monkeypatch.setattr(WarmMaker, "run", run_and_be_told)
        output = StringIO()
        call_command("worker", "--processes", "1", stdout=output)
        assert output.getvalue().splitlines() == [
            "2027-AMBER-VALLEY-1 full: made",
            "Reports made: 1. Could not be made: 0.",
        ]
        assert signal.getsignal(number) is handler
        assert [path.name for path in once.folder().glob("*.pdf")] == [full(submission).path.name]


def test_it_sends_the_mail_that_waits(submission: Submission, quick: Quick, settings: Settings) -> None:
    with transaction.atomic():
        outbox.write(key="a", about="reminders/2027", to="pat@portal.test", subject="S", body="B")
    settings.EMAIL_HOST = ""
    run()
    assert mail.outbox == []
    settings.EMAIL_HOST = "mail.portal.test"
    run()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("arguments", [("--processes", "0"), ("--processes", "17"), ("--watch", "0"), ("--watch", "x")])
def test_it_refuses_numbers_that_make_no_sense(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="whole number from 1 to"):
        run(*arguments)


class TestWarm:
    """The maker that stays makes what the other makes, under the same limits."""

    HTML = '<html lang="en"><head><title>A</title></head><body><h1>A</h1><p>%s</p></body></html>'

    @pytest.fixture
    def maker(self) -> Iterator[WarmMaker]:
        made = WarmMaker()
        yield made
        made.close()

    def test_the_bytes_are_the_same_every_time(self, maker: WarmMaker) -> None:
        first = maker.run(self.HTML % "One.", "one")
        assert maker.run(self.HTML % "Two.", "two") != first
        assert maker.run(self.HTML % "One.", "one") == first == pdf.run(self.HTML % "One.", "one")

    def test_one_that_takes_too_much_memory_ends_alone(self, maker: WarmMaker, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "REPORT_MEMORY_MB", 40)
        with pytest.raises(PdfTooHeavy):
            maker.run(self.HTML % "One.", "one")
        maker.close()
        monkeypatch.undo()
        assert maker.run(self.HTML % "One.", "one").startswith(b"%PDF-")

    def test_one_that_takes_too_long_is_ended(self, maker: WarmMaker, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "REPORT_SECONDS", 0)
        with pytest.raises(PdfTooHeavy, match="longer than"):
            maker.run(self.HTML % "One.", "one")
        monkeypatch.undo()
        assert maker.run(self.HTML % "One.", "one").startswith(b"%PDF-")

    def test_without_pango_it_says_so(
        self, maker: WarmMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        missing_pango = settings.VAR_DIR / "python"
        missing_pango.write_text("#!/bin/sh\nexit 69\n")
        missing_pango.chmod(0o700)
        monkeypatch.setattr("sys.executable", str(missing_pango))
        with pytest.raises(PdfUnavailable):
            maker.run(self.HTML % "One.", "one")
