"""Anybody may ask whether a report is ours; whoever brings no right fingerprint learns nothing at all."""

import hashlib
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import throttle
from assessments.models import Assessment, Submission
from assessments.services.withdrawing import withdraw_submission
from reports import views_verify
from reports.models import StoredReport
from tests.assessments import answering
from tests.people import Cast
from tests.reviews import reviewing

VERIFY = reverse("reports:verify")
SUBMITTED = "This is our report, as submitted"
REVIEWED = "This is our report, as reviewed"
ANSWERS = "These are our submitted answers"
NOT_OURS = "This is not a report of this portal, or it was changed"
NOT_A_PDF = "This is not a PDF. Choose the PDF of the report as you got it."
TYPED_WRONG = "Check that you typed reference and fingerprint"
PDF = b"%PDF-1.7 as we made it"


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    return reviewing.submitted(assessment, cast)


def page(answer: Any) -> str:
    return str(re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()))


def ask(client: Client, reference: str, fingerprint: str) -> str:
    return page(client.post(VERIFY, {"reference": reference, "fingerprint": fingerprint}))


def drop(client: Client, content: bytes, name: str = "report.pdf", **typed: str) -> str:
    return page(client.post(VERIFY, {"file": SimpleUploadedFile(name, content), **typed}))


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return found.group(1).strip() if found else ""


def store(submission: Submission, content: bytes = PDF, **more: Any) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    StoredReport.objects.create(
        submission=submission, form=StoredReport.Form.FULL, sha256=sha256, size=len(content), **more
    )


def close(submission: Submission, cast: Cast) -> None:
    reviewing.give(submission, "LEAD.1", cast.reviewer, "doing_well", "Seen")
    reviewing.close(submission, cast.reviewer)


def withdraw(submission: Submission, cast: Cast) -> Assessment:
    assessment = Assessment.objects.with_round().get(pk=submission.assessment_id)
    seat = answering.seat(cast.coordinator)
    withdraw_submission(assessment=assessment, number=submission.number, by=seat, arrived_at=timezone.now())
    return Assessment.objects.with_round().get(pk=assessment.pk)


# What it says


def test_reference_and_fingerprint_are_ours(submission: Submission, client: Client) -> None:
    assert heading(ask(client, submission.reference, submission.sha256)) == SUBMITTED


@pytest.mark.parametrize("typed", ["{upper}", "{groups}", "{lines}", "{sixteen}", "  {whole} "])
def test_it_may_be_typed_as_it_is_printed(submission: Submission, client: Client, typed: str) -> None:
    whole = submission.sha256
    forms = {
        "upper": whole.upper(),
        "groups": " ".join(re.findall("....", whole)),
        "lines": f"{whole[:32]}\r\n{whole[32:]}",
        "sixteen": whole[:16],
        "whole": whole,
    }
    said = ask(client, submission.reference.lower(), typed.format(**forms))
    assert heading(said) == SUBMITTED
    assert ("The first 16 of 64 marks" in said) == (typed == "{sixteen}")


def test_the_pdf_is_known_by_its_bytes(submission: Submission, client: Client) -> None:
    store(submission)
    said = drop(client, PDF)
    assert heading(said) == SUBMITTED
    assert "choose the PDF instead" not in said
    assert heading(drop(client, PDF + b" ")) == NOT_OURS


def test_the_json_inside_is_known_too(submission: Submission, client: Client) -> None:
    said = drop(client, submission.document.encode(), "submission.json")
    assert heading(said) == ANSWERS
    assert "They are unchanged since the partnership submitted them" in said


def test_withdrawn_answers_are_said_to_be(submission: Submission, cast: Cast, client: Client) -> None:
    withdraw(submission, cast)
    assert heading(drop(client, submission.document.encode())) == f"{ANSWERS}, but withdrawn"


@pytest.mark.parametrize("typed", ["2027 amber-valley 1", "2027–AMBER–VALLEY–1", " 2027 — Amber\u2011Valley - 1 "])
def test_a_reference_may_have_spaces_and_other_dashes(submission: Submission, client: Client, typed: str) -> None:
    said = ask(client, typed, submission.sha256)
    assert heading(said) == SUBMITTED
    assert f"the reference {submission.reference} with" in said


def test_the_answer_says_what_was_checked(client: Client, db: None) -> None:
    assert "the reference &lt;B&gt;2027&lt;/B&gt; with" in ask(client, "<b>2027</b>", "0" * 64)
    said = drop(client, b"%PDF-x", "<i>" + "x" * 200 + ".pdf")
    assert "the file “&lt;i&gt;x" in said
    assert "x" * 60 not in said


