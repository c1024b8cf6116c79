"""Criteria as an outline: the text of a guide, lightly marked, as people paste it.

`#` begins a section, `##` a criterion, `-` an indicator. Before the first heading stand the facts of the set, one a
line, such as `title: Beacon criteria`; below a criterion those of the criterion, such as `kind: statutory`. It is read
as text: nothing in it is ever run, expanded or fetched.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from hallmarks.checking import did_you_mean
from hallmarks.formats.arranging import MOST_LEVELS
from hallmarks.formats.building import build
from hallmarks.formats.known import Known
from hallmarks.formats.lines import CRITERION, FIELDS, INDICATOR, LEVEL, SCALE, SECTION, SET, Given, Line, plain_name
from hallmarks.formats.outline_writing import BULLET, CRITERION_FACTS, EXACT, FACT, HEADING, MARK, RULE, write
from hallmarks.problems import PROBLEMS_SOUGHT, Problem, at_line
from hallmarks.reading import Clock, Reading, Unreadable, shown, text_of

__all__ = ["read", "write"]

FRONT_FACTS = (*FIELDS[SET], *FIELDS[SCALE], *FIELDS[LEVEL], "meaning", LEVEL)
SECTION_FACTS = ("code", "number")
# What is written as a fact, in small letters and one word, is not taken for text in silence.
UNKNOWN = re.compile(r"[a-z_]+", re.ASCII)
# Their values may be long, so a line right below them is more of the same; below others it is the statement.
LONG = {"official text", "guidance", "note", "text", "source"}


def read(data: bytes | str, known: Known) -> Reading:
    """Return the entries of an outline, or every problem found up to the place where reading stopped."""
    reader = _Reader()
    try:
        for number, text in _lines(text_of(data)):
            reader.take(number, text)
        lines = reader.finished()
    except Unreadable as stop:
        return Reading((), (*reader.problems, stop.problem))
    missing = _("Say first what this is: lines with “title:”, “publisher:” and “scale:” before the first section.")
    return build(lines, known, head_place=at_line(1), head_missing=missing, problems=reader.problems)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    if text.count("\n") > settings.CRITERIA_MAX_ROWS:
        message = _("There are more than %(limit)s lines. Remove what is not criteria.")
        raise Unreadable(_("the file"), message % {"limit": f"{settings.CRITERIA_MAX_ROWS:,}"})
    clock = Clock()
    # Only the line ends that every editor knows; others are part of the text.
    for number, line in enumerate(text.split("\n"), 1):
        clock.check()
        yield number, line.removesuffix("\r")


@dataclass
class _Fact:
    """One value while its lines are still coming: as they stand, or as one line, however it was wrapped."""

    number: int
    pieces: list[str]
    keeps_lines: bool = True
    is_long: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether running text right below it belongs to it."""
        return self.is_long or not self.keeps_lines

    def value(self) -> str:
        """Return the whole value."""
        return "".join(self.pieces).rstrip("\n")


@dataclass
class _Part:
    """One part of the set while its lines are still coming; a statement may have several paragraphs."""

    kind: str
    number: int
    facts: dict[str, _Fact] = field(default_factory=dict)
    paragraphs: list[_Fact] = field(default_factory=list)


