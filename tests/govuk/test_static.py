"""What is sent to browsers: nothing that belongs to GOV.UK alone, nothing that the content policy would stop."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
CSS = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))


def test_there_is_something_to_look_at():
    assert {path.name for path in CSS} >= {"govuk-frontend.min.css", "portal.css", "print.css"}
    assert {path.name for path in SCRIPTS} >= {"govuk-frontend.min.js", "portal.js", "start.js"}


@pytest.mark.parametrize("path", CSS + SCRIPTS, ids=lambda path: path.name)
def test_no_font_crown_or_arms_of_govuk(path):
    text = path.read_text()
    assert not re.search(r"GDS Transport|crown|crest|govuk-header\b", text)
    assert "sourceMappingURL" not in text


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_style_sheets_ask_for_no_other_file(path):
    assert not re.search(r"url\(|@import", path.read_text())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_markup(path):
    text = path.read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)


def test_scripts_import_only_files_that_are_here():
    for path in SCRIPTS:
        for name in re.findall(r'from "(\.[^"]+)"', path.read_text()):
            assert (path.parent / name).is_file()


def test_what_is_vendored_says_its_version_and_licence():
    readme = (STATIC / "govuk" / "README.md").read_text()
    version = re.search(
        r'--govuk-frontend-version: ?"([\d.]+)"', (STATIC / "govuk" / "govuk-frontend.min.css").read_text()
    )
    assert version
    assert f"Version {version[1]}" in readme
    assert "MIT License" in (STATIC / "govuk" / "LICENCE.txt").read_text()
