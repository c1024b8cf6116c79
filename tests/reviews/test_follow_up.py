"""Improvement actions as a Government Office reads them: what was submitted, and what its recommendations became."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments import services
from assessments.models import Assessment, ImprovementAction, Submission
from reviews.models import Recommendation
from reviews.services.answering import take_up
from tests.assessments import acting
from tests.assessments.answering import seat
from tests.people import Cast
from tests.reviews import reviewing
from tests.reviews.reviewing import NOW, close, recommend, summarise, text_of, url

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]


@pytest.fixture
def promised(assessment: Assessment, cast: Cast) -> ImprovementAction:
    """An action that is open when the assessment is submitted."""
    action = acting.act(assessment, cast.officer, text="Count what was promised")
    assessment.ratings.all().delete()
    return action


@pytest.fixture
def sent(promised: ImprovementAction, assessment: Assessment, cast: Cast) -> Submission:
    return reviewing.submitted(assessment, cast)


def taken_up(sent: Submission, cast: Cast, text: str = "Elect a chair in May") -> ImprovementAction:
    made = recommend(sent, cast.reviewer, "Name a chair", "LEAD.1")
    summarise(sent, cast.reviewer, "Good")
    close(sent, cast.reviewer)
    return take_up(
        recommendation=made,
        question=reviewing.question(sent, "LEAD.1"),
        plan=acting.plan(sent.assessment.partnership, text=text),
        by=seat(cast.officer),
        arrived_at=NOW(),
    )


def test_what_was_submitted_stands_as_it_was(
    promised: ImprovementAction, sent: Submission, cast: Cast, office: Client
) -> None:
    assert "Count what was promised" in text_of(office, url("actions"))
    services.finish_action(
        action=promised, revision=promised.revision, reason="All counted", by=seat(cast.officer), arrived_at=NOW()
    )
    ImprovementAction.objects.update(text="Promise less")
    page = text_of(office, url("actions"))
    assert "Count what was promised" in page
    for newer in ("Promise less", "All counted", "Done on"):
        assert newer not in page


def test_what_was_begun_afterwards_is_the_partnerships_own(
    assessment: Assessment, sent: Submission, cast: Cast, office: Client
) -> None:
    acting.act(assessment, cast.officer, "LAW.2", text="A plan of our own")
    assert "A plan of our own" not in text_of(office, url("actions"))


def test_a_recommendation_is_followed_to_its_end(sent: Submission, cast: Cast, office: Client) -> None:
    action = taken_up(sent, cast)
    services.add_note(action=action, text="Three stood", by=seat(cast.officer), arrived_at=NOW())
    page = text_of(office, url("actions"))
    for words in ("1 of 1 recommendation is an improvement action.", "Name a chair", "Elect a chair in May", "Open"):
        assert words in page
    services.finish_action(
        action=action, revision=action.revision, reason="Elected in May", by=seat(cast.officer), arrived_at=NOW()
    )
    page = text_of(office, url("actions"))
    assert "Elected in May" in page
    assert "Three stood" not in page
    assert "<form" not in page.split("<main")[1]
    assert f'href="{url("actions")}">See how far it is' in text_of(office, url())


def test_one_that_the_partnership_has_not_read_is_not_waited_for(sent: Submission, cast: Cast, office: Client) -> None:
    recommend(sent, cast.reviewer, "Name a chair")
    assert "The partnership has read no recommendation yet" in text_of(office, url("actions"))
    summarise(sent, cast.reviewer, "Good")
    close(sent, cast.reviewer)
    page = text_of(office, url("actions"))
    assert "0 of 1 recommendation is an improvement action." in page
    assert "Not taken up yet" in page
    Recommendation.objects.update(withdrawn_at=NOW())
    assert "Name a chair" not in text_of(office, url("actions"))


def test_it_is_there_for_the_regions_office_and_administrators(sent: Submission, cast: Cast, sign_in: SignIn) -> None:
    found = {who: sign_in(user).get(url("actions")).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "reviewer": 200, "administrator": 200}
