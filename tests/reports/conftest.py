"""Submissions for the tests of comparison and reports."""

import hashlib
from collections.abc import Callable, Mapping

import pytest
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Round, Submission, SubmittedRating
from hallmarks.models import Criterion, Level
from partnerships.models import Partnership

Submit = Callable[..., Submission]


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("author@portal.test", "Author")


@pytest.fixture
def submit(round_: Round, author: User) -> Submit:
    """Return a function that submits levels (a position a criterion code, None for "does not apply")."""

    def send(partnership: Partnership, levels: Mapping[str, int | None], is_current: bool = True) -> Submission:
        assessment, _made = Assessment.objects.get_or_create(round=round_, partnership=partnership)
        number = assessment.submissions.count() + 1
        reference = f"{round_.slug}-{partnership.slug}-{number}"
        submission = Submission.objects.create(
            assessment=assessment,
            number=number,
            reference=reference,
            submitted_by=author,
            submitted_at=timezone.now(),
            is_current=is_current,
            region=partnership.region,
            police_force=partnership.police_force,
            document="{}",
            sha256=hashlib.sha256(reference.encode()).hexdigest(),
            levels="",
        )
        SubmittedRating.objects.bulk_create(_line(submission, code, at) for code, at in levels.items())
        return submission

    return send


def _line(submission: Submission, code: str, position: int | None) -> SubmittedRating:
    criterion = Criterion.objects.select_related("scale").get(code=code)
    level = None if position is None else Level.objects.get(scale=criterion.scale, position=position)
    return SubmittedRating(submission=submission, criterion=criterion, level=level)
