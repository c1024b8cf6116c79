"""Write an iCalendar file (RFC 5545): days in, text out; a library would be larger than what is needed of it."""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE_OCTETS = 75
# How often a program should read the calendar again (RFC 7986, 5.7, and the name that older ones know).
ASK_AGAIN_AFTER = "PT6H"
SPECIAL = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True)
class Event:
    """Something on one whole day; the same `uid` with a higher `sequence` replaces what a calendar has."""

    uid: str
    day: datetime.date
    summary: str
    description: str
    url: str
    changed_at: datetime.datetime
    sequence: int


def calendar(name: str, product: str, events: Iterable[Event]) -> bytes:
    """Return the file; `product` names the program that writes it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escaped(product)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN_AFTER}",
        f"X-PUBLISHED-TTL:{ASK_AGAIN_AFTER}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """Return text as a value: its own commas, semicolons and line breaks cannot end it, control characters go."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in plain if char in "\n\t" or unicodedata.category(char) != "Cc")
    return "".join(SPECIAL.get(char, char) for char in kept)


def folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, no character cut in two, each piece ended by CR LF."""
    pieces = [b""]
    for char in line:
        octets = char.encode()
        if len(pieces[-1]) + len(octets) > LINE_OCTETS:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.changed_at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + datetime.timedelta(days=1):%Y%m%d}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
