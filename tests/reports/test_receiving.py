"""A submission of another portal is taken in whole or refused with a reason, and nothing that comes breaks the page."""

import hashlib
import io
import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from pytest_django.fixtures import Settings

from accounts.models import RegionalPost, User
from assessments import documents
from assessments.documents import Document, EvidenceEntry
from assessments.models import Assessment, Submission
from audit.models import Event
from hallmarks.models import Version
from reports import opening, pdf, receiving, take_out_answers
from reports.attaching import attached_to
from reports.models import ReceivedSubmission
from reports.refusing import NotTakenIn
from tests.people import Cast, Places
from tests.reports import frozen
from tests.reviews import reviewing

SignIn = Callable[[User | None], Client]
LIST = reverse("reports:received", args=["east-midlands"])
ADD = reverse("reports:received_add", args=["east-midlands"])
# What this page never is, whatever it is given.
BROKEN = 500


@pytest.fixture
def document(assessment: Assessment, cast: Cast) -> Document:
    return frozen.elsewhere(assessment, cast)


def drop(client: Client, content: bytes, name: str = "submission.json") -> str:
    """Send a file as the page does, and return the page after it."""
    answer = client.post(ADD, {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code < BROKEN
    page: str = answer.content.decode()
    return page


def refused(content: bytes) -> str:
    with pytest.raises(NotTakenIn) as caught:
        receiving.submission_of(content)
    return "\n".join(map(str, caught.value.problems))


# From one portal to the other


def test_the_json_is_taken_in_with_the_same_bytes_and_fingerprint(
    document: Document, sign_in: SignIn, cast: Cast
) -> None:
    page = drop(sign_in(cast.reviewer), frozen.as_json(document))
    (kept,) = ReceivedSubmission.objects.all()
    assert kept.document.encode() == frozen.as_json(document)
    assert kept.sha256 == hashlib.sha256(frozen.as_json(document)).hexdigest()
    assert "This portal did not check who it is from." in page
    assert kept.sha256 in page


def test_the_pdf_gives_the_same_as_the_json(document: Document, sign_in: SignIn, cast: Cast) -> None:
    there = Submission(document=documents.canonical(document), sha256="")
    report = pdf.run("<html lang=en><title>R</title><h1>R</h1></html>", "x", attached_to(there))
    drop(sign_in(cast.reviewer), report, "report.pdf")
    (kept,) = ReceivedSubmission.objects.all()
    assert kept.document.encode() == frozen.as_json(document)


def test_it_can_be_taken_away_again_to_the_letter(document: Document, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    drop(client, frozen.as_json(document))
    sha256 = ReceivedSubmission.objects.get().sha256
    answer = client.get(reverse("reports:received_json", args=["east-midlands", sha256]))
    assert answer.content == frozen.as_json(document)
    assert hashlib.sha256(answer.content).hexdigest() == sha256
    assert answer["Content-Disposition"] == 'attachment; filename="submission.json"'


def test_the_page_says_what_the_file_says_and_that_nobody_checked(
    document: Document, sign_in: SignIn, cast: Cast
) -> None:
    page = drop(sign_in(cast.reviewer), frozen.as_json(document))
    assert "Who it is from is what the file says; this portal did not check it." in page
    assert "https://other.example/verify/" in page
    assert 'href="https://other.example' not in page
    assert "One group since 2004" in page
    assert "Leaders give direction" in page


def test_nothing_in_it_becomes_a_link_or_markup(document: Document, sign_in: SignIn, cast: Cast) -> None:
    hostile = (EvidenceEntry("link", "<b>bold</b>", "javascript:alert(1)"), EvidenceEntry("file", "f", sha256="d" * 64))
    changed = with_first(document, evidence=hostile, reason="<script>alert(1)</script>")
    page = drop(sign_in(cast.reviewer), frozen.as_json(changed))
    assert "&lt;b&gt;bold" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "d" * 64 not in page


def with_first(document: Document, **changes: object) -> Document:
    first, *others = document.sections
    entry, *rest = first.criteria
    section = replace(first, criteria=(replace(entry, **changes), *rest))  # type: ignore[arg-type]
    return replace(document, sections=(section, *others))


def test_it_is_counted_nowhere_and_joined_to_nothing(document: Document, sign_in: SignIn, cast: Cast) -> None:
    before = Submission.objects.count()
    drop(sign_in(cast.reviewer), frozen.as_json(document))
    assert Submission.objects.count() == before
    event = Event.objects.get(kind="received_submission.taken_in")
    assert event.partnership == ""
    assert event.actor_id == cast.reviewer.pk
    assert event.after
    assert event.after["reference"] == "2027-FAR-AWAY-1"
    assert "Pat" not in event.actor_role


def test_the_same_file_twice_is_said_and_kept_once(document: Document, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    drop(client, frozen.as_json(document))
    assert "It was taken in already" in drop(client, frozen.as_json(document))
    assert ReceivedSubmission.objects.count() == 1
    assert Event.objects.filter(kind="received_submission.taken_in").count() == 1


def test_our_own_submission_is_not_taken_in(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    ours = reviewing.submitted(assessment, cast)
    assert "This was submitted on this portal" in drop(sign_in(cast.reviewer), ours.document.encode())
    assert not ReceivedSubmission.objects.exists()


def test_what_names_this_portal_and_was_never_submitted_here_was_changed(
    document: Document, sign_in: SignIn, cast: Cast, settings: Settings
) -> None:
    changed = frozen.as_json(replace(document, portal=settings.SITE_URL + "/"))
    assert "nothing that was submitted here reads so: it was changed" in drop(sign_in(cast.reviewer), changed)
    assert not ReceivedSubmission.objects.exists()


@pytest.mark.parametrize("portal", ["javascript:alert(1)", "data:text/html,x", "portal.example"])
def test_a_portal_is_named_by_a_web_address(document: Document, portal: str) -> None:
    assert "This is not a web address" in refused(frozen.as_json(replace(document, portal=portal)))


# Who may


def test_another_region_neither_sees_nor_adds(document: Document, sign_in: SignIn, cast: Cast) -> None:
    drop(sign_in(cast.reviewer), frozen.as_json(document))
    sha256 = ReceivedSubmission.objects.get().sha256
    client = sign_in(cast.reviewer_elsewhere)
    for name in ("received_submission", "received_json"):
        for region in ("east-midlands", "south-west"):
            assert client.get(reverse(f"reports:{name}", args=[region, sha256])).status_code == 404
    assert client.post(ADD, {"file": SimpleUploadedFile("a", frozen.as_json(document))}).status_code == 404
    assert client.get(LIST).status_code == 404


def test_whoever_only_reads_there_does_not_add(document: Document, sign_in: SignIn, cast: Cast) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(can_review=False)
    client = sign_in(cast.reviewer)
    assert "Take in a report" not in client.get(LIST).content.decode()
    assert client.post(ADD, {"file": SimpleUploadedFile("a", frozen.as_json(document))}).status_code == 403
    assert not ReceivedSubmission.objects.exists()


READERS = {
    "members of partnerships": "coordinator",
    "its Government Office": "reviewer",
    "another Government Office": "reviewer_elsewhere",
    "administrators": "administrator",
    "public": "visitor",
}
PARTS = {
    "words, levels and where it says it is from": "One group since 2004",
    "name of who took it in": "by Pat Reviewer",
}


def told() -> dict[str, dict[str, str]]:
    """Return what docs/who_sees_what.md says of these pages, by part and reader."""
    lines = (settings.BASE_DIR / "docs" / "who_sees_what.md").read_text().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("| part of a submission taken in "))
    heading, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start : start + 4]]
    return {part: dict(zip(heading[1:], cells, strict=True)) for part, *cells in rows}


def test_everybody_sees_what_the_table_says(document: Document, sign_in: SignIn, cast: Cast) -> None:
    drop(sign_in(cast.reviewer), frozen.as_json(document))
    sha256 = ReceivedSubmission.objects.get().sha256
    pages = (reverse(f"reports:received_{name}", args=["east-midlands", sha256]) for name in ("submission", "json"))
    addresses = [LIST, *pages]
    found: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for reader, name in READERS.items():
        client = sign_in(cast.everybody()[name])
        seen = b"".join(client.get(address).content for address in addresses).decode()
        for part, words in PARTS.items():
            found[part][reader] = "yes" if words in seen else "no"
    assert found == told()


# Criteria


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Another title"}, "Its title or statement is not worded"),
        ({"text": "Another statement"}, "Its title or statement is not worded"),
        ({"code": "LEAD.99"}, "The published set has no such criterion"),
        ({"number": 7}, "Its section, number, kind, scale or lineage"),
        ({"kind": "statutory"}, "Its section, number, kind, scale or lineage"),
        ({"lineage": "other"}, "Its section, number, kind, scale or lineage"),
        ({"indicators": ()}, "Its signs are not those"),
        ({"level": "brilliant"}, "“brilliant” is none of its levels"),
        ({"level": ""}, "“” is none of its levels"),
        ({"does_not_apply": True}, "is none of its levels"),
        ({"scale": "made-up"}, "Its scale is not among the scales of the file"),
    ],
)
def test_it_must_answer_our_criteria_to_the_letter(document: Document, changes: dict[str, object], words: str) -> None:
    assert words in refused(frozen.as_json(with_first(document, **changes)))


