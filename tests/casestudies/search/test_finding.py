"""Finding, the same on both engines: what is found, in which order, with which marks, and never an error."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casestudies.models import CaseStudy
from casestudies.search.hits import PER_PAGE
from hallmarks.models import Version
from tests.casestudies.search.stories import look, published, titles
from tests.people import Cast, Places

BODY = "Residents met the police every month, and officers walked the streets at night."
ODD = [
    *("", " ", "\0", "burglary\0", "🎉", "🎉🎉 burglary", "a" * 10_000, "burglary " * 1_200, '"' * 9_999, "- " * 5_000),
    *("OR", "OR OR OR", "AND", "NOT", "NOT NOT", "-", "--", "-burglary", '-"', '""', '"burglary', 'burglary"'),
    *(
        "*",
        "burglary*",
        "^burglary",
        "title:burglary",
        "{title body}:x",
        "NEAR(a b, 3)",
        "a NEAR/2 b",
        "(",
        "()(",
        "(((",
    ),
    *("&", "|", "!", "!!a", "a & b", "<->", "a <-> b", "a:*", "'a':A", "\\", "\\'", "%", "%s", "{0}", "$1", ";--"),
    *("x OR", "OR x", "x OR -y", "\ud800", "\u202ea", "ﬁre", "ｂｕｒｇｌａｒｙ", "Ⅻ ½ ²", "你好", "слово", "ا" * 400),
    *("' OR 1=1", "e\u0301" * 200, '"a b" ' * 900, "a-b-c-d " * 900),
    *(" ".join(f"w{n}" for n in range(2_000)), " OR ".join(f"w{n}" for n in range(2_000))),
]


PIECES = (
    *("burglary", "watch", "the", "a1", "ö", "🎉", " ", " ", " ", '"', "'", "-", "OR", "AND", "NOT", "NEAR", "(", ")"),
    *("*", ":", "^", "{", "}", "&", "|", "!", "<->", "\\", "%", "+", "/", "\n", "\0", "\x02", "\x03", "\ud800", "ﬃ"),
)


@pytest.fixture
def stories(places: Places, cast: Cast) -> None:
    by = cast.officer
    published(places.derby, by, "Burglary in shared houses", summary="Locks for students.", response=BODY)
    published(places.exeter, by, "Safer parks", summary="Wardens.", analysis="One burglary was told of.", response=BODY)
    published(places.amber_valley, by, "Neighbourhood watch", summary="Neighbours watch for burglars.", response=BODY)
    published(places.cardiff, by, "Ynys Môn car parks", summary="Theft from cars fell.", scanning="Watch your car.")


@pytest.mark.usefixtures("stories")
class TestWords:
    """What words find."""

    @pytest.mark.parametrize("words", ["burglary", "burglaries", "BURGLARY", "burglary’s", "burglary burglary"])
    def test_other_forms_of_a_word_are_found_and_the_title_counts_most(self, words: str) -> None:
        found = titles(look(words))
        assert found == ["Burglary in shared houses", "Safer parks"]

    def test_all_words_are_looked_for(self) -> None:
        results = look("burglary wardens")
        assert titles(results) == ["Safer parks"]
        assert not results.is_any

    def test_where_nothing_has_all_words_some_are_enough_and_the_page_can_say_so(self) -> None:
        results = look("burglary helicopters")
        assert titles(results) == ["Burglary in shared houses", "Safer parks"]
        assert results.is_any
        assert results.total == 2

    def test_words_that_every_text_has_are_left_out_of_the_question(self) -> None:
        assert titles(look("what about the burglary in our houses")) == ["Burglary in shared houses"]

    def test_a_phrase_stands_together(self) -> None:
        assert titles(look('"neighbourhood watch"')) == ["Neighbourhood watch"]
        assert titles(look('"watch neighbourhood"')) == []
        assert titles(look('"the police every month"')) != []

    def test_a_word_is_left_out(self) -> None:
        assert titles(look("burglary -wardens")) == ["Burglary in shared houses"]
        assert titles(look('police -"shared houses" -watch')) == ["Safer parks"]

    def test_either_of_two(self) -> None:
        assert set(titles(look("students OR wardens"))) == {"Burglary in shared houses", "Safer parks"}
        assert titles(look("students OR wardens locks")) == ["Burglary in shared houses"]

    @pytest.mark.parametrize("words", ["Môn", "mon", "ynys mon", '"Ynys Môn"'])
    def test_marks_above_letters_do_not_matter(self, words: str) -> None:
        assert titles(look(words)) == ["Ynys Môn car parks"]

    def test_other_ways_to_write_a_word_are_found(self) -> None:
        assert titles(look("vehicle")) == ["Ynys Môn car parks"]

    def test_the_place_is_found(self) -> None:
        assert titles(look("Cardiff")) == ["Ynys Môn car parks"]


@pytest.mark.usefixtures("stories")
class TestMarks:
    """What a hit shows."""

    def test_found_words_are_marked_in_title_and_text(self) -> None:
        first, second = look("burglary").hits
        assert first.title == "<mark>Burglary</mark> in shared houses"
        assert first.text == "Locks for students."
        assert "<mark>burglary</mark> was told of" in second.text

    def test_every_word_of_a_phrase_is_marked(self) -> None:
        (hit,) = look('"neighbourhood watch"').hits
        assert hit.title.replace("</mark> <mark>", " ") == "<mark>Neighbourhood watch</mark>"

    def test_markup_in_a_text_stays_text(self, places: Places, cast: Cast) -> None:
        evil = "<script>alert(1)</script> <mark>zebra</mark> & \x02zebra\x03 zebra"
        published(places.derby, cast.officer, f"{evil} title", summary=evil, response=evil)
        (hit,) = look("zebra").hits
        for shown in (hit.title, hit.text):
            assert "<script" not in shown
            assert "<mark><mark>" not in shown
            assert "<mark>zebra</mark>" in shown
            assert shown.count("<mark>") == shown.count("</mark>")
            assert shown.replace("<mark>", "").replace("</mark>", "").count("<") == 0


@pytest.mark.usefixtures("stories")
class TestOddQuestions:
    """Whatever is typed is a question."""

    def test_nothing_that_can_be_typed_is_an_error(self) -> None:
        for words in ODD:
            results = look(words)
            assert len(results.hits) == results.total, words[:80]

    def test_nor_is_any_mixture_of_what_engines_take_for_operators(self) -> None:
        chance = random.Random(5)  # noqa: S311 - the same mixtures each run
        for _turn in range(300):
            words = "".join(chance.choice(PIECES) for _piece in range(chance.randrange(1, 14)))
            results = look(words)
            assert len(results.hits) == results.total, words

    def test_what_has_no_word_lists_everything(self) -> None:
        for words in ("", "🎉", "OR OR", '"', "-burglary"):
            assert look(words).total == 4, words

    def test_any_page_number_shows_a_page_that_is_there(self) -> None:
        for page in ("0", "-1", "x", "9" * 400, "1e9", "٣", "2"):
            assert look("burglary", page=page).total == 2
            assert len(look("burglary", page=page).hits) == 2
            assert len(look("", page=page).hits) == 4


def test_pages_hold_each_hit_once_and_ask_the_same_few_questions(places: Places, cast: Cast, version: Version) -> None:
    for number in range(2 * PER_PAGE + 3):
        published(places.derby, cast.officer, f"Burglary {number}", response="Locks. " * (number % 5))
    seen: list[str] = []
    for page in ("1", "2", "3"):
        with CaptureQueriesContext(connection) as asked:
            results = look("burglary", page=page)
        assert len(asked) <= 4
        assert results.total == 2 * PER_PAGE + 3
        assert results.page.number == int(page)
        seen += titles(results)
    assert len(seen) == len(set(seen)) == 2 * PER_PAGE + 3
    assert titles(look("burglary", page="99")) == seen[2 * PER_PAGE :]


@pytest.mark.parametrize("sort", ["best", "newest", "like"])
def test_every_order_finds_the_same(sort: str, stories: None, places: Places) -> None:
    assert look("burglary", sort=sort, near=places.derby).total == 2


def test_the_newest_come_first_where_that_is_asked(stories: None) -> None:
    assert titles(look("police", sort="newest")) == ["Neighbourhood watch", "Safer parks", "Burglary in shared houses"]
    assert look("police", sort="newest").hits[0].text.count("<mark>") >= 1


def test_nothing_is_found_where_nothing_is_published(cast: Cast, places: Places) -> None:
    CaseStudy.objects.create(
        partnership=places.derby, slug="draft", title="Burglary", summary="-", written_by=cast.officer
    )
    assert look("burglary").total == 0
    assert look("").total == 0
