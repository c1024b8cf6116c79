"""A submission that was withdrawn before its round changed its criteria is still read by those of then."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Submission
from hallmarks.models import Version
from reviews.review_queries import to_review, work_of
from tests.assessments.answering import seat
from tests.assessments.carrying import changed_version
from tests.people import Cast
from tests.reviews import reviewing

SignIn = Callable[[User | None], Client]


def test_what_was_said_of_it_keeps_its_criterion(
    sent: Submission, version: Version, cast: Cast, sign_in: SignIn
) -> None:
    reviewing.give(sent, "LEAD.1", cast.reviewer, "doing_well", "We saw more.")
    reviewing.ask(sent, cast.reviewer, text="Which work?", code="LEAD.2")
    services.withdraw_submission(
        assessment=sent.assessment, number=1, by=seat(cast.coordinator), arrived_at=timezone.now()
    )
    services.move_assessments(round_=sent.assessment.round, version=changed_version(version), by=None)
    work = work_of(to_review().get(pk=sent.pk))
    assert set(work.ratings) == {"LEAD.1"}
    question = work.question("LEAD.2")
    assert question is not None
    assert question.criterion.version == version
    page = sign_in(cast.viewer).get(reverse("reviews:questions", args=["2027", "amber-valley"]))
    assert page.status_code == 200
    assert b"Which work?" in page.content
    assert b"Partners share the work" in page.content
    numbered = reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"]) + "?number=1"
    assert sign_in(cast.reviewer).get(numbered).status_code == 200
