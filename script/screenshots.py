"""Make the pictures in docs/screenshots again: `.venv/bin/python -m script.screenshots`, about two minutes.

It fills a demonstration in a temporary folder, serves it on this machine, and photographs it with the browser that
the tests use; the report needs pdftoppm (poppler-utils).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.__main__ import ROOT, find_browser
from tests.throwaway_postgres import free_port

PICTURES = ROOT / "docs" / "screenshots"
PASSWORD = "demonstration-only-1"  # noqa: S105 - of people who exist only while this runs
WIDTH, PICTURE_WIDTH, COLOURS, WAIT_SECONDS = 1280, 1000, 64, 60
# The demonstration names its open round after the year.
ROUND = time.strftime("%Y")
OWN = f"/assessments/{ROUND}/amber-valley"
OFFICER, REVIEWER = "officer@amber-valley.example", "reviewer@east-midlands.example"
# Where the views are revealed and a meeting was held.
MET, AGREES = f"/assessments/{ROUND}/derby", "officer@derby.example"
ADMINISTRATOR = "admin@portal.example"
# Of the round before, in which most have submitted.
REGIONAL = f"/reports/{int(ROUND) - 1}/regions/east-midlands/regional-report.pdf"
BEACON = ROOT / "fixtures" / "beacon_r5.json"
EXAMPLE = {
    '"round-5"': '"example"',
    '"Beacon criteria, round 5"': '"An example of a new version"',
    "To identify its strategic priorities and baselines, and to review them,": "To choose and review its priorities,",
}
# Picture, who looks, address, and how much of the page to show (pixels from its top).
SHOTS = (
    ("start", "", "/", 1100),
    ("your-work", OFFICER, "/", 1100),
    ("task-list", OFFICER, f"{OWN}/", 1250),
    ("criterion", AGREES, f"{MET}/criteria/AUDIT.1/", 1748),
    ("meeting", AGREES, f"{MET}/meeting/", 1500),
    ("check", OFFICER, f"{OWN}/check/", 1300),
    ("actions", OFFICER, "/actions/amber-valley/", 1100),
    ("check-sheet", OFFICER, "/sharing/amber-valley/", 1300),
    ("case-study", OFFICER, "/case-studies/amber-valley/better-locks-on-older-terraces/", 1300),
    ("region", REVIEWER, f"/regions/east-midlands/{ROUND}/", 1500),
    ("review", REVIEWER, f"/regions/east-midlands/{ROUND}/", 1500),
    ("compare", REVIEWER, f"/compare/{ROUND}/", 1400),
    ("criterion-compared", REVIEWER, f"/compare/{ROUND}/LEAD.1/", 1500),
    ("heat-map", REVIEWER, f"/compare/{ROUND}/regions/east-midlands/heat-map/", 1200),
    ("criteria", "", "/criteria/beacon/round-5/", 1300),
    ("load-criteria", ADMINISTRATOR, "/criteria/load/", 1400),
)


def main() -> None:
    """Fill, serve, photograph."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cdrp-screenshots-") as folder:
        manage("demo", "--no-serve", folder=folder).wait()
        with served(folder) as address:
            photograph(address, Path(folder))
        report(Path(folder) / "demo" / "report.pdf", "report")
        report(Path(folder) / "regional.pdf", "regional-report")


def manage(*arguments: str, folder: str) -> "subprocess.Popen[bytes]":
    """Start a command of manage.py on the temporary data."""
    variables = {**os.environ, "PORTAL_VAR_DIR": folder, "DEMO_PASSWORD": PASSWORD, "DATABASE_URL": "", "DEBUG": "0"}
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables)  # noqa: S603


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serve the demonstration for as long as the block runs, and give its address."""
    address = f"127.0.0.1:{free_port()}"
    server = manage("runserver", "--noreload", address, folder=folder)
    try:
        wait_for(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Return when the address answers; raises OSError when it does not within WAIT_SECONDS."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - our own server
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def photograph(address: str, folder: Path) -> None:
    """Take every picture of SHOTS, each person in a browser context of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for who in dict.fromkeys(shot[1] for shot in SHOTS):
            context = browser.new_context(
                base_url=address, locale="en-GB", viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce"
            )
            page = context.new_page()
            if who:
                sign_in(page, who)
            for name, _who, url, height in (shot for shot in SHOTS if shot[1] == who):
                page.goto(url)
                if name == "load-criteria":
                    check_example(page)
                if name == "review":
                    page.get_by_role("link", name="Erewash").first.click()
                take(page, name, height, folder)
            if who == REVIEWER:
                (folder / "regional.pdf").write_bytes(page.request.get(REGIONAL).body())
            context.close()
        browser.close()


def check_example(page: Page) -> None:
    """Have the Beacon criteria checked as if they were a new version with one criterion reworded."""
    text = BEACON.read_text()
    for old, new in EXAMPLE.items():
        text = text.replace(old, new)
    file = {"name": "example.json", "mimeType": "application/json", "buffer": text.encode()}
    page.get_by_label("Choose a file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check the file").click()
    page.locator("summary", has_text="AUDIT.1").first.click()


def sign_in(page: Page, email: str) -> None:
    """Sign in by the form."""
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your work").wait_for()


def take(page: Page, name: str, height: int, folder: Path) -> None:
    """Keep the top of a page as a small picture."""
    tall = min(height, page.evaluate("document.documentElement.scrollHeight"))
    raw = folder / f"{name}.png"
    page.screenshot(path=raw, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": tall})
    with Image.open(raw) as picture:
        keep(picture, name)


def report(pdf: Path, name: str) -> None:
    """Put the first four pages of a report side by side, two by two."""
    command = ["pdftoppm", "-png", "-r", "60", "-l", "4", str(pdf), str(pdf.parent / name)]
    subprocess.run(command, check=True)  # noqa: S603
    pages = [Image.open(path).convert("RGB") for path in sorted(pdf.parent.glob(f"{name}-*.png"))]
    wide, tall = pages[0].size
    sheet = Image.new("RGB", (2 * wide + 36, 2 * tall + 36), "#b1b4b6")
    for number, picture in enumerate(pages):
        sheet.paste(picture, (12 + number % 2 * (wide + 12), 12 + number // 2 * (tall + 12)))
    keep(sheet, name, colours=COLOURS // 2)


def keep(picture: Image.Image, name: str, *, colours: int = COLOURS) -> None:
    """Write a picture PICTURE_WIDTH wide in few colours: flat pages lose nothing that one sees."""
    height = round(picture.height * PICTURE_WIDTH / picture.width)
    smaller = picture.convert("RGB").resize((PICTURE_WIDTH, height), Image.Resampling.LANCZOS)
    smaller.quantize(colours, kmeans=2, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
