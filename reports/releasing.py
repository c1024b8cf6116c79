"""The release of a round: reads what was current when the round closed, and keeps what was decided from it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assessments.models import Round, Submission
from assessments.queries import asked_in
from reports.counted import counted_marks
from reports.decided import release_of
from reports.release import AREA, FAMILY, FORCE, NATION, REGION, Answers, Group, Release

# Rounds kept in memory by one process; each is a few hundred kilobytes.
ROUNDS_KEPT = 16


class Sent(NamedTuple):
    """A submission as far as it matters whether it counted, and the one group that it does not hold itself."""

    pk: int
    assessment: int
    number: int
    submitted_at: datetime.datetime
    withdrawn_at: datetime.datetime | None
    area: str


@dataclass(frozen=True)
class Released:
    """A round's release, and what each partnership had submitted itself, by the partnership's key."""

    release: Release
    answers: Mapping[int, Answers]
    submissions: Mapping[int, int]
    codes: tuple[str, ...]

    def counts(self, code: str, group: Group) -> tuple[int, ...] | None:
        """Return how many of a group chose each level of a criterion, lowest first, or None where it is withheld."""
        return self.release.counts(self._places[code], group)

    def own(self, partnership: int, code: str) -> str:
        """Return what a partnership submitted itself: a digit, "-" does not apply, "." not asked, "" not submitted."""
        answers = self.answers.get(partnership)
        return answers.levels[self._places[code]] if answers else ""

    def group(self, partnership: int, kind: str) -> Group | None:
        """Return the group of a kind in which a partnership was counted, or None where it was in none."""
        answers = self.answers.get(partnership)
        slug = answers.groups.get(kind) if answers else None
        return Group(kind, slug) if slug else None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}


def released(round_: Round, at: datetime.datetime) -> Released | None:
    """Return what partnerships may see of others in a round; None until it has closed.

    What was withdrawn, returned or sent again later makes no difference: the release never changes.
    """
    return released_rounds([round_], at).get(round_.slug)


def released_rounds(rounds: Iterable[Round], at: datetime.datetime) -> dict[str, Released]:
    """Return the releases of those rounds that have closed, by the round's slug; one query once they are decided."""
    closed = [round_ for round_ in rounds if at > round_.closes_at]
    sent = _sent(closed)
    return {round_.slug: _kept_or_decided(round_, sent[round_.pk]) for round_ in closed}


def _kept_or_decided(round_: Round, sent: Iterable[Sent]) -> Released:
    in_time = (each for each in sent if each.submitted_at <= round_.closes_at)
    counted = frozenset((each.pk, each.area) for each in _current_at_close(in_time, round_.closes_at))
    if (round_.pk, counted) not in _kept:
        if len(_kept) >= ROUNDS_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[round_.pk, counted] = _decide(round_, {pk for pk, _area in counted})
    return _kept[round_.pk, counted]


def forget() -> None:
    """Drop what is remembered; tests call it because their databases use the same keys again."""
    _kept.clear()


_kept: dict[tuple[int, frozenset[tuple[int, str]]], Released] = {}


def _sent(rounds: Sequence[Round]) -> dict[int, list[Sent]]:
    columns = ("pk", "assessment", "number", "submitted_at", "withdrawn_at", "assessment__partnership__area_type")
    sent: dict[int, list[Sent]] = {round_.pk: [] for round_ in rounds}
    rows = Submission.objects.filter(assessment__round__in=rounds).order_by()
    for round_, *row in rows.values_list("assessment__round", *columns):
        sent[round_].append(Sent(*row))
    return sent


def _current_at_close(sent: Iterable[Sent], closed_at: datetime.datetime) -> Iterator[Sent]:
    """Yield the last submission of each assessment, unless it had been withdrawn by then."""
    last: dict[int, Sent] = {}
    for each in sent:
        known = last.get(each.assessment)
        last[each.assessment] = each if known is None or known.number < each.number else known
    for each in last.values():
        if each.withdrawn_at is None or each.withdrawn_at > closed_at:
            yield each


def _decide(round_: Round, counted: set[int]) -> Released:
    questions = asked_in(round_).questions
    read = list(_answers(round_, counted))
    answers = {partnership: each for partnership, _pk, each in read}
    return Released(
        release_of(answers, [len(question.levels) for question in questions]),
        answers,
        {partnership: pk for partnership, pk, _each in read},
        tuple(question.criterion.code for question in questions),
    )


def _answers(round_: Round, counted: set[int]) -> Iterator[tuple[int, int, Answers]]:
    """Yield each partnership's key, its submission's, and its answers with the groups as they stood in it."""
    columns = ("region__slug", "police_force__slug", "family_group", "assessment__partnership__area_type")
    rows = Submission.objects.filter(assessment__round=round_).order_by("assessment__partnership")
    marks = counted_marks(round_)
    for pk, partnership, levels, *names, nation in rows.values_list(
        "pk", "assessment__partnership", "levels", *columns, "region__nation"
    ):
        if pk in counted:
            groups = zip((REGION, FORCE, FAMILY, AREA, NATION), (*names, nation), strict=True)
            yield partnership, pk, Answers({kind: str(name) for kind, name in groups if name}, marks(levels))
