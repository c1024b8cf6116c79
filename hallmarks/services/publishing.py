"""Publish a draft: from then on it never changes; and withdraw it, which leaves all that was answered as it is."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import Actor, record
from hallmarks.models import REASON_LENGTH, Version, Withdrawal
from hallmarks.services.acts import forget_acts
from hallmarks.services.confirmed import needs_confirmation
from hallmarks.services.refusals import DayError, InUseError, LineageNotConfirmedError, PublishedError, WithdrawalError
from hallmarks.stored import document_of

# A mistyped year could never be corrected.
EARLIEST, YEARS_AHEAD = datetime.date(1990, 1, 1), 10


@transaction.atomic
def publish_version(*, version: Version, by: Actor | None, in_force_from: datetime.date | None = None) -> Version:
    """Open a draft to everybody and to rounds, in force from a day (None: the draft's own); it never changes again."""
    draft = Version.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    if draft.status != Version.Status.DRAFT:
        raise PublishedError(_("“%(title)s” is already published.") % {"title": draft.title})
    if needs_confirmation(draft):
        raise LineageNotConfirmedError(_not_confirmed(draft))
    if in_force_from is not None and in_force_from != draft.in_force_from:
        _check_day(draft, in_force_from)
        draft.sha256 = replace(document_of(draft), in_force_from=in_force_from).sha256()
        draft.in_force_from = in_force_from
    draft.status = Version.Status.PUBLISHED
    draft.save(update_fields=["status", "in_force_from", "sha256"])
    forget_acts(framework=draft.framework, slug=draft.slug)
    record(
        kind="criteria.published",
        target=draft,
        by=by,
        before={"status": Version.Status.DRAFT.value, "sha256": version.sha256},
        after={
            "status": draft.status,
            "version": str(draft),
            "sha256": draft.sha256,
            "in_force_from": draft.in_force_from,
        },
    )
    return draft


@transaction.atomic
def withdraw_version(*, version: Version, reason: str, by: Actor | None) -> Version:
    """Offer a published version no more, for a reason that everybody reads; there is no way back."""
    locked = Version.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    if refusal := refusal_to_withdraw(locked):
        raise refusal
    said = _checked(reason)
    locked.status = Version.Status.WITHDRAWN
    locked.save(update_fields=["status"])
    now = timezone.now()
    Withdrawal.objects.create(version=locked, reason=said, withdrawn_by_id=by.pk if by else None, withdrawn_at=now)
    record(
        kind="criteria.withdrawn",
        target=locked,
        by=by,
        before={"status": Version.Status.PUBLISHED.value},
        after={"status": locked.status, "version": str(locked), "reason": said},
    )
    return locked


def rounds_that_ask(version: Version) -> list[str]:
    """Return the names of the rounds, open or to come, that ask this version; more time counts as open."""
    today = timezone.localdate()
    still = Q(closes_on__gte=today) | Q(extensions__until__gte=today)
    return list(version.rounds.filter(still).distinct().order_by("opens_on", "pk").values_list("name", flat=True))


def refusal_to_withdraw(version: Version) -> WithdrawalError | InUseError | None:
    """Return what withdrawing a version would be refused with, or None: the page says so before anybody writes."""
    if version.status == Version.Status.DRAFT:
        return WithdrawalError(_("“%(title)s” is a draft. Throw it away instead.") % {"title": version.title})
    if version.status == Version.Status.WITHDRAWN:
        return WithdrawalError(_("“%(title)s” is already withdrawn.") % {"title": version.title})
    if not (rounds := rounds_that_ask(version)):
        return None
    text = ngettext(
        "%(rounds)s asks these criteria. Change the criteria of that round first, or wait until it has closed.",
        "%(rounds)s ask these criteria. Change the criteria of those rounds first, or wait until they have closed.",
        len(rounds),
    )
    return InUseError(text % {"rounds": ", ".join(f"“{name}”" for name in rounds)})


def _not_confirmed(draft: Version) -> str:
    text = _(
        "Nobody has confirmed yet which earlier criterion each criterion of “%(title)s” continues, as the draft is now."
        " Answers follow that. Look through the table of lineage and confirm it first."
    )
    return text % {"title": draft.title}


def _check_day(draft: Version, day: datetime.date) -> None:
    today = timezone.localdate()
    latest = datetime.date(today.year + YEARS_AHEAD, 12, 31)
    if not EARLIEST <= day <= latest:
        days = {"first": date_format(EARLIEST, "j F Y"), "last": date_format(latest, "j F Y")}
        raise DayError(_("The day must be between %(first)s and %(last)s.") % days)
    if draft.in_force_to and day > draft.in_force_to:
        last = {"last": date_format(draft.in_force_to, "j F Y")}
        raise DayError(_("The draft says that it is in force until %(last)s. The day must not be after that.") % last)


def _checked(reason: str) -> str:
    said = reason.replace("\r\n", "\n").strip()
    if not said:
        raise WithdrawalError(_("Enter why these criteria are withdrawn."))
    if len(said) > REASON_LENGTH:
        limit = {"limit": f"{REASON_LENGTH:,}"}
        raise WithdrawalError(_("The reason must be %(limit)s characters or fewer.") % limit)
    return said
