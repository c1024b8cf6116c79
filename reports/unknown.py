"""What an address asks for and a page does not know: said in words, with what is shown instead.

An address may be old, mistyped or another person's, whose lists and partnerships differ. It is never an error, and
never silent: whoever takes the page for what it was asked for would read the wrong group.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Round
from reports.plain_text import UNPRINTABLE

# So much of what an address says is repeated: enough to find it there.
LONGEST = 60
NAMES: Mapping[str, Promise] = {
    "round": gettext_lazy("round"),
    "force": gettext_lazy("police force"),
    "family": gettext_lazy("family group"),
    "kind": gettext_lazy("kind of area"),
    "with": gettext_lazy("group to compare with"),
    "section": gettext_lazy("section"),
    "key": gettext_lazy("choice of criteria"),
    "partnership": gettext_lazy("partnership"),
    "sort": gettext_lazy("order"),
    "rows": gettext_lazy("order of rows"),
    "cols": gettext_lazy("order of columns"),
}
INSTEAD: Mapping[str, Promise] = {
    "force": gettext_lazy("All police forces are shown."),
    "family": gettext_lazy("All family groups are shown."),
    "kind": gettext_lazy("All kinds of area are shown."),
    "section": gettext_lazy("All sections are shown."),
    "key": gettext_lazy("All criteria are shown."),
    "partnership": gettext_lazy("No partnership is picked out."),
    "sort": gettext_lazy("The order is as published."),
    "rows": gettext_lazy("Rows are in the usual order."),
    "cols": gettext_lazy("Columns are as published."),
}


def told(
    data: Mapping[str, str], kept: Mapping[str, str], names: Iterable[str], instead: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return a sentence for each of these names whose value in the address is not what a page keeps of it.

    `instead` says what is shown where that is not the same on every page.
    """
    strange = ((name, data.get(name, "")) for name in names)
    words = {name: str(each) for name, each in INSTEAD.items()} | dict(instead or {})
    return tuple(_sentence(name, given, words[name]) for name, given in strange if given and given != kept.get(name))


def round_told(data: Mapping[str, str], rounds: Iterable[Round], shown: Round) -> tuple[str, ...]:
    """Return a sentence where the round that an address asks for is none of these."""
    given = data.get("round", "")
    kept = given if any(each.slug == given for each in rounds) else ""
    return told(data, {"round": kept}, ["round"], {"round": _("This is %(round)s.") % {"round": shown.name}})


def _sentence(name: str, given: str, instead: str) -> str:
    cleaned = UNPRINTABLE.sub("", given)
    value = cleaned if len(cleaned) <= LONGEST else f"{cleaned[:LONGEST]}…"
    words = _("The address asks for the %(what)s “%(value)s”, which is not known here.")
    return f"{words % {'what': NAMES[name], 'value': value}} {instead}"