def test_a_criterion_answered_twice_is_named(document: Document) -> None:
    first, *others = document.sections
    doubled = replace(first, criteria=(*first.criteria, first.criteria[0]))
    assert "It is answered twice" in refused(frozen.as_json(replace(document, sections=(doubled, *others))))


def test_no_answers_are_no_submission(document: Document) -> None:
    assert "No criterion is answered" in refused(frozen.as_json(replace(document, sections=())))


def test_levels_called_otherwise_are_named(document: Document) -> None:
    first, *others = document.scales
    top = replace(first.levels[-1], name="Perfect")
    scales = (replace(first, levels=(*first.levels[:-1], top)), *others)
    assert "Its levels are not those" in refused(frozen.as_json(replace(document, scales=scales)))


def test_unknown_criteria_are_refused_with_the_remedy(document: Document) -> None:
    unknown = replace(document, criteria=replace(document.criteria, version="of-2099", title="Hallmarks of 2099"))
    said = refused(frozen.as_json(unknown))
    assert "This portal does not have “Hallmarks of 2099”" in said
    assert "Ask an administrator to load and publish it first" in said


def test_a_draft_of_those_criteria_is_not_enough(document: Document) -> None:
    unpublished = replace(document, criteria=replace(document.criteria, version="draft"))
    Version.objects.create(framework=Version.objects.get().framework, slug="draft", title="Draft", source="A")
    assert "This portal does not have" in refused(frozen.as_json(unpublished))


