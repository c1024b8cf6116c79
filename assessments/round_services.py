"""Open a round, move its deadline, give a partnership more time: what administrators do to the calendar."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models import Assessment, Extension, Round
from assessments.round_progress import DeadlineChange
from assessments.round_queries import deadline_change
from assessments.services.carrying import CARRIED, carry_forward
from audit.models import Event
from audit.services import record
from hallmarks.models import Version
from partnerships.models import Partnership, Region

# Addresses such as /rounds/new/ belong to pages, so no round may take them.
RESERVED_SLUGS = {"", "new", "if-moved"}


class RoundRefused(Exception):
    """Raised when the calendar cannot be changed as asked; `field` and `message` say where and what to do."""

    field = ""
    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class VersionNotPublished(RoundRefused):
    """The criteria are still a draft, so they could change while partnerships answer them."""

    field, message = "version", _("Publish these criteria before you open a round with them")


class NameNotUsable(RoundRefused):
    """The name leaves nothing for the round's address."""

    field, message = "name", _("Enter a name with letters or numbers in it, such as 2027 self-assessment")


class NameTaken(RoundRefused):
    """Another round has this name or this address."""

    field, message = "name", _("Another round has this name. Enter a different one")


class ClosesBeforeItOpens(RoundRefused):
    """The last day comes before the first."""

    field, message = "closes_on", _("The closing day must be the same as or after the opening day")


class ViewsCloseOutside(RoundRefused):
    """Views would close before the round opens or after it closes."""

    field, message = "views_close_on", _("The day on which views close must be between the opening and the closing day")


class ClosesBeforeViews(RoundRefused):
    """The round would close before its views do."""

    field = "closes_on"

    def __init__(self, day: datetime.date) -> None:
        words = _("The closing day must be the same as or after %(day)s, when views close. Change that day first")
        self.message = str(words) % {"day": date_format(day, "j F Y")}


class ViewsAreClosed(RoundRefused):
    """Members see each other's views already, or nobody gives one any more."""

    field, message = "views_close_on", _("The day on which views close is over, or the round is, so it cannot change")


class ViewsDayOutside(RoundRefused):
    """The new day for views is over, before the round or after it."""

    field = "views_close_on"
    message = _("The day on which views close must be today or later, and between the opening and the closing day")


class PreviousNotEarlier(RoundRefused):
    """The round before opened on the same day or later."""

    field, message = "previous", _("The round before must have opened before this one")


class NoPartnerships(RoundRefused):
    """The chosen regions have no partnership, so the round would be empty."""

    field, message = "regions", _("There are no partnerships in these regions")


class RoundIsOver(RoundRefused):
    """What others may see of the round was worked out when it closed; a second working out beside it tells too much."""

    field = "closes_on"
    message = _(
        "The round has closed, and what partnerships see of each other stands as it was then. "
        "Give the partnerships that need it more time instead"
    )


class DeadlineInThePast(RoundRefused):
    """The new deadline has passed already."""

    field, message = "closes_on", _("The closing day must be today or later")


class NotInTheRound(RoundRefused):
    """The partnership takes no part in the round."""

    field, message = "partnership", _("This partnership is not in the round. Add it to the round first")


class AlreadyInTheRound(RoundRefused):
    """The partnership takes part already."""

    field, message = "partnership", _("This partnership is in the round already")


class AlreadySent(RoundRefused):
    """The partnership has submitted, so more time would change nothing."""

    field, message = "partnership", _("This partnership has submitted, so it does not need more time")


class NotLater(RoundRefused):
    """The extension ends on or before the round's own closing day."""

    field, message = "until", _("The new closing day must be after the day the round closes for everybody")


class ExtensionInThePast(RoundRefused):
    """The extension would be over before it began."""

    field, message = "until", _("The new closing day must be today or later")


@transaction.atomic
def open_round(
    *,
    slug: str,
    name: str,
    version: Version,
    opens_on: datetime.date,
    closes_on: datetime.date,
    views_close_on: datetime.date | None = None,
    regions: Sequence[Region] = (),
    previous: Round | None = None,
    starts_empty: bool = False,
    by: User | None,
) -> Round:
    """Make a round and a draft for every partnership of these regions (none named: all).

    It opens at midnight and closes at 23:59:59, London time. A round that a made-up person opens is made up.
    Where there is a round before, its answers are copied to be confirmed, unless the round `starts_empty`.
    """
    made = Round(
        slug=slug,
        name=name,
        # Locked, so that it cannot be withdrawn while the round is being made.
        version=Version.objects.select_for_update(of=("self",)).get(pk=version.pk),
        opens_on=opens_on,
        closes_on=closes_on,
        views_close_on=views_close_on,
        previous=previous,
        is_demonstration=by is not None and by.is_demonstration,
    )
    _check_round(made)
    round_ = _create(made)
    round_.regions.set(regions)
    drafts = _make_drafts(round_, regions)
    record(kind="round.opened", target=round_, by=by, after={**_facts(round_, regions), "partnerships": drafts})
    if previous and not starts_empty:
        carry_forward(round_=round_, by=by)
    return round_


