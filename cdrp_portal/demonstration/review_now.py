"""Two reviews of the open round told through the portal's own services: one waits for replies, one was returned."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, RegionalPost, Role
from assessments.models import LONDON, Assessment, Round, Submission
from cdrp_portal.demonstration import review_texts, reviewing, reviews, rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.filling import SHOWN
from cdrp_portal.demonstration.reviewing import Seen
from cdrp_portal.demonstration.say import Teller
from reviews import services
from reviews.models import Query, Review
from reviews.services.answering import reply_to_query

ASKED_OF = "erewash"
RETURNED_IN = "east-midlands"
SAID_OF_ASKED, SAID_OF_RETURNED, DRAWN = 17, 24, 3
FIRST_HOUR, MINUTES_EACH = 10, 7


@transaction.atomic
def review_two(tell: Teller) -> None:
    """Review a partnership that has people until questions wait for them, and return another's submission."""
    tell.step(_("Asking one partnership and returning to another"))
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    posts = reviews.posts_by_region()
    done = [_ask(submission, posts[submission.region_id]) for submission in _waiting(round_, ASKED_OF)]
    if not Review.objects.filter(submission__assessment__round=round_, status=Review.Status.RETURNED).exists():
        done += [_return(submission, posts[submission.region_id]) for submission in _to_return(round_)[:1]]
    tell.note(", ".join(done) or _("It was done"))


def _waiting(round_: Round, slug: str) -> list[Submission]:
    """Return what a partnership submitted, unless somebody reviews it."""
    return list(_unreviewed(round_).filter(assessment__partnership__slug=slug))


def _to_return(round_: Round) -> list[Submission]:
    others = _unreviewed(round_).filter(region__slug=RETURNED_IN).exclude(assessment__partnership__slug__in=SHOWN)
    return list(others.order_by("submitted_at"))


def _unreviewed(round_: Round) -> "reviews.Sent":
    sent = Submission.objects.current().with_area().filter(assessment__round=round_, review=None)
    return sent.filter(assessment__status=Assessment.Status.SUBMITTED)
