"""How agencies saw a criterion, where the partnership chose to tell it: a bar, and the same in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import CriterionEntry, Document, LevelEntry, SpreadEntry
from hallmarks import charts
from hallmarks.marks import INK, WHITE, Paint, in_a_sentence, label_at
from reports.parts import Views

# The width in CSS pixels of a bar beside a criterion.
VIEWS_WIDTH = 300.0
MOST_PARTS = 24
# Between two levels stands neither's colour.
BETWEEN = Paint(WHITE, INK)


def views(document: Document, entry: CriterionEntry) -> Views | None:
    """Return how agencies saw a criterion; None where nothing is told."""
    places = {level.slug: level for level in document.levels_of(entry.scale)}
    known = [each for each in entry.spread if each.low in places and each.high in places and each.agencies > 0]
    if not known:
        return None
    ordered = sorted(known, key=lambda each: places[each.low].position + places[each.high].position)[:MOST_PARTS]
    words = _words(ordered, places)
    segments = [charts.Segment(each.agencies, _paint(each, places, entry)) for each in ordered]
    return Views(words, charts.stacked_bar(segments, words, charts.Print(VIEWS_WIDTH)))


def _paint(each: SpreadEntry, places: dict[str, LevelEntry], entry: CriterionEntry) -> Paint:
    if each.low != each.high:
        return BETWEEN
    level = places[each.low]
    return label_at(level.position, len(places), level.name, statutory=entry.is_statutory).paint


def _words(spread: list[SpreadEntry], places: dict[str, LevelEntry]) -> str:
    """Return the numbers as a sentence, such as "Two agencies saw gap identified, one some success."."""
    first, *rest = spread
    begin = ngettext("%(number)s agency saw %(level)s", "%(number)s agencies saw %(level)s", first.agencies)
    parts = [begin % {"number": _number(first.agencies), "level": _level(first, places)}]
    parts += [
        _("%(number)s %(level)s") % {"number": _number(each.agencies), "level": _level(each, places)} for each in rest
    ]
    sentence = ", ".join(parts)
    return _("%(sentence)s.") % {"sentence": sentence[:1].upper() + sentence[1:]}


def _level(each: SpreadEntry, places: dict[str, LevelEntry]) -> str:
    low, high = (in_a_sentence(places[slug].name) for slug in (each.low, each.high))
    return low if low == high else _("something between %(low)s and %(high)s") % {"low": low, "high": high}


def _number(count: int) -> str:
    words = [_("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine")]
    return words[count - 1] if count <= len(words) else str(count)
