"""What pages show of a group is drawn once and kept: it changes with what was submitted, not with who asks or when."""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.models import Round
from partnerships.models import Region

# Each has some 200 kB: enough for what every Government Office looks at in a meeting or two.
DRAWINGS_KEPT = 40


def drawn(template: str, page: Hashable, named: Iterable[Round | Region]) -> SafeString:
    """Return what a template makes of a page and of nothing else, kept by all that the page holds.

    What was read for this very request is looked up, so what is kept can be neither old nor another person's. `named`
    are the rounds and regions that the page holds: to Python each is the same whatever it is called now.
    """
    return _drawn(template, page, tuple((each.slug, each.name) for each in named), get_language())


def forget() -> None:
    """Drop what was drawn; a measurement calls it to see what the first time costs."""
    _drawn.cache_clear()


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(template: str, page: Hashable, _names: tuple[tuple[str, str], ...], _language: str | None) -> SafeString:
    return render_to_string(template, {"page": page})