def test_the_file_counts_where_both_are_given(submission: Submission, client: Client) -> None:
    store(submission)
    said = drop(client, PDF, reference="2027-NOWHERE-1", fingerprint="not one")
    assert heading(said) == SUBMITTED
    assert "The PDF was compared; what was typed was not." in said
    assert "2027-NOWHERE-1" not in said
    assert "was typed was not" not in drop(client, PDF)
    said = drop(client, b"%PDF-x", reference=submission.reference, fingerprint=submission.sha256)
    assert heading(said) == NOT_OURS
    assert "The PDF was compared; what was typed was not." in said


def test_only_whoever_typed_is_told_to_look_at_the_typing(client: Client, db: None) -> None:
    assert TYPED_WRONG in ask(client, "2027-NOWHERE-1", "0" * 64)
    assert TYPED_WRONG not in drop(client, b"%PDF-x")


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"Hello", "notes.txt", NOT_A_PDF),
        (b"Hello", "report.pdf", NOT_A_PDF),
        (b"PK\x03\x04", "figures.xlsx", NOT_A_PDF),
        (b'{"a": 1}', "submission.json", NOT_A_PDF),
        (b"PK\x03\x04", "Report.DOCX", "A Word copy cannot be checked. Use the PDF."),
        (b"", "report.pdf", "The file is empty."),
    ],
)
def test_what_is_no_pdf_is_said_to_be_none(client: Client, db: None, content: bytes, name: str, why: str) -> None:
    said = drop(client, content, name)
    assert heading(said) == "Check a report"
    assert why in said


def test_a_closed_review_is_told_from_the_submission(submission: Submission, cast: Cast, client: Client) -> None:
    close(submission, cast)
    submission.refresh_from_db()
    store(submission, PDF)
    store(submission, b"%PDF-reviewed", reviewed=submission.reviewed)
    assert heading(ask(client, submission.reference, submission.reviewed.sha256)) == REVIEWED
    assert heading(ask(client, submission.reference, submission.sha256)) == SUBMITTED
    assert heading(drop(client, b"%PDF-reviewed")) == REVIEWED
    assert heading(drop(client, PDF)) == SUBMITTED
    assert heading(drop(client, submission.reviewed.document.encode())) == "This is our closed review"


def test_what_was_withdrawn_is_said_to_be(submission: Submission, cast: Cast, client: Client) -> None:
    withdraw(submission, cast)
    assert heading(ask(client, submission.reference, submission.sha256)) == f"{SUBMITTED}, but withdrawn"


def test_what_was_superseded_names_the_next(submission: Submission, cast: Cast, client: Client) -> None:
    again = answering.submit(withdraw(submission, cast), cast.coordinator)
    store(submission)
    superseded = f"{SUBMITTED}, but superseded by submission 2"
    assert heading(ask(client, submission.reference, submission.sha256)) == superseded
    assert heading(drop(client, PDF)) == superseded
    assert heading(ask(client, again.reference, again.sha256)) == SUBMITTED


def test_what_was_returned_and_sent_again_and_withdrawn_is_still_superseded(
    submission: Submission, cast: Cast, client: Client
) -> None:
    reviewing.send_back(submission, cast.reviewer, reason="Say more")
    again = reviewing.again(submission.assessment, cast, "LEAD.1", level="doing_well", reason="More")
    withdraw(again, cast)
    superseded = f"{SUBMITTED}, but superseded by submission 2"
    assert heading(ask(client, submission.reference, submission.sha256)) == superseded
    assert heading(ask(client, again.reference, again.sha256)) == f"{SUBMITTED}, but withdrawn"


def test_an_address_with_a_reference_fills_the_form_in_and_says_nothing(submission: Submission, client: Client) -> None:
    known = page(client.get(reverse("reports:verify_reference", args=[submission.reference])))
    unknown = page(client.get(reverse("reports:verify_reference", args=["2027-NOWHERE-1"])))
    assert f'value="{submission.reference}"' in known
    assert known.replace(submission.reference, "2027-NOWHERE-1") == unknown


# What it does not say


def wrong(sha256: str) -> str:
    return ("0" if sha256[0] != "0" else "1") + sha256[1:]


def test_an_unknown_reference_is_answered_as_a_wrong_fingerprint_is(submission: Submission, client: Client) -> None:
    answers = {
        ask(client, submission.reference, wrong(submission.sha256)),
        ask(client, submission.reference, submission.sha256[:63] + ("0" if submission.sha256[-1] != "0" else "1")),
        ask(client, "2027-NOWHERE-1", submission.sha256),
        ask(client, "2027-NOWHERE-1", "0" * 64),
        ask(client, submission.reference, "0" * 64),
    }
    assert {heading(answer) for answer in answers} == {NOT_OURS}
    # All that differs is what was typed.
    typed = r' value="[^"]*"|the reference [A-Z0-9-]+|\s+'
    assert len({re.sub(typed, "", answer) for answer in answers}) == 1


