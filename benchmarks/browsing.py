"""How soon a browser shows something: a page beside pages without content of the same server."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.measuring import Measured
from benchmarks.requests import Visitor
from tests.browser.conftest import CHROMIUM, FLAGS

TIMES, WARM_UP = 25, 3
# When the first frame with anything in it was painted, counted from the click; asked for until there is one.
FIRST_FRAME = """() => new Promise(found => {
    new PerformanceObserver(list => list.getEntries().forEach(each =>
        each.name === "first-contentful-paint" && found(each.startTime))).observe({type: "paint", buffered: true});
})"""


def first_frames(what: str, port: int, person: Visitor, path: str) -> list[Measured]:
    """Open a page and those without content in turn, and compare the medians of their first frames."""
    taken: dict[str, list[float]] = {path: [], "/blank/": [], "/empty/": []}
    with _browser(port, person) as context:
        for turn in range(WARM_UP + TIMES):
            for place, times in taken.items():
                frame = _opened(context, f"http://127.0.0.1:{port}{place}")
                if turn >= WARM_UP:
                    times.append(frame)
    page, blank, empty = (statistics.median(times) for times in taken.values())
    return [
        Measured(what, "the same of a blank page of the portal", page, blank, "≤ 3"),
        Measured(what, "the same of an empty document", page, empty, "-"),
    ]


def _opened(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{address} did not answer 200.")
    frame = float(page.evaluate(FIRST_FRAME))
    page.close()
    return frame


@contextmanager
def _browser(port: int, person: Visitor) -> Iterator[BrowserContext]:
    origin = f"http://127.0.0.1:{port}"
    pairs = (pair.split("=", 1) for pair in person.cookies.split("; "))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in pairs])
        yield context
        browser.close()
