"""Makes what is missing: several at a time, each under its own claim, so that nobody else makes the same."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue

from reports import missing, once, stored
from reports.once import BeingMade, Claim
from reports.pdf import PdfTooHeavy
from reports.printing import Job, Unreadable
from reports.stored import FAILED, Report, ReportLost
from reports.warm import WarmMaker

ALIVE = "worker-*.alive"
Tell = Callable[[Report, str], None]


@dataclass
class Making:
    """What one worker does: it tells of each report how it went, and asks before each whether to go on."""

    processes: int
    tell: Tell
    is_over: Callable[[], bool]
    made: int = 0
    failed: int = 0
    _lost: Iterator[Report] = field(default_factory=stored.lost)
    _beyond: set[str] = field(default_factory=set)
    _running: dict["Future[bytes]", tuple[Report, Claim]] = field(default_factory=dict)

    def make(self, makers: "Makers") -> None:
        """Make all that is missing now, and the first time what was lost; raises PdfUnavailable."""
        # What somebody else is making is looked at again the next time; what failed is not tried again.
        self._beyond = missing.failed()
        try:
            while self._begin(makers) or self._running:
                self._finish()
        finally:
            for _report, claim in self._running.values():
                claim.release()
            self._running.clear()

    def _begin(self, makers: "Makers") -> bool:
        """Begin as many as can run at once; say whether any was begun."""
        begun = False
        while len(self._running) < self.processes and not self.is_over():
            found = missing.next_missing(self._beyond)
            report = found.report() if found else next(self._lost, None)
            if report is None:
                break
            self._beyond.add(report.key)
            begun = self._begin_one(makers, report) or begun
        return begun

    def _begin_one(self, makers: "Makers", report: Report) -> bool:
        try:
            claim = Claim(report.path, wait=False)
        except BeingMade:
            return False
        if claim.is_made:
            self._settle(report, claim, lambda: b"")
            return False
        try:
            job = report.job()
        except Unreadable as why:
            self._settle(report, claim, _raiser(why))
            return False
        self._running[makers.submit(job)] = report, claim
        return True

    def _finish(self) -> None:
        done, _rest = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            self._settle(*self._running.pop(future), future.result)

    def _settle(self, report: Report, claim: Claim, content: Callable[[], bytes]) -> None:
        try:
            stored.finish(report, claim, content())
        except (PdfTooHeavy, ReportLost, Unreadable) as why:
            self.failed += 1
            report.failed_path.write_text(f"{type(why).__name__}: {why}\n")
            report.wanted_path.unlink(missing_ok=True)
            self.tell(report, f"{type(why).__name__}: {why}")
        else:
            self.made += 1
            self.tell(report, "")
        finally:
            claim.release()


class Makers:
    """So many PDF makers, each making one report at a time."""

    def __init__(self, number: int) -> None:
        self._pool = ThreadPoolExecutor(number)
        self._idle: SimpleQueue[WarmMaker] = SimpleQueue()
        self._all = [WarmMaker() for _each in range(number)]
        for maker in self._all:
            self._idle.put(maker)

    def submit(self, job: Job) -> "Future[bytes]":
        """Begin to make a report."""
        return self._pool.submit(self._run, job)

    def close(self) -> None:
        """End them."""
        self._pool.shutdown()
        for maker in self._all:
            maker.close()

    def _run(self, job: Job) -> bytes:
        maker = self._idle.get()
        try:
            return maker.run(job.html, job.identifier, job.attachments)
        finally:
            self._idle.put(maker)


@contextmanager
def working() -> Iterator[None]:
    """Say to the web process, as long as this lasts, that reports are being made; what died before is cleared away."""
    for left in (ALIVE, f"*{once.PART}", f"*{FAILED}"):
        once.sweep(left)
    path = once.folder() / f"worker-{os.getpid()}.alive"
    descriptor = once.locked(path, wait=True)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def is_anybody_working() -> bool:
    """Say whether a worker is alive."""
    return any(once.is_held(path) for path in once.folder().glob(ALIVE))


def _raiser(why: Exception) -> Callable[[], bytes]:
    def result() -> bytes:
        raise why

    return result
