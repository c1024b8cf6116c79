"""Questions with replies and recommendations of made-up reviews, some of them taken up as improvement actions."""

import datetime
import random
from collections.abc import Sequence
from typing import Any, Protocol

from accounts.models import Membership, RegionalPost, Role
from assessments.models import Assessment, ImprovementAction, Submission
from cdrp_portal.demonstration import actions, review_texts, reviewing
from cdrp_portal.demonstration.reviewing import Seen
from partnerships.models import Agency
from reviews.models import Query, Recommendation, Review

SHARE_ASKED, MOST_ASKED, SHARE_ON_THE_WHOLE = 0.45, 3, 0.15
SHARE_REPLIED, SHARE_REPLIED_SO_FAR = 0.9, 0.4
SHARE_ADVISED, MOST_ADVISED, SHARE_TAKEN_UP = 0.6, 3, 0.45
LOW = 1


class Folder(Protocol):
    """What is to be known of a review to ask and recommend in it."""

    submission: Submission
    post: RegionalPost
    review: Review
    lines: list[Seen]
    first: datetime.date
    last: datetime.date
    closed_at: datetime.datetime | None

    def chance(self, what: str) -> random.Random:
        """Return numbers of this review's own."""


def make(folders: Sequence[Folder], today: datetime.date) -> None:
    """Write what was asked and recommended in reviews, as it stands on the day of the first run (`today`)."""
    seats = _coordinators(folders)
    asked = (_asked(folder, seats[folder.submission.assessment.partnership_id]) for folder in folders)
    Query.objects.bulk_create([query for queries in asked for query in queries])
    advised = [(folder, recommendation) for folder in folders for recommendation in _advised(folder)]
    _take_up(advised, today)
    Recommendation.objects.bulk_create([recommendation for _folder, recommendation in advised])


def _coordinators(folders: Sequence[Folder]) -> dict[int, Membership]:
    places = {folder.submission.assessment.partnership_id for folder in folders}
    seats = Membership.objects.current().filter(role=Role.COORDINATOR, agency__partnership__in=places)
    return {seat.agency.partnership_id: seat for seat in seats.select_related("agency").order_by("-pk")}


def _asked(folder: Folder, seat: Membership) -> list[Query]:
    chance = folder.chance("asked")
    # Whoever has begun and not ended waits for somebody more often than not.
    number = chance.randint(1, MOST_ASKED) if chance.random() < SHARE_ASKED or not folder.closed_at else 0
    texts = chance.sample(review_texts.QUESTIONS, number)
    moments = reviewing.moments(folder.first, folder.last - datetime.timedelta(days=1), number, chance)
    lines = chance.sample(folder.lines, number)
    return [_query(folder, seat, line, text, at, chance) for line, text, at in zip(lines, texts, moments, strict=True)]


def _query(
    folder: Folder,
    seat: Membership,
    line: Seen,
    pair: tuple[str, str],
    at: datetime.datetime,
    chance: random.Random,
) -> Query:
    is_on_the_whole = chance.random() < SHARE_ON_THE_WHOLE
    question, reply = chance.choice(review_texts.QUESTIONS_ON_THE_WHOLE) if is_on_the_whole else pair
    query = Query(
        code=_code(chance),
        review=folder.review,
        criterion=None if is_on_the_whole else line.question.criterion,
        question=question,
        asked_by=folder.post.user,
        asked_at=at,
    )
    if chance.random() < (SHARE_REPLIED if folder.closed_at else SHARE_REPLIED_SO_FAR):
        (query.replied_at,) = reviewing.moments(at.date() + datetime.timedelta(days=1), folder.last, 1, chance)
        query.reply, query.replied_by = reply, seat
    return query


def _advised(folder: Folder) -> list[Recommendation]:
    """Recommend something about what is low."""
    chance = folder.chance("advised")
    low = [line for line in folder.lines if line.submitted is not None and line.submitted <= LOW]
    number = min(len(low), chance.randint(1, MOST_ADVISED)) if chance.random() < SHARE_ADVISED else 0
    texts = chance.sample(review_texts.RECOMMENDATIONS, number)
    moments = reviewing.moments(folder.first, folder.last, number, chance)
    return [
        Recommendation(
            code=_code(chance),
            review=folder.review,
            criterion=line.question.criterion,
            text=text,
            made_by=folder.post.user,
            made_at=at,
        )
        for line, text, at in zip(chance.sample(low, number), texts, moments, strict=True)
    ]


def _take_up(advised: Sequence[tuple[Folder, Recommendation]], today: datetime.date) -> None:
    """Make actions of some recommendations of reviews that are closed, a few days afterwards."""
    taken = []
    agencies = _agencies(folder for folder, _recommendation in advised)
    for folder, recommendation in advised:
        chance = folder.chance(recommendation.code)
        if folder.closed_at and chance.random() < SHARE_TAKEN_UP:
            assessment = folder.submission.assessment
            owner = chance.choice(agencies[assessment.partnership_id])
            recommendation.action = _action(recommendation, assessment, owner, folder.closed_at.date(), today, chance)
            taken.append(recommendation.action)
    ImprovementAction.objects.bulk_create(taken)


def _agencies(folders: Any) -> dict[int, list[Agency]]:
    found: dict[int, list[Agency]] = {}
    places = {folder.submission.assessment.partnership_id for folder in folders}
    for agency in Agency.objects.filter(partnership__in=places).order_by("name"):
        found.setdefault(agency.partnership_id, []).append(agency)
    return found


def _action(
    recommendation: Recommendation,
    assessment: Assessment,
    owner: Agency,
    raised: datetime.date,
    today: datetime.date,
    chance: random.Random,
) -> ImprovementAction:
    days = chance.randint(actions.SHORTEST_DAYS, actions.LONGEST_DAYS)
    action = ImprovementAction(
        code=_code(chance),
        partnership_id=assessment.partnership_id,
        raised_in=assessment,
        criterion=recommendation.criterion,
        text=recommendation.text,
        owner=owner,
        due_on=raised + datetime.timedelta(days=days),
    )
    actions.settle(action, raised, today, chance)
    return action


def _code(chance: random.Random) -> str:
    return f"{chance.getrandbits(48):012x}"
