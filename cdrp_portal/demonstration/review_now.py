"""Two reviews of the open round told through the portal's own services: one waits for replies, one was returned."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, RegionalPost, Role
from assessments.models import LONDON, Assessment, Round, Submission
from cdrp_portal.demonstration import review_texts, reviewing, reviews, rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.reviewing import Seen
from cdrp_portal.demonstration.say import Teller
from reviews import services
from reviews.models import Query
from reviews.services.answering import reply_to_query

ASKED_OF, RETURNED_TO = reviews.TOLD_IN_FULL
SAID_OF_ASKED, SAID_OF_RETURNED, DRAWN = 17, 24, 3
# Days before the first run, and the hour; not before the submission.
BEGUN, REPLIED, ENDED = (6, 10), (3, 11), (2, 15)
MINUTES_EACH = 7


@dataclass
class Desk:
    """A reviewer's work on one submission, some minutes a step."""

    submission: Submission
    post: RegionalPost
    at: datetime.datetime

    def __post_init__(self) -> None:
        self._chance = shape.seeded("desk", self.submission.reference)
        slug, region = self.submission.assessment.partnership.slug, self.submission.region.slug
        self.lines = reviewing.seen(slug, reviews.NEWEST, region, reviews.answers_of(self.submission))

    def go_on(self) -> datetime.datetime:
        """Return the next moment."""
        self.at += datetime.timedelta(minutes=MINUTES_EACH)
        return self.at

    def rate(self, number: int) -> None:
        """Give a level for the first so many criteria."""
        for line in self.lines[:number]:
            with as_of(self.go_on()):
                services.save_reviewer_rating(
                    submission=self.submission,
                    question=line.question,
                    verdict=_verdict(line),
                    revision=0,
                    save_id=reviews.save_id(self._chance),
                    by=self.post,
                )

    def ask(self, place: int | None, text: str) -> Query:
        """Ask about one of the lines, or about the whole."""
        at, question = self.go_on(), None if place is None else self.lines[place].question
        with as_of(at):
            return services.ask(submission=self.submission, question=question, text=text, by=self.post, arrived_at=at)

    def recommend(self, place: int, text: str) -> None:
        """Recommend something about one of the lines."""
        at, question = self.go_on(), self.lines[place].question
        with as_of(at):
            services.recommend(submission=self.submission, question=question, text=text, by=self.post, arrived_at=at)

    def draw(self, number: int) -> None:
        """Draw criteria for which evidence is to be shown."""
        at = self.go_on()
        with as_of(at):
            services.draw_sample(
                submission=self.submission, number=number, by=self.post, arrived_at=at, chance=self._chance
            )


@transaction.atomic
def review_two(tell: Teller) -> None:
    """Review a partnership that has people until questions wait for them, and return another's submission."""
    tell.step(_("Asking one partnership, and returning what another submitted"))
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    done = [(_ask if slug == ASKED_OF else _return)(desk) for slug, desk in _desks(round_)]
    tell.note(", ".join(done) or _("It was done"))


def _desks(round_: Round) -> list[tuple[str, Desk]]:
    """Return the two submissions, as far as they were sent and nobody reviews them."""
    posts = reviews.posts_by_region()
    sent = Submission.objects.current().with_area().filter(assessment__round=round_, review=None)
    found = sent.filter(
        assessment__status=Assessment.Status.SUBMITTED, assessment__partnership__slug__in=reviews.TOLD_IN_FULL
    )
    start = _moment(round_, *BEGUN)
    return [
        (one.assessment.partnership.slug, Desk(one, posts[one.region_id], max(start, one.submitted_at)))
        for one in found
    ]


def _ask(desk: Desk) -> str:
    desk.rate(SAID_OF_ASKED)
    first = desk.ask(0, review_texts.QUESTIONS[0][0])
    desk.ask(3, review_texts.QUESTIONS[3][0])
    desk.ask(None, review_texts.QUESTIONS_ON_THE_WHOLE[0][0])
    desk.recommend(1, review_texts.RECOMMENDATIONS[0])
    desk.draw(DRAWN)
    _reply(desk, first, review_texts.QUESTIONS[0][1])
    return _("%(name)s: questions and one reply") % {"name": desk.submission.assessment.partnership.name}


def _return(desk: Desk) -> str:
    desk.rate(SAID_OF_RETURNED)
    asked, answer = review_texts.QUESTIONS[2]
    _reply(desk, desk.ask(2, asked), answer)
    desk.recommend(2, review_texts.RECOMMENDATIONS[3])
    desk.draw(DRAWN)
    assessment = desk.submission.assessment
    at = max(_moment(assessment.round, *ENDED), desk.go_on())
    with as_of(at):
        services.return_submission(
            submission=desk.submission,
            reason=review_texts.RETURN_REASON,
            until=assessment.round.closes_on,
            by=desk.post,
            arrived_at=at,
        )
    return _("%(name)s: returned") % {"name": assessment.partnership.name}


def _reply(desk: Desk, query: Query, text: str) -> None:
    partnership = desk.submission.assessment.partnership
    seats = Membership.objects.current().filter(role=Role.COORDINATOR, agency__partnership=partnership)
    at = max(_moment(desk.submission.assessment.round, *REPLIED), desk.go_on())
    with as_of(at):
        reply_to_query(query=query, text=text, by=seats.select_related("user", "agency")[0], arrived_at=at)


def _verdict(line: Seen) -> services.Verdict:
    level = None if line.level is None else line.question.levels[line.level]
    return services.Verdict(level, does_not_apply=level is None, reason=line.reason)


def _moment(round_: Round, days_before: int, hour: int) -> datetime.datetime:
    day = working_day(rounds.first_run(round_, reviews.NEWEST) - datetime.timedelta(days=days_before))
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=LONDON)
