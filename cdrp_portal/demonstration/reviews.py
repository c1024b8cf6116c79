"""Reviews of one round in bulk: closed by the code that closes the portal's own, and some of the newest still open."""

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import RegionalPost, User
from assessments.documents import fingerprint
from assessments.models import LONDON, ReviewedRating, ReviewedSubmission, Round, Submission
from audit.services import record
from cdrp_portal.demonstration import filling, remarks, reviewing, rounds, shape
from cdrp_portal.demonstration.clock import working_day
from cdrp_portal.demonstration.reviewing import Seen
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.inserting import insert
from hallmarks.outline import Question, outline_of
from partnerships.models import Region
from reviews import documents
from reviews.models import Review, ReviewerRating
from reviews.services.closing import document_of

SHARE_CLOSED, SHARE_CLOSED_SO_FAR, SHARE_OPEN = 0.62, 0.3, 0.25
SOONEST_DAYS, LATEST_DAYS = 14, 75
SOONEST_DAYS_SO_FAR, CLOSED_AT = 4, 16
NEWEST = rounds.HOW_MANY - 1
# Whose reviews of the newest round are told step by step: one with people, and one that is sent back.
TOLD_IN_FULL = ("erewash", "ashfield")
# How far two others of the region are, so that each state of a review is there to be seen.
SURELY = {"south-derbyshire": None, "bolsover": Review.Status.CLOSED}


@dataclass
class Folder:
    """One review with what belongs to it; `closed_at` is None while reviewers are at work."""

    submission: Submission
    post: RegionalPost
    review: Review
    lines: list[Seen]
    first: datetime.date
    last: datetime.date
    closed_at: datetime.datetime | None = None
    ratings: list[ReviewerRating] = field(default_factory=list)

    def chance(self, what: str) -> random.Random:
        """Return numbers of this review's own."""
        return shape.seeded(what, self.submission.reference)


@transaction.atomic
def review_round(tell: Teller, number: int) -> None:
    """Review one demonstration round: most submissions of a round that is over, some of the one that is open."""
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[number].pk)
    tell.step(_("Reviewing the %(round)s") % {"round": round_.name})
    if Review.objects.filter(submission__assessment__round=round_).exists():
        tell.note(_("It is reviewed"))
        return
    folders = _folders(round_, number)
    _write(folders, rounds.first_run(round_, number))
    closed = [folder for folder in folders if folder.closed_at]
    _close(closed)
    if folders:
        record(kind=MADE, target=folders[0].review, by=None, after={"reviews": len(folders), "closed": len(closed)})
    tell.note(_("%(all)s reviews, %(closed)s of them closed") % {"all": len(folders), "closed": len(closed)})


def posts_by_region() -> dict[int, RegionalPost]:
    """Return a reviewer for each region, making one who cannot sign in wherever nobody can."""
    nobody, closed = Region.objects.filter(posts=None), make_password(None)
    for region in nobody:
        user = User.objects.create(
            email=f"reviewer@{region.slug}.example",
            name=_("%(region)s reviewer (demonstration)") % {"region": region.name},
            password=closed,
            is_demonstration=True,
        )
        RegionalPost.objects.create(user=user, region=region)
    posts = RegionalPost.objects.filter(user__is_demonstration=True).select_related("user", "region").order_by("-pk")
    return {post.region_id: post for post in posts}


def answers_of(submission: Submission) -> list[tuple[Question, int | None]]:
    """Return what was submitted to each criterion: a place on its scale, or None where it does not apply."""
    questions = outline_of(submission.assessment.round.version).questions
    pairs = zip(questions, submission.levels, strict=True)
    return [(question, int(mark) if mark.isdigit() else None) for question, mark in pairs if mark != "."]


def save_id(chance: random.Random) -> uuid.UUID:
    """Return the key of a save, the same at every run."""
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def _folders(round_: Round, number: int) -> list[Folder]:
    posts, until = posts_by_region(), rounds.first_run(round_, number) - datetime.timedelta(days=1)
    sent = Submission.objects.current().with_area().filter(assessment__round=round_).defer("document")
    found = (
        _folder(submission, posts[submission.region_id], number, until)
        for submission in sent.order_by("assessment__partnership__slug")
    )
    return [folder for folder in found if folder]


