"""How entries of the library are grouped and printed: by hallmark, by the question they answer, with their address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.models import IndexEntry, LinkState, Source

SEPARATOR, UNCLASSED = "|", "none"
GUIDE = "Delivering Safer Communities (2007)"
# As that guide prints them; its index names them by these codes, whichever criteria the portal has loaded.
HALLMARKS: Mapping[str, str | Promise] = {
    "H1": gettext_lazy("Empowered and Effective Leadership"),
    "H2": gettext_lazy("Visible and Constructive Accountability"),
    "H3": gettext_lazy("Intelligence-led Business Processes"),
    "H4": gettext_lazy("Effective and Responsive Delivery Structures"),
    "H5": gettext_lazy("Engaged Communities"),
    "H6": gettext_lazy("Appropriate Skills and Knowledge"),
}
QUESTIONS: Mapping[str, str | Promise] = {
    Source.Kind.WHAT.value: gettext_lazy("What has worked elsewhere, and what research there is."),
    Source.Kind.HOW.value: gettext_lazy("How to turn an idea into a project, run it and learn from it."),
    Source.Kind.WHO.value: gettext_lazy("Who has met the same problem, and who can advise."),
    Source.Kind.AWARDS.value: gettext_lazy("Prizes, whose winners are worth reading."),
}
Entry = IndexEntry | Source


@dataclass(frozen=True)
class Group:
    """A heading of the library, and what a reader may choose to see alone."""

    code: str
    title: str | Promise
    hint: str | Promise = ""


HALLMARK_GROUPS = (
    *(Group(code, title) for code, title in HALLMARKS.items()),
    Group(UNCLASSED, gettext_lazy("Not classed by hallmark"), gettext_lazy("The source names no hallmark for these.")),
)
KIND_GROUPS = tuple(Group(kind.value, kind.label, QUESTIONS[kind.value]) for kind in Source.Kind)


def codes_of(text: str) -> list[str]:
    """Return the groups under which an entry stands, from what its grouping field says."""
    return text.split(SEPARATOR) if text else [UNCLASSED]


def heading_of(entry: Entry) -> str:
    """Return what an entry is called; the index names two case studies by their place alone."""
    return entry.name if isinstance(entry, Source) else entry.title or entry.place


def where_to_read(entry: IndexEntry) -> str:
    """Return the place where the text itself is printed: the index has none."""
    if not entry.pages:
        return _("Named without a page in: {source}").format(source=entry.source)
    if entry.source.startswith(GUIDE):
        return _("See the guide, page {pages}").format(pages=entry.pages)
    return _("See page {pages} of: {source}").format(pages=entry.pages, source=entry.source)


def address_shown(entry: Entry) -> str:
    """Return the web address as people print it."""
    return entry.web_address.removeprefix("http://")


def is_link(entry: Entry) -> bool:
    """Say whether to lead there: only where somebody looked, for old names may belong to strangers by now."""
    return bool(entry.web_address) and entry.link_state == LinkState.WORKS
