"""What the README and its companions say is so: commands, variables, folders, links and pictures."""

import ast
import importlib.util
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tests.cdrp_portal.test_checks import SECRET_KEY, check

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
DOCUMENTS = [
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
]
TWO_COMMANDS = ("script/demo", "script/test")
# The code that people run, and what reads the variables of the two commands.
CODE = sorted(
    {*(ROOT / app.label for app in apps.get_app_configs()), ROOT / "benchmarks", ROOT / "script", ROOT / "tests"}
)
READERS = {"text", "flag", "number", "words", "get", "getenv"}
# What the code passes on or what belongs to the system is not a setting of ours.
NOT_SETTINGS = {"PATH", "HOME", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
PICTURE_BYTES, ALL_PICTURES_BYTES = 130_000, 1_750_000


def code_blocks(text: str) -> list[str]:
    """Return the lines of all shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.split(" #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def inline_code(text: str) -> list[str]:
    """Return what stands between backquotes, code blocks left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def commands(text: str) -> list[list[str]]:
    """Return every command that a text shows, as words, from the program on."""
    shown = [shlex.split(line) for line in (*code_blocks(text), *inline_code(text)) if "'" not in line]
    stripped = [[word for word in words if not re.match(r"[A-Z_]+=", word)] for words in shown]
    return [words for words in stripped if words]


def rows_of(text: str, heading: str) -> list[list[str]]:
    """Return the rows of every table whose first column has this heading."""
    tables = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for table in tables for line in table.splitlines()]


@pytest.mark.parametrize("command", TWO_COMMANDS)
def test_the_two_commands_are_shown_and_can_be_started(command: str) -> None:
    assert [command] in [words[:1] for words in commands(README)]
    assert os.access(ROOT / command, os.X_OK)


def scripts_of(document: str) -> Iterator[str]:
    for words in commands((ROOT / document).read_text()):
        yield from (word for word in words[:1] if word.startswith("script/"))


def management_of(document: str) -> Iterator[list[str]]:
    for words in commands((ROOT / document).read_text()):
        if "manage.py" in words[:2]:
            yield words[words.index("manage.py") + 1 :]


def modules_of(document: str) -> Iterator[str]:
    for words in commands((ROOT / document).read_text()):
        if words[0].rpartition("/")[2] in {"python", "python3"} and words[1:2] == ["-m"]:
            yield words[2]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_exists(document: str) -> None:
    assert [name for name in scripts_of(document) if not (ROOT / name).is_file()] == []
    assert [words for words in management_of(document) if words and words[0] not in get_commands()] == []
    assert [name for name in modules_of(document) if importlib.util.find_spec(name) is None] == []


def test_the_readme_shows_commands_of_every_kind() -> None:
    assert list(scripts_of("README.md"))
    assert list(modules_of("README.md"))
    assert {"migrate", "demo", "load_criteria"} <= {words[0] for words in management_of("README.md") if words}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_option_of_a_command_exists(document: str) -> None:
    for name, *words in filter(None, management_of(document)):
        command = get_commands()[name]
        loaded = load_command_class(command, name) if isinstance(command, str) else command
        known = set(loaded.create_parser("manage.py", name)._option_string_actions)
        assert {word for word in words if word.startswith("--")} <= known, name


def test_every_command_of_ours_is_in_the_table() -> None:
    ours = {name for name, app in get_commands().items() if not str(app).startswith("django") and app in local_apps()}
    assert ours - {words[0] for words in management_of("README.md") if words} == set()


def local_apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}


