"""What moves read: the answers of a round as far as their fate depends on them, and which criteria a round has had."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, QuerySet, Sum, Value

from assessments.carry_forward import Path, path_to
from assessments.documents import Document
from assessments.models import (
    Assessment,
    Decision,
    Evidence,
    ImprovementAction,
    IndicatorAnswer,
    LateDraft,
    Move,
    Rating,
    Round,
    Submission,
    SurveyCount,
)
from assessments.moving import Fate, Held, Place, Report, Taker, Way, report_of, ways_between
from assessments.view_queries import views_in
from audit.models import Event
from hallmarks.models import Criterion, Version
from hallmarks.outline import Outline, Question, outline_by_id

# A move keeps every former value of thousands of rows, so nobody reads them along.
HEAVY = ("changes", "report")
BEGINNING = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class MovedFrom:
    """What an answer was given to before the criteria of its round changed; `level` is one that is gone since."""

    path: Path
    moved_at: datetime.datetime
    level: str = ""


def open_rounds(today: datetime.date) -> list[Round]:
    """Return the rounds that are not over, which are all that a move may change; one query."""
    return list(Round.objects.filter(closes_on__gte=today).select_related("version__framework").order_by("opens_on"))


def rehearse(rounds: Collection[Round], now: Outline) -> dict[int, Report]:
    """Return what a move to these criteria would do to each round, by its key; it changes nothing; four queries."""
    takers, answers, signs = takers_of(rounds), answers_of(rounds), signs_of(rounds)
    ways = ways_of(rounds, now)
    return {
        round_.pk: report_of(
            ways[round_.pk],
            outline_by_id(round_.version_id).in_force_on(round_.opens_on),
            now.in_force_on(round_.opens_on),
            takers[round_.pk],
            answers[round_.pk],
            signs[round_.pk],
        )
        for round_ in rounds
    }


def fates_of(round_: Round, now: Outline) -> Iterator[tuple[Taker, Way, Fate]]:
    """Yield what becomes of each answer of a round, by partnership and in published order; three queries."""
    ways = ways_of([round_], now)[round_.pk]
    order = {criterion: place for place, criterion in enumerate(ways)}
    held: dict[int, list[Held]] = {}
    for answer in answers_of([round_])[round_.pk]:
        if answer[1] in ways:
            held.setdefault(answer[0], []).append(answer)
    for taker in takers_of([round_])[round_.pk]:
        for _assessment, criterion, level in sorted(held.get(taker.assessment, ()), key=lambda one: order[one[1]]):
            yield taker, ways[criterion], ways[criterion].fate(taker.place, level)


def ways_of(rounds: Collection[Round], now: Outline) -> dict[int, dict[int, Way]]:
    """Return what becomes of each criterion that an answer of a round may stand at, by the round's key; one query."""
    former: dict[int, list[int]] = {round_.pk: [round_.version_id] for round_ in rounds}
    moves = Move.objects.filter(round__in=rounds, undone_at=None)
    for key, version in moves.values_list("round_id", "before_id"):
        former[key].append(version)
    return {
        round_.pk: ways_between(
            [outline_by_id(version) for version in dict.fromkeys(former[round_.pk])], now, round_.opens_on
        )
        for round_ in rounds
    }


def former_versions(round_: Round) -> list[int]:
    """Return the keys of the versions that the round had before its own, the last one first; one query."""
    moves = Move.objects.filter(round=round_, undone_at=None).values_list("before_id", flat=True)
    return [version for version in dict.fromkeys(moves) if version != round_.version_id]


def takers_of(rounds: Collection[Round]) -> dict[int, list[Taker]]:
    """Return who takes part in each round, by name; one query."""
    found: dict[int, list[Taker]] = {round_.pk: [] for round_ in rounds}
    rows = Assessment.objects.filter(round__in=rounds).select_related("partnership__police_force__region")
    for each in rows.order_by("partnership__name"):
        place = each.partnership
        found[each.round_id].append(Taker(each.pk, place.slug, place.name, Place(place.nation, place.tier)))
    return found


def answers_of(rounds: Collection[Round]) -> dict[int, list[Held]]:
    """Return every answer of each round, begun or finished; one query."""
    found: dict[int, list[Held]] = {round_.pk: [] for round_ in rounds}
    rows = Rating.objects.filter(assessment__round__in=rounds).order_by()
    for round_, *held in rows.values_list("assessment__round_id", "assessment_id", "criterion_id", "level_id"):
        found[round_].append((held[0], held[1], held[2]))
    return found


def signs_of(rounds: Collection[Round]) -> dict[int, dict[int, int]]:
    """Return how often each sign was answered in each round, by its key; one query."""
    found: dict[int, dict[int, int]] = {round_.pk: {} for round_ in rounds}
    rows = IndicatorAnswer.objects.filter(rating__assessment__round__in=rounds).order_by()
    for round_, sign, number in rows.values_list("rating__assessment__round_id", "indicator_id").annotate(Count("pk")):
        found[round_][sign] = number
    return found


def standing(round_: Round) -> dict[str, list[int]]:
    """Return how the rows that hang on a round's criteria stand, in numbers that every save changes; one query.

    A number of rows, the newest one's key, and what grows with each save: revisions and counts.
    """
    first, *others = (_numbers(*hanging) for hanging in _hanging(round_))
    rows: Iterable[Any] = first.union(*others, all=True)
    return {name: [number, newest or 0, grown or 0] for name, number, newest, grown in rows}


