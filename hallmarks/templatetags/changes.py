"""Changed words in templates."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hallmarks.differences import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece], tag: str) -> SafeString:
    """Return a text whose changed words stand in `del` or `ins`, and are told to those who hear it too."""
    told = _("(gone:") if tag == "del" else _("(new:")
    opened = format_html('<{}><span class="govuk-visually-hidden">{} </span>', tag, told)
    closed = format_html('<span class="govuk-visually-hidden">)</span></{}>', tag)
    return format_html_join(
        "", "{}{}{}", ((opened, p.words, closed) if p.is_changed else ("", p.words, "") for p in pieces)
    )
