"""Change the criteria of an open round for a newer version of them, and take that back; no answer is lost by either.

Every row that hangs on a criterion goes to its heir, or stays where it is; `assessments.move_rules` says which and why.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from assessments import move_queries
from assessments.models import (
    LONDON,
    Assessment,
    Move,
    Round,
    Submission,
    Survey,
)
from assessments.services.moved_rows import Changes, Mover
from audit.services import record
from hallmarks.models import Version
from hallmarks.outline import outline_of

# So many of those who have submitted are named; the region's page lists them all.
NAMED = 5
MOVED, RESTORED = "round.criteria_moved", "round.criteria_restored"


class MoveRefused(Exception):
    """Raised when the criteria of a round cannot change as asked; `message` says why, and what to do instead."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class RoundIsOver(MoveRefused):
    """The round has closed."""

    message = _("The round has closed, so its criteria stay as they are. Use the other version in the next round")


class VersionNotPublished(MoveRefused):
    """The version is a draft or was withdrawn."""

    message = _("Only published criteria can be asked in a round. Publish this version first")


class OtherFramework(MoveRefused):
    """The version belongs to another line of criteria, in which no answer would find its criterion."""

    message = _("This version belongs to another set of criteria. Open a new round to use it")


class SameVersion(MoveRefused):
    """The round asks these criteria already."""

    message = _("The round asks these criteria already")


class SomeHaveSubmitted(MoveRefused):
    """A submission counts in the round, and all that are compared answer the same criteria."""

    def __init__(self, names: Sequence[str]) -> None:
        words = ngettext(
            "%(n)s partnership has submitted: %(names)s. All partnerships of a round answer the same criteria, so "
            "that they can be compared. Ask it to withdraw what it sent, or use this version in the next round",
            "%(n)s partnerships have submitted: %(names)s. All partnerships of a round answer the same criteria, so "
            "that they can be compared. Ask them to withdraw what they sent, or use this version in the next round",
            len(names),
        )
        named = ", ".join(names[:NAMED])
        more = _("%(names)s and %(n)s others") % {"names": named, "n": len(names) - NAMED}
        self.message = words % {"n": len(names), "names": more if len(names) > NAMED else named}


class NothingToUndo(MoveRefused):
    """The criteria of the round were never changed, or the change was undone already."""

    message = _("There is no change of criteria to undo")


class SavedSince(MoveRefused):
    """Somebody saved something under the new criteria, which going back would hurt."""

    message = _(
        "Something was saved in this round since its criteria changed, so the change can no longer be undone. "
        "You can move the round to the earlier version instead, and read first what that would do"
    )


class BeforeWithdrawn(MoveRefused):
    """The criteria that the round asked before are offered no more."""

    message = _("The criteria that the round asked before are withdrawn by now, so it cannot go back to them")


@transaction.atomic
def move_assessments(*, round_: Round, version: Version, by: User | None) -> Move:
    """Ask other criteria in an open round: every answer goes to the heir of its criterion, or stays without a home.

    All or nothing. Saves under way are finished first, or refused afterwards with their text. Raises MoveRefused.
    """
    locked = _lock(round_)
    # Locked too, so that it cannot be withdrawn meanwhile.
    version = Version.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    if refusal := refusal_of(locked, version):
        raise refusal
    report = move_queries.rehearse([locked], outline_of(version))[locked.pk]
    changes = Mover(locked, outline_of(version)).move()
    before = _let_ask(locked, version)
    move = Move.objects.create(
        round=locked,
        before=before,
        after=version,
        changes={**changes.as_json(), "standing": move_queries.standing(locked)},
        report=report.as_json(),
        moved_by=by,
        moved_at=timezone.now(),
    )
    record(
        kind=MOVED,
        target=locked,
        by=by,
        before={"version": _named(before)},
        after={"version": _named(version), "title": version.title, **report.tally.as_json()},
    )
    return move


@transaction.atomic
def undo_move(*, round_: Round, by: User | None) -> Move:
    """Put everything back as it was before the last change of a round's criteria, row by row.

    Raises RoundIsOver, NothingToUndo, or SavedSince after the first save.
    """
    locked = _lock(round_)
    move = move_queries.last_move(locked)
    if move is None:
        raise NothingToUndo
    if refusal := undo_refusal_of(locked, move):
        raise refusal
    Changes.read(move.changes).undo()
    _let_ask(locked, move.before)
    move.undone_by, move.undone_at = by, timezone.now()
    move.save(update_fields=["undone_by", "undone_at"])
    record(
        kind=RESTORED,
        target=locked,
        by=by,
        before={"version": _named(move.after)},
        after={"version": _named(move.before), "title": move.before.title},
    )
    return move


def refusal_of(round_: Round, version: Version) -> MoveRefused | None:
    """Return what a move would be refused with, or None: the dry run says so before anybody presses the button."""
    if is_over(round_):
        return RoundIsOver()
    if version.pk == round_.version_id:
        return SameVersion()
    if version.framework_id != round_.version.framework_id:
        return OtherFramework()
    if version.status != Version.Status.PUBLISHED:
        return VersionNotPublished()
    sent = Submission.objects.current().filter(assessment__round=round_).order_by("assessment__partnership__name")
    names = list(sent.values_list("assessment__partnership__name", flat=True))
    return SomeHaveSubmitted(names) if names else None


def undo_refusal_of(round_: Round, move: Move) -> MoveRefused | None:
    """Return what undoing a move would be refused with, or None."""
    if is_over(round_):
        return RoundIsOver()
    if move.before.status != Version.Status.PUBLISHED:
        return BeforeWithdrawn()
    return None if move_queries.stood(move) == move_queries.standing(round_) else SavedSince()


def is_over(round_: Round) -> bool:
    """Say whether the round's last day is over; extensions go on under the criteria that all others answered."""
    return timezone.now().astimezone(LONDON).date() > round_.closes_on


def _lock(round_: Round) -> Round:
    """Wait for every save under way in the round and keep all others waiting; who returns an assessment locks alike.

    Assessments first, then the round: whoever holds an assessment may go on to lock its round, never the reverse.
    """
    list(Assessment.objects.select_for_update(no_key=True).filter(round=round_).order_by("pk").values_list("pk"))
    locked = Round.objects.select_for_update(of=("self",), no_key=True).select_related("version__framework")
    found = locked.get(pk=round_.pk)
    surveys = Survey.objects.select_for_update(of=("self",), no_key=True).filter(assessment__round=round_)
    list(surveys.order_by("pk").values_list("pk"))
    return found


def _let_ask(round_: Round, version: Version) -> Version:
    """Write which version the round asks; return the one before."""
    before, round_.version = round_.version, version
    round_.save(update_fields=["version"])
    return before


def _named(version: Version) -> str:
    return "/".join(version.natural_key())
