"""Hints that an editor would give: few, true, with their place; and quick."""

import dataclasses
import random
from typing import Any

import pytest

from hallmarks import hints_shown
from hallmarks.document import Document, IndicatorEntry
from hallmarks.editors_eye import Hint, Kind, hints
from hallmarks.readability import reading_age, sentences, syllables_of
from hallmarks.repeats import alike_texts
from hallmarks.starts import Start, start_of
from tests.counting import calls
from tests.hallmarks.files import BEACON, HALLMARKS, document, small

SHORT = "Partners meet often."


def with_criteria(**changes: Any) -> Document:
    """The small set, its first criterion changed."""
    made = document(small())
    section = made.sections[0]
    first, *others = section.criteria
    first = dataclasses.replace(first, **{"title": "First of all", "text": SHORT, "indicators": (), **changes})
    return dataclasses.replace(made, sections=(dataclasses.replace(section, criteria=(first, *others)),))


def with_signs(*texts: str) -> Document:
    return with_criteria(indicators=tuple(IndicatorEntry(number, text) for number, text in enumerate(texts, 1)))


def told(made: Document, kind: Kind) -> list[tuple[str, str]]:
    return [(hint.place, hint.text) for hint in hints(made) if hint.kind == kind]


class TestShippedSets:
    @pytest.mark.parametrize(("data", "most"), [(BEACON, 12), (HALLMARKS, 3)])
    def test_hints_are_few(self, data: bytes, most: int) -> None:
        assert 0 < len(hints(document(data))) <= most

    def test_and_true(self) -> None:
        found = {(hint.code, hint.kind) for hint in hints(document(BEACON))}
        assert ("FOCUS.3", Kind.LONG_SENTENCE) in found
        assert ("AUDIT.6", Kind.READING_AGE) in found
        assert ("KPR.1", Kind.ABBREVIATION) in found
        assert not [hint for hint in hints(document(HALLMARKS)) if hint.kind != Kind.ABBREVIATION]


class TestReading:
    @pytest.mark.parametrize(
        ("word", "number"),
        [
            ("partnership", 3),
            ("rated", 2),
            ("agreed", 2),
            ("responsible", 4),
            ("evidence", 3),
            ("people", 2),
            ("react", 2),
            ("community", 4),
            ("the", 1),
            ("1998", 1),
            ("", 1),
        ],
    )
    def test_syllables(self, word: str, number: int) -> None:
        assert syllables_of(word) == number

    def test_plain_words_suit_children_and_long_ones_graduates(self) -> None:
        plain = "The group meets each month. It says who does what. It tells people what it did."
        heavy = (
            "Organisational accountability necessitates comprehensive multi-agency prioritisation, "
            "facilitating strategically appropriate implementation of evaluation methodologies across neighbourhoods."
        )
        assert reading_age(plain) <= 9
        assert reading_age(heavy) >= 25

    @pytest.mark.parametrize("text", ["", "…", "123", "\u200b", "a" * 2000])
    def test_any_text_has_an_age(self, text: str) -> None:
        assert reading_age(text) >= 5

    def test_sentences(self) -> None:
        assert len(sentences("One ends. Two ends? “Three.” Four (all of it!) and e.g. this")) == 4

    def test_a_hard_text_is_named_with_its_age(self) -> None:
        text = (
            "Organisational accountability necessitates comprehensive multi-agency prioritisation, facilitating "
            "strategically appropriate implementation of evaluation methodologies."
        )
        ((place, said),) = told(with_criteria(text=text), Kind.READING_AGE)
        assert place == "LEAD.1, statement"
        assert said.startswith("Its reading age is about ")

    def test_the_publishers_wording_is_let_alone(self) -> None:
        assert hints(with_criteria(official_text=" ".join(["methodologically"] * 300) + " ABC")) == ()


class TestLength:
    def test_a_long_statement_title_sign_and_sentence(self) -> None:
        made = with_criteria(
            title="One two three four five six seven eight nine ten eleven",
            text="We meet and talk here. " * 11,
            guidance="We " + "meet and " * 13 + "talk.",
            indicators=(IndicatorEntry(4, "It is so. " * 11),),
        )
        assert told(made, Kind.LONG_TEXT) == [
            ("LEAD.1, title", "It has 11 words. A title of at most 10 fits into tables and charts."),
            (
                "LEAD.1, statement",
                "It has 55 words. Keep to 50, and move the rest to the signs or to the guidance.",
            ),
            ("LEAD.1, sign 4", "It has 33 words. Keep to 30, or make two signs of it: each is answered by itself."),
        ]
        ((place, said),) = told(made, Kind.LONG_SENTENCE)
        assert place == "LEAD.1, what to show as evidence"
        assert said == "One sentence has 28 words; more than 25 are hard to follow. Make two of it."


