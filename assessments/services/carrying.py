"""Start a round from the answers of those before; none of them counts until somebody confirms or changes it."""

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, models, transaction

from accounts.models import Membership, User
from assessments.carry_forward import Given, Path, paths
from assessments.models import Assessment, Evidence, IndicatorAnswer, Rating, Round
from assessments.move_queries import former_versions
from assessments.services.ratings import open_for_writing, write
from assessments.services.states import Refused
from audit.services import record
from hallmarks.outline import Question, outline_by_id
from partnerships.models import Partnership

# What makes two pieces of evidence the same: a file is stored once, however many rounds refer to it.
PIECE = ("number", "title", "file", "link", "case_study_id", "sha256", "size", "media_type", "added_by_id")
FIRST = 1
CARRIED = "round.carried_forward"


class NothingToConfirm(Refused):
    """What was carried forward has no level here, so somebody must choose one."""

    why = "nothing"


@dataclass(frozen=True)
class Copied:
    """How much was carried forward."""

    partnerships: int = 0
    ratings: int = 0
    signs: int = 0
    evidence: int = 0


@transaction.atomic
def carry_forward(*, round_: Round, by: User | None, partnership: Partnership | None = None) -> Copied:
    """Copy each partnership's (or one's) newest earlier answers as unconfirmed; what is rated here is left alone.

    The rows as they stand are copied, submitted or not: who missed the deadline loses nothing. What nobody confirmed in
    a round was never that round's answer, so the answer of the round before it is copied instead.
    """
    if round_.previous is None:
        return Copied()
    started: set[int] = set()
    parts = [_copy_from(earlier, round_, partnership, started) for earlier in _before(round_)]
    copied = Copied(len(started), *map(sum, zip(*parts, strict=True)))
    record(
        kind=CARRIED,
        target=round_,
        by=by,
        partnership=partnership.slug if partnership else "",
        after={"from": round_.previous.slug, **asdict(copied)},
    )
    return copied


@transaction.atomic
def confirm_rating(
    *,
    assessment: Assessment,
    question: Question,
    revision: int,
    save_id: uuid.UUID,
    by: Membership,
    arrived_at: datetime.datetime,
) -> Rating:
    """Let what was carried forward count as it stands, if nobody wrote since `revision` was read; twice is once.

    Raises NothingToConfirm where it has no level, and what `save_rating` raises; then nothing is written.
    """
    rating, answer = open_for_writing(assessment, question, None, revision, {save_id}, arrived_at)
    if rating.is_confirmed:
        return rating
    if not rating.is_to_confirm:
        raise NothingToConfirm
    write(rating, question, answer, answer, by, save_id)
    record(
        kind="rating.confirmed",
        target=rating,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=assessment.partnership.slug,
        after={**answer.as_json(), "criterion": question.criterion.code, "revision": rating.revision},
        request_id=str(save_id),
    )
    return rating


def carry_again(*, assessment: Assessment, by: User) -> None:
    """Bring what was just submitted into the rounds that began earlier, where nobody has touched what was copied then.

    What somebody typed, confirmed or attached there stays; it runs in the transaction that submits.
    """
    for following in assessment.round.next.all():
        heir = following.assessments.filter(partnership=assessment.partnership).first()
        if heir is not None and not heir.is_submitted:
            _forget_untouched(heir, assessment)
            carry_forward(round_=following, partnership=assessment.partnership, by=by)


def _forget_untouched(heir: Assessment, source: Assessment) -> None:
    """Take away what was copied and is as it was copied; evidence that the source does not have was added here."""
    copied = heir.ratings.filter(is_confirmed=False, revision=FIRST, updated_by=None)
    known = set(Evidence.objects.filter(rating__assessment=source).values_list(*PIECE))
    mine = Evidence.objects.filter(rating__in=copied).values_list("rating", *PIECE)
    touched = {rating for rating, *piece in mine if tuple(piece) not in known}
    untouched = copied.exclude(pk__in=touched)
    for rows in (IndicatorAnswer.objects, Evidence.objects):
        rows.filter(rating__in=untouched).delete()
    untouched.delete()


def _before(round_: Round) -> Iterator[Round]:
    """Yield the rounds before, nearest first."""
    while round_.previous is not None:
        round_ = round_.previous
        yield round_


def _copy_from(earlier: Round, round_: Round, only: Partnership | None, started: set[int]) -> tuple[int, int, int]:
    """Copy what one earlier round answered; note in `started` whose answers there were."""
    heirs = _heirs(round_, earlier, only)
    ways = _ways(earlier, round_)
    ratings = _copy_ratings(heirs, ways)
    started.update(assessment for assessment, _rating in ratings.values())
    return len(ratings), _copy_signs(heirs, ratings, ways), _copy_evidence(heirs, ratings)


