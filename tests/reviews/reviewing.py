"""Short ways for the tests to review, so that each test shows only what it is about."""

import datetime
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.models import Assessment, Round, Submission
from assessments.queries import questions_for
from hallmarks.models import Version
from hallmarks.outline import Question
from partnerships.models import Region
from reviews import services
from reviews.models import Query, Recommendation, Review, ReviewerRating
from tests import criteria
from tests.assessments import answering
from tests.people import PASSWORD, Cast, Places

NOW = timezone.now


def submitted(assessment: Assessment, cast: Cast) -> Submission:
    """Rate two levels of good practice, one requirement of each kind, and submit."""
    rated: list[tuple[str, dict[str, Any]]] = [
        ("LEAD.1", {"level": "some_success", "reason": "We meet", "indicators": {1: "yes", 2: "partly"}}),
        ("LEAD.2", {"does_not_apply": True, "reason": "We have no such post"}),
        ("LAW.1", {"level": "met", "reason": "One group since 2004"}),
        ("LAW.2", {"level": "not_met", "reason": "No county group yet"}),
    ]
    asked = {each.criterion.code for each in questions_for(assessment).questions}
    for code, answer in rated:
        if code not in asked:
            continue
        answering.rate(assessment, code, cast.officer, **answer)
    found: Submission = answering.submit(assessment, cast.coordinator)
    return found


def again(assessment: Assessment, cast: Cast, code: str, **answer: Any) -> Submission:
    """Change one answer of what was sent back, and submit again."""
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    revision = fresh.ratings.get(criterion__code=code).revision
    answering.rate(fresh, code, cast.officer, revision=revision, **answer)
    found: Submission = answering.submit(fresh, cast.coordinator)
    return found


def post_of(user: User) -> RegionalPost:
    """Return a person's post."""
    return RegionalPost.objects.select_related("region", "user").get(user=user)


def second_reviewer(region: Region) -> User:
    """Make another reviewer of the region."""
    user = User.objects.create_user("second@portal.test", "Sam Second", PASSWORD)
    RegionalPost.objects.create(code="second", user=user, region=region)
    return user


def question(submission: Submission, code: str) -> Question:
    """Return one question of what was submitted."""
    return answering.question(submission.assessment, code)


def verdict(submission: Submission, code: str, level: str, reason: str = "") -> services.Verdict:
    """Return a verdict; no level stands for “does not apply”."""
    return services.Verdict(question(submission, code).level(level), not level, reason)


def give(
    submission: Submission,
    code: str,
    by: User,
    level: str,
    reason: str = "",
    revision: int = 0,
    save_id: uuid.UUID | None = None,
) -> ReviewerRating:
    """Save a reviewer's rating."""
    return services.save_reviewer_rating(
        submission=submission,
        question=question(submission, code),
        verdict=verdict(submission, code, level, reason),
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        by=post_of(by),
    )


def ask(submission: Submission, by: User, text: str = "Who chairs it?", code: str = "") -> Query:
    """Ask a question."""
    about = question(submission, code) if code else None
    return services.ask(submission=submission, question=about, text=text, by=post_of(by), arrived_at=NOW())


def recommend(submission: Submission, by: User, text: str = "Name a chair", code: str = "") -> Recommendation:
    """Recommend something."""
    about = question(submission, code) if code else None
    return services.recommend(submission=submission, question=about, text=text, by=post_of(by), arrived_at=NOW())


def summarise(submission: Submission, by: User, text: str, revision: int = 0) -> Review:
    """Save the summary."""
    return services.save_summary(
        submission=submission, text=text, revision=revision, save_id=uuid.uuid4(), by=post_of(by)
    )


def close(submission: Submission, by: User) -> Review:
    """Close the review."""
    return services.close_review(submission=submission, by=post_of(by), arrived_at=NOW())


def send_back(submission: Submission, by: User, days: int = 40, reason: str = "Say more") -> Review:
    """Return the submission, with time until so many days from today."""
    until = timezone.localdate() + datetime.timedelta(days=days)
    return services.return_submission(
        submission=submission, reason=reason, until=until, by=post_of(by), arrived_at=NOW()
    )


def make_round(version: Version, places: Places) -> Round:
    """Make the round before, which is open still so that the tests can answer in it."""
    return criteria.make_round(version, places, slug="2026")


def url(name: str = "submission", *more: object) -> str:
    """Return the address of one of the review's pages of Amber Valley."""
    return reverse(f"reviews:{name}", args=["east-midlands", "2027", "amber-valley", *more])


def stamp(revision: int = 0) -> dict[str, str]:
    """Return the hidden fields that a page sends."""
    return {"revision": str(revision), "save_id": str(uuid.uuid4())}


def typed(level: str = "", reason: str = "", question: str = "", recommendation: str = "") -> dict[str, str]:
    """Return what the page of a criterion sends, without its stamp."""
    return {"level": level, "reason": reason, "question": question, "recommendation": recommendation}


def text_of(client: Client, address: str, **query: str) -> str:
    """Return a page as text."""
    page = client.get(address, query)
    assert page.status_code == 200
    return page.content.decode()