class TestTwice:
    def test_the_same_sign_and_nearly_the_same(self) -> None:
        made = with_signs(
            "Minutes name the person who acts and by when.",
            "Partners share what they know.",
            "Minutes name  the person who ACTS and by when",
            "Minutes name each person who acts and by when.",
        )
        assert told(made, Kind.TWICE) == [
            ("LEAD.1, sign 3", "It says the same as sign 1. Keep one."),
            ("LEAD.1, sign 4", "It says nearly the same as sign 1. Keep one, or say what differs."),
        ]

    def test_statements_and_titles_of_two_criteria(self) -> None:
        made = document(small())
        section = made.sections[0]
        first, second = (
            dataclasses.replace(c, title="Leaders lead", text="Leaders give aims.") for c in section.criteria
        )
        made = dataclasses.replace(made, sections=(dataclasses.replace(section, criteria=(first, second)),))
        assert [place for place, _said in told(made, Kind.TWICE)] == ["LEAD.2, title", "LEAD.2, statement"]

    def test_signs_may_repeat_between_criteria(self) -> None:
        assert not [hint for hint in hints(document(BEACON)) if hint.kind == Kind.TWICE]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Police share records", "Councils share records"),
            ("The plan is revised every year", "The plan is published every year"),
            ("", ""),
            ("…", "…"),
        ],
    )
    def test_what_is_not_alike(self, one: str, other: str) -> None:
        assert list(alike_texts([one, other])) == []


class TestStarts:
    @pytest.mark.parametrize(
        ("text", "start"),
        [
            ("The partnership meets.", Start.THING),
            ("Plans for human resources fit with the strategy.", Start.THING),
            ("Training needs have been analysed.", Start.THING),
            ("Working through the partnership leads to new ideas.", Start.THING),
            ("To get through to people, the partnership has asked experts.", Start.THING),
            ("Agree who leads", Start.VERB),
            ("Review the plan each year", Start.VERB),
            ("Sharing of data across agencies", Start.ING),
            ("To agree who leads", Start.TO),
            ("Ensures that plans fit", Start.VERB_S),
            ("Is there a plan?", Start.QUESTION),
            ("minutes of meetings", Start.SMALL),
            ("", Start.THING),
        ],
    )
    def test_what_a_sign_starts_with(self, text: str, start: Start) -> None:
        assert start_of(text) == start

    def test_the_odd_one_is_told_what_the_others_start_with(self) -> None:
        made = with_signs("The partnership has a plan.", "Partners know it.", "Agree who leads each year.")
        assert told(made, Kind.STARTS) == [
            (
                "LEAD.1, sign 3",
                "It starts with a verb, as an order does (“Agree who”), most others with what it is about "
                "(“The partnership”). Start them alike.",
            )
        ]

    def test_where_there_is_no_usual_way_all_are_named(self) -> None:
        made = with_signs("The partnership has a plan.", "Agree who leads.")
        assert told(made, Kind.STARTS) == [
            (
                "LEAD.1, signs to look for",
                "They do not start alike: “The partnership” is what it is about, “Agree who” is a verb, as an order "
                "does. Start them all in the same way.",
            )
        ]

    def test_signs_that_start_alike_are_let_alone(self) -> None:
        assert told(with_signs("Agree who leads.", "Publish the plan.", "Meet often."), Kind.STARTS) == []


class TestAbbreviations:
    def test_once_where_it_is_first_used(self) -> None:
        made = with_signs("The LAA is agreed.", "The LAA is read.", "NHS trusts take part.")
        assert told(made, Kind.ABBREVIATION) == [
            (
                "LEAD.1, sign 1",
                "“LAA” is nowhere spelled out. Write it in full where it comes first, followed by (LAA).",
            )
        ]

    def test_spelled_out_anywhere_it_is_known(self) -> None:
        assert told(with_signs("The Local Area Agreement (LAA) exists.", "LAAs fit."), Kind.ABBREVIATION) == []

    def test_a_text_in_capitals_is_not_made_of_them(self) -> None:
        assert told(with_criteria(title="WHO LEADS US ALL"), Kind.ABBREVIATION) == []


def test_a_page_shows_a_hundred_of_a_kind_and_counts_the_rest() -> None:
    (group,) = hints_shown.by_kind([Hint(Kind.TWICE, "A", "text", None, "x")] * 150)
    assert (group.count, len(group.hints), group.left) == (150, 100, 50)


def crowded(number_of_criteria: int) -> Document:
    """A set of many criteria in words by chance, each with ten signs."""
    chance = random.Random(6)  # noqa: S311 - any words will do
    vowels, others = "aeiou", "bcdfglmnprst"
    words = ["".join(chance.choice(part) for part in (others, vowels) * chance.randint(1, 4)) for _n in range(5_000)]

    def sentence(length: int) -> str:
        return " ".join(chance.choices(words, k=length)).capitalize() + "."

    made = document(small())
    like = made.sections[0].criteria[0]
    criteria = tuple(
        dataclasses.replace(
            like,
            code=f"A.{number}",
            title=sentence(5),
            text=sentence(24),
            indicators=tuple(IndicatorEntry(sign, sentence(14)) for sign in range(1, 11)),
        )
        for number in range(number_of_criteria)
    )
    return dataclasses.replace(made, sections=(dataclasses.replace(made.sections[0], criteria=criteria),))


def test_ten_times_the_criteria_are_not_a_hundred_times_the_work() -> None:
    few, many = crowded(50), crowded(500)
    hints(few)
    assert calls(lambda: hints(many)) < 20 * calls(lambda: hints(few))
