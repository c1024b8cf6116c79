"""What a partnership's pages about helping ask of the database: its offer, its people, its questions and their mail."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.paginator import Page

from accounts.models import Membership
from casestudies import letters
from casestudies.models import Enquiry, HelpOffer
from casestudies.services.helping import key_of
from govuk.pagination import paginate
from outbox.models import Message
from partnerships.models import Partnership


class Post(StrEnum):
    """How far the mail of a question is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Asked:
    """One question as one of the two partnerships sees it, and what became of its mail."""

    enquiry: Enquiry
    is_sent: bool
    study_title: str
    post: Post
    sent_at: datetime.datetime | None
    error: str

    @property
    def other(self) -> Partnership:
        """The partnership at the other end."""
        return self.enquiry.helper if self.is_sent else self.enquiry.asker


def offer_of(partnership: Partnership) -> HelpOffer | None:
    """Return the offer that stands now."""
    return HelpOffer.objects.current().filter(partnership=partnership).first()


def addresses_of(partnership: Partnership) -> frozenset[str]:
    """Return the addresses, in small letters, with which members of a partnership sign in."""
    seats = Membership.objects.current().of(partnership)
    return frozenset(address.casefold() for address in seats.values_list("user__email", flat=True))


def mailbox_of(partnership: Partnership) -> str:
    """Return where a partnership was last answered: the mailbox it offers, or that of its last question, or ""."""
    offer = offer_of(partnership)
    if offer:
        return offer.mailbox
    last = Enquiry.objects.filter(asker=partnership).first()
    return last.reply_to if last else ""


def page_of_questions(partnership: Partnership, number: str | None, now: datetime.datetime) -> Page[Asked]:
    """Return a page of what a partnership asked and was asked, the newest first, each with the state of its mail."""
    page = paginate(Enquiry.objects.between(partnership).with_subject(), number)
    page.object_list = _asked(list(page.object_list), partnership, now)
    return page


def _asked(enquiries: Sequence[Enquiry], partnership: Partnership, now: datetime.datetime) -> list[Asked]:
    mails = {mail.key: mail for mail in Message.objects.about_any(key_of(enquiry) for enquiry in enquiries)}
    return [_one(enquiry, mails.get(key_of(enquiry)), partnership, now) for enquiry in enquiries]


def _one(enquiry: Enquiry, mail: Message | None, partnership: Partnership, now: datetime.datetime) -> Asked:
    return Asked(
        enquiry=enquiry,
        is_sent=enquiry.asker_id == partnership.pk,
        study_title=letters.study_title_of(enquiry),
        post=_post(mail, now),
        sent_at=mail.sent_at if mail else None,
        error=mail.error if mail else "",
    )


def _post(mail: Message | None, now: datetime.datetime) -> Post:
    if mail is None or mail.may_have_gone(now):
        return Post.UNCERTAIN
    known = {Message.Status.SENT: Post.SENT, Message.Status.FAILED: Post.FAILED}
    return known.get(Message.Status(mail.status), Post.WAITING)
