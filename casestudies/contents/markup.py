"""Read the XML of an office file and write it anew, with rules for what is looked at, changed and left out.

The library's expat is enough, and no second reader is needed for safety: entities can be declared only in a DTD, and a
DTD is refused at its first mark, so nothing can grow or be fetched. What is written was understood first: comments,
instructions to other programs and odd encodings do not come through.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from casestudies.contents.faults import Damaged, HasDoctype, Limit, TooMuch
from casestudies.contents.limits import Budget

HEADER = b'<?xml version="1.0" encoding="UTF-8"?>\n'
# What ECMA-376 and ODF allow; either is written as UTF-8.
ENCODINGS = {None, "utf-8", "utf-16", "us-ascii"}
IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
# Rules that want a text may apply to an element and one inside it, and that is all that real files do.
MOST_LISTENERS = 4
Attributes = dict[str, str]
Start = Callable[[Attributes], bool]


@dataclass(frozen=True)
class Rules:
    """What happens to which names; a name counts whatever its prefix, because a prefix can be anything. Only `replaced`
    may name a prefix too.

    `starts` may look at and change an element's attributes, and returns False to leave it out; `texts` look at all the
    text in an element; `replaced` give an element other text; `attributes` give a value another, or None to leave it
    out, and get the element's name, the attribute's whole name and the value. `finish` runs at the end of the part.
    """

    dropped: frozenset[str] = frozenset()
    starts: Mapping[str, Start] = field(default_factory=dict)
    texts: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    replaced: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    attributes: Mapping[str, Callable[[str, str, str], str | None]] = field(default_factory=dict)
    finish: Callable[[], None] = lambda: None


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def value_of(attributes: Attributes, name: str) -> str:
    """Return the value of the attribute of this name, with or without a prefix, or nothing."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def rewritten(pieces: Iterable[bytes], rules: Rules, budget: Budget) -> Iterator[bytes]:
    """Yield the part as the rules leave it; raises BadContent."""
    scribe, fed = _Scribe(rules, budget), 0
    yield HEADER
    for piece in pieces:
        fed += len(piece)
        yield scribe.take(piece)
        if fed - scribe.parser.CurrentByteIndex > budget.limits.mark_bytes:
            raise Damaged
    yield scribe.take(b"", is_last=True)
    rules.finish()


def read(pieces: Iterable[bytes], rules: Rules, budget: Budget) -> None:
    """Let the rules look at a part that is not written again."""
    for _piece in rewritten(pieces, rules, budget):
        pass


@dataclass(frozen=True)
class _Rule:
    """The rules for one element."""

    is_dropped: bool
    start: Start | None
    text: Callable[[str], None] | None
    replace: Callable[[str], str] | None


class _Listener:
    """Puts together the text of one element, for a rule that wants it."""

    def __init__(self, depth: int, hear: Callable[[str], str | None]) -> None:
        self.depth, self._hear = depth, hear
        self._pieces: list[str] = []
        self._length = 0

    def take(self, text: str, most: int) -> None:
        """Keep a piece; nothing that a rule wants is as long as a book."""
        self._pieces.append(text)
        self._length += len(text)
        if self._length > most:
            raise Damaged

    def told(self) -> str | None:
        """Return what the rule makes of it."""
        return self._hear("".join(self._pieces))


class _Scribe:
    """Writes down what expat reads."""

    def __init__(self, rules: Rules, budget: Budget) -> None:
        self._rules, self._budget = rules, budget
        self._known: dict[str, _Rule | None] = {}
        self._out: list[str] = []
        self._depth = 0
        # The depth of the element that is left out or gets other text; nothing inside it is written.
        self._silent_at = 0
        self._is_open = False
        self._listening: list[_Listener] = []
        self.parser = self._parser()

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def take(self, piece: bytes, *, is_last: bool = False) -> bytes:
        """Read a piece and return what could be written since."""
        try:
            self.parser.Parse(piece, is_last)
        except expat.ExpatError as problem:
            raise Damaged from problem
        written = "".join(self._out).encode()
        self._out.clear()
        return written

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding and encoding.casefold()) not in ENCODINGS:
            raise Damaged

    def _doctype(self, *named: object) -> NoReturn:
        raise HasDoctype

    def _start(self, name: str, attributes: Attributes) -> None:
        self._budget.spend(len(attributes))
        self._depth += 1
        if self._depth > self._budget.limits.nesting:
            raise TooMuch(Limit.NESTING, self._budget.limits.nesting)
        if self._silent_at:
            return
        rule = self._known[name] if name in self._known else self._rule(name)
        if rule and (rule.is_dropped or (rule.start and not rule.start(attributes))):
            self._silent_at = self._depth
            return
        self._write_start(name, attributes)
        if rule:
            self._listen(rule)

    def _rule(self, name: str) -> _Rule | None:
        rules, short = self._rules, local(name)
        rule = _Rule(short in rules.dropped, rules.starts.get(short), rules.texts.get(short), rules.replaced.get(short))
        self._known[name] = rule if rule != _Rule(False, None, None, None) else None
        return self._known[name]

    def _write_start(self, name: str, attributes: Attributes) -> None:
        out = self._out
        out.append(f"><{name}" if self._is_open else f"<{name}")
        for key, value in attributes.items():
            change = self._rules.attributes.get(local(key))
            kept = change(local(name), key, value) if change else value
            if kept is not None:
                out.append(f' {key}="{kept.translate(IN_VALUE)}"')
        self._is_open = True

    def _listen(self, rule: _Rule) -> None:
        if rule.text:
            self._listening.append(_Listener(self._depth, rule.text))
        if rule.replace:
            self._listening.append(_Listener(self._depth, rule.replace))
            self._silent_at = self._depth
        if len(self._listening) > MOST_LISTENERS:
            raise Damaged

    def _text(self, text: str) -> None:
        for listener in self._listening:
            listener.take(text, self._budget.limits.mark_bytes)
        if not self._silent_at:
            self._close_start()
            self._out.append(text.translate(IN_TEXT))

    def _end(self, name: str) -> None:
        was_left_out = self._silent_at == self._depth
        while self._listening and self._listening[-1].depth == self._depth:
            other = self._listening.pop().told()
            if other is not None:
                self._close_start()
                self._out.append(other.translate(IN_TEXT))
                was_left_out, self._silent_at = False, 0
        if not self._silent_at:
            self._out.append("/>" if self._is_open else f"</{name}>")
            self._is_open = False
        elif was_left_out:
            self._silent_at = 0
        self._depth -= 1

    def _close_start(self) -> None:
        if self._is_open:
            self._out.append(">")
            self._is_open = False