def _ways(earlier: Round, round_: Round) -> dict[int, Path]:
    """Return what became of each criterion that an answer of the earlier round may stand at, its own version's first.

    Read after the locks: the criteria of either may have changed while they were waited for.
    """
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    before = Round.objects.get(pk=earlier.pk)
    now = outline_by_id(locked.version_id)
    found: dict[int, Path] = {}
    for version in (before.version_id, *former_versions(before)):
        found |= paths(outline_by_id(version), now)
    return found


def _heirs(round_: Round, previous: Round, only: Partnership | None) -> dict[int, Assessment]:
    """Return this round's assessments by the key of their partnership's in the round before, whose rows are locked.

    Whoever removes evidence locks its assessment too, so no file goes while it is being carried.
    """
    mine = {"partnership": only} if only else {}
    before = Assessment.objects.select_for_update().filter(round=previous, **mine).order_by("pk")
    places = dict(before.values_list("partnership", "pk"))
    now = Assessment.objects.with_round().filter(round=round_, **mine)
    return {places[heir.partnership_id]: heir for heir in now if heir.partnership_id in places}


def _copy_ratings(heirs: Mapping[int, Assessment], ways: Mapping[int, Path]) -> dict[int, tuple[int, int]]:
    """Copy the answers; return the keys of the assessment and of the copy by that of the rating it was made from."""
    there = _keys(heirs)
    order = {criterion: place for place, criterion in enumerate(ways)}
    copies: dict[int, Rating] = {}
    # An answer without a home in its own round comes last: it is copied where nothing newer has been said.
    for row in sorted(_answered(heirs), key=lambda row: order.get(row.criterion_id, len(order))):
        copy = _copy(row, heirs[row.assessment_id], ways.get(row.criterion_id))
        if copy and (copy.assessment_id, copy.criterion_id) not in there:
            copies[row.pk] = copy
            there[copy.assessment_id, copy.criterion_id] = 0
    _insert(list(copies.values()))
    keys = _keys(heirs)
    return {old: (copy.assessment_id, keys[copy.assessment_id, copy.criterion_id]) for old, copy in copies.items()}


def _answered(heirs: Mapping[int, Assessment]) -> models.QuerySet[Rating]:
    """Return what was answered, and what was begun and holds anything at all."""
    signs = IndicatorAnswer.objects.filter(rating=models.OuterRef("pk"))
    evidence = Evidence.objects.filter(rating=models.OuterRef("pk"))
    said = models.Q(level__isnull=False) | models.Q(does_not_apply=True) | ~models.Q(reason="")
    found = Rating.objects.filter(assessment__in=list(heirs), is_confirmed=True)
    return found.filter(said | models.Exists(signs) | models.Exists(evidence))


def _copy(row: Rating, heir: Assessment, path: Path | None) -> Rating | None:
    place = heir.partnership
    if path is None or not path.now.is_asked_of(place, heir.round.opens_on):
        return None
    given = path.carry(Given(row.level_id, row.does_not_apply, row.reason))
    return Rating(
        assessment_id=heir.pk,
        criterion_id=path.now.criterion.pk,
        level_id=given.level,
        does_not_apply=given.does_not_apply,
        reason=given.reason,
        is_confirmed=False,
        revision=FIRST,
        updated_by_agency=row.updated_by_agency,
    )


def _keys(heirs: Mapping[int, Assessment]) -> dict[tuple[int, int], int]:
    rows = Rating.objects.filter(assessment__in=[heir.pk for heir in heirs.values()]).order_by()
    return {
        (assessment, criterion): pk for pk, assessment, criterion in rows.values_list("pk", "assessment", "criterion")
    }


def _copy_signs(
    heirs: Mapping[int, Assessment], ratings: Mapping[int, tuple[int, int]], ways: Mapping[int, Path]
) -> int:
    same = {old: new for path in ways.values() for old, new in path.signs.items()}
    rows = IndicatorAnswer.objects.filter(rating__assessment__in=list(heirs)).order_by()
    return _insert(
        [
            IndicatorAnswer(rating_id=ratings[rating][1], indicator_id=same[sign], answer=answer)
            for rating, sign, answer in rows.values_list("rating", "indicator", "answer")
            if rating in ratings and sign in same
        ]
    )


def _copy_evidence(heirs: Mapping[int, Assessment], ratings: Mapping[int, tuple[int, int]]) -> int:
    rows = Evidence.objects.filter(rating__assessment__in=list(heirs)).order_by("pk")
    return _insert(
        [
            Evidence(rating_id=ratings[rating][1], **dict(zip(PIECE, piece, strict=True)))
            for rating, *piece in rows.values_list("rating", *PIECE)
            if rating in ratings
        ]
    )


def _insert(rows: Sequence[models.Model]) -> int:
    """Write rows of one kind by one statement that is run for each; return how many.

    `bulk_create` makes some four hundred statements of a round's answers on SQLite.
    """
    if not rows:
        return 0
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {rows[0]._meta.db_table} ({names}) VALUES ({places})",  # noqa: S608
            [_values(row, fields) for row in rows],
        )
    return len(rows)


def _values(row: models.Model, fields: "Sequence[models.Field[Any, Any]]") -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
