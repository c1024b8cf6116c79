"""The calendar file: what RFC 5545 asks, whatever stands in the texts."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharing.icalendar import LINE_OCTETS, Event, calendar, escaped, folded

EVENT = Event(
    uid="plan-amber-valley-2026-1@portal.test",
    day=datetime.date(2026, 12, 31),
    summary="Due: Sign",
    description="Text",
    url="https://portal.test/sharing/amber-valley/plan/2026/",
    changed_at=datetime.datetime(2026, 7, 1, 12, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1))),
    sequence=3,
)


def unfolded(file: bytes) -> list[str]:
    return file.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_day_is_written_as_a_whole_day_that_blocks_nobodys_time() -> None:
    lines = unfolded(calendar("Plan", "-//A//B//EN", [EVENT]))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert event[1:] == [
        "UID:plan-amber-valley-2026-1@portal.test",
        "DTSTAMP:20260701T113000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SEQUENCE:3",
        "SUMMARY:Due: Sign",
        "DESCRIPTION:Text",
        "URL:https://portal.test/sharing/amber-valley/plan/2026/",
        "TRANSP:TRANSPARENT",
    ]


def test_a_calendar_without_days_is_a_calendar() -> None:
    assert "BEGIN:VEVENT" not in unfolded(calendar("Plan", "P", []))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("back\\slash", "back\\\\slash"),
        ("one\r\ntwo\rthree\nfour", "one\\ntwo\\nthree\\nfour"),
        ("bell\x07 and nul\x00", "bell and nul"),
        ("END:VEVENT\r\nBEGIN:VALARM", "END:VEVENT\\nBEGIN:VALARM"),
    ],
)
def test_a_text_cannot_end_its_value(typed: str, written: str) -> None:
    assert escaped(typed) == written


def test_a_name_with_line_breaks_stays_one_line() -> None:
    hostile = "x\r\nATTENDEE:mailto:a@b.example\r\n"
    lines = unfolded(calendar(hostile, hostile, [EVENT]))
    assert not [line for line in lines if line.startswith("ATTENDEE")]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_lines_are_short_and_characters_whole_whatever_is_written(text: str) -> None:
    value = escaped(text)
    file = folded(f"SUMMARY:{value}")
    assert file.endswith(b"\r\n")
    pieces = file[:-2].split(b"\r\n")
    assert all(len(piece) <= LINE_OCTETS for piece in pieces)
    assert [piece.decode() for piece in pieces]
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert file[:-2].replace(b"\r\n ", b"").decode() == f"SUMMARY:{value}"


def test_a_line_of_75_octets_is_left_whole_and_one_more_is_folded() -> None:
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"
    assert folded("é" * 40).split(b"\r\n")[0] == "é".encode() * 37
