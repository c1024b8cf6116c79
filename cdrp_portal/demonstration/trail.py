"""How answers came about where people may sign in: who wrote what on which day, as their history tells it."""

import datetime
import itertools
import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments import documents, services
from assessments.models import LONDON, Assessment, ImprovementAction, Rating, Round
from audit.models import Event
from audit.services import record
from cdrp_portal.demonstration import rounds, shape
from cdrp_portal.demonstration.clock import as_of, working_day
from cdrp_portal.demonstration.people import ADDRESSES
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.outline import Question, outline_of

TOLD_OF = ("amber-valley", "derby", "erewash")
# They sat down some days after the round opened, and wrote so many answers a day.
FIRST_DAYS, A_DAY, MINUTES_EACH = 7, 6, 12
FROM = datetime.time(9, 5)
SHARE_WRITTEN_TWICE = 0.35


@dataclass(frozen=True)
class Page:
    """One rating with all that its trail is made of."""

    rating: Rating
    question: Question
    answer: services.Answer
    before: services.Answer | None = None


@transaction.atomic
def tell_how(tell: Teller) -> None:
    """Write the trail of the open round's answers and actions in the partnerships whose pages show it."""
    tell.step(_("Telling how answers came about"))
    round_ = Round.objects.select_for_update().get(pk=rounds.demonstration_rounds()[-1].pk)
    for assessment in Assessment.objects.with_round().filter(round=round_, partnership__slug__in=TOLD_OF):
        if assessment.ratings.exists() and not Event.objects.about(assessment).filter(kind=MADE).exists():
            events = _tell_of(assessment)
            record(kind=MADE, target=assessment, by=None, partnership=assessment.partnership.slug)
            tell.note(_("%(name)s: %(count)s changes") % {"name": assessment.partnership.name, "count": events})


def _tell_of(assessment: Assessment) -> int:
    slug = assessment.partnership.slug
    people = Membership.objects.filter(user__email__in=ADDRESSES, agency__partnership=assessment.partnership)
    writers = list(people.exclude(role=Role.VIEWER).select_related("user", "agency").order_by("pk"))
    chance = shape.seeded("trail", slug)
    pages = list(_pages(assessment))
    moments = _moments(assessment, len(pages))
    written = sum(_write(page, moments, n, writers, chance) for n, page in enumerate(pages))
    return written + _promise(assessment, writers) + _send(assessment)


def _pages(assessment: Assessment) -> Iterator[Page]:
    """Yield what somebody wrote in this round; of what was carried forward and emptied, with what was there before."""
    questions = {question.criterion.pk: question for question in outline_of(assessment.round.version).questions}
    ratings = Rating.objects.filter(is_confirmed=True).prefetch_related("answers").order_by("pk")
    earlier = ratings.filter(assessment__partnership=assessment.partnership_id)
    last = earlier.filter(assessment__round=assessment.round.previous_id)
    before = {rating.criterion_id: rating for rating in last}
    for rating in ratings.filter(assessment=assessment):
        question = questions[rating.criterion_id]
        found = before.get(rating.criterion_id) if rating.revision > 1 else None
        yield Page(rating, question, _answer(question, rating), _answer(question, found) if found else None)


def _answer(question: Question, rating: Rating) -> services.Answer:
    return services.answer_of(question, rating, {row.indicator_id: row.answer for row in rating.answers.all()})


