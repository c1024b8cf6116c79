"""A submission withdrawn while it is reviewed: both sides are told, nothing typed is lost, and what holds stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, Submission
from assessments.services import withdraw_submission
from reviews import services
from reviews.models import Recommendation
from reviews.services import answering
from tests.assessments import acting
from tests.assessments.answering import seat
from tests.people import Cast
from tests.reviews import reviewing
from tests.reviews.reviewing import NOW, ask, close, give, post_of, recommend, stamp, summarise, text_of, typed, url

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]


@pytest.fixture
def withdrawn(assessment: Assessment, sent: Submission, cast: Cast) -> Submission:
    """A submission withdrawn after the review had begun."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six")
    ask(sent, cast.reviewer, "Who chairs it?", "LEAD.1")
    recommend(sent, cast.reviewer, "Name a chair")
    take_back(assessment, cast)
    return Submission.objects.get(pk=sent.pk)


def take_back(assessment: Assessment, cast: Cast, number: int = 1) -> None:
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    withdraw_submission(assessment=fresh, number=number, by=seat(cast.coordinator), arrived_at=NOW())


def day_of(submission: Submission) -> str:
    at = submission.withdrawn_at
    assert at
    return f"{at.day} {at:%B %Y}"


# The Government Office


def test_the_region_says_so_and_leads_to_what_is_kept(withdrawn: Submission, office: Client) -> None:
    page = text_of(office, reverse("reviews:region", args=["east-midlands", "2027"]))
    assert f"Withdrawn on {day_of(withdrawn)}: what is kept" in page
    assert f'href="{url()}"' in page


def test_the_review_says_what_happened_and_what_is_kept(withdrawn: Submission, office: Client) -> None:
    for page in (text_of(office, url()), text_of(office, url("criterion", "LEAD.1"))):
        assert f"The partnership withdrew submission 1 on {day_of(withdrawn)}, to mend it." in page
        assert "is kept here. It no longer counts anywhere." in page
        assert "It has not seen your levels, reasons or summary." in page
        assert "Working towards" in page
        assert "<textarea" not in page
    assert "Review what it submitted last" not in text_of(office, url())


def test_after_the_next_submission_the_kept_review_leads_to_it(
    assessment: Assessment, withdrawn: Submission, cast: Cast, office: Client
) -> None:
    reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="We meet monthly")
    page = text_of(office, url(), number="1")
    assert f'href="{url()}">Review what it submitted last</a>' in page
    assert "has not submitted" not in page
    assert "until then you see its draft" not in page
    region = text_of(office, reverse("reviews:region", args=["east-midlands", "2027"]))
    assert "Withdrawn on" not in region


@pytest.mark.parametrize(
    ("name", "more", "data"),
    [
        ("criterion", ["LEAD.1"], {**stamp(), **typed("met", "Typed at length", "And typed", "And this")}),
        ("summary", [], {**stamp(), "summary": "Typed at length"}),
        ("ask", [], {"question": "Typed at length"}),
        ("recommend", [], {"recommendation": "Typed at length"}),
        ("return", [], {"reason": "Typed at length", "until_day": "1", "until_month": "1", "until_year": "2099"}),
    ],
)
def test_what_was_typed_meanwhile_comes_back(
    assessment: Assessment,
    sent: Submission,
    cast: Cast,
    office: Client,
    name: str,
    more: list[str],
    data: dict[str, str],
) -> None:
    take_back(assessment, cast)
    answer = office.post(url(name, *more), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Typed at length" in page
    assert "The partnership withdrew this submission" in page
    assert office.get(url()).status_code == 200


def test_what_is_still_a_draft_is_not_there(assessment: Assessment, office: Client) -> None:
    assert office.get(url()).status_code == 404


# The partnership


def questions_page(client: Client) -> str:
    return text_of(client, reverse("reviews:questions", args=["2027", "amber-valley"]))


def test_the_partnership_reads_what_is_kept_and_can_reply(withdrawn: Submission, cast: Cast, sign_in: SignIn) -> None:
    page = questions_page(sign_in(cast.officer))
    assert "Withdrawn, not submitted again yet" in page
    assert "It is kept and no longer counts." in page
    assert "Its review had begun and is kept too." in page
    assert "Send the reply" in page
    for untold in ("Two of six", "Name a chair"):
        assert untold not in page


def test_where_nobody_had_begun_nothing_is_said_of_a_review(
    assessment: Assessment, sent: Submission, cast: Cast, sign_in: SignIn
) -> None:
    take_back(assessment, cast)
    page = questions_page(sign_in(cast.officer))
    assert "Withdrawn, not submitted again yet" in page
    assert "Its review had begun" not in page


def test_what_was_recommended_before_is_read_when_the_next_review_ends(
    assessment: Assessment, withdrawn: Submission, cast: Cast, sign_in: SignIn
) -> None:
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="We meet monthly")
    summarise(new, cast.reviewer, "Better")
    officer, made = sign_in(cast.officer), Recommendation.objects.get()
    take_up = reverse("reviews:take_up", args=["2027", "amber-valley", made.code])
    assert "Name a chair" not in questions_page(officer)
    assert officer.get(take_up).status_code == 404
    close(new, cast.reviewer)
    page = questions_page(officer)
    assert "Name a chair" in page
    assert f'href="{take_up}"' in page
    assert officer.get(take_up).status_code == 200
    action = answering.take_up(
        recommendation=made,
        question=reviewing.question(new, "LEAD.1"),
        plan=acting.plan(assessment.partnership),
        by=seat(cast.officer),
        arrived_at=NOW(),
    )
    assert Recommendation.objects.get().action == action


def test_what_a_closed_review_says_of_an_earlier_submission_is_not_taken_back(
    assessment: Assessment, withdrawn: Submission, cast: Cast, office: Client
) -> None:
    new = reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="We meet monthly")
    made = Recommendation.objects.get()
    assert "Withdraw the recommendation" in text_of(office, url())
    summarise(new, cast.reviewer, "Better")
    close(new, cast.reviewer)
    assert "Withdraw the recommendation" not in text_of(office, url())
    with pytest.raises(services.ReviewClosed):
        services.withdraw_recommendation(recommendation=made, by=post_of(cast.reviewer), arrived_at=NOW())