def _folder(submission: Submission, post: RegionalPost, number: int, until: datetime.date) -> Folder | None:
    slug = submission.assessment.partnership.slug
    chance = shape.seeded("review", slug, number)
    status = _status(slug, number, chance)
    first = submission.submitted_at.date() + datetime.timedelta(days=1)
    days = chance.randint(SOONEST_DAYS_SO_FAR if number == NEWEST else SOONEST_DAYS, LATEST_DAYS)
    last = working_day(min(first + datetime.timedelta(days=days), until))
    if status is None or last <= first:
        return None
    lines = reviewing.seen(slug, number, post.region.slug, answers_of(submission))
    if status == Review.Status.OPEN:
        begun = lines[: chance.randrange(len(lines) // 4, len(lines) - 1)]
        return Folder(submission, post, Review(submission=submission), begun, first, last)
    at = datetime.datetime.combine(last, datetime.time(CLOSED_AT, chance.randrange(60)), tzinfo=LONDON)
    return Folder(submission, post, _ended(submission, post, lines, at, chance), lines, first, last, at)


def _status(slug: str, number: int, chance: random.Random) -> Review.Status | None:
    """Say how far a review is, or None where nobody has begun; whoever signs in has earlier ones to read."""
    turn = chance.random()
    if number < NEWEST:
        return Review.Status.CLOSED if slug in filling.SHOWN or turn < SHARE_CLOSED else None
    if slug in {*filling.SHOWN, *TOLD_IN_FULL}:
        return None
    if slug in SURELY:
        return SURELY[slug]
    if turn < SHARE_CLOSED_SO_FAR:
        return Review.Status.CLOSED
    return Review.Status.OPEN if turn < SHARE_CLOSED_SO_FAR + SHARE_OPEN else None


def _ended(
    submission: Submission, post: RegionalPost, lines: Sequence[Seen], at: datetime.datetime, chance: random.Random
) -> Review:
    review = Review(submission=submission, status=Review.Status.CLOSED, ended_at=at, ended_by=post.user)
    review.summary = reviewing.summary(lines, chance)
    if review.summary:
        review.revision, review.save_id, review.updated_by = 1, save_id(chance), post.user
    return review


def _write(folders: Sequence[Folder], today: datetime.date) -> None:
    Review.objects.bulk_create([folder.review for folder in folders])
    for folder in folders:
        folder.ratings = _ratings(folder)
    ReviewerRating.objects.bulk_create([rating for folder in folders for rating in folder.ratings])
    # The column fills itself with the present moment on insert, so the made-up one is written after it.
    for folder in folders:
        (at,) = reviewing.moments(folder.first, folder.last, 1, folder.chance("rated"))
        ReviewerRating.objects.filter(review=folder.review).update(updated_at=at)
    remarks.make(folders, today)


def _ratings(folder: Folder) -> list[ReviewerRating]:
    chance = folder.chance("saves")
    return [
        ReviewerRating(
            review=folder.review,
            criterion=line.question.criterion,
            level=None if line.level is None else line.question.levels[line.level],
            does_not_apply=line.level is None,
            reason=line.reason,
            revision=1,
            save_id=save_id(chance),
            updated_by=folder.post.user,
        )
        for line in folder.lines
    ]


def _close(folders: Sequence[Folder]) -> None:
    """Freeze reviews that have ended: the same document, fingerprint and chain as the portal's own."""
    kept = ReviewedSubmission.objects.bulk_create(
        [_frozen(folder, folder.closed_at) for folder in folders if folder.closed_at]
    )
    insert(
        ReviewedRating,
        (
            {
                "reviewed_id": reviewed.pk,
                "criterion_id": rating.criterion_id,
                "level_id": rating.level_id,
                "reason": rating.reason,
            }
            for reviewed, folder in zip(kept, folders, strict=True)
            for rating in folder.ratings
        ),
    )


def _frozen(folder: Folder, at: datetime.datetime) -> ReviewedSubmission:
    text = documents.canonical(document_of(folder.submission, folder.review, folder.ratings, folder.post, at))
    return ReviewedSubmission(
        submission=folder.submission,
        closed_at=at,
        document=text,
        sha256=fingerprint(text),
        submission_sha256=folder.submission.sha256,
    )