def _numbers(name: str, rows: QuerySet[Any], grows: str) -> QuerySet[Any, Any]:
    grown = Sum(grows) if grows else Count("pk")
    named: QuerySet[Any, Any] = rows.order_by().values_list(Value(name, CharField()))
    found: QuerySet[Any, Any] = named.annotate(how_many=Count("pk"), newest=Max("pk"), grown=grown)
    return found


def _hanging(round_: Round) -> Iterator[tuple[str, QuerySet[Any], str]]:
    rated = {"rating__assessment__round": round_}
    yield "ratings", Rating.objects.filter(assessment__round=round_), "revision"
    yield "signs", IndicatorAnswer.objects.filter(**rated), ""
    yield "evidence", Evidence.objects.filter(**rated), ""
    yield "decisions", Decision.objects.filter(**rated), ""
    yield "views", views_in(round_), "revision"
    yield "counts", SurveyCount.objects.filter(survey__assessment__round=round_), "number"
    yield "actions", ImprovementAction.objects.filter(raised_in__round=round_), "revision"
    yield "late", LateDraft.objects.filter(assessment__round=round_), ""
    yield "submissions", Submission.objects.filter(assessment__round=round_), ""


def last_move(round_: Round) -> Move | None:
    """Return the move that would be undone next; one query."""
    moves = Move.objects.filter(round=round_, undone_at=None).select_related("before__framework", "after__framework")
    return moves.defer(*HEAVY).first()


def stood(move: Move) -> dict[str, list[int]]:
    """Return how the rows of a round stood when a move was done; one query, which leaves the rest of it unread."""
    found: dict[str, list[int]] = Move.objects.filter(pk=move.pk).values_list("changes__standing", flat=True).get()
    return found


def moves_of(round_: Round) -> list[Move]:
    """Return what happened to a round's criteria, newest first; one query."""
    moves = Move.objects.filter(round=round_).select_related("before", "after", "moved_by", "undone_by")
    return list(moves.defer("changes"))


def may_be_taken(round_: Round) -> QuerySet[Version]:
    """Return the published versions that a round could move to: those of its own framework."""
    found = Version.objects.published().filter(framework=round_.version.framework_id).exclude(pk=round_.version_id)
    return found.select_related("framework").order_by("-pk")


def questions_over_time(round_: Round, question: Question) -> Callable[[datetime.datetime], Question | None]:
    """Return a function that says how a round asked a question at a moment; one query, and one a version read anew."""
    eras = _eras(round_)
    lineage = question.criterion.lineage

    def asked(at: datetime.datetime) -> Question | None:
        version = next((version for since, version in reversed(eras) if since <= at), eras[0][1] if eras else None)
        if version is None:
            return question
        return next((q for q in outline_by_id(version).questions if q.criterion.lineage == lineage), None)

    return asked


def criteria_changed_at(round_: Round) -> datetime.datetime | None:
    """Return when the criteria of a round last changed, or None; one query."""
    eras = _eras(round_)
    return eras[-1][0] if eras else None


def _eras(round_: Round) -> list[tuple[datetime.datetime, int]]:
    """Return from when on a round had which version (by key), oldest first; none where it has had only one."""
    moves = (
        Move.objects.filter(round=round_).order_by("pk").values_list("before_id", "after_id", "moved_at", "undone_at")
    )
    eras: list[tuple[datetime.datetime, int]] = []
    for before, after, moved_at, undone_at in moves:
        eras.append((moved_at, after) if eras else (BEGINNING, before))
        eras.append((moved_at, after))
        if undone_at:
            eras.append((undone_at, before))
    return sorted(eras)


def moved_from(assessment: Assessment, question: Question, rating: Rating | None) -> MovedFrom | None:
    """Return what an answer was given to that waits for a word since the round's criteria changed; None for others."""
    if rating is None or rating.is_confirmed or rating.updated_by_id is None:
        return None
    move = Move.objects.filter(round=assessment.round_id, undone_at=None).defer(*HEAVY).first()
    if move is None:
        return None
    path = path_to(outline_by_id(move.before_id), question)
    return MovedFrom(path, move.moved_at, _level_before(path, rating)) if path else None


def _level_before(path: Path, rating: Rating) -> str:
    """Return the name of the level that an answer held, where the new scale has none of that name."""
    if rating.level_id or rating.does_not_apply:
        return ""
    written = Event.objects.about(rating).filter(kind__startswith="rating.").values_list("after", flat=True).last()
    level = path.before.level(str((written or {}).get("level", "")))
    return level.name if level else ""


def questions_by_key(round_: Round, wanted: Iterable[int | None]) -> dict[int, Question]:
    """Return a round's questions by their keys, with those of `wanted` that it asked before; one query if there are."""
    found = {question.criterion.pk: question for question in outline_by_id(round_.version_id).questions}
    missing = {key for key in wanted if key} - found.keys()
    if missing:
        for version in (
            Criterion.objects.filter(pk__in=missing).order_by().values_list("version_id", flat=True).distinct()
        ):
            found |= {question.criterion.pk: question for question in outline_by_id(version).questions}
    return found


def outline_of_submission(submission: Submission, document: Document) -> Outline:
    """Return the criteria that a submission answered; one query where the round has asked others since."""
    version = submission.assessment.round.version
    named = (document.criteria.framework, document.criteria.version)
    if version.natural_key() != named and (
        then := Version.objects.filter(framework__slug=named[0], slug=named[1]).first()
    ):
        return outline_by_id(then.pk)
    return outline_by_id(version.pk)
