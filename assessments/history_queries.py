"""Read the audit trail of a criterion or of an assessment: first only that something was done, then a page of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import OuterRef, Subquery

from accounts.models import User
from assessments.desks import Desk
from assessments.history import OF_A_CRITERION, OF_AN_ASSESSMENT, Act, Mark, Sitting, Told, sittings, told, who
from assessments.models import Assessment, ImprovementAction, LateDraft, Rating, Round
from audit.models import Event, EventQuerySet
from govuk.pagination import paginate
from hallmarks.marks import in_a_sentence
from hallmarks.outline import Question


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did, as a page shows it."""

    sentence: str
    told: Told


@dataclass(frozen=True)
class _Trail:
    """Events, and what those need to be told that only know a key: titles by key, and level names by slug."""

    events: EventQuerySet
    subjects: Mapping[str, str]
    levels: Mapping[str, str]


class _Facts(NamedTuple):
    """What an event holds, and the name of who acted."""

    before: Any
    after: Any
    actor: str | None


def criterion_entries(desk: Desk, question: Question, page: str | None) -> Page[Any]:
    """Return a page of what happened to one criterion's answer, its evidence and its actions, newest first."""
    rating = desk.assessment.ratings.filter(criterion=question.criterion).values_list("pk", flat=True)
    actions = ImprovementAction.objects.filter(raised_in=desk.assessment, criterion=question.criterion)
    subjects = {str(key): text for key, text in actions.values_list("pk", "text")}
    events = Event.objects.about_any(
        {Rating: rating, ImprovementAction: subjects, Assessment: [desk.assessment.pk]}
    ).filter(kind__in=OF_A_CRITERION)
    levels = {level.slug: in_a_sentence(level.name) for level in question.levels}
    return _entries(_Trail(events, subjects, levels), page)


def assessment_entries(desk: Desk, page: str | None) -> Page[Any]:
    """Return a page of what happened to the assessment as a whole, newest first."""
    drafts = desk.assessment.late_drafts.select_related("criterion__section")
    subjects = {str(draft.pk): _place(draft) for draft in drafts.only("criterion__number", "criterion__section__title")}
    events = Event.objects.about_any(
        {Assessment: [desk.assessment.pk], Round: [desk.assessment.round_id], LateDraft: subjects}
    ).filter(kind__in=OF_AN_ASSESSMENT, partnership__in=["", desk.assessment.partnership.slug])
    return _entries(_Trail(events, subjects, {}), page)


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
    before = facts[sitting.first.pk].before or {}
    subject = trail.subjects.get(mark.target_id, "")
    said = told(Act(mark.kind, before, after.after or {}, subject, trail.levels))
    return Entry(said.sentence(who(after.actor or "", mark.role), mark.at), said) if said else None