@transaction.atomic
def move_deadline(*, round_: Round, closes_on: datetime.date, by: User | None) -> Round:
    """Let a round close on another day, today at the earliest; extensions that end later keep their day."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    _check_deadline(locked, closes_on)
    before, locked.closes_on = locked.closes_on, closes_on
    if before != closes_on:
        locked.save(update_fields=["closes_on"])
        record(
            kind="round.deadline_moved",
            target=locked,
            by=by,
            before={"closes_on": before},
            after={"closes_on": closes_on},
        )
    return locked


@transaction.atomic
def move_views_day(*, round_: Round, views_close_on: datetime.date, by: User | None) -> Round:
    """Let views close on another day, or on a day at all, while none was shown by it; a day that is set stays set."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    _check_views_day(locked, views_close_on)
    before, locked.views_close_on = locked.views_close_on, views_close_on
    if before != views_close_on:
        locked.save(update_fields=["views_close_on"])
        record(
            kind="round.views_day_moved",
            target=locked,
            by=by,
            before={"views_close_on": before},
            after={"views_close_on": views_close_on},
        )
    return locked


def rehearse_deadline(*, round_: Round, closes_on: datetime.date) -> DeadlineChange:
    """Return what `move_deadline` would change for whom, or refuse as it would; nothing is changed."""
    _check_deadline(round_, closes_on)
    return deadline_change(round_, closes_on)


@transaction.atomic
def extend(*, round_: Round, partnership: Partnership, until: datetime.date, reason: str, by: User | None) -> Extension:
    """Give one partnership until the end of a later day, or change the day it was given."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    _check_extension(locked, partnership, until)
    return give_until(round_=locked, partnership=partnership, until=until, reason=reason, by=by)


@transaction.atomic
def add_partnership(*, round_: Round, partnership: Partnership, by: User | None) -> Assessment:
    """Let a partnership take part that was left out, or that was formed after the round opened.

    It starts as the others did: from its answers of the round before, or empty.
    """
    assessment, is_new = Assessment.objects.get_or_create(round=round_, partnership=partnership)
    if not is_new:
        raise AlreadyInTheRound
    record(kind="round.partnership_added", target=round_, by=by, partnership=partnership.slug)
    if Event.objects.about(round_).filter(kind=CARRIED).exists():
        carry_forward(round_=round_, partnership=partnership, by=by)
    return assessment


def give_until(
    *, round_: Round, partnership: Partnership, until: datetime.date, reason: str, by: User | None, role: str = ""
) -> Extension:
    """Write the day until which one partnership has time; whoever calls it has locked the round and checked the day."""
    extension = Extension.objects.filter(round=round_, partnership=partnership).first()
    before = {"until": extension.until, "reason": extension.reason} if extension else None
    extension = extension or Extension(round=round_, partnership=partnership)
    extension.until, extension.reason = until, reason
    extension.save()
    record(
        kind="round.extended",
        target=round_,
        by=by,
        role=role,
        partnership=partnership.slug,
        before=before,
        after={"until": until, "reason": reason},
    )
    return extension


def _check_round(made: Round) -> None:
    if made.slug in RESERVED_SLUGS:
        raise NameNotUsable
    if made.version.status != Version.Status.PUBLISHED:
        raise VersionNotPublished
    if made.closes_on < made.opens_on:
        raise ClosesBeforeItOpens
    if made.views_close_on and not made.opens_on <= made.views_close_on <= made.closes_on:
        raise ViewsCloseOutside
    if made.previous and made.previous.opens_on >= made.opens_on:
        raise PreviousNotEarlier


def _check_deadline(round_: Round, closes_on: datetime.date) -> None:
    if round_.closes_on < timezone.localdate():
        raise RoundIsOver
    if closes_on < timezone.localdate():
        raise DeadlineInThePast
    if closes_on < round_.opens_on:
        raise ClosesBeforeItOpens
    if round_.views_close_on and closes_on < round_.views_close_on:
        raise ClosesBeforeViews(round_.views_close_on)


def _check_views_day(round_: Round, views_close_on: datetime.date) -> None:
    today = timezone.localdate()
    if not round_.views_day_may_move(today):
        raise ViewsAreClosed
    if not max(today, round_.opens_on) <= views_close_on <= round_.closes_on:
        raise ViewsDayOutside


def _check_extension(round_: Round, partnership: Partnership, until: datetime.date) -> None:
    assessment = Assessment.objects.filter(round=round_, partnership=partnership).first()
    if assessment is None:
        raise NotInTheRound
    if assessment.status == Assessment.Status.SUBMITTED:
        raise AlreadySent
    if until <= round_.closes_on:
        raise NotLater
    if until < timezone.localdate():
        raise ExtensionInThePast


def _create(round_: Round) -> Round:
    try:
        with transaction.atomic():
            round_.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    return round_


def _make_drafts(round_: Round, regions: Sequence[Region]) -> int:
    partnerships = Partnership.objects.all()
    if regions:
        partnerships = partnerships.filter(police_force__region__in=regions)
    drafts = [Assessment(round=round_, partnership=partnership) for partnership in partnerships]
    if not drafts:
        raise NoPartnerships
    return len(Assessment.objects.bulk_create(drafts, batch_size=500))


def _facts(round_: Round, regions: Sequence[Region]) -> dict[str, Any]:
    return {
        "slug": round_.slug,
        "name": round_.name,
        "version": "/".join(round_.version.natural_key()),
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on,
        "views_close_on": round_.views_close_on,
        "regions": [region.slug for region in regions],
        "previous": round_.previous.slug if round_.previous else None,
    }
