"""Put the lines of a table or an outline below each other: signs below criteria, criteria below sections."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hallmarks.formats.lines import CRITERION, INDICATOR, LEVEL, SCALE, SECTION, SET, Given, Line
from hallmarks.problems import PROBLEMS_SOUGHT, Problem
from hallmarks.reading import shown
from hallmarks.texts import folded

# Ten can be used; of a text that names more, the rest is refused as one level whose name is too long.
MOST_LEVELS = 20


@dataclass
class Node:
    """A line, and those below it."""

    line: Line
    below: list["Node"] = field(default_factory=list)

    def said(self, name: str) -> str:
        """Return what the line says under a name, or nothing."""
        given = self.line.given.get(name)
        return str(given.value) if given else ""


@dataclass
class Arranged:
    """The lines of a set in their order, and the problems of those that have no place."""

    head: Node
    scales: list[Node] = field(default_factory=list)
    sections: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def arrange(lines: Iterable[Line], head_place: str, head_missing: str) -> Arranged:
    """Return the lines below each other; `head_missing` says what to do where none tells what the set is called."""
    found, heads = Arranged(Node(Line(SET, head_place))), []
    for line in lines:
        if len(found.problems) > PROBLEMS_SOUGHT:
            break
        if line.kind == SET:
            heads.append(line)
        else:
            PLACING[line.kind](found, Node(line))
    found.problems = [*_heads(found, heads, head_place, head_missing), *found.problems, *_same_titles(found.sections)]
    return found


def levels_named(names: Given) -> list[Line]:
    """Return the lines of a scale whose levels are named in one text, lowest first, separated by commas."""
    levels = [Given(name.strip(), names.place) for name in str(names.value).split(",", MOST_LEVELS)]
    return [Line(SCALE, names.place), *(Line(LEVEL, names.place, {"title": level}) for level in levels)]


def _heads(found: Arranged, heads: list[Line], place: str, missing: str) -> list[Problem]:
    if not heads:
        return [Problem(place, missing)]
    found.head = Node(heads[0])
    if names := heads[0].given.get("scale"):
        scale, *levels = levels_named(names)
        found.scales.insert(0, Node(scale, [Node(level) for level in levels]))
    again = _("The set is described a second time. Keep one of the two.")
    return [Problem(line.place, again) for line in heads[1:]]


def _scale(found: Arranged, node: Node) -> None:
    found.scales.append(node)


def _level(found: Arranged, node: Node) -> None:
    if not found.scales:
        found.scales.append(Node(Line(SCALE, node.line.place)))
    found.scales[-1].below.append(node)


def _section(found: Arranged, node: Node) -> None:
    found.sections.append(node)


def _criterion(found: Arranged, node: Node) -> None:
    if not found.sections:
        text = _("This criterion stands before any section. Put the section's title above it.")
        found.problems.append(Problem(node.line.place, text))
        found.sections.append(_in_place_of(SECTION, node))
    found.sections[-1].below.append(node)


def _indicator(found: Arranged, node: Node) -> None:
    if not found.sections or not found.sections[-1].below:
        text = _("This sign stands before any criterion. Put the criterion's title above it.")
        found.problems.append(Problem(node.line.place, text))
        section = found.sections[-1] if found.sections else _in_place_of(SECTION, node)
        found.sections[-1:] = [section]
        section.below.append(_in_place_of(CRITERION, node))
    found.sections[-1].below[-1].below.append(node)


def _in_place_of(kind: str, node: Node) -> Node:
    """Stand in for what is missing, which is said once and not for each that follows."""
    return Node(Line(kind, node.line.place, {"title": Given("?", node.line.place)}))


PLACING = {SCALE: _scale, LEVEL: _level, SECTION: _section, CRITERION: _criterion, INDICATOR: _indicator}


def _same_titles(sections: Iterable[Node]) -> list[Problem]:
    """Say which sections cannot be told apart: of one title, and not both with a code of their own."""
    first: dict[object, Node] = {}
    problems = []
    for section in sections:
        earlier = first.setdefault(folded(section.said("title")), section)
        if earlier is section or not section.said("title") or (section.said("code") and earlier.said("code")):
            continue
        text = _("“%(title)s” is already the title of the section at %(place)s. Give each its own title, or a code.")
        words = {"title": shown(section.said("title")), "place": earlier.line.place}
        problems.append(Problem(section.line.place, text % words))
    return problems
