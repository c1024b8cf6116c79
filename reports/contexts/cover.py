"""The cover: who, which round, when, by whom; the profile in blocks; where the report can be checked."""

import datetime
from collections.abc import Iterable
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks import charts
from reports import summing
from reports.contexts.matter import Matter, joined
from reports.parts import Verification
from reports.plain_text import shortened

LONDON = ZoneInfo("Europe/London")
# The width of the cover's box, in CSS pixels.
COVER_WIDTH = 574.0
# What fits on the cover: characters of the name and of a fact, and agencies that agreed.
LONGEST_NAME, LONGEST_FACT, LONGEST_LIST = 90, 110, 260
# Blocks narrower than this are a blur: then sections are shown by their bars alone.
MOST_BLOCKS = 600


def short_name(matter: Matter) -> str:
    """Return the partnership's name, as much of it as a cover has room for."""
    return shortened(matter.document.partnership.name, LONGEST_NAME)


def heading(matter: Matter) -> str:
    """Return what the report is called, in its properties and at the head of each page."""
    round_name = shortened(matter.document.round.name, LONGEST_NAME)
    if matter.review:
        return _("%(partnership)s: %(round)s, reviewed") % {"partnership": short_name(matter), "round": round_name}
    return f"{short_name(matter)}: {round_name}"


def kind_of_partnership(matter: Matter) -> str:
    """Return what such a partnership is called in its nation."""
    is_welsh = matter.document.partnership.nation == "wales"
    return _("Community Safety Partnership") if is_welsh else _("Crime and Disorder Reduction Partnership")


def foot(matter: Matter) -> str:
    """Return what stands at the foot of every page."""
    if matter.is_draft:
        parts = [_("Draft, not submitted.")]
    else:
        parts = [_("Reference %s.") % shortened(matter.document.reference, LONGEST_FACT)]
    if matter.document.is_demonstration:
        parts.append(_("Demonstration data."))
    words = " ".join(parts)
    address = verification(matter).address
    return "\n".join([words, _("Check it at %(address)s") % {"address": address}]) if address else words


def verification(matter: Matter) -> Verification:
    """Return where the report can be checked: nowhere while it is a draft, or where no portal is named."""
    document = matter.document
    address = ""
    if document.portal and not matter.is_draft and len(document.portal) <= LONGEST_FACT:
        address = f"{document.portal.rstrip('/')}/verify/{quote(shortened(document.reference, LONGEST_FACT))}/"
    return Verification(address, document.reference, matter.fingerprint)


def facts(matter: Matter) -> Iterable[tuple[str, str]]:
    """Yield what the cover tells, each with its name."""
    document, place = matter.document, matter.document.partnership
    if matter.drafted_on:
        yield _("As of"), day(matter.drafted_on)
    if document.submitted_at:
        yield _("Submitted"), _at_by(document.submitted_at, document.submitted_by)
    if document.agreed_by:
        yield _("Agreed by"), _agreed(document.agreed_by)
    if matter.review:
        yield _("Reviewed"), _at_by(matter.review.closed_at, matter.review.closed_by)
    yield _("Area"), shortened(joined([place.police_force, place.region, place.family_group]), LONGEST_FACT)
    count = len(matter.practice) + len(matter.statutory)
    counted = ngettext("%(count)s criterion", "%(count)s criteria", count) % {"count": count}
    yield _("Criteria"), f"{shortened(document.criteria.title, LONGEST_FACT)}, {counted}"
    if document.reference:
        yield _("Reference"), shortened(document.reference, LONGEST_FACT)


def _at_by(moment: str, role: str) -> str:
    return _("%(time)s, by %(role)s") % {"time": in_london(moment), "role": shortened(role, LONGEST_FACT)}


def _agreed(agencies: tuple[str, ...]) -> str:
    kept: list[str] = []
    for agency in agencies:
        if sum(map(len, kept)) + len(agency) > LONGEST_LIST:
            break
        kept.append(agency)
    kept = kept or [shortened(agencies[0], LONGEST_LIST)]
    more = len(agencies) - len(kept)
    words = ", ".join(kept)
    if not more:
        return words
    return ngettext("%(agencies)s and %(count)s more", "%(agencies)s and %(count)s more", more) % {
        "agencies": words,
        "count": more,
    }


def in_london(moment: str) -> str:
    """Return an ISO 8601 moment as people in London read it, such as "28 March 2026, 4:10pm"."""
    local = datetime.datetime.fromisoformat(moment).astimezone(LONDON)
    return f"{dateformat.format(local, 'j F Y, g:i')}{local.strftime('%p').lower()}"


def day_in_london(moment: str) -> str:
    """Return the day of an ISO 8601 moment in London, such as "28 March 2026"."""
    return dateformat.format(datetime.datetime.fromisoformat(moment).astimezone(LONDON), "j F Y")


def day(iso: str) -> str:
    """Return an ISO 8601 day as people read it, such as "28 March 2026"."""
    return dateformat.format(datetime.date.fromisoformat(iso), "j F Y")


def profile(matter: Matter) -> SafeString:
    """Draw every criterion as one block, section by section."""
    document = matter.document
    entries = list(document.every_criterion())[:MOST_BLOCKS]
    shown = {entry.code for entry in entries}
    groups = [
        [summing.label(document, entry).paint for entry in section.criteria if entry.code in shown]
        for section in document.sections
    ]
    return charts.blocks(groups, _profile_words(matter), COVER_WIDTH)


def _profile_words(matter: Matter) -> str:
    entries = list(matter.document.every_criterion())
    return _("Profile of %(count)s ratings: %(parts)s") % {
        "count": len(entries),
        "parts": summing.in_words(matter.document, entries),
    }
