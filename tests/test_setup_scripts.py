"""The two commands a newcomer runs, and the runner and the PostgreSQL cluster behind the second."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests import __main__ as runner
from tests import throwaway_postgres

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["script/demo", "script/test", ".ci/run"]
LIBRARY = ROOT / "script/lib.sh"
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)


def in_library(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run shell code with the library's functions, in a project folder of its own."""
    (folder / "var").mkdir(exist_ok=True)
    return run("sh", "-c", f"set -eu; STEPS=1; . {LIBRARY}\n{code}", folder=folder)


# --- the scripts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_started_and_is_plain_shell(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert (ROOT / script).read_text().startswith("#!/bin/sh\n")
    assert run("sh", "-n", script).returncode == 0


def test_the_library_is_plain_shell() -> None:
    assert run("sh", "-n", LIBRARY).returncode == 0


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["script/demo", "--prot", "1"], "--prot is not an option."),
        (["script/demo", "--port"], "--port needs a number from 1 to 65535."),
        (["script/demo", "--port", "65536"], "--port needs a number from 1 to 65535."),
        (["script/demo", "--port=http"], "--port needs a number from 1 to 65535."),
        (["script/test", "--fast"], "--fast is not an option."),
        (["script/test", "--only", "mysql"], "--only needs the name of a step."),
        (["script/test", "--only"], "--only needs the name of a step."),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_done(command: list[str], told: str, tmp_path: Path) -> None:
    done = run(ROOT / command[0], *command[1:], folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{command[0]}: {told}\n\nUsage: {command[0]} ")
    assert done.stdout == ""


def test_help_names_every_step_of_the_tests() -> None:
    told = run("script/test", "--help").stdout
    assert [step.name for step in runner.STEPS if step.name not in told] == []


# --- the locked requirements -------------------------------------------------------------------------


def requirements(file: str) -> list[str]:
    """Return the file's requirements, each with its hashes on one line."""
    text = (ROOT / file).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("file", LOCKS)
def test_every_requirement_is_pinned_and_has_a_hash(file: str) -> None:
    pinned = re.compile(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}")
    assert [line for line in requirements(file) if not pinned.match(line)] == []


@pytest.mark.parametrize("file", LOCKS)
def test_requirements_name_no_package_index(file: str) -> None:
    text = (ROOT / file).read_text()
    assert "://" not in text
    # An option line such as one that names an index; the comment at the top may name the tool's options.
    assert [line for line in requirements(file) if line.startswith("-")] == []


def test_the_tests_use_the_very_packages_of_the_portal() -> None:
    assert set(requirements("requirements.txt")) <= set(requirements("requirements-dev.txt"))


# --- set-up that is aborted, repeated, doubled or not allowed ----------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a finished environment (of links, not a copy) and the requirements it was made from."""
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    for file in LOCKS:
        (tmp_path / file).write_text(f"content of {file}")
    (tmp_path / ".venv/installed.txt").write_text("content of requirements.txt")
    return tmp_path


def test_a_finished_environment_is_kept(project: Path) -> None:
    assert in_library("venv_is_usable && installed requirements.txt", project).returncode == 0


def test_a_half_made_environment_is_made_again(project: Path) -> None:
    (project / ".venv/unfinished").touch()
    assert in_library("venv_is_usable", project).returncode != 0
    assert in_library("installed requirements.txt", project).returncode != 0


def test_an_environment_whose_python_is_gone_is_made_again(project: Path) -> None:
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to(project / "gone")
    assert in_library("venv_is_usable", project).returncode != 0


def test_changed_requirements_are_installed(project: Path) -> None:
    (project / "requirements.txt").write_text("changed")
    assert in_library("installed requirements.txt", project).returncode != 0


def test_the_demonstration_is_content_with_the_packages_of_the_tests(project: Path) -> None:
    assert in_library("installed requirements-dev.txt", project).returncode != 0
    (project / ".venv/installed.txt").write_text("content of requirements-dev.txt")
    assert in_library("installed requirements.txt", project).returncode == 0


def test_a_failed_installation_says_so_and_is_tried_again(project: Path) -> None:
    (project / "requirements.txt").write_text("--no-index\nsurely-not-a-package==1 --hash=sha256:" + "0" * 64)
    done = in_library("install_requirements requirements.txt", project)
    assert done.returncode == 1
    assert "Check that this machine reaches its package index, then run this again." in done.stderr
    assert in_library("venv_is_usable", project).returncode == 0
    assert in_library("installed requirements.txt", project).returncode != 0


def test_pip_says_nothing_that_is_no_failure(project: Path) -> None:
    (project / "requirements.txt").write_text("")
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").write_text('#!/bin/sh\necho "$@"\n')
    (project / ".venv/bin/python").chmod(0o755)
    told = in_library("install_requirements requirements.txt", project).stdout
    for option in ("--quiet", "--disable-pip-version-check", "--root-user-action=ignore"):
        assert option in told.split()


def test_without_python_the_remedy_is_told(tmp_path: Path) -> None:
    done = in_library("look_for_python() { return 1; }; can_install() { return 1; }; find_python", tmp_path)
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_without_rights_the_line_to_run_is_printed_and_set_up_goes_on(tmp_path: Path) -> None:
    code = """
        id() { echo 1000; }
        sudo() { return 1; }
        apt_install() { echo "must not be called"; }
        usable() { [ "$1" = chromium ]; }
        install_system_packages "Some tests are skipped." chromium postgresql libatomic1
        echo going on
    """
    told = in_library(code, tmp_path).stdout
    assert "Not found: postgresql libatomic1" in told
    assert "sudo apt-get install --no-install-recommends postgresql libatomic1" in told
    assert "must not be called" not in told
    assert told.endswith("going on\n")


def test_two_set_ups_do_not_run_at_once_and_a_killed_one_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    take = f"PYTHON={sys.executable}; WAIT_SECONDS=0; lock_setup"
    command = ["sh", "-c", f"set -eu; STEPS=1; . {LIBRARY}\n{take}; echo taken; read -r _"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"taken\n"
        second = in_library(take, tmp_path)
        first.kill()
    assert second.returncode == 1
    assert "Another set-up has been running for too long." in second.stderr
    assert in_library(take, tmp_path).returncode == 0


# --- the runner --------------------------------------------------------------------------------------

REPORT = """<testsuites><testsuite tests="5">
<testcase classname="a" name="good"/>
<testcase classname="a" name="bad"><failure/></testcase>
<testcase classname="a" name="broken"><error/></testcase>
<testcase classname="a" name="left out"><skipped/></testcase>
<testcase classname="a" name="good, then badly ended"/>
<testcase classname="a" name="good, then badly ended"><error/></testcase>
</testsuite></testsuites>"""


def step(name: str, *, passed: int = 0, failed: int = 0, missing: str = "") -> runner.Step:
    counts = runner.Counts(passed, failed)
    return runner.Step(name, f"The {name}", lambda _run: counts, lambda: missing)


@pytest.fixture
def nowhere(tmp_path: Path) -> runner.Run:
    return runner.Run(tmp_path)


def test_a_test_is_counted_once_by_its_worst_outcome(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert runner.counts_of(report) == runner.Counts(passed=1, failed=3, skipped=1)


def test_the_last_line_is_the_sum_alone(nowhere: runner.Run) -> None:
    steps = [step("one", passed=2), step("two", passed=300)]
    results = runner.run_steps(steps, nowhere, in_ci=True)
    assert runner.summary(results, planned=steps).splitlines()[-1] == "302 passed, 0 failed"


def test_the_first_failure_ends_the_run_and_is_named(nowhere: runner.Run, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [step("one", passed=2), step("two", failed=1), step("three", passed=9)]
    results = runner.run_steps(steps, nowhere, in_ci=False)
    assert "Stopped: The two failed." in capsys.readouterr().out
    told = runner.summary(results, planned=steps).splitlines()
    assert told[-3].split() == ["three", "not", "run"]
    assert told[-1] == "2 passed, 1 failed"


def test_what_cannot_be_run_is_skipped_by_name(nowhere: runner.Run, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [step("one", missing="no browser; install one"), step("two", passed=1)]
    results = runner.run_steps(steps, nowhere, in_ci=False)
    assert "Skipped: The one: no browser; install one" in capsys.readouterr().out
    assert runner.summary(results, planned=steps).endswith("1 passed, 0 failed")


def test_what_cannot_be_run_is_a_failure_in_ci(nowhere: runner.Run) -> None:
    steps = [step("one", missing="no browser; install one"), step("two", passed=1)]
    results = runner.run_steps(steps, nowhere, in_ci=True)
    assert runner.summary(results, planned=steps).endswith("0 passed, 1 failed")


def test_a_run_that_ends_without_a_report_has_failed(nowhere: runner.Run) -> None:
    assert runner._pytest(runner.Run(nowhere.folder, ["--no-such-option"]), "none") == runner.Counts(failed=1)


def test_the_tests_never_see_the_database_of_whoever_runs_them(
    nowhere: runner.Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://production")
    assert "DATABASE_URL" not in nowhere.environment()


# --- the throw-away cluster --------------------------------------------------------------------------

needs_postgres = pytest.mark.skipif(bool(runner._postgres_missing()), reason="initdb was not found")


@pytest.fixture(scope="module")
def cluster() -> Iterator[throwaway_postgres.Cluster]:
    with throwaway_postgres.throwaway_cluster() as running:
        yield running


@needs_postgres
def test_the_cluster_listens_on_loopback_only(cluster: throwaway_postgres.Cluster) -> None:
    psycopg2.connect(cluster.url).close()
    # Another address of this machine that needs no network: a server open to all would answer there.
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(cluster.url.replace("@127.0.0.1:", "@127.0.0.2:"))


@needs_postgres
def test_the_cluster_wants_its_password(cluster: throwaway_postgres.Cluster) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(cluster.url.replace(cluster.password, "guess"))


@needs_postgres
def test_the_cluster_is_gone_after_a_failure() -> None:
    seen: list[throwaway_postgres.Cluster] = []

    def fail_while_it_runs() -> None:
        with throwaway_postgres.throwaway_cluster() as running:
            seen.append(running)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_while_it_runs()
    ended = seen[0]
    assert not ended.folder.exists()
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(ended.url)


@needs_postgres
def test_the_cluster_is_gone_after_a_termination() -> None:
    code = """
import signal
from tests.throwaway_postgres import throwaway_cluster
with throwaway_cluster() as cluster:
    print(cluster.folder, cluster.url, flush=True)
    signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        folder, url = child.stdout.readline().split()
        child.send_signal(signal.SIGTERM)
    assert child.returncode == 128 + signal.SIGTERM
    assert not Path(folder).exists()
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(url)