class _Reader:
    """Reads line by line; keeps the problems that do not stop it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._parts: list[_Part] = []
        self._set: _Part | None = None
        # The scale or level that was named last, the levels of that scale, and the criterion that was begun last.
        self._about: _Part | None = None
        self._named: dict[str, _Part] = {}
        self._criterion: _Part | None = None
        # The heading that a line stands below, 0 for none; the value that may go on; whether the line is right below.
        self._depth = 0
        self._open: _Fact | None = None
        self._is_close = False

    def take(self, number: int, text: str) -> None:
        """Take one line."""
        stripped = text.strip()
        if not stripped:
            self._blank()
        elif len(self.problems) <= PROBLEMS_SOUGHT:
            self._filled(number, text, stripped)
            self._is_close = True

    def finished(self) -> list[Line]:
        """Return the lines of the set, now that all are there."""
        if not self._parts:
            text = _(
                "This is no criteria file that can be read here. An outline has lines that begin with # (a section) and"
                " ## (a criterion), a table has a column “row”, and JSON begins with [."
            )
            self.problems.clear()
            raise Unreadable(at_line(1), text)
        return [self._line(part) for part in self._parts]

    def _blank(self) -> None:
        self._is_close = False
        if self._open and self._open.keeps_lines:
            self._open.pieces.append("\n")
        else:
            self._open = None

    def _filled(self, number: int, text: str, stripped: str) -> None:
        goes_on = self._open is not None and self._open.keeps_lines and text.startswith("  ")
        if goes_on and self._open:
            self._open.pieces += ["\n", text[2:].rstrip()]
        elif heading := HEADING.fullmatch(text):
            self._heading(number, len(heading[1]), (heading[2] or "").strip())
        elif RULE.fullmatch(stripped):
            self._open = None
        elif text.startswith("#"):
            self._problem(number, _("Put a space after #. If the line is text, put a backslash (\\) before it."))
        elif bullet := BULLET.fullmatch(text):
            self._begin(INDICATOR, number, "text", bullet[1].strip(), keeps_lines=False)
        elif not self._took_fact(number, text):
            self._words(number, stripped)

    def _problem(self, number: int, text: str) -> None:
        self.problems.append(Problem(at_line(number), text))

    def _heading(self, number: int, depth: int, title: str) -> None:
        if depth > 2:
            self._open = None
            self._problem(number, _skipped(depth, self._depth))
            return
        self._begin(SECTION if depth == 1 else CRITERION, number, "title", title, keeps_lines=False)
        # A heading is one line.
        self._open, self._depth = None, depth

    def _begin(self, kind: str, number: int, name: str, value: str, *, keeps_lines: bool) -> None:
        self._open = _Fact(number, [value], keeps_lines)
        self._append(_Part(kind, number, {name: self._open}))
        if kind in {SECTION, CRITERION}:
            self._criterion = self._parts[-1] if kind == CRITERION else None

    def _append(self, part: _Part) -> None:
        self._parts.append(part)
        if len(self._parts) > settings.CRITERIA_MAX_ENTRIES:
            text = _("There are more than %(limit)s sections, criteria and signs together.")
            raise Unreadable(at_line(part.number), text % {"limit": f"{settings.CRITERIA_MAX_ENTRIES:,}"})

    def _took_fact(self, number: int, text: str) -> bool:
        """Take a line such as `kind: statutory`, if it is one here."""
        found = FACT.fullmatch(text)
        if found is None:
            return False
        name, value = plain_name(found[1]), (found[2] or "").strip()
        if self._depth == 0:
            self._front(number, name, value)
            return True
        part = self._owner(name, is_indented=text[0].isspace())
        if part is None:
            return self._refused(number, found[1])
        self._add(part, number, name, value)
        return True

    def _owner(self, name: str, *, is_indented: bool) -> _Part | None:
        """Return the part that a fact below a heading is about."""
        last = self._parts[-1]
        if last.kind == INDICATOR and is_indented and name == "number":
            return last
        if last.kind == SECTION:
            return last if name in SECTION_FACTS else None
        return self._criterion if name in CRITERION_FACTS else None

    def _refused(self, number: int, name: str) -> bool:
        """Refuse what stands right below a heading, or a fact there, and looks like a fact that is not known."""
        last = self._parts[-1]
        is_right_below = self._is_close and last.kind in {SECTION, CRITERION} and not last.paragraphs
        if not is_right_below or not UNKNOWN.fullmatch(name):
            return False
        known = CRITERION_FACTS if last.kind == CRITERION else SECTION_FACTS
        text = _("“%(name)s” is not known here.") % {"name": shown(name)}
        meant = did_you_mean(plain_name(name), known)
        remedy = _("If it is text, leave a line blank before it.")
        self._problem(number, " ".join(filter(None, (text, meant, remedy))))
        self._open = None
        return True

    def _front(self, number: int, name: str, value: str) -> None:
        """Take a fact about the set, or about the scale or level that was named last."""
        about = self._about
        if name == SCALE:
            self._levels(number, value)
        elif name == LEVEL:
            self._level(number, value)
        elif about and name in FIELDS[about.kind] and name != "title":
            self._add(about, number, name, value)
        elif name in FIELDS[SET]:
            if self._set is None:
                self._set = _Part(SET, number)
                self._parts.insert(0, self._set)
            self._add(self._set, number, name, value)
        else:
            text = _("“%(name)s” is not known before the first section.") % {"name": shown(name)}
            self._problem(number, f"{text} {did_you_mean(name, FRONT_FACTS)}".strip())

    def _levels(self, number: int, names: str) -> None:
        self._open, self._about, self._named = None, _Part(SCALE, number), {}
        self._append(self._about)
        for name in names.split(",", MOST_LEVELS) if names else ():
            self._named[name.strip()] = _Part(LEVEL, number, {"title": _Fact(number, [name.strip()])})
            self._append(self._named[name.strip()])

    def _level(self, number: int, name: str) -> None:
        """Go to the level of this name in the scale above, or add it."""
        self._open, self._about = None, self._named.get(name)
        if self._about is None:
            self._about = self._named[name] = _Part(LEVEL, number, {"title": _Fact(number, [name])})
            self._append(self._about)

    def _add(self, part: _Part, number: int, name: str, value: str) -> None:
        if name in part.facts or (name == "text" and part.paragraphs):
            self._problem(number, _("“%(name)s” is given twice. Keep one.") % {"name": name})
        self._open = part.facts[name] = _Fact(number, [value], is_long=name in LONG)

    def _words(self, number: int, text: str) -> None:
        """Take a line of running text, which belongs to the value above it or to a statement."""
        last = self._parts[-1] if self._parts else None
        if self._open and self._is_close and self._open.goes_on:
            self._open.pieces += [" ", text]
        elif last is None or self._depth == 0:
            self._problem(number, _("This stands before the first section. Begin a section with #, or remove it."))
        elif last.kind == CRITERION:
            self._paragraph(last, number, text)
        elif last.kind == SECTION:
            self._problem(number, _("This text belongs to no criterion. Begin a criterion with ##, or remove it."))
        else:
            self._problem(number, _("This text stands after a sign. Put it above the signs, or begin it with a dash."))

    def _paragraph(self, part: _Part, number: int, text: str) -> None:
        if "text" in part.facts:
            self._problem(number, _("“%(name)s” is given twice. Keep one.") % {"name": "text"})
        self._open = _Fact(number, [text], keeps_lines=False)
        part.paragraphs.append(self._open)

    def _line(self, part: _Part) -> Line:
        # Levels are named, whether on a line of their own or on that of the scale.
        shown_as = {"title": LEVEL} if part.kind == LEVEL else {}
        given = {
            name: Given(self._value(fact), _place(fact.number, shown_as.get(name, name)))
            for name, fact in part.facts.items()
        }
        if part.paragraphs:
            text = "\n\n".join(self._value(paragraph) for paragraph in part.paragraphs)
            given["text"] = Given(text, _place(part.paragraphs[0].number, "text"))
        return Line(part.kind, at_line(part.number), {name: each for name, each in given.items() if each.value != ""})

    def _value(self, fact: _Fact) -> str:
        """Return a value without the backslash before its first mark, or as JSON says it exactly."""
        value = fact.value()
        if not value.startswith(EXACT):
            return value.removeprefix(MARK)
        try:
            exact = json.loads(value[1:])
        except (ValueError, RecursionError):
            self._problem(fact.number, _("The text in quotation marks is not closed. Remove the backslash before it."))
            return value
        return str(exact)


def _place(number: int, name: str) -> str:
    return f"{at_line(number)}, {name}"


def _skipped(depth: int, above: int) -> str:
    if above < 2:
        return _("A heading level is skipped: # begins a section, ## a criterion. Write it with %(marks)s.") % {
            "marks": "#" * (above + 1)
        }
    return _("%(marks)s means nothing here: # begins a section, ## a criterion, - a sign. Use one of these.") % {
        "marks": "#" * min(depth, 6)
    }
