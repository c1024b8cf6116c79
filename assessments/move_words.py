"""What a move does, in words for pages, files and the command."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from assessments.moving import CriterionLine, Fate, Report, Taker, Tally, Way
from hallmarks.wording import when_it_counts, where_it_applies


def becomes(way: Way) -> str:
    """Return what becomes of a criterion, such as “Reworded, other levels”."""
    if way.path is None:
        return _("Dropped")
    heir = way.path.now.criterion
    if not heir.counts_on(way.opens_on):
        return when_it_counts(heir, way.opens_on)
    changes = [
        _("Reworded") if way.path.is_reworded else "",
        _("Other signs") if way.path.has_other_signs and not way.path.only_moved else "",
        _("Other levels") if way.has_other_levels else "",
        _("Asked of: %(places)s") % {"places": where_it_applies(heir)} if _is_asked_elsewhere(way) else "",
    ]
    found = [change for change in changes if change]
    return "; ".join(found) or _("The same")


def fate_in_words(fate: Fate) -> str:
    """Return what becomes of one answer."""
    return {
        Fate.KEPT: _("Kept"),
        Fate.TO_CONFIRM: _("To confirm"),
        Fate.NEEDS_LEVEL: _("To confirm, with a level to choose"),
        Fate.HOMELESS: _("Without a home"),
    }[fate]


def in_short(tally: Tally) -> str:
    """Return how many answers have which fate, as one sentence without its full stop."""
    words = ngettext(
        "%(answers)s answer: %(kept)s kept, %(to_confirm)s to confirm, %(without)s without a home",
        "%(answers)s answers: %(kept)s kept, %(to_confirm)s to confirm, %(without)s without a home",
        tally.total,
    )
    return words % {
        "answers": tally.total,
        "kept": tally.kept,
        "to_confirm": tally.confirmations,
        "without": tally.without_a_home,
    }


def table(round_: Round, fates: Iterable[tuple[Taker, Way, Fate]]) -> list[list[object]]:
    """Return what becomes of every answer, for a file; it tells nothing of what anybody answered."""
    heading: list[object] = [
        *(_("Round"), _("Partnership"), _("Code"), _("Criterion"), _("New code"), _("What becomes of the criterion")),
        _("What becomes of the answer"),
    ]
    return [heading, *([round_.name, taker.name, *_cells(way), fate_in_words(fate)] for taker, way, fate in fates)]


def lines(report: Report) -> Iterable[str]:
    """Return a report line by line, for the command."""
    yield f"{in_short(report.tally)}."
    if report.tally.needs_level:
        yield _("Of those to confirm, %(n)s need another level.") % {"n": report.tally.needs_level}
    if report.signs_without_a_home:
        numbers = {"n": report.signs_without_a_home, "m": report.signs}
        yield _("Of %(m)s answers to signs, %(n)s have no sign with the same words any more.") % numbers
    for line in report.criteria:
        yield f"  {_criterion(line)}"
    for asked in report.added:
        yield "  " + _("%(code)s: new") % {"code": asked.criterion.code}


def _criterion(line: CriterionLine) -> str:
    code = line.way.before.criterion.code
    return f"{code}: {becomes(line.way)} ({in_short(line.tally)})"


def _cells(way: Way) -> list[object]:
    asked = way.before.criterion
    return [asked.code, asked.title, way.path.now.criterion.code if way.path else "", becomes(way)]


def _is_asked_elsewhere(way: Way) -> bool:
    """Say whether it is asked of other places than before."""
    if way.path is None:
        return False
    old, new = way.before.criterion, way.path.now.criterion
    return (old.nation, old.tier) != (new.nation, new.tier)
