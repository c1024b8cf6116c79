"""The rows that a move of a round takes along: what each was and is, so that all of it can be put back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from assessments.carry_forward import Path
from assessments.models import (
    Decision,
    ImprovementAction,
    IndicatorAnswer,
    Rating,
    Round,
    Survey,
    SurveyCount,
    View,
)
from assessments.move_queries import takers_of, ways_of
from assessments.moving import Fate
from assessments.survey_queries import key_among
from assessments.view_queries import keys_of_views
from hallmarks.outline import Outline

# The tables whose rows move or are made, by the names that the record of a move gives them.
TABLES: dict[str, type[Model]] = {
    model._meta.label_lower: model
    for model in (Rating, IndicatorAnswer, Decision, View, SurveyCount, ImprovementAction)
}
# Rows that one statement changes.
BATCH = 2_000
Values = tuple[tuple[str, Any], ...]


@dataclass
class Changes:
    """What was changed: for each table, rows (by key) that were and are alike; and the rows that were made."""

    rows: dict[str, dict[tuple[Values, Values], list[int]]] = field(default_factory=lambda: defaultdict(dict))
    made: dict[str, list[int]] = field(default_factory=dict)

    def note(self, model: type[Model], pk: int, was: Mapping[str, Any], now: Mapping[str, Any]) -> None:
        """Plan a change of one row; what stays as it is needs none."""
        if dict(was) != dict(now):
            of_table = self.rows[model._meta.label_lower]
            of_table.setdefault((tuple(was.items()), tuple(now.items())), []).append(pk)

    def do(self) -> None:
        """Write everything that was planned."""
        for model, _was, now, keys in self._parts():
            _update(model, now, keys)

    def undo(self) -> None:
        """Write everything back, and take away what was made."""
        for label, keys in self.made.items():
            for part in _batches(keys):
                TABLES[label]._base_manager.filter(pk__in=part).delete()
        for model, was, _now, keys in self._parts():
            _update(model, was, keys)

    def as_json(self) -> dict[str, Any]:
        """Return it as the record of a move keeps it."""
        rows = {
            label: [[dict(was), dict(now), keys] for (was, now), keys in found.items()]
            for label, found in self.rows.items()
        }
        return {"rows": rows, "made": self.made}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Changes":
        """Return what a record keeps."""
        changes = cls(made=dict(kept["made"]))
        for label, found in kept["rows"].items():
            for was, now, keys in found:
                changes.rows[label][tuple(was.items()), tuple(now.items())] = keys
        return changes

    def _parts(self) -> Iterator[tuple[type[Model], Values, Values, list[int]]]:
        for label, found in self.rows.items():
            for (was, now), keys in found.items():
                yield TABLES[label], was, now, keys


class Mover:
    """Takes every row of a round to the heir of its criterion; the round's rows are locked by whoever asks."""

    def __init__(self, round_: Round, now: Outline) -> None:
        self.round = round_
        self.now = now
        self.ways = ways_of([round_], now)[round_.pk]
        self.places = {taker.assessment: taker.place for taker in takers_of([round_])[round_.pk]}
        self.changes = Changes()

    def move(self) -> Changes:
        """Write all changes and return them."""
        paths = self._ratings()
        self._signs(paths)
        self._decisions(paths)
        self._views()
        self._counts()
        self._actions()
        self.changes.do()
        self._start_at_zero()
        return self.changes

    def _path(self, assessment: int, criterion: int) -> Path | None:
        """Return the way of an assessment's row to the criterion that it is asked instead; None where it stays."""
        way = self.ways.get(criterion)
        path = way.heir_at(self.places[assessment]) if way else None
        return None if path is None or path.now.criterion.pk == criterion else path

    def _ratings(self) -> dict[int, Path]:
        """Plan the ratings; return the path of each that moves, by its key."""
        columns = ("pk", "assessment_id", "criterion_id", "level_id", "is_confirmed")
        rows = list(Rating.objects.filter(assessment__round=self.round).order_by("pk").values_list(*columns))
        taken = {(assessment, criterion) for _pk, assessment, criterion, *_rest in rows}
        moved: dict[int, Path] = {}
        for pk, assessment, criterion, level, is_confirmed in rows:
            path = self._path(assessment, criterion)
            if path is None or (assessment, path.now.criterion.pk) in taken:
                continue
            taken.add((assessment, path.now.criterion.pk))
            moved[pk] = path
            stays = self._fate(assessment, criterion, level) is Fate.KEPT
            self.changes.note(
                Rating,
                pk,
                {"criterion_id": criterion, "level_id": level, "is_confirmed": is_confirmed},
                {**_arrived(path, level), "is_confirmed": is_confirmed and stays},
            )
        return moved

    def _fate(self, assessment: int, criterion: int, level: int | None) -> Fate:
        return self.ways[criterion].fate(self.places[assessment], level)

    def _signs(self, paths: Mapping[int, Path]) -> None:
        """A sign that is gone keeps its answer, which nobody is shown as one of the criterion's."""
        rows = IndicatorAnswer.objects.filter(rating__assessment__round=self.round).order_by()
        for pk, rating, sign in rows.values_list("pk", "rating_id", "indicator_id").iterator():
            heir = paths[rating].signs.get(sign) if rating in paths else None
            if heir:
                self.changes.note(IndicatorAnswer, pk, {"indicator_id": sign}, {"indicator_id": heir})

    def _decisions(self, paths: Mapping[int, Path]) -> None:
        """What a meeting agreed follows its rating; a level that is gone stays the one that was agreed."""
        rows = Decision.objects.filter(rating__assessment__round=self.round).order_by()
        for pk, rating, level in rows.values_list("pk", "rating_id", "level_id"):
            heir = paths[rating].levels.get(level or 0) if rating in paths else None
            if heir:
                self.changes.note(Decision, pk, {"level_id": level}, {"level_id": heir})

    def _views(self) -> None:
        """A view whose level is gone stays where it is: without the level it would say something else."""
        rows = keys_of_views(self.round)
        taken = {(criterion, assessment, member) for _pk, assessment, criterion, _level, member in rows}
        for pk, assessment, criterion, level, member in rows:
            path = self._path(assessment, criterion)
            if path is None or (level and level not in path.levels):
                continue
            there = (path.now.criterion.pk, assessment, member)
            if there not in taken:
                taken.add(there)
                self.changes.note(View, pk, {"criterion_id": criterion, "level_id": level}, _arrived(path, level))

    def _counts(self) -> None:
        """The sums of a criterion follow together or not at all: a part of them would say something else."""
        found: dict[tuple[int, int, int], list[tuple[int, int, int]]] = defaultdict(list)
        columns = ("survey_id", "survey__assessment_id", "criterion_id", "pk", "level_id", "number")
        rows = SurveyCount.objects.filter(survey__assessment__round=self.round).order_by("pk")
        for survey, assessment, criterion, *count in rows.values_list(*columns):
            found[survey, assessment, criterion].append((count[0], count[1], count[2]))
        taken = {(survey, criterion) for survey, _assessment, criterion in found}
        for (survey, assessment, criterion), counts in found.items():
            path = self._path(assessment, criterion)
            if path is None or (survey, path.now.criterion.pk) in taken:
                continue
            if all(level in path.levels for _pk, level, number in counts if number):
                taken.add((survey, path.now.criterion.pk))
                for pk, level, _number in counts:
                    if level in path.levels:
                        was = {"criterion_id": criterion, "level_id": level}
                        self.changes.note(SurveyCount, pk, was, _arrived(path, level))

    def _actions(self) -> None:
        rows = ImprovementAction.objects.filter(raised_in__round=self.round).order_by()
        for pk, assessment, criterion in rows.values_list("pk", "raised_in_id", "criterion_id"):
            if path := self._path(assessment, criterion):
                was = {"criterion_id": criterion}
                self.changes.note(ImprovementAction, pk, was, {"criterion_id": path.now.criterion.pk})

    def _start_at_zero(self) -> None:
        """Make the sums that a front-line check lacks, for the reason that its opening has (services.surveys)."""
        surveys = Survey.objects.filter(assessment__round=self.round).order_by("pk")
        there = set(SurveyCount.objects.filter(survey__in=surveys).values_list("survey_id", "criterion_id", "level_id"))
        wanted = [
            SurveyCount(survey=survey, criterion=asked.criterion, level=level, number=0)
            for survey in surveys.select_related("assessment__partnership__police_force__region")
            for asked in key_among(self.now.applying_to(survey.assessment.partnership, self.round.opens_on))
            for level in asked.levels
            if (survey.pk, asked.criterion.pk, level.pk) not in there
        ]
        if wanted:
            made = SurveyCount.objects.bulk_create(wanted, batch_size=BATCH)
            self.changes.made[SurveyCount._meta.label_lower] = [count.pk for count in made]


def _arrived(path: Path, level: int | None) -> dict[str, Any]:
    """Return criterion and level at the end of a path; a level that is gone is none."""
    return {"criterion_id": path.now.criterion.pk, "level_id": path.levels.get(level) if level else None}


def _update(model: type[Model], values: Values, keys: Sequence[int]) -> None:
    # By the table's own update: who changed a row and when stays as it was.
    for part in _batches(keys):
        model._base_manager.filter(pk__in=part).update(**dict(values))


def _batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