# What is no submission


DEEP = b'{"schema":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"   ", "It is empty"),
        (b"hello", "neither a PDF nor JSON"),
        (b"{", "neither a PDF nor JSON"),
        (b'{"schema":', "neither a PDF nor JSON"),
        ("{}".encode("utf-16"), "This is not UTF-8"),
        (b'{"schema":"\xff"}', "This is not UTF-8"),
        (b"[]", "It is JSON, but no submission"),
        (b'"text"', "It is JSON, but no submission"),
        (b"{}", "does not say which schema"),
        (b'{"schema":1}', "does not say which schema"),
        (b'{"schema":"cdrp-portal/submission/2"}', "this portal reads “cdrp-portal/submission/1”"),
        (b'{"schema":"cdrp-portal/review/1"}', "this portal reads “cdrp-portal/submission/1”"),
        (b'{"schema":"cdrp-portal/submission/1"}', "“reference” is missing"),
        (b'{"schema":"a","schema":"cdrp-portal/submission/1"}', "“schema” is given twice"),
        (b'{"schema":"cdrp-portal/submission/1","number":' + b"9" * 50_000 + b"}", "A number has 50000 digits"),
        (b'{"schema":"cdrp-portal/submission/1","number":NaN}', "NaN is not a number"),
        (b'{"schema":"cdrp-portal/submission/1","number":1e999}', "not a whole number"),
        (DEEP, "nested more than 12 deep"),
        (b"[" * 1_000_000, "nested more than 12 deep"),
        (b'{"a":"' + b'\\"' * 1_000_000, "neither a PDF nor JSON"),
        (b'{"schema":"' + b"a" * 5_000_001 + b'"}', "The limit is 5 MB"),
    ],
)
def test_what_is_no_submission_is_told_why(content: bytes, words: str, db: None) -> None:
    assert words in refused(content)


@pytest.mark.parametrize("text", ["\ud800", "half \udc00", "nul \x00", "bell \x07", "\x7f"])
def test_signs_that_no_text_has_are_refused(document: Document, text: str) -> None:
    value = json.loads(documents.canonical(document)) | {"submitted_by": text}
    content = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    assert "It holds characters that no text has" in refused(content)


@pytest.mark.parametrize("text", ["Ynys Môn", "\U0001f600 \u2028 \u202e", "tab\tline\nend"])
def test_signs_that_texts_have_are_kept(document: Document, text: str) -> None:
    changed = replace(document, submitted_by=text)
    assert receiving.submission_of(frozen.as_json(changed)).document.submitted_by == text


def test_another_way_to_write_the_same_is_refused(document: Document) -> None:
    spaced = json.dumps(json.loads(documents.canonical(document)), indent=1).encode()
    assert "not written as portals write it" in refused(spaced)
    assert "This is neither" in refused(b"\xef\xbb\xbf" + frozen.as_json(document))


def test_every_problem_is_shown_at_its_place_and_nothing_is_kept(
    document: Document, sign_in: SignIn, cast: Cast
) -> None:
    value = json.loads(documents.canonical(document)) | {"number": "one", "reference": 7, "round": []}
    page = drop(sign_in(cast.reviewer), json.dumps(value).encode())
    for place in ("number", "reference", "round"):
        assert f">{place}</th>" in page
    assert "Nothing was kept, and nothing else changed." in page
    assert not ReceivedSubmission.objects.exists()


