"""Reports: beside a browser's print of the same text, untagged, a peer's rate, and the first page one looks at."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from time import perf_counter

from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Page, sync_playwright
from pypdf import PdfReader

from assessments.models import Submission
from benchmarks.measuring import Measured, side_by_side
from benchmarks.requests import Send
from reports import contexts, pdf, stored
from reports.kinds import FULL
from reports.making import Makers
from reports.printing import Job
from reports.render import parsed, pdf_of
from reports.stored import Report
from reports.warm import WarmMaker
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.reports import making

PROCESSES, REPORTS = 2, 12
# A portal for the same purpose makes an untagged report of 53 pages in 4.6 seconds a process.
PEER_MS, PEER_PAGES = 4_600.0, 53
MOST_MB = 150.0
STYLE = '<link rel="stylesheet" href="own:report.css"/>'


def measure(officer: Send) -> Iterator[Measured]:
    """Yield what is measured of reports, on one document of 49 criteria."""
    html = _html()
    pages = len(PdfReader(BytesIO(pdf.run(html, "benchmark"))).pages)
    yield from _beside_a_browser(html, pages)
    yield _untagged(html)
    yield from _rate(pages)
    used = _memory(html)
    yield Measured("Memory of one report’s process, in MB", "150 MB", used, MOST_MB, "≤ 1")
    yield _second_download(officer)


def _html() -> str:
    context = contexts.of_submission(making.beacon(), "ab" * 32)
    return render_to_string("reports/report.html", {"report": context, "stylesheet": "own:report.css"})


def _beside_a_browser(html: str, pages: int) -> Iterator[Measured]:
    styles = (settings.BASE_DIR / "static" / "css" / "report.css").read_text()
    inline = html.replace(STYLE, f"<style>{styles}</style>")
    if inline == html:
        raise RuntimeError("The report names its style sheet in another way than the browser is given it.")
    maker = WarmMaker()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        kept = browser.new_page()

        def printed_apart() -> None:
            page = browser.new_page()
            _print(page, inline)
            page.close()

        what = f"Full tagged report, {pages} pages"
        ways: tuple[tuple[str, Callable[[], None], str], ...] = (
            # Each of ours has a process of its own, so that none can harm another.
            ("the same printed by Chromium, started before, each in a page of its own", printed_apart, "≤ 3"),
            ("the same printed by Chromium, all in one page", lambda: _print(kept, inline), "-"),
        )
        for against, printed, goal in ways:
            yield side_by_side(what, lambda: maker.run(html, "benchmark"), against, printed, goal, times=9, warm_up=2)
        browser.close()
    maker.close()


def _print(page: Page, html: str) -> None:
    page.set_content(html)
    page.pdf(tagged=True, prefer_css_page_size=True)


def _untagged(html: str) -> Measured:
    def untagged() -> None:
        document, sheets = parsed(html)
        document.write_pdf(stylesheets=sheets, pdf_identifier=b"benchmark")

    return side_by_side(
        "Full tagged report", lambda: pdf_of(html, "benchmark"), "the same untagged", untagged, "≤ 1.15", 9, 1
    )


def _rate(pages: int) -> Iterator[Measured]:
    """Make twelve as the worker does, texts included; a region has forty, and the country 376."""
    makers = Makers(PROCESSES)
    _made(makers, PROCESSES)
    began = perf_counter()
    _made(makers, REPORTS)
    each = (perf_counter() - began) * 1000 / REPORTS
    makers.close()
    what = f"One report, {PROCESSES} processes (of {REPORTS})"
    yield Measured(what, "a peer’s 4.6 s a process", each, PEER_MS / PROCESSES, "≤ 0.33")
    yield Measured("The same, a page", "a peer’s, untagged", each / pages, PEER_MS / PROCESSES / PEER_PAGES, "-")


def _made(makers: Makers, number: int) -> None:
    running = [makers.submit(Job(_html(), str(each), ())) for each in range(number)]
    for each in running:
        each.result()


def _memory(html: str) -> float:
    """Return the most memory that making a report took, measured by a parent so small that it does not count."""
    small = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdin=sys.stdin.buffer, stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    maker = [sys.executable, "-m", "reports.render", str(pdf.REPORT_SECONDS), str(pdf.REPORT_MEMORY_MB)]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", small, *maker],
        input=pdf.job(html, "benchmark", ()),
        stdout=subprocess.PIPE,
        env=pdf.environment(),
        cwd=settings.BASE_DIR,
        check=True,
    )
    # Linux counts kilobytes.
    return int(done.stdout) / 1024


def _second_download(officer: Send) -> Measured:
    submission = Submission.objects.current().get(assessment__round__slug="2026")
    stored.stored(Report(submission, None, FULL.form))
    path = "/reports/2026/amber-valley/report.pdf"
    return side_by_side("A report downloaded again", _opens(officer, path), "Your work", _opens(officer, "/"), "≤ 2")


def _opens(send: Send, path: str) -> Callable[[], None]:
    def open_it() -> None:
        if send(path) != 200:
            raise RuntimeError(f"{path} did not answer 200.")

    return open_it