def _moments(assessment: Assessment, number: int) -> list[datetime.datetime]:
    """Return when each answer was written: some a day, from soon after the opening to the sheet's last day."""
    first = assessment.round.opens_on + datetime.timedelta(days=FIRST_DAYS)
    last = max(rating.updated_at for rating in assessment.ratings.all()).astimezone(LONDON).date()
    # What was sent was written before the day on which it was.
    last -= datetime.timedelta(days=assessment.is_submitted)
    days = max(1, (number - 1) // A_DAY)
    span = max((last - first).days, 0)
    return [_moment(first + datetime.timedelta(days=span * (n // A_DAY) // days), n % A_DAY) for n in range(number)]


def _moment(day: datetime.date, turn: int) -> datetime.datetime:
    start = datetime.datetime.combine(working_day(day), FROM, tzinfo=LONDON)
    return start + datetime.timedelta(minutes=turn * MINUTES_EACH)


def _write(
    page: Page,
    moments: Sequence[datetime.datetime],
    place: int,
    writers: Sequence[Membership],
    chance: random.Random,
) -> int:
    """Record the page's saves, and date the rating by the last; return how many there were."""
    versions = [page.answer]
    if page.before is None and page.answer.level and chance.random() < SHARE_WRITTEN_TWICE:
        versions.insert(0, _first_try(page, chance))
    # A second thought comes two sittings later, or on the last day.
    times = [moments[place], moments[min(place + 2 * A_DAY, len(moments) - 1)]][-len(versions) :]
    before, start = page.before, 1 if page.before is None else page.rating.revision
    for revision, (answer, at) in enumerate(zip(versions, times, strict=True), start):
        by = writers[(place + revision) % len(writers)]
        _save(page, before, answer, revision, by, at, chance)
        before = answer
    Rating.objects.filter(pk=page.rating.pk).update(
        revision=revision, updated_at=at, updated_by=by.user, updated_by_agency=by.agency.name
    )
    return len(versions)


def _first_try(page: Page, chance: random.Random) -> services.Answer:
    """Return what somebody wrote first: another level, the reason's first sentence, half of the signs."""
    levels = page.question.levels
    place = page.answer.level.position if page.answer.level else 0
    level = levels[place - 1] if place and chance.random() < 0.5 else levels[min(place + 1, len(levels) - 1)]
    signs = dict(itertools.islice(sorted(page.answer.indicators.items()), len(page.answer.indicators) // 2))
    reason = page.answer.reason.split(". ")[0].rstrip(".") + "."
    return replace(page.answer, level=level, reason=reason, indicators=signs)


def _save(
    page: Page,
    before: services.Answer | None,
    answer: services.Answer,
    revision: int,
    by: Membership,
    at: datetime.datetime,
    chance: random.Random,
) -> None:
    after = {**answer.as_json(), "criterion": page.question.criterion.code, "revision": revision}
    save = uuid.UUID(int=chance.getrandbits(128), version=4)
    _record("rating.saved", page.rating, by, at, before.as_json() if before else None, after, str(save))


def _promise(assessment: Assessment, writers: Sequence[Membership]) -> int:
    """Record who raised the improvement actions of this round, on the evening of the last day of writing."""
    actions = list(ImprovementAction.objects.filter(raised_in=assessment).select_related("owner", "criterion"))
    last = max(rating.updated_at for rating in assessment.ratings.all())
    for turn, action in enumerate(actions, 1):
        plan = services.ActionPlan.of(action).as_json()
        at = last + datetime.timedelta(minutes=turn * MINUTES_EACH)
        after = {**plan, "criterion": action.criterion.code}
        _record("action.raised", action, writers[0], at, None, after)
    return len(actions)


def _send(assessment: Assessment) -> int:
    """Record who submitted, where that was done; return how many submissions there are."""
    sent = list(assessment.submissions.select_related("submitted_by"))
    for submission in sent:
        role = documents.read(submission.document).submitted_by
        after = {"reference": submission.reference, "sha256": submission.sha256}
        with as_of(submission.submitted_at):
            record(
                kind="assessment.submitted",
                target=assessment,
                by=submission.submitted_by,
                role=role,
                partnership=assessment.partnership.slug,
                after=after,
            )
    return len(sent)


def _record(
    kind: str,
    target: Rating | ImprovementAction,
    by: Membership,
    at: datetime.datetime,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    request_id: str = "",
) -> None:
    with as_of(at):
        record(
            kind=kind,
            target=target,
            by=by.user,
            role=f"{by.get_role_display()}, {by.agency}",
            partnership=by.agency.partnership.slug,
            before=before,
            after=after,
            request_id=request_id,
        )