def variables_read() -> set[str]:
    """Return the environment variables that the code reads by name."""
    found: set[str] = set()
    for path in (path for folder in CODE if folder.is_dir() for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            found |= read_by(node)
    return found - NOT_SETTINGS


def read_by(node: ast.AST) -> set[str]:
    """Return the variable that `env.text("NAME")`, `os.environ.get("NAME")` or `os.environ["NAME"]` reads."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
        source, name = ast.unparse(node.func.value), node.args[0] if node.args else None
    elif isinstance(node, ast.Subscript):
        source, name = ast.unparse(node.value), node.slice
    else:
        return set()
    is_environment = source in {"env", "environment", "os", "os.environ"}
    return {name.value} if is_environment and isinstance(name, ast.Constant) and isinstance(name.value, str) else set()


def variables_told() -> list[str]:
    return [name for row in rows_of(README, "variable") for name in inline_code(row[0])]


def test_every_variable_that_is_read_is_in_the_table_and_no_other() -> None:
    assert sorted(variables_read()) == sorted(variables_told())


def test_the_search_for_variables_sees_every_way_of_reading() -> None:
    ways = (
        'env.text("A"); env.flag("B", default=False); os.environ.get("C"); os.environ["D"]; os.getenv("E"); x.get("F")'
    )
    assert set().union(*(read_by(node) for node in ast.walk(ast.parse(ways)))) == set("ABCDE")


def test_every_variable_of_the_production_block_is_in_the_table() -> None:
    assert exported()["PORTAL_PRODUCTION"] == "1"
    assert set(exported()) - set(variables_told()) == set()


def test_every_folder_of_the_map_exists_and_every_app_is_in_it() -> None:
    app_folders = {inline_code(row[1])[0] for row in rows_of(README, "row")}
    folders = {inline_code(row[0])[0] for row in rows_of(README, "folder")}
    assert app_folders == local_apps()
    assert [name for name in folders if not (ROOT / name).is_dir()] == []
    tracked = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert tracked - app_folders - folders - {"var"} == set()


def test_the_rows_of_the_map_are_those_of_the_architecture_test() -> None:
    source = ast.parse((ROOT / "tests" / "test_architecture.py").read_text())
    wanted = next(
        ast.literal_eval(node.value)
        for node in source.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ROWS"
    )
    told = {inline_code(row[1])[0]: int(row[0]) for row in rows_of(README, "row")}
    assert told == {app: number for number, row in enumerate(wanted, 1) for app in row}


def links_of(document: str) -> list[str]:
    text = (ROOT / document).read_text()
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("http")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    for link in links_of(document):
        name, _, heading = link.partition("#")
        target = (ROOT / document).parent / name if name else ROOT / document
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def headings(path: Path) -> set[str]:
    """Return the headings of a document as links name them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document: str) -> None:
    # What the demonstration makes is not there before it ran.
    tops = {path.name for path in ROOT.iterdir()} - {"var"}
    named = [code for code in inline_code((ROOT / document).read_text()) if re.fullmatch(r"[\w.-]+(/[\w.-]*)+", code)]
    assert [name for name in named if name.split("/")[0] in tops and not (ROOT / name).exists()] == []


def test_every_picture_is_shown_with_words_and_small() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\((docs/screenshots/[^)]+)\)", README)
    files = sorted((ROOT / "docs" / "screenshots").iterdir())
    assert sorted(name for _words, name in shown) == [str(path.relative_to(ROOT)) for path in files]
    sizes = [path.stat().st_size for path in files]
    assert max(sizes) < PICTURE_BYTES
    assert sum(sizes) < ALL_PICTURES_BYTES


def test_the_demonstrations_people_are_those_of_the_table() -> None:
    source = (ROOT / "cdrp_portal" / "demonstration" / "people.py").read_text()
    told = {address for row in rows_of(README, "sign in as") for address in inline_code(row[0])}
    assert told == set(re.findall(r'"([\w-]+@[\w.-]+\.example)"', source))


def test_the_licence_is_told_as_it_is() -> None:
    has_one = any((ROOT / name).exists() for name in ("LICENCE", "LICENSE", "LICENCE.md", "LICENSE.md", "COPYING"))
    assert has_one != ("No licence has been chosen yet" in README)


def test_the_place_of_the_figures_is_marked() -> None:
    assert README.index("<!-- benchmarks -->") < README.index("<!-- /benchmarks -->")


def exported() -> dict[str, str]:
    """Return the variables that the production block sets."""
    words = [word for line in code_blocks(README) if line.startswith("export ") for word in shlex.split(line)[1:]]
    return dict(word.split("=", 1) for word in words)


def test_a_machine_set_up_as_the_readme_says_hears_nothing(tmp_path: Path) -> None:
    # The README leaves the key to the reader, and the folder must be one that this test may make.
    result = check(tmp_path, exported() | {"SECRET_KEY": SECRET_KEY + SECRET_KEY, "PORTAL_VAR_DIR": str(tmp_path)})
    assert (result.stdout, result.returncode) == ("System check identified no issues (0 silenced).\n", 0), result.stderr


def test_the_readme_starts_the_application_that_the_settings_name() -> None:
    started = [words for words in commands(README) if words[0].endswith("gunicorn")]
    assert [words[-1] for words in started] == [settings.WSGI_APPLICATION.rpartition(".")[0]]
