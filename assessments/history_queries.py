"""Read the audit trail of a criterion or of an assessment: first only that something was done, then a page of it."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import OuterRef, Subquery

from accounts.models import User
from assessments.desks import Desk
from assessments.history import (
    OF_A_CRITERION,
    OF_AN_ASSESSMENT,
    OF_THE_CRITERIA,
    SAVED,
    Act,
    Mark,
    Sitting,
    Told,
    sittings,
    told,
    who,
)
from assessments.models import Assessment, ImprovementAction, LateDraft, Rating, Round, Survey
from assessments.move_queries import criteria_changed_at, questions_over_time
from assessments.services.carrying import CARRIED
from audit.models import Event, EventQuerySet
from govuk.pagination import paginate
from hallmarks.marks import in_a_sentence
from hallmarks.outline import Question

# The acts that write an answer, each with the answer before and after it.
WRITES = (SAVED, "rating.confirmed", "rating.decided")


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did, as a page shows it."""

    sentence: str
    told: Told


def _not_asked(_at: datetime.datetime) -> None:
    """Say what was asked then of an assessment as a whole: no one thing."""


@dataclass(frozen=True)
class _Trail:
    """Events, and what those need to be told that only know a key: titles by key, and the question as it was asked.

    `confirming` is the key of the act that may have let count what was carried forward.
    """

    events: EventQuerySet
    subjects: Mapping[str, str]
    asked: Callable[[datetime.datetime], Question | None] = _not_asked
    confirming: int | None = None


class _Facts(NamedTuple):
    """What an event holds, and the name of who acted."""

    before: Any
    after: Any
    actor: str | None


def criterion_entries(desk: Desk, question: Question, page: str | None) -> Page[Any]:
    """Return a page of what happened to one criterion's answer, its evidence and its actions, newest first."""
    rating = desk.assessment.ratings.filter(criterion=question.criterion).first()
    actions = ImprovementAction.objects.filter(raised_in=desk.assessment, criterion=question.criterion)
    subjects = {str(key): text for key, text in actions.values_list("pk", "text")}
    origin = _origin(desk.assessment, rating)
    events = Event.objects.about_any(
        {Rating: [rating.pk] if rating else [], ImprovementAction: subjects, Assessment: [desk.assessment.pk]}
    ).filter(kind__in=OF_A_CRITERION)
    moves = Event.objects.about(desk.assessment.round).filter(kind__in=OF_THE_CRITERIA)
    found = events | moves | Event.objects.filter(pk__in=origin.carried)
    asked = questions_over_time(desk.assessment.round, question)
    return _entries(_Trail(found, subjects, asked, origin.confirmed), page)


class _Origin(NamedTuple):
    """How a rating began: the acts that carried it forward, by key, and the first that wrote it after that."""

    carried: tuple[int, ...] = ()
    confirmed: int | None = None


def _origin(assessment: Assessment, rating: Rating | None) -> _Origin:
    """Look for where an answer comes from; blank where nothing was carried forward."""
    if rating is None or assessment.round.previous_id is None:
        return _Origin()
    first = Event.objects.about(rating).filter(kind__in=WRITES).values_list("pk", "after").first()
    # What nobody wrote has a revision all the same: the copy's.
    if rating.is_confirmed and (first is None or not first[1] or first[1].get("revision") == 1):
        return _Origin()
    place = assessment.partnership.slug
    carried = Event.objects.about(assessment.round).filter(kind=CARRIED, partnership__in=["", place])
    # A partnership that joined the round later was carried forward by an act of its own.
    latest = carried.order_by("-partnership", "pk").values_list("pk", flat=True)[:1]
    return _Origin(tuple(latest), first[0] if first else None)


def assessment_entries(desk: Desk, page: str | None) -> Page[Any]:
    """Return a page of what happened to the assessment as a whole, newest first."""
    drafts = desk.assessment.late_drafts.select_related("criterion__section")
    subjects = {str(draft.pk): _place(draft) for draft in drafts.only("criterion__number", "criterion__section__title")}
    surveys = Survey.objects.filter(assessment=desk.assessment).values_list("pk", flat=True)
    events = Event.objects.about_any(
        {
            Assessment: [desk.assessment.pk],
            Round: [desk.assessment.round_id],
            LateDraft: subjects,
            Survey: list(surveys),
        }
    ).filter(kind__in=OF_AN_ASSESSMENT, partnership__in=["", desk.assessment.partnership.slug])
    return _entries(_Trail(events, subjects), page)


def answer_at(rating: Rating, revision: int) -> Mapping[str, Any] | None:
    """Return what a rating said at a revision, as the trail keeps it; None where the trail does not know."""
    if revision == 0:
        return {}
    events = Event.objects.about(rating).filter(kind__in=WRITES, after__revision__in=[revision, revision + 1])
    # What was written under other criteria names other levels and other signs.
    if changed_at := criteria_changed_at(rating.assessment.round):
        events = events.filter(at__gt=changed_at)
    written: dict[int, tuple[Any, Any]] = {
        after["revision"]: (before, after) for before, after in events.values_list("before", "after") if after
    }
    # What was carried forward was not written by anybody; the first who changed it found it so.
    _before, after = written.get(revision) or (None, written.get(revision + 1, (None, None))[0])
    found: Mapping[str, Any] | None = after
    return found


def _place(draft: LateDraft) -> str:
    return f"{draft.criterion.section.title} {draft.criterion.number}"


def _entries(trail: _Trail, page: str | None) -> Page[Any]:
    """Leaf through the marks, and read what happened, and who did it, for the page asked for only."""
    marks = trail.events.values_list("pk", "at", "kind", "actor_id", "actor_role", "target_id")
    shown = paginate(sittings(Mark(*mark) for mark in marks), page)
    found: list[Sitting] = list(shown.object_list)
    facts = _facts(mark.pk for sitting in found for mark in (sitting.first, sitting.last))
    entries = (_entry(sitting, facts, trail) for sitting in found)
    shown.object_list = [entry for entry in entries if entry]
    return shown


def _facts(keys: Iterable[int]) -> dict[int, _Facts]:
    """Return by key what stood before and after, and who acted; one query."""
    actor = User.objects.filter(pk=OuterRef("actor_id")).values("name")
    rows = Event.objects.filter(pk__in=set(keys)).annotate(actor=Subquery(actor[:1]))
    return {key: _Facts(*rest) for key, *rest in rows.values_list("pk", "before", "after", "actor")}


def _entry(sitting: Sitting, facts: Mapping[int, _Facts], trail: _Trail) -> Entry | None:
    mark, after = sitting.last, facts[sitting.last.pk]
    asked = trail.asked(mark.at)
    act = Act(
        mark.kind,
        facts[sitting.first.pk].before or {},
        after.after or {},
        trail.subjects.get(mark.target_id, ""),
        {level.slug: in_a_sentence(level.name) for level in asked.levels} if asked else {},
        {str(sign.number): sign.text for sign in asked.indicators} if asked else {},
        # Nobody's save of an answer that counts already leaves a trace where it changes nothing.
        confirms=sitting.first == mark and (mark.kind == SAVED or mark.pk == trail.confirming),
    )
    said = told(act)
    return Entry(said.sentence(who(after.actor or "", mark.role), mark.at), said) if said else None
