"""A PostgreSQL cluster of our own that lasts as long as the tests: loopback only, gone afterwards."""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

OLDEST_VERSION = 15
WAIT_SECONDS = 60
USER = "portal"
# A crash of the machine loses nothing here that anybody wants, so nothing waits for the disk.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
# A plan that was made of empty tables must not be used for what a later test writes: no test analyses its tables.
# Benchmarks analyse theirs, and measure what production does.
PLANNING = {"plan_cache_mode": "force_custom_plan"}
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}


class NotAvailableError(Exception):
    """Raised when this machine cannot start a cluster; the text says what is missing and the remedy."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster and how to reach it; the address names its maintenance database."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """The address as the portal's settings read it from DATABASE_URL."""
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/postgres"


def find_binaries() -> Path:
    """Return the folder with the newest initdb that the portal supports."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else []
    found += Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = {_version(initdb): initdb.resolve().parent for initdb in found}
    if not versions:
        raise NotAvailableError("initdb was not found; install postgresql")
    newest = max(versions)
    if newest < OLDEST_VERSION:
        raise NotAvailableError(f"PostgreSQL {newest} is too old; install {OLDEST_VERSION} or newer")
    return versions[newest]


def require() -> Path:
    """Return the folder of PostgreSQL's programs, or raise when a cluster cannot be started from here."""
    binaries = find_binaries()
    if os.geteuid() == 0 and not (shutil.which("runuser") and _has_postgres_account()):
        raise NotAvailableError(
            "PostgreSQL does not run as root, and runuser or the user postgres is missing; install postgresql"
        )
    return binaries


@contextmanager
def throwaway_cluster(*, is_durable: bool = False) -> Iterator[Cluster]:
    """Start a cluster, hand it over, and stop and remove it however the block ends, SIGTERM included.

    `is_durable` makes every commit wait for the disk, as in production; benchmarks need that and tests do not.
    """
    binaries = require()
    with terminated_as_exit(), _private_folder() as folder:
        password = secrets.token_urlsafe(24)
        _initialise(binaries, folder, password)
        try:
            port = _start(binaries, folder, SETTINGS if is_durable else SETTINGS | NOT_DURABLE | PLANNING)
            yield Cluster(folder, port, password)
        finally:
            _stop(binaries, folder)


def _version(initdb: Path) -> int:
    told = subprocess.check_output([initdb, "--version"], text=True, timeout=WAIT_SECONDS)
    number = re.search(r"\d+", told)
    return int(number.group()) if number else 0


def _has_postgres_account() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return True


def _run(arguments: Sequence[str | Path], folder: Path) -> None:
    """Run one of PostgreSQL's programs, as its own user when we are root, in a folder that it may read."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # The server would keep a pipe open for as long as it runs, so the output goes to a file.
    with (folder / "output.txt").open("w+") as output:
        done = subprocess.run(
            [*as_user, *arguments],
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=2 * WAIT_SECONDS,
            start_new_session=True,  # Ctrl-C is for us; we then stop the server in order
        )
        if done.returncode:
            output.seek(0)
            raise NotAvailableError(f"{Path(arguments[0]).name} failed: {output.read()[-1000:].strip()}")


@contextmanager
def _private_folder() -> Iterator[Path]:
    # Root's own temporary folder may be closed to the user postgres; /tmp is open to all.
    parent = "/tmp" if os.geteuid() == 0 else None  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="cdrp-postgres-", dir=parent))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(binaries: Path, folder: Path, password: str) -> None:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if os.geteuid() == 0:
        shutil.chown(secret, "postgres", "postgres")
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    options = [f"--username={USER}", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync"]
    options += ["--encoding=UTF8", f"--locale={locale}"]
    _run([binaries / "initdb", "--pgdata", folder / "data", *options], folder)
    secret.unlink()


def _control(binaries: Path, folder: Path, *arguments: str) -> None:
    waiting = ("--wait", "--timeout", str(WAIT_SECONDS))
    _run([binaries / "pg_ctl", "--pgdata", folder / "data", *waiting, *arguments], folder)


def _start(binaries: Path, folder: Path, wanted: Mapping[str, str]) -> int:
    """Start the server and return its port; another program may take the port first, so three tries."""
    settings = " ".join(f"-c {name}='{value}'" for name, value in wanted.items())
    for tries_left in (2, 1, 0):
        port = free_port()
        log = f"{folder}/server.log"
        try:
            _control(binaries, folder, "--log", log, "--options", f"-p {port} {settings}", "start")
            break
        except NotAvailableError:
            if not tries_left:
                raise
    return port


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _stop(binaries: Path, folder: Path) -> None:
    """Stop the server at once; when it does not obey, end it by the process id that it wrote down."""
    written = folder / "data" / "postmaster.pid"
    with suppress(OSError, ValueError):
        process = int(written.read_text().split()[0])
        try:
            _control(binaries, folder, "--mode", "immediate", "stop")
        except (NotAvailableError, subprocess.TimeoutExpired):
            os.kill(process, signal.SIGKILL)


@contextmanager
def terminated_as_exit() -> Iterator[None]:
    """Let SIGTERM end the block as an exception, so that what it opened is closed."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
