"""Short ways for the tests to make partnerships that do something well, agree to be asked, and are asked."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.models import ReviewedRating, ReviewedSubmission, Round, SubmittedRating
from casestudies import services
from casestudies.models import Enquiry, HelpOffer
from hallmarks.outline import outline_by_id
from partnerships.models import Partnership
from reviews.documents import canonical
from tests.assessments.answering import NOW, seat
from tests.reports import making
from tests.reports.releases import send
from tests.reports.reviewing import review

MAILBOX, REPLY_TO = "helpers@derby.example", "cdrp@amber-valley.example"


def past_round(round_: Round, slug: str = "2026", days_ago: int = 50) -> Round:
    """Make a round with the same criteria that closed some days ago."""
    today = timezone.localdate()
    return Round.objects.create(
        slug=slug,
        name=f"{slug} self-assessment",
        version=round_.version,
        opens_on=today - datetime.timedelta(days=days_ago + 60),
        closes_on=today - datetime.timedelta(days=days_ago),
    )


def answered(
    round_: Round, place: Partnership, by: User, code: str = "LEAD.1", *, level: int = -1, seen: int | None = -1
) -> None:
    """Submit a criterion at a level and close the review with what was seen; levels count from 0, -1 is the top.

    None seen: the review is not closed.
    """
    submission = send(round_, place, "0000", by, timezone.now())
    asked = next(one for one in outline_by_id(round_.version_id).questions if one.criterion.code == code)
    SubmittedRating.objects.create(submission=submission, criterion=asked.criterion, level=asked.levels[level])
    if seen is None:
        return
    reviewed = ReviewedSubmission.objects.create(
        submission=submission,
        closed_at=timezone.now(),
        document=canonical(review(making.small(), submission_sha256=submission.sha256)),
        sha256=submission.sha256[::-1],
        submission_sha256=submission.sha256,
    )
    ReviewedRating.objects.create(reviewed=reviewed, criterion=asked.criterion, level=asked.levels[seen])


def offered(place: Partnership, by: User, mailbox: str = MAILBOX, role: str = "Community safety team") -> HelpOffer:
    """Let a partnership be named, without asking whether this person may say so."""
    return HelpOffer.objects.create(
        partnership=place, role=role, mailbox=mailbox, offered_by=by, offered_at=timezone.now()
    )


def helper(round_: Round, place: Partnership, by: User, code: str = "LEAD.1") -> HelpOffer:
    """Make a partnership that does a criterion well and agreed to be asked."""
    answered(round_, place, by, code)
    return offered(place, by)


def ask(by: User, of: Partnership, text: str = "How did you begin?", **changes: Any) -> Enquiry:
    """Ask a helper as the page does."""
    save_id = changes.pop("save_id", None) or uuid.uuid4()
    at = changes.pop("arrived_at", None) or NOW()
    given = {"criterion": None, "case_study": None, "reply_to": REPLY_TO, **changes}
    return services.ask_helper(
        ask=services.Ask(helper=of, text=text, **given), save_id=save_id, by=seat(by), arrived_at=at
    )
