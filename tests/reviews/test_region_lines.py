"""A region's page also tells what the office itself did, what to go on with, and what there is of earlier rounds."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Round, Submission
from assessments.round_progress import State
from hallmarks.models import Version
from partnerships.models import Partnership
from reviews.models import Review, ReviewerRating
from reviews.worklist import Line, next_to_review
from tests.people import Cast, Places
from tests.reviews import reviewing
from tests.reviews.waiting import of, sent

SignIn = Callable[[User | None], Client]
URL = reverse("reviews:region", args=["east-midlands", "2027"])


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    """What Amber Valley submitted."""
    return sent(assessment, cast.coordinator)


@pytest.fixture
def reviewer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.reviewer)


def line_of(client: Client, slug: str = "amber-valley") -> Line:
    lines: list[Line] = client.get(URL).context["lines"]
    return next(line for line in lines if line.slug == slug)


def queued(name: str, days_ago: int, reviewed: int = 0, state: State = State.SUBMITTED) -> Line:
    day = datetime.date(2027, 3, 31)
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    return Line(name, name, "", "", state, 49, 49, reviewed, 0, 0, day, 12, False, True, moment, moment)


# What changed last


def _say(submission: Submission, cast: Cast) -> datetime.datetime:
    review = Review.objects.create(submission=submission)
    rating = submission.ratings.all()[0]
    made = ReviewerRating.objects.create(
        review=review, criterion=rating.criterion, level=rating.level, save_id=uuid.uuid4(), updated_by=cast.reviewer
    )
    return made.updated_at


def _ask(submission: Submission, cast: Cast) -> datetime.datetime:
    return reviewing.ask(submission, cast.reviewer).asked_at


def _close(submission: Submission, cast: Cast) -> datetime.datetime:
    reviewing.summarise(submission, cast.reviewer, "Well done")
    return reviewing.close(submission, cast.reviewer).ended_at or timezone.now()


def _return(submission: Submission, cast: Cast) -> datetime.datetime:
    return reviewing.send_back(submission, cast.reviewer).ended_at or timezone.now()


@pytest.mark.parametrize("act", [_say, _ask, _close, _return])
def test_what_the_office_did_is_a_change(
    submission: Submission,
    cast: Cast,
    reviewer: Client,
    act: Callable[[Submission, Cast], datetime.datetime],
) -> None:
    assert line_of(reviewer).changed_at == submission.submitted_at
    moment = act(submission, cast)
    assert moment > submission.submitted_at
    assert line_of(reviewer).changed_at == moment


# What to go on with


def test_a_review_that_is_begun_is_gone_on_with_first() -> None:
    begun, old, new = queued("b", 2, reviewed=3), queued("z", 9), queued("a", 1)
    asked = queued("q", 5, state=State.QUESTIONS_OPEN)
    assert next_to_review([new, old, asked, begun]) == begun
    assert next_to_review([new, old, asked]) == old
    assert next_to_review([new, asked]) == asked
    assert next_to_review([queued("a", 9, reviewed=49), new]) == new


def test_the_page_says_whether_it_is_begun(submission: Submission, cast: Cast, reviewer: Client) -> None:
    assert "Review the next submission" in reviewer.get(URL).content.decode()
    _say(submission, cast)
    page = reviewer.get(URL).content.decode()
    assert "Continue the review of Amber Valley" in page
    assert "Review the next submission" not in page


# Earlier rounds


def _last_round(version: Version, places: Places, cast: Cast) -> tuple[Round, Submission]:
    last = reviewing.make_round(version, places)
    Round.objects.filter(pk=last.pk).update(opens_on=last.opens_on - datetime.timedelta(days=365))
    last.refresh_from_db()
    return last, sent(of(last, places.derby), cast.neighbour)


def test_who_has_not_submitted_leads_to_the_submission_before(
    version: Version, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    last, _made = _last_round(version, places, cast)
    before = reverse("reviews:submission", args=["east-midlands", last.slug, "derby"])
    page = reviewer.get(URL).content.decode()
    assert page.count(before) == 1
    assert f"Earlier: {last.name}" in page
    assert reviewer.get(before).status_code == 200
    sent(of(round_, places.derby), cast.neighbour)
    assert before not in reviewer.get(URL).content.decode()


def test_a_submission_to_another_office_is_no_link(
    version: Version, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    here = places.derby.police_force
    Partnership.objects.filter(pk=places.derby.pk).update(police_force=places.exeter.police_force)
    _last_round(version, places, cast)
    Partnership.objects.filter(pk=places.derby.pk).update(police_force=here)
    assert not line_of(reviewer, "derby").has_earlier


def test_what_was_withdrawn_or_comes_later_is_no_earlier_submission(
    version: Version, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    last, made = _last_round(version, places, cast)
    Round.objects.filter(pk=last.pk).update(opens_on=round_.opens_on + datetime.timedelta(days=1))
    assert not line_of(reviewer, "derby").has_earlier
    Round.objects.filter(pk=last.pk).update(opens_on=last.opens_on)
    assert line_of(reviewer, "derby").has_earlier
    Submission.objects.filter(pk=made.pk).update(is_current=False, withdrawn_at=timezone.now())
    assert not line_of(reviewer, "derby").has_earlier


def test_the_heat_map_is_called_by_its_name(round_: Round, reviewer: Client) -> None:
    assert "Heat map: every rating in the region" in reviewer.get(URL).content.decode()
