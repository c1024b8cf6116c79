"""Run every check in order and stop at the first that fails: `python -m tests --help`."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
STEP_SECONDS = 45 * 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Settings of whoever runs the tests: a production database must never be theirs.
NOT_FOR_TESTS = ("DATABASE_URL", "PORTAL_PRODUCTION", "DJANGO_SETTINGS_MODULE", "TEST_DB_SUFFIX", "DEBUG")


@dataclass(frozen=True)
class Counts:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


@dataclass(frozen=True)
class Run:
    """What every step is given: the folder for its files, and words for pytest."""

    folder: Path
    pytest_arguments: Sequence[str] = ()

    def environment(self, **more: str) -> dict[str, str]:
        """Return this process's environment with the tests' own data folder and no one's database."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
        return kept | {"PORTAL_VAR_DIR": str(self.folder / "var")} | more


def _always_possible() -> str:
    return ""


@dataclass(frozen=True)
class Step:
    """One line of the summary: what it does, and why it cannot be done here (empty when it can)."""

    name: str
    title: str
    run: Callable[[Run], Counts]
    missing: Callable[[], str] = _always_possible


@dataclass(frozen=True)
class Result:
    """How a step went; `skipped` gives the reason when it was not run."""

    step: Step
    seconds: float = 0
    counts: Counts = field(default_factory=Counts)
    skipped: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen steps, print the summary, and return the exit status."""
    os.chdir(ROOT)
    chosen, pytest_arguments = _arguments(arguments)
    steps = [step for step in STEPS if not chosen or step.name in chosen]
    with (
        throwaway_postgres.terminated_as_exit(),
        tempfile.TemporaryDirectory(prefix="cdrp-tests-") as folder,
    ):
        results = run_steps(steps, Run(Path(folder), pytest_arguments), in_ci=_in_ci(os.environ))
    print("\n" + summary(results, planned=steps), flush=True)
    return 1 if total(results).failed else 0


def run_steps(steps: Iterable[Step], run: Run, *, in_ci: bool) -> list[Result]:
    """Run the steps until one fails; in CI a step that cannot be run has failed."""
    results: list[Result] = []
    for step in steps:
        print(f"\n=== {step.title} ===", flush=True)
        result = _run_step(step, run, in_ci=in_ci)
        results.append(result)
        if result.skipped:
            print(f"Skipped: {step.title}: {result.skipped}", flush=True)
        print(f"--- {step.name}: {result.seconds:.1f} s", flush=True)
        if result.counts.failed:
            print(f"Stopped: {step.title} failed.", flush=True)
            break
    return results


def _run_step(step: Step, run: Run, *, in_ci: bool) -> Result:
    reason = step.missing()
    if reason:
        return Result(step, counts=Counts(failed=int(in_ci)), skipped=reason)
    started = time.monotonic()
    counts = step.run(run)
    return Result(step, time.monotonic() - started, counts)


def counts_of(report: Path) -> Counts:
    """Count the tests in a JUnit report, each once, by its worst outcome."""
    found: dict[tuple[str, str], str] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 our own pytest wrote it
        key = (case.get("classname", ""), case.get("name", ""))
        tags = {child.tag for child in case}
        outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        if found.get(key) != "failed":
            found[key] = outcome
    outcomes = list(found.values())
    return Counts(outcomes.count("passed"), outcomes.count("failed"), outcomes.count("skipped"))


def total(results: Iterable[Result]) -> Counts:
    """Add the counts of all steps."""
    return sum((result.counts for result in results), Counts())


def summary(results: Sequence[Result], *, planned: Sequence[Step]) -> str:
    """Return a table of the steps, and "N passed, N failed" alone on the last line."""
    lines = [f"{'Step':<10}{'Passed':>8}{'Failed':>8}{'Skipped':>9}{'Seconds':>9}  Remark"]
    for result in results:
        counts, remark = result.counts, f"skipped: {result.skipped}" if result.skipped else ""
        row = f"{result.step.name:<10}{counts.passed:>8}{counts.failed:>8}{counts.skipped:>9}"
        lines.append(f"{row}{result.seconds:>9.1f}  {remark}".rstrip())
    lines += [f"{step.name:<10}{'not run':>16}" for step in planned[len(results) :]]
    counts = total(results)
    return "\n".join([*lines, "", f"{counts.passed} passed, {counts.failed} failed"])


def _arguments(arguments: Sequence[str] | None) -> tuple[list[str], list[str]]:
    words = list(sys.argv[1:] if arguments is None else arguments)
    split = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=[step.name for step in STEPS],
        help="run only this step; may be repeated",
    )
    parser.epilog = "Words after -- go to pytest."
    return parser.parse_args(words[:split]).only or [], words[split + 1 :]


def _in_ci(environment: Mapping[str, str]) -> bool:
    return environment.get("CI", "").lower() not in {"", "0", "false", "no"}


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _succeeds(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    print("$", " ".join(command[1:]), flush=True)
    try:
        done = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, timeout=STEP_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"Given up after {STEP_SECONDS // 60} minutes.", flush=True)
        return False
    return done.returncode == 0


def _commands(*commands: Sequence[str]) -> Callable[[Run], Counts]:
    """Return a step's action that runs all commands and counts each as one check."""

    def action(run: Run) -> Counts:
        passed = sum(_succeeds(command, run.environment()) for command in commands)
        return Counts(passed, len(commands) - passed)

    return action


