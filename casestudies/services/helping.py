"""A partnership agrees to be named as a helper, changes that or takes it back; another one asks it."""

import datetime
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from audit.services import record
from casestudies import letters
from casestudies.models import CaseStudy, Enquiry, HelpOffer
from hallmarks.models import Criterion
from outbox import services as outbox
from partnerships.models import Partnership

# How mail about an enquiry is found again; one enquiry has one mail.
KEY = "enquiry/{}"


class StaleOffer(Exception):
    """A colleague changed the offer after it was read; `current` is what stands now, or None."""

    def __init__(self, current: HelpOffer | None) -> None:
        super().__init__("The offer was changed by somebody else.")
        self.current = current


class NotOffered(Exception):
    """The partnership does not let itself be asked, or not any more."""


class AskedAlready(Exception):
    """Another question was sent from the same page before."""


class TooMany(Exception):
    """So many questions were asked today that no more go out; `limit` is how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} questions were asked today.")
        self.limit = limit


class AskerAsksTooMuch(TooMany):
    """The asking partnership has asked as often as it may in a day."""


class HelperIsAskedTooMuch(TooMany):
    """The helper has been asked by everybody together as often as anybody should be in a day."""


@dataclass(frozen=True)
class Ask:
    """What is asked of whom, about what, and where the answer goes."""

    helper: Partnership
    criterion: Criterion | None
    case_study: CaseStudy | None
    text: str
    reply_to: str


def key_of(enquiry: Enquiry) -> str:
    """Return by what the mail of an enquiry is known to the outbox."""
    return KEY.format(enquiry.save_id)


@transaction.atomic
def offer_help(*, role: str, mailbox: str, read: int, by: Membership, arrived_at: datetime.datetime) -> HelpOffer:
    """Let the coordinator's partnership be named, or be named in other words.

    `read` is the key of the offer that the coordinator saw (0: none); raises StaleOffer where it is no longer that one.
    """
    (partnership,) = _lock(by.agency.partnership)
    current = HelpOffer.objects.current().filter(partnership=partnership).first()
    if current and (current.role, current.mailbox) == (role, mailbox):
        return current
    if (current.pk if current else 0) != read:
        raise StaleOffer(current)
    if current:
        _end(current, arrived_at)
    made = HelpOffer.objects.create(
        partnership=partnership, role=role, mailbox=mailbox, offered_by=by.user, offered_at=arrived_at
    )
    _record_offer("changed" if current else "offered", made, by, before=_words(current), after=_words(made))
    return made


@transaction.atomic
def withdraw_help(*, by: Membership, arrived_at: datetime.datetime) -> bool:
    """Let the coordinator's partnership no longer be named, from this moment; say whether it was."""
    (partnership,) = _lock(by.agency.partnership)
    current = HelpOffer.objects.current().filter(partnership=partnership).first()
    if current:
        _end(current, arrived_at)
        _record_offer("withdrawn", current, by, before=_words(current))
    return current is not None


@transaction.atomic
def ask_helper(*, ask: Ask, save_id: uuid.UUID, by: Membership, arrived_at: datetime.datetime) -> Enquiry:
    """Ask a helper, with the mail that takes the question; the same page sent twice asks once.

    Raises AskedAlready, NotOffered, AskerAsksTooMuch or HelperIsAskedTooMuch; then nothing is written.
    """
    # Whoever asks at the same moment for the same partnership, or the same helper, waits here and is counted after.
    asker, helper = _lock(by.agency.partnership, ask.helper)
    if before := Enquiry.objects.filter(save_id=save_id).first():
        if not _is_same(before, asker, ask):
            raise AskedAlready
        return before
    offer = HelpOffer.objects.current().filter(partnership=helper).first()
    if offer is None or helper == asker:
        raise NotOffered
    _check_limits(asker, helper, arrived_at)
    made = Enquiry.objects.create(
        asker=asker,
        helper=helper,
        criterion=ask.criterion,
        case_study=ask.case_study,
        text=ask.text,
        mailbox=offer.mailbox,
        reply_to=ask.reply_to,
        save_id=save_id,
        asked_by=by.user,
        asked_at=arrived_at,
    )
    _write_mail(made, arrived_at)
    _record_enquiry(made, by)
    return made


def _lock(*partnerships: Partnership) -> list[Partnership]:
    """Lock these in one order, so that two who ask each other do not wait for ever; return them as they were given."""
    wanted = [partnership.pk for partnership in partnerships]
    # No key: rows that refer to them are written meanwhile.
    rows = Partnership.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    locked = {row.pk: row for row in rows}
    return [locked[pk] for pk in wanted]


def _end(offer: HelpOffer, at: datetime.datetime) -> None:
    offer.withdrawn_at = at
    offer.save(update_fields=["withdrawn_at"])


def _is_same(before: Enquiry, asker: Partnership, ask: Ask) -> bool:
    one = (before.asker_id, before.helper_id, before.criterion_id, before.text, before.reply_to)
    return one == (asker.pk, ask.helper.pk, ask.criterion.pk if ask.criterion else None, ask.text, ask.reply_to)


def _check_limits(asker: Partnership, helper: Partnership, at: datetime.datetime) -> None:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Enquiry.objects.since(midnight)
    if today.filter(asker=asker).count() >= settings.ENQUIRIES_A_DAY:
        raise AskerAsksTooMuch(settings.ENQUIRIES_A_DAY)
    if today.filter(helper=helper).count() >= settings.ENQUIRIES_TO_ONE_HELPER_A_DAY:
        raise HelperIsAskedTooMuch(settings.ENQUIRIES_TO_ONE_HELPER_A_DAY)


def _write_mail(enquiry: Enquiry, at: datetime.datetime) -> None:
    told = Enquiry.objects.with_subject().get(pk=enquiry.pk)
    outbox.write(
        key=key_of(enquiry),
        about=key_of(enquiry),
        to=enquiry.mailbox,
        subject=letters.subject_of(told),
        body=letters.text_of(told),
        partnership=told.asker.slug,
        now=at,
    )


def _words(offer: HelpOffer | None) -> dict[str, str] | None:
    return {"role": offer.role, "mailbox": offer.mailbox} if offer else None


def _record_offer(
    what: str, offer: HelpOffer, by: Membership, before: dict[str, str] | None, after: dict[str, str] | None = None
) -> None:
    record(
        kind=f"help.{what}",
        target=offer,
        by=by.user,
        role=_role(by),
        partnership=by.agency.partnership.slug,
        before=before,
        after=after,
    )


def _record_enquiry(made: Enquiry, by: Membership) -> None:
    """Say who asked whom about what, and how much; the text is for the two partnerships alone."""
    about = {
        "helper": made.helper.slug,
        "criterion": made.criterion.code if made.criterion else "",
        "case_study": made.case_study.slug if made.case_study else "",
        "characters": len(made.text),
    }
    record(
        kind="help.asked", target=made, by=by.user, role=_role(by), partnership=by.agency.partnership.slug, after=about
    )


def _role(by: Membership) -> str:
    return f"{by.get_role_display()}, {by.agency}"
