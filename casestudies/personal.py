"""Find what may tell of a person in a text that is about to be published; a warning, never a refusal.

Texts are folded first (wide digits, odd spaces and dashes, hidden marks), so that what is shown may differ from what
was typed in such characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BIRTH = "date_of_birth"
    INSURANCE = "national_insurance"
    MAILBOX = "own_mailbox"


LABELS: Mapping[Kind, Promise] = {
    Kind.EMAIL: _("Email address"),
    Kind.PHONE: _("Phone number"),
    Kind.POSTCODE: _("Postcode"),
    Kind.BIRTH: _("Full date, which may be a date of birth"),
    Kind.INSURANCE: _("National Insurance number"),
    Kind.MAILBOX: _("Mailbox that may be one person’s own"),
}


@dataclass(frozen=True)
class Finding:
    """A few words of one field that may tell of a person."""

    kind: Kind
    field: str
    words: str

    @property
    def label(self) -> Promise:
        """What was found, in words."""
        return LABELS[self.kind]


def findings(texts: Iterable[tuple[str, str]], *, year: int) -> tuple[Finding, ...]:
    """Return what may tell of a person in the texts of these fields, each wording once a field.

    `year` is when the work began: a full date some years before that is more likely a birth than a meeting.
    """
    found = (finding for field, text in texts for finding in _in_one(field, folded(text), year))
    return tuple(dict.fromkeys(found))


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """Return how many there are of each kind: all that the audit trail keeps of them."""
    counts: dict[str, int] = {}
    for finding in found:
        counts[finding.kind.value] = counts.get(finding.kind.value, 0) + 1
    return counts


def folded(text: str) -> str:
    """Return the text with wide forms, odd spaces and dashes made plain ones, and without marks that cannot be seen."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    return "".join(char for char in plain if unicodedata.category(char) != "Cf")


DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212], "-")


def _in_one(field: str, text: str, year: int) -> Iterator[Finding]:
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield Finding(kind, field, " ".join(match[0].split()))
    for words in _births(text, year):
        yield Finding(Kind.BIRTH, field, words)


# Every repetition is bounded, so that no text however odd takes long.
PATTERNS: Mapping[Kind, re.Pattern[str]] = {
    Kind.EMAIL: re.compile(
        r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)(?:[\w-]{1,63}\.){1,8}\w{2,24}",
        re.IGNORECASE,
    ),
    Kind.PHONE: re.compile(
        r"(?<![\d+])(?:(?:\+|00)44[\s.-]{0,2}(?:\(0\)[\s.-]{0,2})?|\(?0)[1-35-9]"
        r"(?:[\s().-]{0,2}\d){8,9}(?!\d)",
        re.ASCII,
    ),
    Kind.POSTCODE: re.compile(
        r"(?<![A-Z0-9])(?:GIR|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
        r"\s{0,2}\d[ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])",
        re.IGNORECASE | re.ASCII,
    ),
    Kind.INSURANCE: re.compile(
        r"(?<![A-Z0-9])[A-Z]{2}(?:[\s.-]{0,2}\d\d){3}[\s.-]{0,2}[A-D](?![A-Z0-9])",
        re.IGNORECASE | re.ASCII,
    ),
}

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"(?<![\d/.-])(?:{DAY}(?:st|nd|rd|th)?[\s,./-]{{1,2}}(?:of\s)?{MONTH}[\s,./-]{{1,2}}(?:{YEAR}|\d\d)"
    rf"|{MONTH}\s{DAY}(?:st|nd|rd|th)?[\s,]{{1,2}}{YEAR}"
    rf"|{DAY}\s?([./-])\s?(?:0?[1-9]|1[0-2])\s?\1\s?(?:{YEAR}|\d\d)"
    rf"|{YEAR}-(?:0[1-9]|1[0-2])-{DAY})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
YEAR_OF_DATE = re.compile(r"(?:19|20)\d\d|\d\d$")
BORN = re.compile(r"\b(?:born|birth|d\.?\s?o\.?\s?b)\b", re.IGNORECASE)
BEFORE_A_BIRTH = 40
LIKELY_AGE = 5


def _births(text: str, year: int) -> Iterator[str]:
    for match in DATE.finditer(text):
        said_so = BORN.search(text, max(0, match.start() - BEFORE_A_BIRTH), match.start())
        if said_so or _year_of(match[0], year) <= year - LIKELY_AGE:
            yield " ".join(match[0].split())


def _year_of(date: str, year: int) -> int:
    digits = YEAR_OF_DATE.findall(date)[-1]
    if len(digits) == 4:
        return int(digits)
    century = year // 100 * 100
    return century + int(digits) if int(digits) <= year % 100 else century - 100 + int(digits)


ROLES = """
admin antisocial antisocialbehaviour asb business care cdrp centre city community communities contact coordinator
council county crime csp customer desk disorder district domestic drug drugs duty enquiries enquiry fire force forum
group health help helpdesk home housing info information intelligence licensing mail mailbox manager neighbourhood
neighbourhoods office officer offending partner partners partnership partnerships police post press prevention
probation problem reception reduction response safe safer safety schools service services staff strategy substance
support team teams town trading traffic unit victim victims ward wardens watch young youth
"""
ROLE_WORDS = frozenset(ROLES.split())
# Of these no partnership runs the mailboxes of its roles.
HOSTS = """
aol.com btinternet.com gmail.com googlemail.com hotmail.co.uk hotmail.com icloud.com live.co.uk live.com me.com msn.com
outlook.com sky.com talktalk.net virginmedia.com yahoo.co.uk yahoo.com
"""
PRIVATE_HOSTS = frozenset(HOSTS.split())
TWO_NAMES = re.compile(r"[a-z'-]{1,40}[._][a-z'-]{2,40}\d{0,4}")


def looks_like_one_persons(mailbox: str) -> bool:
    """Say whether an address reads like a person's own: first.last@, or any with a host of private mail."""
    name, _at, host = folded(mailbox).casefold().rpartition("@")
    if host in PRIVATE_HOSTS:
        return True
    parts = set(re.split(r"[._-]", name.rstrip("0123456789")))
    return bool(TWO_NAMES.fullmatch(name)) and not parts & ROLE_WORDS