def test_both_take_the_same_work(submission: Submission, client: Client) -> None:
    asked = []
    for reference in (submission.reference, "2027-NOWHERE-1"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, reference, "0" * 64)
        asked.append([re.sub("2027-[A-Z-]+-1|tried:[^']*|'[0-9:. -]+'", "", each["sql"]) for each in queries])
    assert len(asked[0]) == len(asked[1])
    assert [sql for sql in asked[0] if "submission" in sql] == [sql for sql in asked[1] if "submission" in sql]


def test_a_fingerprint_that_was_not_stored_is_not_taken_for_none(submission: Submission, client: Client) -> None:
    # What stands in for a review that is not there must not be a key.
    assert heading(ask(client, submission.reference, "0" * 64)) == NOT_OURS
    assert heading(ask(client, "2027-NOWHERE-1", "0" * 16)) == NOT_OURS


def test_the_answer_tells_nothing_of_what_is_in_the_report(submission: Submission, client: Client) -> None:
    store(submission)
    asked = ask(client, submission.reference, submission.sha256).replace(submission.reference, "", 1)
    for said in (asked, drop(client, PDF)):
        for secret in (
            "Amber Valley",
            "AMBER",
            "2027",
            "East Midlands",
            "Some success",
            "Coordinator",
            "Local authority",
        ):
            assert secret not in said


def test_an_assessment_that_was_not_submitted_is_not_known(assessment: Assessment, client: Client) -> None:
    assert heading(ask(client, "2027-AMBER-VALLEY-1", "0" * 64)) == NOT_OURS


@pytest.mark.parametrize(
    "fingerprint", ["", "abc", "g" * 64, "a" * 15, "a" * 65, "' OR 1=1 --", "%" * 20, "a" * 16 + "\x00", "０" * 64]
)
def test_what_is_no_fingerprint_is_asked_for_again(submission: Submission, client: Client, fingerprint: str) -> None:
    said = ask(client, submission.reference, fingerprint)
    assert heading(said) == "Check a report"
    assert "There is a problem" in said


@pytest.mark.parametrize("fingerprint", ["g" * 64, "0x" + "a" * 62, "０" * 64])
def test_other_characters_are_named(client: Client, db: None, fingerprint: str) -> None:
    assert "Only digits and the letters a to f can be in it." in ask(client, "2027-AMBER-VALLEY-1", fingerprint)


def test_something_must_be_given(client: Client, db: None) -> None:
    assert "Choose the PDF, or enter reference and fingerprint" in ask(client, "", "")
    assert "Enter the reference" in ask(client, "", "a" * 64)
    assert "Enter the fingerprint" in ask(client, "2027-AMBER-VALLEY-1", "")


def test_a_file_that_is_too_large_is_refused_unread(client: Client, settings: Settings, db: None) -> None:
    settings.VERIFY_MAX_BYTES = 100
    assert "The limit is 0.0001 MB" in drop(client, b"x" * 101)


def test_nothing_is_kept_of_a_file(client: Client, db: None, settings: Settings) -> None:
    drop(client, b"%PDF-" + b"x" * 3_000_000)
    assert [path for path in settings.VAR_DIR.rglob("*") if path.is_file()] == []


def test_it_is_not_for_search_engines_or_caches(client: Client, submission: Submission) -> None:
    answer = client.post(VERIFY, {"reference": submission.reference, "fingerprint": submission.sha256})
    for each in (answer, client.get(VERIFY)):
        assert '<meta name="robots" content="noindex">' in each.content.decode()
        assert "no-store" in each["Cache-Control"]


def test_a_form_of_another_site_is_refused(submission: Submission) -> None:
    foreign = Client(enforce_csrf_checks=True)
    given = {"reference": submission.reference, "fingerprint": submission.sha256}
    assert foreign.post(VERIFY, given).status_code == 403


def test_whoever_tries_many_has_to_wait_and_others_need_not(
    submission: Submission, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_verify, "WRONG", throttle.Limit("verify", 3, 15 * 60))
    for number in range(3):
        ask(client, submission.reference, f"{number:064x}")
    answer = client.post(VERIFY, {"reference": submission.reference, "fingerprint": submission.sha256})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Wait 15 minutes" in answer.content.decode()
    given = {"reference": submission.reference, "fingerprint": submission.sha256}
    assert heading(page(client.post(VERIFY, given, REMOTE_ADDR="192.0.2.7"))) == SUBMITTED


def test_right_answers_and_the_same_mistake_again_are_not_counted(
    submission: Submission, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_verify, "WRONG", throttle.Limit("verify", 3, 15 * 60))
    for _ in range(5):
        ask(client, submission.reference, submission.sha256)
        ask(client, submission.reference, "0" * 64)
    assert heading(ask(client, submission.reference, submission.sha256)) == SUBMITTED
