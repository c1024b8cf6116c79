"""Where agencies stand: beside one level, and along a meeting's agenda."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.agency_views import CriterionViews, Voice
from assessments.agenda import Item
from hallmarks.models import Level

register = template.Library()

ENTRY = '<li><a class="govuk-link" href="{}{}{}{}</li>\n'
HERE = ENTRY.replace("<li", '<li class="app-agenda__now"').replace("<a", '<a aria-current="page"')


@register.filter
def at_level(views: CriterionViews | None, level: Level | None) -> tuple[Voice, ...]:
    """Return the agencies that see a criterion at a level; nobody before the reveal, or beside “does not apply”."""
    rows = views.rows if views else []
    return next((row.voices for row in rows if row.level == level), ())


@register.simple_tag
def agenda_entries(entries: Iterable[Item], item: Item, base: str) -> SafeString:
    """Draw the lines of an agenda that stands beside one of its criteria; drawn here as there may be hundreds."""
    agreed = format_html(' <span class="app-saved">{}</span>', _("agreed"))
    changed = format_html(' <span class="app-quiet">{}</span>', _("changed since"))
    start = escape(base)
    return SafeString("".join(_entry(one, one is item, start, agreed, changed) for one in entries))


def _entry(one: Item, is_here: bool, start: SafeString, agreed: SafeString, changed: SafeString) -> SafeString:
    state = agreed if one.is_agreed else changed if one.was_changed else ""
    return format_html(HERE if is_here else ENTRY, start, one.views.link, state, one.views.strip)
