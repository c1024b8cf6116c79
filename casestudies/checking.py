"""What the person who publishes a case study should look at first: whatever may tell of a person."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.models import User
from casestudies.article import Article
from casestudies.changes import in_words
from casestudies.parts import LABELS
from casestudies.personal import Finding, Kind, findings, looks_like_one_persons

# The mailbox is there to be written to; whose it is, is asked of it alone. Years and words from lists tell of nobody.
NOT_READ = {"contact_mailbox", "effect", "place_type", "criteria", "from_year", "to_year"}


def what_to_check(article: Article) -> tuple[Finding, ...]:
    """Return what may tell of a person, in every text, in the names of files and tags, and in the mailbox."""
    year = article.from_year or timezone.localdate().year
    texts = ((field, in_words(article, field)) for field in LABELS if field not in NOT_READ)
    return (*findings(texts, year=year), *_mailbox(article.contact_mailbox))


def _mailbox(mailbox: str) -> Iterator[Finding]:
    if mailbox and (looks_like_one_persons(mailbox) or User.objects.filter(email__iexact=mailbox).exists()):
        yield Finding(Kind.MAILBOX, "contact_mailbox", mailbox)
