"""A submission on screen: all that was frozen, nothing newer, and only for those who may read it."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments import documents
from assessments.models import Assessment, Rating, Submission
from casestudies.models import CaseStudy
from partnerships.models import Partnership
from reviews import reading
from tests.assessments import answering
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    """Two levels of good practice, one that does not apply, one statutory requirement met."""
    rated: list[tuple[str, dict[str, Any]]] = [
        (
            "LEAD.1",
            {"level": "doing_well", "reason": "First line\n<b>second</b>", "indicators": {1: "yes", 2: "partly"}},
        ),
        ("LEAD.2", {"does_not_apply": True, "reason": "We have no such post"}),
        ("LAW.1", {"level": "met", "reason": "One group since 2004"}),
        ("LAW.2", {"level": "not_met", "reason": "No county group yet"}),
    ]
    for code, answer in rated:
        answering.rate(assessment, code, cast.officer, **answer)
    found: Submission = answering.submit(assessment, cast.coordinator)
    return found


@pytest.fixture
def reviewer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.reviewer)


def address(round_: str = "2027", partnership: str = "amber-valley", region: str = "east-midlands") -> str:
    return reverse("reviews:reading", args=[region, round_, partnership])


# Who sees it


def test_only_the_regions_office_and_administrators_find_it(
    submission: Submission, cast: Cast, sign_in: SignIn
) -> None:
    found = {who: sign_in(user).get(address()).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "reviewer": 200, "administrator": 200}


def test_a_draft_is_not_there_for_anybody(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    answering.rate_everything(assessment, cast.officer)
    for who, user in cast.everybody().items():
        if user:
            assert sign_in(user).get(address()).status_code == 404, who


def test_a_submission_is_not_found_under_another_region(submission: Submission, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.administrator).get(address(region="south-west")).status_code == 404
    assert sign_in(cast.reviewer_elsewhere).get(address(region="south-west")).status_code == 404


def test_it_stays_with_the_region_it_was_sent_to(
    submission: Submission, cast: Cast, places: Places, sign_in: SignIn
) -> None:
    Partnership.objects.filter(pk=places.amber_valley.pk).update(police_force=places.exeter.police_force)
    assert sign_in(cast.reviewer).get(address()).status_code == 200
    assert sign_in(cast.reviewer_elsewhere).get(address(region="south-west")).status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "99999", "1e3", "\0"])
def test_a_number_that_was_never_sent_is_not_found(submission: Submission, reviewer: Client, number: str) -> None:
    assert reviewer.get(address(), {"number": number}).status_code == 404


# What it says


def test_it_shows_levels_reasons_and_indicators_escaped(submission: Submission, reviewer: Client) -> None:
    page = reviewer.get(address()).content.decode()
    for words in (
        "Doing well",
        "First line<br>&lt;b&gt;second&lt;/b&gt;",
        "Sign 1 &lt;partners&gt; can be seen.",
        "In place: 1 of 3",
        "Why it does not apply",
        "We have no such post",
        "What the law asks",
        "1 of 1 criterion is at some success or better.",
        "1 of 2 statutory requirements are met.",
        "2027-AMBER-VALLEY-1",
        "Coordinator, Local authority",
        reverse("reports:pdf", args=["2027", "amber-valley"]),
    ):
        assert words in page
    assert "<b>second" not in page


def test_it_shows_what_was_frozen_and_nothing_newer(submission: Submission, reviewer: Client) -> None:
    Rating.objects.filter(assessment=submission.assessment).update(reason="Changed behind its back")
    page = reviewer.get(address()).content.decode()
    assert "One group since 2004" in page
    assert "Changed behind its back" not in page


def test_files_and_links_of_the_document_are_there(submission: Submission, reviewer: Client, cast: Cast) -> None:
    evidence = (
        documents.EvidenceEntry("file", "Minutes & notes", media_type="application/pdf", size=2048, sha256="a" * 64),
        documents.EvidenceEntry("link", "Survey", target="https://example.org/survey?a=1&b=2"),
        documents.EvidenceEntry("case_study", "Night patrols", target="amber-valley/night-patrols"),
    )
    _freeze(submission, evidence=evidence)
    study = CaseStudy.objects.create(
        partnership=submission.assessment.partnership,
        slug="night-patrols",
        title="Night patrols",
        status="published",
        written_by=cast.officer,
    )
    page = reviewer.get(address()).content.decode()
    file = reverse("assessments:submitted_file", args=["2027-AMBER-VALLEY-2", "a" * 64])
    assert f'<a class="govuk-link" href="{file}">Minutes &amp; notes</a>' in page
    assert 'href="https://example.org/survey?a=1&amp;b=2" rel="noopener noreferrer nofollow">Survey</a>' in page
    assert f'href="{study.get_absolute_url()}">Night patrols</a>' in page
    CaseStudy.objects.update(status="draft")
    page = reviewer.get(address()).content.decode()
    assert study.get_absolute_url() not in page
    assert "<span>Night patrols</span>" in page
    assert "Case study (not published)" in page


def test_a_link_that_is_no_web_address_is_only_text(submission: Submission, reviewer: Client) -> None:
    _freeze(submission, evidence=(documents.EvidenceEntry("link", "Trap", target="javascript:alert(1)"),))
    page = reviewer.get(address()).content.decode()
    assert "Trap" in page
    assert "javascript:" not in page


def test_other_submissions_are_listed_and_an_earlier_one_can_be_read(submission: Submission, reviewer: Client) -> None:
    again = _again(submission)
    page = reviewer.get(address()).content.decode()
    assert again.reference in page
    assert "?number=1" in page
    earlier = reviewer.get(address(), {"number": "1"}).content.decode()
    assert "has submitted again since" in earlier
    assert reverse("reports:pdf", args=["2027", "amber-valley"]) not in earlier


def test_it_takes_few_queries(submission: Submission, reviewer: Client) -> None:
    reviewer.get(address())
    with CaptureQueriesContext(connection) as captured:
        assert reviewer.get(address()).status_code == 200
    assert len(captured) <= 10


def _freeze(submission: Submission, evidence: tuple[documents.EvidenceEntry, ...]) -> None:
    """Put another document in place of the frozen one, as a new current submission."""
    document = documents.read(submission.document)
    section = document.sections[0]
    criterion = dataclasses.replace(section.criteria[0], evidence=evidence)
    changed = dataclasses.replace(section, criteria=(criterion, *section.criteria[1:]))
    _again(submission, dataclasses.replace(document, sections=(changed, *document.sections[1:])))


def _again(submission: Submission, document: documents.Document | None = None) -> Submission:
    """Submit a second time, as a later issue will allow."""
    sent = document or documents.read(submission.document)
    text = documents.canonical(dataclasses.replace(sent, number=2, reference="2027-AMBER-VALLEY-2"))
    Submission.objects.filter(pk=submission.pk).update(is_current=False)
    return Submission.objects.create(
        assessment=submission.assessment,
        number=2,
        reference="2027-AMBER-VALLEY-2",
        submitted_by=submission.submitted_by,
        submitted_at=submission.submitted_at,
        region=submission.region,
        police_force=submission.police_force,
        document=text,
        sha256=documents.fingerprint(text),
        levels=submission.levels,
    )


# Arranged for reading


def test_what_the_law_asks_stands_apart(submission: Submission) -> None:
    document = documents.read(submission.document)
    parts = reading.parts_of(document)
    assert [(part.anchor, len(part.readings)) for part in parts] == [("practice-1", 2), ("statutory-2", 2)]
    practice, statutory = reading.profiles_of(document, parts)
    assert (practice.is_statutory, statutory.is_statutory) == (False, True)
    assert [row.words for row in practice.rows] == ["1 doing well, 1 does not apply"]
    assert [row.words for row in statutory.rows] == ["1 not met, 1 met"]
    assert (practice.goal.name, practice.reached, practice.applying) == ("Some success", 1, 1)
    assert (statutory.goal.name, statutory.reached, statutory.applying) == ("Met", 1, 2)
    assert "<title>What the law asks: 1 not met, 1 met</title>" in statutory.rows[0].bar


def test_levels_have_words_and_marks(submission: Submission) -> None:
    parts = reading.parts_of(documents.read(submission.document))
    labels = [(each.label.name, each.label.css_class) for part in parts for each in part.readings]
    assert labels == [
        ("Doing well", "app-level app-l3"),
        ("Does not apply", "app-level app-na"),
        ("Met", "app-s app-s2"),
        ("Not met", "app-s app-s0"),
    ]
