"""What the levels of a document add up to, in words and colours: shares, counts and names; never a mean."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import CriterionEntry, Document, LevelEntry
from hallmarks import charts
from hallmarks.marks import NO_LEVEL, Label, does_not_apply, in_a_sentence, label_at
from reports.comparison import TOP_LEVELS


def label(document: Document, entry: CriterionEntry) -> Label:
    """Return the level that a criterion was given, or why it has none."""
    level = document.level_of(entry)
    if level is None:
        return does_not_apply() if entry.does_not_apply else Label(NO_LEVEL, _("Not rated"))
    steps = len(document.levels_of(entry.scale))
    return label_at(level.position, steps, level.name, statutory=entry.is_statutory)


def labels(document: Document, entries: Sequence[CriterionEntry]) -> tuple[Label, ...]:
    """Return the levels that these criteria (all practice, or all statutory) are rated on, highest first."""
    statutory = any(entry.is_statutory for entry in entries)
    scales = [document.levels_of(scale) for scale in dict.fromkeys(entry.scale for entry in entries)]
    return tuple(
        label_at(level.position, len(levels), level.name, statutory=statutory, descriptor=level.descriptor)
        for levels in scales
        for level in reversed(levels)
    )


def counted(document: Document, entries: Iterable[CriterionEntry]) -> list[tuple[Label, int]]:
    """Count entries by level: practice before statutory, lowest first, and those without a level last."""
    counts = Counter(label(document, entry) for entry in entries)
    return sorted(counts.items(), key=lambda pair: (pair[0].mark == NO_LEVEL, pair[0].mark, pair[0].name))


def in_words(document: Document, entries: Iterable[CriterionEntry]) -> str:
    """Return the counts by level as words, such as "2 gap identified, 5 some success"."""
    return ", ".join(f"{count} {in_a_sentence(shown.name)}" for shown, count in counted(document, entries))


def bar(
    document: Document, entries: Sequence[CriterionEntry], title: str, width: float, whole: int | None = None
) -> SafeString:
    """Draw the counts by level for print; `whole` is how many criteria fill the width, by default these."""
    segments = [charts.Segment(count, shown.paint) for shown, count in counted(document, entries)]
    words = f"{title}: {in_words(document, entries)}"
    return charts.stacked_bar(segments, words, charts.Print(width), whole=whole)


def main_scale(document: Document, entries: Sequence[CriterionEntry]) -> tuple[LevelEntry, ...]:
    """Return the levels that most criteria are rated on: summaries are worded after them."""
    scales = Counter(entry.scale for entry in entries).most_common(1)
    return document.levels_of(scales[0][0]) if scales else ()


def or_better(scale: Sequence[LevelEntry]) -> str:
    """Return how the upper levels of a scale are called, such as "at some success or better"."""
    if len(scale) <= TOP_LEVELS:
        return _("at the top level")
    return _("at %(level)s or better") % {"level": in_a_sentence(scale[-TOP_LEVELS].name)}


def upper(document: Document, entries: Iterable[CriterionEntry]) -> int:
    """Count what is in the upper levels: two of them for practice, only the top for a statutory requirement."""
    return sum(_is_upper(document, entry) for entry in entries)


def share(document: Document, entries: Sequence[CriterionEntry]) -> str:
    """Return in words how many of these criteria are in the upper levels, of those that apply here."""
    of = applying(entries)
    if entries and entries[0].is_statutory:
        text = ngettext("%(upper)s of %(of)s requirement is met", "%(upper)s of %(of)s requirements are met", of)
    else:
        text = ngettext("%(upper)s of %(of)s criterion is %(level)s", "%(upper)s of %(of)s criteria are %(level)s", of)
    return text % {"upper": upper(document, entries), "of": of, "level": or_better(main_scale(document, entries))}


def applying(entries: Iterable[CriterionEntry]) -> int:
    """Count what applies here, rated or not: what every share is a share of."""
    return sum(not entry.does_not_apply for entry in entries)


def _is_upper(document: Document, entry: CriterionEntry) -> bool:
    level, steps = document.level_of(entry), len(document.levels_of(entry.scale))
    lowest = steps - 1 if entry.is_statutory or steps <= TOP_LEVELS else steps - TOP_LEVELS
    return level is not None and level.position >= lowest
