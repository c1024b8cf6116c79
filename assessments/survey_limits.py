"""How often one address may answer, and that one form counts once; nothing of it outlives the hour after.

All of it is in the shared cache, apart from the answers; `forget_traces` removes it where nobody answers any more. An
address is kept as a keyed hash, and every entry ends on the full hour, so that no entry tells the minute at which
somebody answered. An office is one address: it may answer thirty times an hour.
"""

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.throttle import network_of
from assessments.models import Survey

PREFIX = "front-line:"
ANSWERS_AN_HOUR = 30
HOUR = 60 * 60
# How long a form is good for: its key is remembered at least as long, so that no form counts twice.
FORM_SECONDS = HOUR


class TooManyAnswers(Exception):
    """Raised when an address has answered as often as it may in this hour."""


class AlreadyCounted(Exception):
    """Raised when the very same form was counted before: a second press, a reload, the back button."""


def take_place(survey: Survey, address: str) -> None:
    """Count an answer against its address; each holds one numbered place until the hour is over."""
    whose = _hash("address", survey.token_hash, network_of(address))
    places = [f"{PREFIX}{whose}:{number}" for number in range(ANSWERS_AN_HOUR)]
    taken = cache.get_many(places)
    if not any(cache.add(place, True, _until_full_hour(1)) for place in places if place not in taken):
        raise TooManyAnswers


def use_once(survey: Survey, form_key: str) -> None:
    """Use a form up."""
    if not cache.add(f"{PREFIX}{_hash('form', survey.token_hash, form_key)}", True, _until_full_hour(2)):
        raise AlreadyCounted


def forget_expired() -> None:
    """Remove what has expired, which a cache in the database would keep, unread, until it is full.

    Call it outside any transaction, so that nobody who waits for these rows holds a check that their remover needs.
    """
    store: dict[str, Any] = settings.CACHES["default"]
    if not store["BACKEND"].endswith(".DatabaseCache"):
        return
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {store['LOCATION']} WHERE cache_key LIKE %s AND expires < %s",  # noqa: S608
            [f"{cache.make_key(PREFIX)}%", now],
        )


def _hash(*parts: str) -> str:
    return salted_hmac("front-line check", "\n".join(parts), algorithm="sha256").hexdigest()


def _until_full_hour(hours: int) -> float:
    now = time.time()
    return (now // HOUR + hours) * HOUR - now
