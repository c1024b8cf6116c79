"""Every kind of bad file gets its place and remedy, and nothing else ever comes out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from hallmarks.importing import parse
from hallmarks.problems import PROBLEMS_NAMED
from tests.hallmarks.files import BEACON, changed, criterion, document, entry, problems, small, text, without


class TestReading:
    @pytest.mark.parametrize("data", [b"", b"  \n ", b"\xef\xbb\xbf", ""])
    def test_an_empty_file(self, data: bytes | str) -> None:
        assert problems(data) == ["the file: The file is empty."]

    def test_a_trailing_comma_has_its_line_and_column(self) -> None:
        assert problems('[\n {"model": "hallmarks.framework", "fields": {"slug": "a",}}\n]') == [
            "line 2, column 58: A name in double quotation marks is missing here. "
            "There may be a comma too many before it."
        ]
        assert problems("[\n {},\n]") == ["line 2, column 4: A comma stands before the closing bracket. Remove it."]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ('[{"a": "b]', "line 1, column 8: The quotation mark opened here is never closed."),
            ('[{"a" 1}]', "line 1, column 7: A colon is missing before this place."),
            ('[{"a": 1 "b": 2}]', "line 1, column 10: A comma or a closing bracket is missing before this place."),
            (
                '[{"a": "b\nc"}]',
                "line 1, column 10: A line break or tab stands inside quotation marks. Write \\n or \\t instead.",
            ),
            (
                '[{"a": "\\q"}]',
                "line 1, column 9: This is not valid JSON. Check quotation marks, commas and backslashes.",
            ),
            ("[{}", "line 1, column 4: A comma or a closing bracket is missing before this place."),
            ("[{}] x", "line 1, column 6: Something follows the end of the list. Remove it."),
            ('{"a": 1}', "line 1, column 1: A criteria file is a list: begin it with [ and end it with ]."),
        ],
    )
    def test_broken_json_is_explained_where_it_breaks(self, data: str, message: str) -> None:
        assert problems(data) == [message]

    def test_a_byte_order_mark_is_accepted(self) -> None:
        assert parse(b"\xef\xbb\xbf" + BEACON) == parse(BEACON)
        assert parse("\ufeff" + BEACON.decode()) == parse(BEACON)

    def test_latin_1_is_refused_with_the_byte(self) -> None:
        data = text(changed("criterion", title="Café")).encode("latin-1")
        assert problems(data) == [f"byte {data.index(0xE9) + 1}: This is not UTF-8. Save the file as UTF-8."]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_wide_encodings_are_refused(self, encoding: str) -> None:
        assert problems(text(small()).encode(encoding)) == ["byte 1: This is not UTF-8. Save the file as UTF-8."]

    def test_a_key_given_twice_is_named(self) -> None:
        data = text(small()).replace('"slug": "v1"', '"slug": "v0", "slug": "v1"')
        assert problems(data) == ["line 3: “slug” is given twice. Keep one."]

    @pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
    def test_numbers_that_are_none(self, value: str) -> None:
        data = text(small()).replace('"position": 0', f'"position": {value}')
        assert problems(data) == [f"line 5: {value} is not a number that can be used. Remove it."]

    def test_a_number_of_5000_digits(self) -> None:
        data = text(small()).replace('"position": 0', f'"position": {"9" * 5000}')
        assert problems(data) == ["line 5: A number has 5000 digits. The limit is 9."]

    @pytest.mark.parametrize("brackets", ["[" * 200_000, '{"a":' * 200_000, "[" * 200_000 + "]" * 200_000])
    def test_200000_levels_of_nesting(self, brackets: str) -> None:
        assert "Brackets are nested more than 20 deep." in problems("[" + brackets)[0]

    def test_brackets_inside_a_text_are_text(self) -> None:
        assert document(changed("criterion", text="[" * 100 + '"\\"' + "{" * 100))

    def test_five_megabytes_and_one_byte(self) -> None:
        assert problems(b"[" + b" " * 5_000_000) == ["the file: It is 5.0 MB. The limit is 5 MB."]

    def test_too_many_entries(self) -> None:
        assert "more than 30,000 entries" in problems("[" + "0," * 40_000 + "0]")[0]


class TestTexts:
    def test_a_lone_surrogate_and_a_nul(self) -> None:
        for broken in ("\\ud800", "\\u0000", "\\ufffd"):
            data = text(small()).replace("Title 2", f"ab{broken}c")
            assert problems(data) == [
                "line 9, criterion LEAD.2, title: Character 3 is a broken character. Type it again."
            ]

    def test_a_broken_character_in_a_name_can_still_be_shown(self) -> None:
        data = text(small()).replace('"lineage": "small-2"', '"l\\ud800": "small-2"')
        for problem in problems(data):
            problem.encode()

    @pytest.mark.parametrize("blank", ["", " ", "\u200b\u200d", "\u00a0", "\u3164", "\u2060 \ufe0f"])
    def test_a_text_nobody_can_see_is_blank(self, blank: str) -> None:
        assert problems(changed("criterion", 1, title=blank)) == ["line 9, criterion LEAD.2, title: It is blank."]

    def test_a_hidden_direction_character(self) -> None:
        assert problems(changed("criterion", 1, text="Pay \u202e1000")) == [
            "line 9, criterion LEAD.2, text: Character 5 is a hidden direction character (U+202E). Remove it."
        ]

    def test_a_title_of_5000_characters(self) -> None:
        assert problems(changed("criterion", 1, title="x" * 5000)) == [
            "line 9, criterion LEAD.2, title: It has 5,000 characters. The limit is 200 characters."
        ]

    def test_a_title_on_two_lines(self) -> None:
        assert problems(changed("criterion", 1, title="a\nb")) == [
            "line 9, criterion LEAD.2, title: Character 2 is a line break or tab. Remove it."
        ]

    @pytest.mark.parametrize("kept", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "=cmd|' /C calc'!A0"])
    def test_what_looks_like_code_is_text(self, kept: str) -> None:
        assert next(document(changed("criterion", text=kept)).criteria()).text == kept


class TestEntries:
    def test_an_unknown_field_gets_a_suggestion(self) -> None:
        assert problems(changed("criterion", 1, guidence="x")) == [
            "line 9, criterion LEAD.2: “guidence” is not a field here. Did you mean “guidance”?"
        ]

    @pytest.mark.parametrize(
        "model", ["accounts.user", "accounts.membership", "sessions.session", "hallmarks.criteria"]
    )
    def test_only_criteria_are_allowed(self, model: str) -> None:
        rows = [*small(), {"model": model, "pk": 1, "fields": {"is_staff": True}}]
        found = problems(rows)
        assert f"Only criteria are allowed. This entry is a “{model}”. Remove it." in " ".join(found)

    def test_a_database_number_is_refused(self) -> None:
        rows = small()
        rows[0]["pk"] = 7
        assert "Remove “pk”" in problems(rows)[0]

    @pytest.mark.parametrize(
        ("model", "fields", "message"),
        [
            ("criterion", {"title": 7}, "title: Write it as text, in quotation marks."),
            ("criterion", {"title": None}, "title: It is missing."),
            ("criterion", {"number": "1"}, "number: Give a whole number from 1 to 999, without quotation marks."),
            ("criterion", {"number": True}, "number: Give a whole number from 1 to 999, without quotation marks."),
            ("criterion", {"number": 1.0}, "number: Give a whole number from 1 to 999, without quotation marks."),
            ("criterion", {"is_key": "yes"}, "is_key: Write true or false, without quotation marks."),
            ("criterion", {"in_force_from": "2007-02-30"}, "in_force_from: Write a real date as year, month and day"),
            ("criterion", {"in_force_from": 2007}, "in_force_from: Write a real date as year, month and day"),
            ("criterion", {"kind": "legal"}, "kind: “legal” is not one of: practice, statutory."),
            ("criterion", {"nation": "Wales"}, "nation: “Wales” is not one of: england, wales."),
            ("criterion", {"confidence": "E"}, "confidence: “E” is not one of: A, B, C, D."),
            ("criterion", {"code": "LEAD 1"}, "code: Use letters, digits, full stops and hyphens only"),
            ("criterion", {"code": "../x"}, "code: Use letters, digits, full stops and hyphens only"),
            ("criterion", {"code": "publish"}, "code: “publish” is kept for the portal itself."),
            ("criterion", {"section": "LEAD"}, "section: Name the section as [“framework”, “version”, “section”]."),
            ("criterion", {"section": [["small"], "v1", "LEAD"]}, "section: Name the section as"),
            ("version", {"slug": "v 1"}, "slug: Use letters from a to z, digits, hyphens and underscores only"),
            ("level", {"position": 10}, "position: Give a whole number from 0 to 9"),
        ],
    )
    def test_a_value_of_the_wrong_kind(self, model: str, fields: dict[str, Any], message: str) -> None:
        assert any(message in problem for problem in problems(changed(model, **fields)))

    @pytest.mark.parametrize(
        "row", [None, 1, "x", [], {"model": 1, "fields": {}}, {"model": "hallmarks.level", "fields": []}]
    )
    def test_an_entry_that_is_none(self, row: object) -> None:
        assert problems([row])[0].startswith("line 2: ")

    def test_all_is_said_at_once(self) -> None:
        rows = changed("criterion", 1, title="", number=0, wieght=1)
        rows.append({"model": "accounts.user", "fields": {}})
        assert len(problems(rows)) == 4

    def test_a_file_wrong_throughout_is_named_in_part_and_counted(self) -> None:
        found = problems([{"model": "accounts.user", "fields": {}}] * 1000)
        assert len(found) == PROBLEMS_NAMED + 1
        assert found[-1] == "the file: There are at least 800 more problems. Put these right first."


class TestAgreement:
    @pytest.mark.parametrize("code", ["LEAD.1", "lead.1", "ＬＥＡＤ.1"])
    def test_the_same_code_twice_names_both_places(self, code: str) -> None:
        (problem,) = problems([*small(), criterion(code, 3)])
        assert problem.startswith(f"line 11, criterion {code}, code: ")
        assert "is already taken by line 8, criterion LEAD.1. Give each its own." in problem

    def test_two_unicode_forms_of_one_code(self) -> None:
        rows = [*small(), criterion("caf\u00e9", 3), criterion("cafe\u0301", 4)]
        (problem,) = problems(rows)
        assert "is already taken by line 11" in problem

    @pytest.mark.parametrize("fields", [{"lineage": "small-1"}, {"number": 1}])
    def test_the_same_lineage_or_number_twice(self, fields: dict[str, Any]) -> None:
        (problem,) = problems(changed("criterion", 1, **fields))
        assert "is already taken by line 8, criterion LEAD.1" in problem

    def test_two_levels_of_one_name(self) -> None:
        (problem,) = problems(changed("level", 1, name="low"))
        assert problem == (
            "line 6, level 1 of practice, name: “low” is already taken by line 5, level 0 of practice. "
            "Give each its own."
        )

    def test_a_scale_without_levels_is_named(self) -> None:
        rows = [*small(), entry("scale", version=["small", "v1"], slug="empty")]
        assert problems(rows) == ["line 11, scale empty: It has no levels. Add one, or remove it."]

    def test_a_section_without_criteria_is_named(self) -> None:
        rows = [*small(), entry("section", version=["small", "v1"], number=2, code="LAW", title="Law")]
        assert problems(rows) == ["line 11, section LAW: It has no criteria. Add one, or remove it."]

    def test_no_criteria(self) -> None:
        assert "the file: There are no criteria in it." in problems(without("criterion"))

    def test_501_criteria(self) -> None:
        rows = without("criterion") + [criterion(f"LEAD.{n}", n) for n in range(1, 502)]
        assert problems(rows) == ["the file: It has 501 criteria. The limit is 500."]

    def test_51_indicators(self) -> None:
        signs = [entry("indicator", criterion=["small", "v1", "LEAD.2"], number=n, text="x") for n in range(1, 52)]
        assert problems(small() + signs) == ["line 9, criterion LEAD.2: It has 51 indicators. The limit is 50."]

    def test_what_is_referred_to_must_be_in_the_file(self) -> None:
        assert problems(changed("criterion", 1, scale=["small", "v1", "practise"])) == [
            "line 9, criterion LEAD.2, scale: There is no scale “small / v1 / practise” in the file. "
            "Did you mean “small / v1 / practice”?"
        ]

    @pytest.mark.parametrize("model", ["framework", "version"])
    def test_one_framework_and_one_version_a_file(self, model: str) -> None:
        assert f"the file: It must have one {model}. It has 0." in problems(without(model))
        rows = [*small(), entry("version", framework=["small"], slug="v2", title="Second", source="A test")]
        assert "the file: It must have one version. It has 2." in problems(rows)

    def test_dates_in_order(self) -> None:
        rows = changed("version", in_force_from="2007-10-01", in_force_to="2007-09-30")
        assert problems(rows) == ["line 3, version v1, in_force_to: It is before in_force_from."]

    def test_the_order_of_entries_does_not_matter(self) -> None:
        assert document(small()[::-1]) == document(small())

    def test_a_status_in_the_file_changes_nothing(self) -> None:
        assert document(changed("version", status="published")) == document(small())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
FIELDS = ["slug", "title", "code", "number", "position", "version", "section", "scale", "criterion", "is_key", "text"]
ENTRY = st.fixed_dictionaries(
    {
        "model": st.sampled_from([f"hallmarks.{name}" for name in ("framework", "version", "level", "criterion")]),
        "fields": st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=11),
    }
)


class TestWhateverIsGiven:
    @settings(deadline=None, max_examples=200)
    @given(st.binary() | st.text() | JSON.map(json.dumps) | st.lists(ENTRY, max_size=5).map(json.dumps))
    def test_a_document_or_problems_come_out(self, data: bytes | str) -> None:
        parsed = parse(data)
        assert (parsed.document is None) != (not parsed.problems)
        for problem in parsed.problems:
            assert str(problem).encode()

    @settings(deadline=None, max_examples=100)
    @given(st.integers(0, 8), st.sampled_from(FIELDS), JSON)
    def test_any_value_anywhere(self, nth: int, name: str, value: object) -> None:
        rows = small()
        rows[nth]["fields"][name] = value
        parsed = parse(json.dumps(rows))
        assert (parsed.document is None) != (not parsed.problems)

    @pytest.mark.parametrize(
        "make",
        [
            lambda: "[" + "0," * 2_499_990 + "0]",
            lambda: '"' + '\\"' * 2_499_990,
            lambda: "[" * 4_999_990,
            lambda: '[{"model": "hallmarks.level", "fields": {' + '"a":0,' * 800_000 + '"b":0}}]',
            lambda: '[{"model": "hallmarks.level", "fields": ["' + "\u202e" * 1_600_000 + '"]}]',
            lambda: "[" + "\n" * 4_999_990,
            lambda: text([{"model": "hallmarks.indicator", "fields": {"a": 1}}] * 25_000),
        ],
    )
    def test_five_megabytes_take_no_time_out_of_proportion(self, make: Callable[[], str]) -> None:
        with override_settings(CRITERIA_MAX_SECONDS=60):
            problems = parse(make()).problems
        assert problems
        assert not any("takes longer" in str(problem) for problem in problems)