def test_a_file_must_be_chosen_and_may_not_be_too_large(sign_in: SignIn, cast: Cast, settings: Settings) -> None:
    settings.RECEIVED_MAX_PDF_BYTES = 1_000
    client = sign_in(cast.reviewer)
    assert "Choose a file" in client.post(ADD, {}).content.decode()
    assert "The limit is 0.001 MB" in drop(client, b"%PDF-" + b"x" * 2_000, "a.pdf")


# Hostile PDFs


def test_a_pdf_without_a_submission_is_told_apart_from_one_with_two(document: Document) -> None:
    one = frozen.as_json(document)
    assert "it has no attachment called submission.json" in refused(frozen.pdf_with())
    assert "it has no attachment called submission.json" in refused(frozen.pdf_with(("other.json", one)))
    doubled = frozen.pdf_with(("submission.json", one), ("submission.json", b"{}"))
    assert "More than one attachment is called submission.json" in refused(doubled)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-" + b"\x00" * 5_000, b"%PDF-1.7\n" + b"<<" * 200_000])
def test_a_broken_pdf_is_told(content: bytes) -> None:
    said = refused(content)
    assert "It cannot be read" in said or "Opening it takes more time" in said


def test_a_pdf_with_a_password_is_told(document: Document) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(frozen.pdf_with(("submission.json", frozen.as_json(document))))))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    assert "it needs a password" in refused(held.getvalue())


def bomb(unpacked: int) -> bytes:
    """Return a PDF whose submission is tiny until it is unpacked."""
    squeezed = zlib.compress(b" " * unpacked, 9)
    plain = frozen.pdf_with(("submission.json", b"MARK"))
    assert len(squeezed) < unpacked // 500
    reader = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    for each in reader._objects:
        if isinstance(each, StreamObject) and each.get("/Type") == "/EmbeddedFile":
            each._data = squeezed
            each[NameObject("/Filter")] = NameObject("/FlateDecode")
    held = io.BytesIO()
    reader.write(held)
    return held.getvalue()


@pytest.mark.parametrize("unpacked", [6_000_000, 400_000_000])
def test_a_bomb_in_a_pdf_ends_its_own_process_and_no_other(unpacked: int) -> None:
    assert "larger than 5 MB" in refused(bomb(unpacked))


def test_a_pdf_gets_no_more_memory_than_it_may_have(settings: Settings) -> None:
    settings.RECEIVED_MAX_MEMORY_MB = 40
    assert "Opening it takes more time or memory than it may" in refused(b"%PDF-" + b"x" * 60_000_000)


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(command: list[str], **options: object) -> None:
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", slow)
    assert "Opening it takes more time" in refused(b"%PDF-1.7")


def test_the_process_that_opens_pdfs_has_limits_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def look(command: list[str], **options: object) -> "subprocess.CompletedProcess[bytes]":
        seen.update(options, command=command)
        return subprocess.CompletedProcess(command, take_out_answers.NONE_INSIDE, b"", b"")

    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setattr(subprocess, "run", look)
    with pytest.raises(NotTakenIn):
        opening.submission_in(b"%PDF-")
    assert not any("secret" in value for value in dict(seen["env"]).values())  # type: ignore[call-overload]
    assert list(map(str, seen["command"]))[3:] == ["10", "512", "5000000"]  # type: ignore[call-overload]


def test_it_knows_nothing_of_django() -> None:
    look = "import sys; from reports import take_out; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], cwd=settings.BASE_DIR, check=True, capture_output=True)
    assert done.stdout.strip() == b"False"


# The list


def test_the_list_says_what_came_and_has_pages(document: Document, sign_in: SignIn, cast: Cast, places: Places) -> None:
    text = documents.canonical(document)
    ReceivedSubmission.objects.bulk_create(
        ReceivedSubmission(
            region=places.east_midlands,
            document=text,
            sha256=f"{number:064x}",
            received_by=cast.reviewer,
            received_at=document.submitted_at,
        )
        for number in range(30)
    )
    client = sign_in(cast.administrator)
    page = client.get(LIST).content.decode()
    assert page.count("2027-FAR-AWAY-1</td>") == 25
    assert client.get(LIST, {"page": "2"}).content.decode().count("2027-FAR-AWAY-1</td>") == 5
    assert "Take in a report" not in page


def test_an_empty_list_says_so(sign_in: SignIn, cast: Cast) -> None:
    assert "Nothing has been taken in for this region." in sign_in(cast.reviewer).get(LIST).content.decode()
