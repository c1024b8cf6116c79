"""Slow down guessing of passwords without letting a guesser lock anybody out.

Failures are counted by account and address together, so that wrong guesses from elsewhere do not touch the rightful
person. A whole council may share one address, so an address alone is refused only after 100 failures. Somebody who
guesses at one account from many addresses is never answered by locking the account, which would be the guesser's
victory: once it has 100 failures in an hour, each address gets 3 tries an hour at it instead of 10 in 15 minutes, and
the right password still works at the first try.

Each failure holds one numbered place in the cache until its time is over. Taking a place is one atomic insert, so
guesses sent at the same instant are all counted, on every worker.
"""

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - what a socket without an address is counted under
# A household or an office has a whole IPv6 network of this size, so its single addresses prove nothing.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Limit:
    """So many failures in so many seconds."""

    name: str
    failures: int
    seconds: int


PAIR = Limit("account-and-address", 10, 15 * 60)
ADDRESS = Limit("address", 100, 15 * 60)
ACCOUNT = Limit("account", 100, 60 * 60)
PAIR_UNDER_ATTACK = Limit("account-and-address-under-attack", 3, 60 * 60)


class TooManyFailures(Exception):
    """Raised when a guess is not even looked at; `minutes` is how long to wait at most."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.name)
        self.minutes = limit.seconds // 60


def reserve(*, account: str, address: str) -> list[str]:
    """Count a guess as a failure before it is looked at; give the result to `release` if it was right."""
    network, account = network_of(address), account.strip().lower()
    held: list[str] = []
    try:
        _take(PAIR, account, network, held=held)
        _take(ADDRESS, network, held=held)
        if not _has_room(ACCOUNT, account, held=held):
            _take(PAIR_UNDER_ATTACK, account, network, held=held)
    except TooManyFailures:
        release(held)
        raise
    return held


def release(held: list[str]) -> None:
    """Take back what `reserve` counted: the guess was right, or never made."""
    cache.delete_many(held)


def refuse_if_full(limit: Limit, address: str) -> None:
    """Raise TooManyFailures where an address has used up a limit that is counted by `count_failure`."""
    if len(cache.get_many(_places(limit, network_of(address)))) >= limit.failures:
        raise TooManyFailures(limit)


def count_failure(limit: Limit, address: str, tried: str) -> None:
    """Count a failure against an address; the same thing tried again, as programs do, is counted once."""
    network = network_of(address)
    if cache.add(f"tried:{limit.name}:{_hashed(network, tried)}", True, limit.seconds):
        _has_room(limit, network, held=[])


def address_of(headers: Mapping[str, str]) -> str:
    """Return the client's address from a request's META; forwarded addresses count only behind our own proxies.

    Each of the TRUSTED_PROXIES adds the address it saw at the right-hand end; what a client wrote is never read.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in headers.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    seen = forwarded[-proxies] if 0 < proxies <= len(forwarded) else ""
    for candidate in (seen, headers.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return UNKNOWN_ADDRESS


def network_of(address: str) -> str:
    """Return what an address is counted under: itself, or its network for IPv6."""
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False))


def _take(limit: Limit, *whom: str, held: list[str]) -> None:
    if not _has_room(limit, *whom, held=held):
        raise TooManyFailures(limit)


def _has_room(limit: Limit, *whom: str, held: list[str]) -> bool:
    places = _places(limit, *whom)
    taken = cache.get_many(places)
    for place in places:
        if place not in taken and cache.add(place, True, limit.seconds):
            held.append(place)
            return True
    return False


def _places(limit: Limit, *whom: str) -> list[str]:
    return [f"sign-in:{limit.name}:{_hashed(*whom)}:{number}" for number in range(limit.failures)]


def _hashed(*words: str) -> str:
    # A cache key may hold neither spaces nor 250 characters, and an address may hold both.
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
