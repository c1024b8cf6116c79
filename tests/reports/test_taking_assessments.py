"""One assessment and one round to take away: complete for those who may read it, and not a word more."""

import datetime
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Assessment, ReviewedSubmission, Round, Submission
from partnerships.models import Partnership
from reports import package_forms
from tests.assessments import acting, answering, deciding, front_line, giving
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.taking import address, content_of, files_of, rows_of, sheets_of, tables_of
from tests.reviews import reviewing
from tests.test_who_sees_what import TEXTS, World, answer, expected, follow, review

SignIn = Callable[[User | None], Client]
OWN = ("assessment.zip", "assessment.xlsx", "assessment.json", "draft.docx")
SUBMITTED = ("submitted.zip", "submitted.xlsx", "submitted.json", "submission.json", "report.docx")
FORMULA = '=HYPERLINK("https://evil.example/","x")'


@pytest.fixture
def submitted(assessment: Assessment, cast: Cast) -> Submission:
    """Amber Valley's answers with a text of every kind, submitted; an action begun after that."""
    answer(World(), assessment, cast)
    submission: Submission = answering.submit(assessment, cast.coordinator)
    acting.act(submission.assessment, cast.officer, text=TEXTS["action begun after submitting"])
    return submission


@pytest.fixture
def closed(submitted: Submission, cast: Cast) -> Submission:
    """The same, reviewed; and an action made of the recommendation."""
    review(World(), submitted, cast)
    reviewing.close(submitted, cast.reviewer)
    follow(submitted, cast)
    return submitted


def said_in(client: Client, name: str) -> set[str]:
    """Return which of the texts stand in a file."""
    text = content_of(client, address(name)).decode()
    return {field for field, words in TEXTS.items() if words in text}


def told_to(reader: str, state: str) -> set[str]:
    return {field for field in TEXTS if expected(field, state).get(reader) == "yes"}


# What is in it


def test_members_take_all_that_they_may_read(closed: Submission, sign_in: SignIn, cast: Cast) -> None:
    told = told_to("own members", "review closed")
    assert told >= {"view", "progress note on an action", "reviewer's reason", "summary"}
    assert said_in(sign_in(cast.viewer), "assessment.json") == told


def test_an_office_takes_all_that_it_may_read(closed: Submission, sign_in: SignIn, cast: Cast) -> None:
    told = told_to("its Government Office", "review closed")
    for person in (cast.reviewer, cast.administrator):
        assert said_in(sign_in(person), "submitted.json") == told


def test_while_a_review_is_open_a_partnership_has_its_questions_alone(
    submitted: Submission, sign_in: SignIn, cast: Cast
) -> None:
    review(World(), submitted, cast)
    for name in ("assessment.json", "submitted.json"):
        tables = tables_of(sign_in(cast.coordinator), address(name))
        assert [row["text"] for row in tables["questions"]] == [TEXTS["question"]]
        for table in ("reviews", "review_levels", "recommendations"):
            assert tables[table] == []
    office = tables_of(sign_in(cast.reviewer), address("submitted.json"))
    assert [row["state"] for row in office["reviews"]] == ["Open"]
    assert [row["reason"] for row in office["review_levels"]] == [TEXTS["reviewer's reason"]]
    assert [row["text"] for row in office["recommendations"]] == [TEXTS["recommendation"]]


def test_what_was_sent_back_says_why(submitted: Submission, sign_in: SignIn, cast: Cast) -> None:
    reviewing.send_back(submitted, cast.reviewer, reason=TEXTS["reason for returning"])
    for person, name in ((cast.viewer, "assessment.json"), (cast.reviewer, "submitted.json")):
        (row,) = tables_of(sign_in(person), address(name))["reviews"]
        assert (row["state"], row["return_reason"]) == ("Returned", TEXTS["reason for returning"])


def test_an_answer_is_told_with_its_level_in_full(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="We meet", indicators={1: "yes"})
    tables = tables_of(sign_in(cast.viewer), address("assessment.json"))
    (row,) = tables["answers"]
    assert (row["criterion"], row["position"], row["level"]) == ("LEAD.1", 2, "Some success")
    assert (row["reason"], row["submission"], row["changed_for"]) == ("We meet", None, "Local authority")
    assert [(row["number"], row["answer"]) for row in tables["sign_answers"]] == [(1, "yes")]
    assert tables["assessment"][0]["state"] == "Draft"


