"""What a failure to send means, and that its words name no machine and nobody's address."""

import smtplib

import pytest

from outbox.failures import LONGEST, Verdict, of_the_mail, of_the_way, without_names

REPLY = b"5.1.1 <pat@portal.test>: Recipient address rejected: User unknown"


def refused(code: int, reply: bytes = REPLY) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"pat@portal.test": (code, reply)})


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (refused(550), Verdict.NEVER),
        (refused(450, b"4.2.0 Greylisted"), Verdict.LATER),
        (smtplib.SMTPDataError(554, b"5.7.1 Spam"), Verdict.NEVER),
        (smtplib.SMTPDataError(451, b"4.3.0 Try again"), Verdict.LATER),
        (smtplib.SMTPSenderRefused(550, b"Who is that?", "portal@localhost"), Verdict.LATER),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), Verdict.NEVER),
        (ValueError("Header values can't contain newlines"), Verdict.NEVER),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), Verdict.UNKNOWN),
        (TimeoutError("timed out"), Verdict.UNKNOWN),
        (ConnectionResetError(104, "Connection reset by peer"), Verdict.UNKNOWN),
    ],
)
def test_a_server_that_answered_did_not_take_it_and_a_broken_line_tells_nothing(
    error: Exception, verdict: Verdict
) -> None:
    failure = of_the_mail(error)
    assert (failure.verdict, failure.is_general) == (verdict, False)
    assert failure.words


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(111, "Connection refused"), smtplib.SMTPAuthenticationError(535, b"5.7.8 no")]
)
def test_where_the_server_is_not_reached_every_mail_waits(error: Exception) -> None:
    failure = of_the_way(error)
    assert (failure.verdict, failure.is_general) == (Verdict.LATER, True)
    assert "111" not in failure.words


def test_the_servers_own_words_are_kept_without_names() -> None:
    words = of_the_mail(refused(550)).words
    assert words == "The mail server refused the address: 550 5.1.1 … Recipient address rejected: User unknown"


@pytest.mark.parametrize(
    "name",
    [
        "mail-7.internal.example.gov.uk",
        "10.0.0.17",
        "[192.168.4.2]",
        "fe80::1ff:fe23:4567:890a",
        "pat@portal.test",
        "<pat@portal.test>",
        "https://mail.example.com/why?id=7",
        "/var/spool/postfix",
    ],
)
def test_names_of_machines_and_people_are_left_out(name: str) -> None:
    assert without_names(f"5.7.1 Refused by {name}\r\n for now") == "5.7.1 Refused by … for now"


def test_a_long_reply_is_cut() -> None:
    words = of_the_mail(refused(550, b"no " * 500)).words
    assert (len(words), words[-1]) == (LONGEST, "…")
