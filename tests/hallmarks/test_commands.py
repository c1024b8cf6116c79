"""The commands: everything wrong at once, exit code 1, nothing half loaded; a dry run changes nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.formats import date_format

from hallmarks.models import Framework, Version
from tests.hallmarks.files import FIXTURES, changed, small, text

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    path.write_text(text(small()))
    return path


def test_load_and_publish_at_once(capsys: Capture) -> None:
    call_command("load_criteria", str(FIXTURES / "beacon_r5.json"), "--publish")
    assert Version.objects.get().status == Version.Status.PUBLISHED
    shown = capsys.readouterr().out
    assert "9 sections, 49 criteria (22 key), 175 signs to look for" in shown
    assert "  Leadership: LEAD.1, LEAD.2" in shown
    assert shown.endswith("Loaded as a draft.\nPublished.\n")


def test_running_it_again_is_harmless(file: Path, capsys: Capture) -> None:
    call_command("load_criteria", str(file), "--publish")
    call_command("load_criteria", str(file), "--publish")
    assert capsys.readouterr().out.endswith("Already loaded; nothing changed.\n")


def test_a_dry_run_changes_nothing_and_compares(file: Path, tmp_path: Path, capsys: Capture) -> None:
    call_command("load_criteria", str(file), "--dry-run")
    assert not Framework.objects.exists()
    call_command("load_criteria", str(file), "--publish")
    second = tmp_path / "second.json"
    second.write_text(text(changed("criterion", title="New")).replace('"v1"', '"v2"'))
    call_command("load_criteria", str(second), "--dry-run")
    shown = capsys.readouterr().out
    assert "Against “Small criteria, first”: 0 added, 1 reworded, 0 dropped, 1 unchanged." in shown
    assert shown.endswith("Dry run: nothing was changed.\n")
    assert Version.objects.count() == 1


def test_all_problems_are_listed_and_nothing_is_loaded(file: Path, capsys: Capture) -> None:
    file.write_text(text([*changed("criterion", title="", number=0), {"model": "accounts.user", "fields": {}}]))
    with pytest.raises(CommandError, match=r"Nothing was loaded\. Problems: 3\.") as failed:
        call_command("load_criteria", str(file))
    assert failed.value.returncode == 1
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert not Framework.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_criteria", str(tmp_path / "none.json"))


def test_a_published_set_is_refused(file: Path) -> None:
    call_command("load_criteria", str(file), "--publish")
    file.write_text(text(changed("criterion", title="Changed")))
    for arguments in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match="is published and cannot change; give a new version"):
            call_command("load_criteria", str(file), *arguments)


def test_publish_criteria(file: Path, capsys: Capture) -> None:
    call_command("load_criteria", str(file))
    call_command("publish_criteria", "small", "v1")
    today = date_format(timezone.localdate(), "j F Y")
    assert capsys.readouterr().out.endswith(f"Published “Small criteria, first”, in force from {today}.\n")
    assert Version.objects.get().status == Version.Status.PUBLISHED
    with pytest.raises(CommandError, match="already published"):
        call_command("publish_criteria", "small", "v1")
    with pytest.raises(CommandError, match=r"There is no such version\. Loaded: small/v1\."):
        call_command("publish_criteria", "small", "v9")
