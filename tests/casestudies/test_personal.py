"""What may tell of a person is found however it is typed; ordinary words and figures are not."""

import time

import pytest

from casestudies.personal import Finding, Kind, counted, findings, looks_like_one_persons

BEGAN = 2007


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind.value, finding.words) for finding in findings([("summary", text)], year=BEGAN)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to jo.bloggs@amber.example.gov.uk.", "jo.bloggs@amber.example.gov.uk"),
        ("<JO+burglary@EXAMPLE.ORG>", "JO+burglary@EXAMPLE.ORG"),
        ("jo [at] example.org", "jo [at] example.org"),
        ("ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "jo@example.org"),
    ],
)
def test_email_addresses(text: str, words: str) -> None:
    assert found(text) == [("email", words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ring 0115 496 0123.", ["0115 496 0123"]),
        ("Ring 0115 496 0123 0115 496 0124", ["0115 496 0123", "0115 496 0124"]),
        ("+44 (0)7700 900123", ["+44 (0)7700 900123"]),
        ("0044 7700 900123", ["0044 7700 900123"]),
        ("(01332) 496 018", ["(01332) 496 018"]),
        ("07700-900-123", ["07700-900-123"]),
        ("０７７００\u00a0９００１２３", ["07700 900123"]),
        ("077\u200f00 900\u2060123", ["07700 900123"]),
    ],
)
def test_phone_numbers(text: str, words: list[str]) -> None:
    assert found(text) == [("phone", one) for one in words]


@pytest.mark.parametrize(
    "text", ["DE1 2AB", "de12ab", "SW1A 1AA", "M1 1AE", "B33 8TH", "W1A 0AX", "EC1A\n1BB", "GIR 0AA"]
)
def test_postcodes(text: str) -> None:
    assert found(f"They live at {text}, there.") == [("postcode", " ".join(text.split()))]


@pytest.mark.parametrize(
    "text",
    [
        *("12/03/1985", "12.3.85", "12-03-1985", "1985-03-12", "12 March 1985", "12th of Mar 1985", "March 12, 1985"),
        *("12 march 85", "1 / 2 / 99"),
    ],
)
def test_dates_that_may_be_births(text: str) -> None:
    assert found(f"One of them ({text}) was known.") == [("date_of_birth", text)]


def test_a_recent_date_is_one_of_birth_only_where_the_text_says_so() -> None:
    assert found("The group met on 12 March 2006 and on 01/02/2007.") == []
    assert found("A child, born on 12 March 2006") == [("date_of_birth", "12 March 2006")]
    assert found("dob 1.2.07") == [("date_of_birth", "1.2.07")]
    assert found("D.O.B.: 01/02/2007") == [("date_of_birth", "01/02/2007")]


@pytest.mark.parametrize("text", ["QQ 12 34 56 C", "ab123456d", "AB-12-34-56-A"])
def test_national_insurance_numbers(text: str) -> None:
    assert found(f"His number is {text}.") == [("national_insurance", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Burglary fell from 61 to 40 in 2006-07; each lock cost 48 pounds.",
        "Call 101 or 999, section 17, A38, M1, 2,000 letters, 0.5 per cent, 3:30pm.",
        "See pages 10 11 12 13 14 15 16 of PSP 5, table 4.2.1, reference 0123456789012345.",
        "Twitter @amber, 3 @ 4 pounds each",
        "One of the meetings was in March 2005, another in May.",
        "",
    ],
)
def test_ordinary_words_and_figures_are_let_alone(text: str) -> None:
    assert found(text) == []


def test_each_wording_is_told_once_a_field_and_only_counts_are_kept() -> None:
    twice = "Ring 0115 496 0123 or 0115 496 0123"
    both = findings([("summary", twice), ("cost", twice), ("cost", "DE1 2AB")], year=BEGAN)
    assert [finding.field for finding in both] == ["summary", "cost", "cost"]
    assert counted(both) == {"phone": 2, "postcode": 1}
    assert str(Finding(Kind.PHONE, "cost", "x").label) == "Phone number"


@pytest.mark.parametrize(
    ("mailbox", "is_ones"),
    [
        ("pat.jones@council.example", True),
        ("Pat_Jones2@council.example", True),
        ("j.smith@police.example", True),
        ("burglary@gmail.com", True),
        ("csp@council.example", False),
        ("community.safety@council.example", False),
        ("asb.desk@derby.example", False),
        ("amber-valley.csp@council.example", False),
        ("coordinator@amber-valley.example", False),
    ],
)
def test_a_mailbox_that_may_be_one_persons_own(mailbox: str, is_ones: bool) -> None:
    assert looks_like_one_persons(mailbox) is is_ones


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "0 ",
        "1.",
        "a@",
        "a.",
        "@a.",
        "1/",
        "A1 ",
        "born ",
        "(0",
        "+44",
        "may ",
        "20",
        "a(at)",
        "\u200f",
        "\U0001f600",
        "٣",
    ],
)
def test_no_text_however_odd_takes_long(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    start = time.process_time()
    findings([("summary", text)], year=BEGAN)
    assert time.process_time() - start < 1
