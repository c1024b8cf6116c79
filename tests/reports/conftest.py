"""Submissions for the tests of comparison and reports."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Round, Submission, SubmittedRating
from hallmarks.models import Criterion, Level
from hallmarks.outline import outline_of
from partnerships.models import Partnership
from reports import pdf

Submit = Callable[..., Submission]


@pytest.fixture(autouse=True)
def every_report_is_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that makes no XML would be printed all the same, only slower, and nobody would notice."""
    job = pdf.job

    def checked(html: str, *rest: Any) -> bytes:
        if "<!DOCTYPE" in html:
            ElementTree.fromstring(html)  # noqa: S314
        return job(html, *rest)

    monkeypatch.setattr(pdf, "job", checked)


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("author@portal.test", "Author")


@pytest.fixture
def submit(round_: Round, author: User) -> Submit:
    """Return a function that submits levels (a position a criterion code, None for "does not apply")."""
    asked = round_

    def send(
        partnership: Partnership, levels: Mapping[str, int | None], is_current: bool = True, to: Round | None = None
    ) -> Submission:
        round_ = to or asked
        assessment, _made = Assessment.objects.get_or_create(round=round_, partnership=partnership)
        number = assessment.submissions.count() + 1
        reference = f"{round_.slug}-{partnership.slug}-{number}"
        submission = Submission.objects.create(
            assessment=assessment,
            number=number,
            reference=reference,
            submitted_by=author,
            submitted_at=min(timezone.now(), round_.closes_at),
            is_current=is_current,
            region=partnership.region,
            police_force=partnership.police_force,
            family_group=partnership.family_group,
            document="{}",
            sha256=hashlib.sha256(reference.encode()).hexdigest(),
            levels=_packed(round_, levels),
        )
        SubmittedRating.objects.bulk_create(_line(submission, code, at) for code, at in levels.items())
        return submission

    return send


def _packed(round_: Round, levels: Mapping[str, int | None]) -> str:
    codes = [question.criterion.code for question in outline_of(round_.version).questions]
    return "".join(("-" if levels[code] is None else str(levels[code])) if code in levels else "." for code in codes)


def _line(submission: Submission, code: str, position: int | None) -> SubmittedRating:
    version = submission.assessment.round.version
    criterion = Criterion.objects.select_related("scale").get(version=version, code=code)
    level = None if position is None else Level.objects.get(scale=criterion.scale, position=position)
    return SubmittedRating(submission=submission, criterion=criterion, level=level)
