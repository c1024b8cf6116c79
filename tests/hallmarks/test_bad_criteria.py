"""Every kind of bad criteria file, in every format: one message with place and remedy, nothing loaded, little cost."""

from collections.abc import Callable

import pytest
from django.test import Client

from audit.models import Event
from hallmarks import services
from hallmarks.importing import parse
from hallmarks.models import Framework, Version
from tests.hallmarks.bad_files import CASES
from tests.hallmarks.bad_outlines import marked
from tests.hallmarks.files import changed, criterion, entry, small, text
from tests.hallmarks.sheets import (
    HEADING,
    OUTLINE,
    csv_of,
    table,
    with_cell,
    xlsx_of,
)
from tests.people import Cast

LOAD = "/criteria/load/"


def said(data: bytes | str, name: str = "") -> list[str]:
    """What is wrong with a file, a line a problem."""
    parsed = parse(data, name)
    assert parsed.document is None
    return [str(problem) for problem in parsed.problems]


def test_the_files_that_are_spoilt_below_are_sound() -> None:
    for data in (OUTLINE, csv_of(table()), xlsx_of(table())):
        parsed = parse(data)
        assert parsed.document is not None, parsed.problems
        assert [c.code for c in parsed.document.criteria()] == ["LEAD.1", "LEAD.2"]


@pytest.mark.parametrize(("what", "data", "message"), CASES, ids=[case[0] for case in CASES])
def test_each_case_gets_its_place_and_remedy(what: str, data: bytes | str, message: str) -> None:
    name = what.rpartition(" ")[2]
    assert any(message in problem for problem in said(data, name if "." in name else ""))


class TestAllAtOnce:
    def test_problems_of_every_kind_are_told_together(self) -> None:
        rows: list[list[object]] = [
            *with_cell(4, "title", "\u200b"),
            ["criterium", *[""] * 8],
            ["criterion", "lead.2", "x", *[""] * 6],
            ["x"],
        ]
        rows[5][HEADING.index("guidance")] = "\u202e"
        assert [problem.partition(":")[0] for problem in said(csv_of(rows))] == [
            "row 4, column title, criterion LEAD.1",
            "row 6, column guidance, criterion LEAD.2",
            "row 7, column row",
            "row 9",
        ]

    def test_what_only_seems_missing_because_something_is_broken_is_not_told(self) -> None:
        (problem,) = said(marked("code: LEAD\n", "code: LE AD\n"))
        assert problem.startswith("line 8, code, section LE AD: Use letters, digits")

    def test_a_repeat_is_told_beside_another_mistake(self) -> None:
        found = said(text([*changed("criterion", title=""), criterion("LEAD.2", 3)]))
        assert len(found) == 2
        assert "is already taken by line 9" in found[1]

    def test_a_sign_without_its_criterion_is_told_once_and_not_for_each_that_follows(self) -> None:
        assert len(said(marked("# Leadership", "- a\n- b\n- c\n# Leadership"))) == 1


class TestKept:
    @pytest.mark.parametrize("kept", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "=cmd|' /C calc'!A0"])
    def test_what_looks_like_code_is_text_in_every_format(self, kept: str) -> None:
        for data in (
            marked("Statement 1.", kept),
            csv_of(with_cell(4, "text", kept)),
            xlsx_of(with_cell(4, "text", kept)),
        ):
            parsed = parse(data)
            assert parsed.document is not None, parsed.problems
            assert next(parsed.document.criteria()).text == kept

    def test_marks_and_line_ends_of_every_editor_are_taken(self) -> None:
        for mark in ("", "\ufeff"):
            for end in ("\n", "\r\n"):
                assert parse((mark + OUTLINE.replace("\n", end)).encode()).document == parse(OUTLINE).document
                assert parse((mark + csv_of(table()).replace("\r\n", end)).encode()).document is not None

    def test_an_apostrophe_keeps_a_code(self) -> None:
        parsed = parse(csv_of(with_cell(6, "code", "'1.10")))
        assert parsed.document is not None
        assert [c.code for c in parsed.document.criteria()] == ["LEAD.1", "1.10"]

    def test_a_text_in_a_workbook_may_look_like_a_number(self) -> None:
        parsed = parse(xlsx_of(with_cell(6, "code", "1.10")))
        assert parsed.document is not None
        assert [c.code for c in parsed.document.criteria()] == ["LEAD.1", "1.10"]


@pytest.mark.django_db
class TestNothingIsLoaded:
    @pytest.mark.parametrize("data", [case[1] for case in CASES if isinstance(case[1], str)][::5])
    def test_neither_from_the_page(self, cast: Cast, sign_in: Callable[..., Client], data: str) -> None:
        pasted = data.encode("utf-8", "replace").decode()
        response = sign_in(cast.administrator).post(LOAD, {"text": pasted, "load": "yes"})
        assert response.status_code == 200
        assert not Framework.objects.exists()
        assert not Event.objects.filter(kind__startswith="criteria").exists()

    def test_the_same_version_again_changes_nothing_whatever_its_format(self) -> None:
        for data in (OUTLINE, csv_of(table()), xlsx_of(table())):
            parsed = parse(data)
            assert parsed.document is not None
            loaded = services.import_version(document=parsed.document, by=None)
        assert loaded.words == "Already loaded; nothing changed."
        assert Event.objects.filter(kind="criteria.loaded").count() == 1

    def test_a_published_version_cannot_change_from_any_format(self) -> None:
        first = parse(OUTLINE).document
        assert first is not None
        services.publish_version(version=services.import_version(document=first, by=None).version, by=None)
        for data in (marked("Title 1", "x"), csv_of(with_cell(4, "title", "x")), xlsx_of(with_cell(4, "title", "x"))):
            other = parse(data).document
            assert other is not None
            with pytest.raises(services.PublishedError, match="is published and cannot change; give a new version"):
                services.import_version(document=other, by=None)
        assert Version.objects.get().sha256 == first.sha256()


def test_entries_of_a_user_a_membership_or_a_session_are_refused_beside_criteria() -> None:
    for model in ("accounts.user", "accounts.membership", "sessions.session"):
        assert f"“{model}”. Remove it." in said(text([*small(), {"model": model, "fields": {}}]))[0]
    assert entry("level")["model"] == "hallmarks.level"
