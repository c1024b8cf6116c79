"""The shape of the house: which app may import which, and the budgets that keep it readable."""

import ast
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Lowest first; an app imports only from rows below its own, and apps on one row do not know each other.
ROWS = [
    {"audit", "govuk", "outbox"},
    {"partnerships"},
    {"accounts"},
    {"hallmarks"},
    {"casestudies", "sharing"},
    {"assessments"},
    {"reviews"},
    {"reports"},
    {"cdrp_portal"},
]
APPS = {app for row in ROWS for app in row}
HEIGHT = {app: height for height, row in enumerate(ROWS) for app in row}
# PDF libraries are loaded when a PDF is asked for, so that the portal starts on a machine without them.
LATE = {"weasyprint"}
LONGEST_FUNCTION, LONGEST_FILE, MEDIAN_FUNCTION = 40, 400, 8


def sources() -> Iterator[Path]:
    """Yield the Python files of our apps, migrations left out."""
    for app in sorted(APPS):
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every module that a file imports, with the statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def strangers(app: str, source: str) -> list[str]:
    """Return the apps that a file of `app` imports and may not."""
    found = {name.split(".")[0] for name, _node in imported(ast.parse(source))} & APPS - {app}
    return sorted(other for other in found if HEIGHT[other] >= HEIGHT[app])


def functions() -> Iterator[tuple[str, int]]:
    """Yield every function's place and length in lines."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1  # type: ignore[operator]


def test_each_app_imports_only_from_the_rows_below() -> None:
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in sources()
        if (found := strangers(path.relative_to(ROOT).parts[0], path.read_text()))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("app", "source"),
    [
        ("hallmarks", "from assessments.models import Rating"),
        ("audit", "import govuk.forms"),
        ("reviews", "from reports import comparison"),
        ("accounts", "def f():\n    from casestudies import models"),
    ],
)
def test_the_rule_sees_an_import_that_climbs(app: str, source: str) -> None:
    assert strangers(app, source) != []


def test_nothing_is_imported_inside_a_function_but_the_pdf_library() -> None:
    late = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in sources()
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for name, node in imported(function)
        if name.split(".")[0] not in LATE
    ]
    assert late == []


def test_no_app_looks_for_models_by_name() -> None:
    assert [str(path) for path in sources() if "get_model(" in path.read_text()] == []


def test_there_are_no_signals() -> None:
    assert [str(path) for path in sources() if "django.db.models.signals" in path.read_text()] == []


def test_pure_modules_ask_nothing_of_the_database() -> None:
    pure = [
        "assessments/agenda.py",
        "assessments/agreement.py",
        "assessments/carry_forward.py",
        "assessments/progress.py",
        "assessments/documents.py",
        "assessments/helpers.py",
        "assessments/low_levels.py",
        "assessments/view_walk.py",
        "assessments/history.py",
        "assessments/merging.py",
        "assessments/moving.py",
        "assessments/action_list.py",
        "assessments/prompts.py",
        "casestudies/article.py",
        "casestudies/changes.py",
        "casestudies/laid_out.py",
        "casestudies/personal.py",
        "partnerships/crime_heading.py",
        "partnerships/crime_parts.py",
        "partnerships/crime_slips.py",
        "casestudies/search/alike.py",
        "casestudies/search/asking.py",
        "casestudies/search/folding.py",
        "casestudies/search/suggesting.py",
        "partnerships/crime_table.py",
        "reports/calibration.py",
        "reports/comparison.py",
        "reports/correlation.py",
        "reports/crime.py",
        "reports/crime_drawings.py",
        "reports/crime_labels.py",
        "reports/drawings.py",
        "reports/groups.py",
        "reports/trends.py",
        "reports/recovery.py",
        "reports/release.py",
        "reviews/reminders.py",
        "reviews/region_table.py",
        "reviews/side_by_side.py",
        "reviews/worklist.py",
        "outbox/failures.py",
        "reviews/carry_over.py",
        "reviews/documents.py",
        "reviews/sheets.py",
        "hallmarks/charts.py",
        "hallmarks/lineages.py",
        "hallmarks/lineage_table.py",
        "hallmarks/crosswalk_table.py",
        "hallmarks/comparing.py",
        "hallmarks/editors_eye.py",
        "hallmarks/levels_compared.py",
        "hallmarks/ordering.py",
        "hallmarks/readability.py",
        "hallmarks/repeats.py",
        "hallmarks/signs_compared.py",
        "hallmarks/starts.py",
        "hallmarks/marks.py",
        "sharing/icalendar.py",
        "sharing/periods.py",
        "sharing/plans.py",
        "sharing/sheets.py",
        "hallmarks/editing.py",
        "hallmarks/judging.py",
        "hallmarks/kept.py",
    ]
    impure = {
        name: found
        for name in pure
        if (found := [m for m, _n in imported(ast.parse((ROOT / name).read_text())) if m.startswith("django.db")])
    }
    assert impure == {}


def test_services_know_no_forms_views_or_requests() -> None:
    files = [path for path in sources() if "services" in path.name or "services" in path.parts]
    wrong = {
        str(path.relative_to(ROOT)): name
        for path in files
        for name, _node in imported(ast.parse(path.read_text()))
        if name.startswith("django.http") or name.split(".")[-1] in {"forms", "views", "http"}
    }
    assert wrong == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert [place for place, length in functions() if length > LONGEST_FUNCTION] == []


def test_the_median_function_is_short() -> None:
    assert statistics.median(length for _place, length in functions()) < MEDIAN_FUNCTION


def test_no_file_is_longer_than_a_chapter() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := p.read_text().count("\n")) > LONGEST_FILE}
    assert long == {}


def test_nothing_committed_names_a_registry_or_a_path_of_this_machine() -> None:
    words = ["py" + "pi.org", "files.python" + "hosted", "registry." + "npmjs", str(ROOT.parent) + "/"]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    guilty = [
        name
        for name in listed.stdout.split("\n")
        if name and (ROOT / name).is_file() and any(word.encode() in (ROOT / name).read_bytes() for word in words)
    ]
    assert guilty == []
