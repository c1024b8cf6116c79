"""The ends of a report: the improvement plan, the case studies that it cites, and where the criteria come from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.documents import CriterionEntry
from reports.contexts import room
from reports.contexts.cover import day
from reports.contexts.matter import Few, Matter
from reports.parts import Action, Citation, Source
from reports.plain_text import shortened

MOST_ACTIONS, MOST_CITATIONS, MOST_SOURCES = 300, 200, 200
# What the short form has room for, in millimetres, and how much of a text it shows.
SHORT_ROOM, SHORT_TEXT, SHORT_NAME = 0.5 * room.PAGE, 120, 50


def every_action(matter: Matter) -> tuple[Action, ...]:
    """Return the open actions, the first to be due first."""
    ordered = sorted(matter.document.actions, key=lambda each: each.due_on)
    # A short form has no room for titles; where a criterion stands is said whole.
    called = matter.places if matter.is_short else matter.titles
    return tuple(
        Action(day(each.due_on), each.text, each.owner, called.get(each.criterion, ""), each.due_on < matter.day)
        for each in ordered
    )


def actions(matter: Matter) -> Few[Action]:
    """Return the improvement plan: in the short form as much of it as fits."""
    every = every_action(matter)
    if not matter.is_short:
        return matter.few(every, MOST_ACTIONS)
    brief = [_brief(each) for each in every]
    (most,) = room.shared(SHORT_ROOM, [[_height(each) for each in brief]])
    return matter.few(brief, most)


def _brief(action: Action) -> Action:
    text = shortened(" ".join(action.text.split()), SHORT_TEXT)
    owner, criterion = (shortened(each, SHORT_NAME) for each in (action.owner, action.criterion))
    return replace(action, text=text, owner=owner, criterion=criterion)


def _height(action: Action) -> float:
    cells = ((action.text, 57.0), (action.owner, 29.0), (action.criterion, 41.0))
    return 3.0 + 4.3 * max(1 + action.is_overdue, *(room.lines(text, width, 9) for text, width in cells))


def citations(matter: Matter) -> Few[Citation]:
    """Return each case study once, with all criteria that cite it."""
    cited: dict[str, tuple[str, list[str]]] = {}
    for entry in matter.document.every_criterion():
        for piece in entry.evidence:
            if piece.kind == "case_study":
                cited.setdefault(piece.target, (piece.title, []))[1].append(matter.titles[entry.code])
    # A draft names no portal, and neither does what was submitted before documents did.
    portal = matter.document.portal.rstrip("/")
    found = (
        Citation(title, f"{portal}/case-studies/{target}/", shortened("; ".join(titles), 10_000))
        for target, (title, titles) in cited.items()
    )
    return matter.few(found, MOST_CITATIONS)


def sources(matter: Matter) -> Few[Source]:
    """Return each source once, with all criteria that come from it."""
    return matter.few(_sources(matter), MOST_SOURCES)


def _sources(matter: Matter) -> Iterable[Source]:
    entries = list(matter.document.every_criterion())
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        found.setdefault(_shared_source(entry), []).append(place)
    for source, places in found.items():
        first = entries[places[0]]
        if len(places) == 1:
            yield Source(matter.places[first.code], first.title, first.source)
        else:
            yield Source("; ".join(_named(matter, entries, places)), "", source)


def _shared_source(entry: CriterionEntry) -> str:
    # The code tells the number already, so criteria of one section share the rest.
    return re.sub(rf",? criterion {entry.number}$", "", entry.source)


def _named(matter: Matter, entries: Sequence[CriterionEntry], places: Sequence[int]) -> Iterable[str]:
    sections = {each.code: section.title for section in matter.document.sections for each in section.criteria}
    for title, found in groupby(places, key=lambda place: sections[entries[place].code]):
        yield f"{title} {', '.join(_runs(entries, list(found)))}"


def _runs(entries: Sequence[CriterionEntry], places: Sequence[int]) -> Iterable[str]:
    # What follows without a gap has the same distance between its place in the document and its place here.
    for _distance, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        numbers = [str(entries[place].number) for _at, place in run]
        if len(numbers) > 2:
            yield _("%(first)s to %(last)s") % {"first": numbers[0], "last": numbers[-1]}
        else:
            yield from numbers
