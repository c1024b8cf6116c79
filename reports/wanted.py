"""Reports that somebody waits for: made before all others, in the order in which they were first asked for.

Each is a mark beside the files. A mark that is lost costs nothing but its place: what is missing follows from the data.
"""

from pathlib import Path

from reports import once
from reports.stored import WANTED, Report


def want(report: Report) -> None:
    """Put a report among those that are made first, unless it is there already."""
    mark(report.wanted_path, report.submission.pk, report.reviewed.pk if report.reviewed else 0, report.form)


def mark(place: Path, submission: int, reviewed: int, form: str) -> None:
    """Leave the mark of a report that somebody waits for, by the keys of its documents (0: no review)."""
    if not place.exists():
        place.write_text(f"{submission} {reviewed} {form}")


def marks() -> list[Path]:
    """Return the marks, the oldest first."""
    found = []
    for path in once.folder().glob(f"*{WANTED}"):
        try:
            found.append((path.stat().st_mtime_ns, path))
        except FileNotFoundError:
            # It was made in this moment.
            continue
    return [path for _at, path in sorted(found)]


def before(report: Report, beyond: set[str]) -> int:
    """Return how many are made before a report that somebody waits for, leaving these keys aside."""
    keys = [key for path in marks() if (key := path.name.removesuffix(WANTED)) not in beyond or key == report.key]
    return keys.index(report.key) if report.key in keys else len(keys)