def test_what_a_meeting_decided_is_told_with_dissent(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    deciding.decide(
        assessment,
        "LEAD.1",
        cast.coordinator,
        level="doing_well",
        reason="As agreed",
        present=("Police force", "Local authority"),
        dissent="The police saw less",
    )
    (row,) = tables_of(sign_in(cast.viewer), address("assessment.json"))["decisions"]
    assert (row["level"], row["reason"], row["dissent"]) == ("Doing well", "As agreed", "The police saw less")
    assert row["present"] == "Local authority; Police force"


def test_the_submissions_document_is_byte_for_byte(closed: Submission, sign_in: SignIn, cast: Cast) -> None:
    closed.refresh_from_db()
    for person in (cast.viewer, cast.reviewer, cast.administrator):
        content = content_of(sign_in(person), address("submission.json"))
        assert content == closed.document.encode()
        assert hashlib.sha256(content).hexdigest() == closed.sha256
    reviewed = ReviewedSubmission.objects.get(submission=closed)
    content = content_of(sign_in(cast.viewer), address("review.json"))
    assert hashlib.sha256(content).hexdigest() == reviewed.sha256


def test_a_document_is_not_sent_again(submitted: Submission, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    tag = client.get(address("submission.json"))["ETag"]
    assert client.get(address("submission.json"), headers={"If-None-Match": tag}).status_code == 304


def test_an_earlier_submission_has_files_of_its_own(submitted: Submission, sign_in: SignIn, cast: Cast) -> None:
    reviewing.send_back(submitted, cast.reviewer)
    later = reviewing.again(submitted.assessment, cast, "LEAD.1", level="doing_well", reason="Now better")
    client = sign_in(cast.reviewer)
    for number, reason in (("1", TEXTS["reason"]), (str(later.number), "Now better")):
        tables = tables_of(client, address("submitted.json"), number=number)
        assert [row["reason"] for row in tables["answers"] if row["criterion"] == "LEAD.1"] == [reason]
        assert [row["number"] for row in tables["submissions"]] == [1, 2]
    assert client.get(address("submitted.json"), {"number": "x"}).status_code == 404


# Views and the front line


def test_before_the_reveal_a_view_is_in_no_file(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    giving.give(assessment, cast.viewer, comment="Canary of a private view")
    giving.give(assessment, cast.colleague, level=3, comment="Another canary of a view")
    for person in (cast.viewer, cast.coordinator):
        client = sign_in(person)
        assert b"anary of a" not in content_of(client, address("assessment.json"))
        tables = tables_of(client, address("assessment.json"))
        assert (tables["views"], tables["view_comments"]) == ([], [])
        for files in (files_of(client, address(name)) for name in ("assessment.zip", "assessment.xlsx", "draft.docx")):
            assert not any(b"anary of a" in content for content in files.values())


def test_after_the_reveal_views_are_those_of_agencies(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    giving.give(assessment, cast.viewer, comment="We do")
    giving.give(assessment, cast.colleague, level=3)
    giving.give(assessment, giving.make_member(assessment, "third", "Probation"))
    services.reveal_views(assessment=assessment, by=answering.seat(cast.coordinator), arrived_at=timezone.now())
    tables = tables_of(sign_in(cast.viewer), address("assessment.json"))
    assert {row["agency"] for row in tables["views"]} == {"Local authority", "Police force", "Probation"}
    assert [row["comment"] for row in tables["view_comments"]] == ["We do"]
    said = json.dumps(tables)
    assert [person.name for person in User.objects.all() if person.name in said] == []


def test_the_front_lines_sums_are_told_once_they_may_be(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    survey = front_line.open_check(assessment, cast.coordinator)
    for _each in range(5):
        front_line.answer(survey, LEAD_1="doing_well")
    tables = tables_of(sign_in(cast.viewer), address("assessment.json"))
    assert [row["answers"] for row in tables["front_line_check"]] == [None]
    assert tables["front_line"] == []
    survey.closed_at = timezone.now() - datetime.timedelta(hours=1)
    survey.save(update_fields=["closed_at"])
    tables = tables_of(sign_in(cast.viewer), address("assessment.json"))
    assert [row["answers"] for row in tables["front_line_check"]] == [5]
    assert {row["level"]: row["answers"] for row in tables["front_line"]}["Doing well"] == 5


# Who


def test_nobody_else_gets_a_draft(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="A draft")
    for person in (cast.neighbour, cast.stranger, cast.former, cast.reviewer, cast.administrator):
        client = sign_in(person)
        assert {client.get(address(name)).status_code for name in (*OWN, *SUBMITTED)} == {404}
        package: Any = client.get("/compare/2027/package.json")
        assert package.status_code == 404 or b"A draft" not in b"".join(package.streaming_content)


def test_what_was_submitted_is_for_its_own_region(submitted: Submission, sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.neighbour, cast.stranger, cast.former, cast.reviewer_elsewhere):
        client = sign_in(person)
        assert {client.get(address(name)).status_code for name in SUBMITTED} == {404}
    client = sign_in(cast.reviewer)
    assert {client.get(address(name)).status_code for name in SUBMITTED} == {200}
    # Between two submissions a partnership writes again, and that is its own.
    assert {client.get(address(name)).status_code for name in OWN} == {404}


def test_there_is_no_review_to_take_before_it_is_closed(submitted: Submission, sign_in: SignIn, cast: Cast) -> None:
    review(World(), submitted, cast)
    for person in (cast.viewer, cast.reviewer):
        client = sign_in(person)
        assert {client.get(address(name)).status_code for name in ("review.json", "reviewed-report.docx")} == {404}


# A round


@pytest.mark.parametrize("form", ["zip", "json", "xlsx"])
def test_a_region_is_taken_with_reasons_and_another_without(
    closed: Submission, sign_in: SignIn, cast: Cast, form: str
) -> None:
    url = f"/compare/2027/package.{form}"
    client, told = sign_in(cast.reviewer), told_to("its Government Office", "review closed")
    said = _words(client, url, form)
    assert {field for field, words in TEXTS.items() if words in said} == told
    assert "Local authority" in said
    elsewhere = _words(sign_in(cast.reviewer_elsewhere), url, form)
    assert [words for words in TEXTS.values() if words in elsewhere] == []
    assert "amber-valley" not in elsewhere


def _words(client: Client, url: str, form: str) -> str:
    if form == "json":
        return content_of(client, url).decode()
    return "".join(content.decode("utf-8", "replace") for content in files_of(client, url).values())


def test_a_submission_that_is_gone_is_listed_and_its_answers_are_not(
    submitted: Submission, sign_in: SignIn, cast: Cast
) -> None:
    reviewing.send_back(submitted, cast.reviewer)
    later = reviewing.again(submitted.assessment, cast, "LEAD.1", level="doing_well", reason="Now better")
    tables = tables_of(sign_in(cast.reviewer), "/compare/2027/package.json")
    assert [row["is_current"] for row in tables["submissions"]] == [False, True]
    assert {row["submission"] for row in tables["answers"]} == {later.reference}


def test_all_forms_hold_the_same(closed: Submission, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    tables = tables_of(client, address("assessment.json"))
    files = files_of(client, address("assessment.zip"))
    sheets = sheets_of(client, address("assessment.xlsx"))
    assert {f"{name}.csv" for name in tables} == set(files) - {"README.txt", "datapackage.json"}
    titles = {each["name"]: each["title"] for each in json.loads(files["datapackage.json"])["resources"]}
    for name, rows in tables.items():
        assert [list(row) for row in rows[:1]] == [list(row) for row in rows_of(files[f"{name}.csv"])[:1]]
        assert len(rows) == len(rows_of(files[f"{name}.csv"])) == len(sheets[titles[name]]) - 1
    for name in ("answers", "evidence", "actions", "submissions"):
        header, *cells = sheets[titles[name]]
        for row, line, written in zip(tables[name], cells, rows_of(files[f"{name}.csv"]), strict=True):
            assert list(header) == list(row)
            assert {key: value for key, value in row.items() if isinstance(value, str)} == {
                key: str(written[key]) for key, value in row.items() if isinstance(value, str)
            }
            numbers = [value for value in row.values() if isinstance(value, int) and not isinstance(value, bool)]
            assert [value for value in line if isinstance(value, int)] == numbers


# Spreadsheets


def test_no_cell_can_start_a_formula(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason=FORMULA)
    acting.act(assessment, cast.officer, text="+1 patrol")
    client = sign_in(cast.officer)
    files = files_of(client, address("assessment.zip"))
    assert {row["reason"] for row in rows_of(files["answers.csv"])} >= {f"'{FORMULA}"}
    assert [row["text"] for row in rows_of(files["actions.csv"])] == ["'+1 patrol"]
    workbook = files_of(client, address("assessment.xlsx"))
    assert not any(b"<f>" in content or b"<hyperlink" in content for content in workbook.values())
    assert any(row[7] == FORMULA for row in sheets_of(client, address("assessment.xlsx"))["Answers"])
    assert tables_of(client, address("assessment.json"))["answers"][0]["reason"] == FORMULA


def test_days_are_days_and_made_up_data_say_so_in_every_row(
    submitted: Submission, round_: Round, sign_in: SignIn, cast: Cast
) -> None:
    Round.objects.filter(pk=round_.pk).update(is_demonstration=True)
    sheets = sheets_of(sign_in(cast.viewer), address("assessment.xlsx"))
    assert ["Demonstration data"] in [row[:1] for row in sheets["Read me"]]
    header, *rows = sheets["Improvement actions"]
    assert {type(row[header.index("due_on")]) for row in rows} == {datetime.datetime}
    header, *rows = sheets["Submissions"]
    assert {type(row[header.index("submitted_at")]) for row in rows} == {datetime.datetime}
    assert {row[header.index("is_current")] for row in rows} == {"Yes"}
    for title, (_header, *cells) in sheets.items():
        if title not in ("Read me", "Columns"):
            assert {row[0] for row in cells} <= {"Demonstration data"}, title


def test_a_table_longer_than_a_sheet_goes_on_in_another(
    submitted: Submission, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_forms, "ROWS_A_SHEET", 3)
    sheets = sheets_of(sign_in(cast.viewer), address("assessment.xlsx"))
    assert (len(sheets["Answers"]), len(sheets["Answers 2"])) == (4, 2)
    # One without rows is there all the same, with its headings.
    assert len(sheets["Arrived too late"]) == 1


def test_hostile_texts_are_held(assessment: Assessment, sign_in: SignIn, cast: Cast) -> None:
    text = "nul\x01 \ufffe \u202e right <b>&amp; 😀\r\nline"
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason=text)
    client = sign_in(cast.officer)
    assert tables_of(client, address("assessment.json"))["answers"][0]["reason"] == text
    assert rows_of(files_of(client, address("assessment.zip"))["answers.csv"])[0]["reason"] == text
    assert sheets_of(client, address("assessment.xlsx"))["Answers"][1][7]


# How much it asks


@pytest.mark.parametrize("name", ["assessment.json", "assessment.xlsx", "assessment.zip"])
def test_an_assessment_asks_the_same_for_few_and_for_many(
    submitted: Submission, sign_in: SignIn, cast: Cast, name: str
) -> None:
    client = sign_in(cast.viewer)
    content_of(client, address(name))
    with counted() as few:
        content_of(client, address(name))
    for at in range(5):
        action = acting.act(submitted.assessment, cast.officer, text=f"Action {at}")
        services.add_note(action=action, text="A note", by=answering.seat(cast.officer), arrived_at=timezone.now())
    with counted() as many:
        content_of(client, address(name))
    assert many.number == few.number <= 24, many.queries


@pytest.mark.parametrize("form", ["json", "xlsx", "zip"])
def test_a_round_asks_the_same_for_few_and_for_many(
    submitted: Submission, places: Places, sign_in: SignIn, cast: Cast, form: str
) -> None:
    client, url = sign_in(cast.administrator), f"/compare/2027/package.{form}"
    content_of(client, url)
    with counted() as few:
        content_of(client, url)
    for place in Partnership.objects.exclude(pk=submitted.assessment.partnership_id):
        other = Assessment.objects.with_round().get(round__slug="2027", partnership=place)
        if place == places.derby:
            answering.rate_everything(other, cast.neighbour)
            answering.submit(other, cast.neighbour)
    with counted() as many:
        content_of(client, url)
    assert many.number == few.number <= 10, many.queries