def _pytest(run: Run, name: str, *arguments: str, **environment: str) -> Counts:
    report = run.folder / f"{name}.xml"
    command = _python("-m", "pytest", f"--junitxml={report}", *arguments, *run.pytest_arguments)
    succeeded = _succeeds(command, run.environment(**environment))
    counts = counts_of(report) if report.exists() else Counts()
    # pytest may fail without a failed test: nothing was collected, or it ended before its report.
    return counts if succeeded or counts.failed else counts + Counts(failed=1)


def _sqlite(run: Run) -> Counts:
    return _pytest(run, "sqlite", "-m", "not browser", "-n", "auto", "--maxprocesses", "4")


def _postgres(run: Run) -> Counts:
    with throwaway_postgres.throwaway_cluster() as cluster:
        print(f"PostgreSQL on 127.0.0.1, port {cluster.port}", flush=True)
        return _pytest(
            run,
            "postgres",
            *("-m", "not browser", "-n", "auto", "--maxprocesses", "4"),
            DATABASE_URL=cluster.url,
        )


def _browser(run: Run) -> Counts:
    return _pytest(run, "browser", "-m", "browser", CHROMIUM=find_browser())


def find_browser() -> str:
    """Return the path of the browser for the journeys: CHROMIUM, or the first that is installed."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)
    return next((path for path in found if path), "")


def _postgres_missing() -> str:
    try:
        throwaway_postgres.require()
    except throwaway_postgres.NotAvailableError as reason:
        return str(reason)
    return ""


def _browser_missing() -> str:
    if not find_browser():
        return "no Chromium was found; install chromium"
    playwright = importlib.util.find_spec("playwright")
    driver = Path(playwright.origin).parent / "driver" / "node" if playwright and playwright.origin else None
    # Playwright's driver is a program of its own, whose missing library shows only when it is started.
    if driver and _starts(driver):
        return ""
    return "Playwright's driver does not start; install libatomic1"


def _starts(program: Path) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


STEPS = (
    Step(
        "lint",
        "Lint and format",
        _commands(_python("-m", "ruff", "check", "."), _python("-m", "ruff", "format", "--check", ".")),
    ),
    Step("types", "Types", _commands(_python("-m", "mypy"))),
    Step(
        "checks",
        "Django's checks",
        _commands(
            _python("manage.py", "check"),
            _python("manage.py", "makemigrations", "--check", "--dry-run"),
        ),
    ),
    Step("sqlite", "Suite on SQLite", _sqlite),
    Step("postgres", "Suite on PostgreSQL", _postgres, _postgres_missing),
    Step("browser", "Browser journeys", _browser, _browser_missing),
)


if __name__ == "__main__":
    sys.exit(main())
