"""From the lines of a table or an outline to the entries of a fixture: what was not given is made, and said so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks.checking import SLUG
from hallmarks.formats import making
from hallmarks.formats.arranging import Arranged, Node, arrange
from hallmarks.formats.known import Known, KnownFramework
from hallmarks.formats.lines import CRITERION, FIELDS, INDICATOR, LEVEL, SCALE, SECTION, SET, Line
from hallmarks.formats.values import Misread, places_of, understood
from hallmarks.problems import Problem
from hallmarks.reading import Entry, Reading
from hallmarks.schema import RANGES, fields_of
from hallmarks.texts import composed, folded

MOST_LEVELS_IN_ALL = 500
FRAMEWORK_FIELDS = {"framework": "slug", "framework title": "title", "publisher": "publisher"}
VERSION_FIELDS = {name: of for name, of in FIELDS[SET].items() if name not in {*FRAMEWORK_FIELDS, "scale"}}


def build(
    lines: Iterable[Line], known: Known, *, head_place: str, head_missing: str, problems: Iterable[Problem] = ()
) -> Reading:
    """Return the entries that lines say, in the form of a fixture, after the problems found on the way to them."""
    found = arrange(lines, head_place, head_missing)
    if not found.scales and found.head.line.given:
        text = _("The levels are missing. Name them under “scale”, lowest first, separated by commas.")
        found.problems.append(Problem(found.head.line.place, text))
    if too_many := _too_many(found):
        return Reading((), (*problems, *too_many))
    builder = _Builder(found, known)
    entries = tuple(builder.entries())
    return Reading(entries, (*problems, *found.problems), tuple(builder.notes()))


def _too_many(found: Arranged) -> list[Problem]:
    """Say what there is far too much of, before names are made for all of it."""
    counts = (
        (_("sections"), len(found.sections), RANGES["number"][1]),
        (_("criteria"), sum(len(section.below) for section in found.sections), settings.CRITERIA_MAX_CRITERIA),
        (_("levels"), sum(len(scale.below) for scale in found.scales), MOST_LEVELS_IN_ALL),
        (_("scales"), len(found.scales), MOST_LEVELS_IN_ALL),
    )
    text = _("It has %(count)s %(parts)s. The limit is %(limit)s.")
    return [
        Problem(_("the file"), text % {"count": f"{count:,}", "parts": parts, "limit": limit})
        for parts, count, limit in counts
        if count > limit
    ]


@dataclass
class _Made:
    """What was made, to be told: codes, short titles, and the line of sets that was recognised."""

    codes: int = 0
    titles: int = 0
    line_of: str = ""


@dataclass
class _Taken:
    """Codes, lineages and the like that are in use already, in small letters."""

    sections: set[str] = field(default_factory=set)
    criteria: set[str] = field(default_factory=set)
    lineages: set[str] = field(default_factory=set)


class _Builder:
    """Makes the entries of one set."""

    def __init__(self, found: Arranged, known: Known) -> None:
        self._found = found
        self._made = _Made()
        self._framework = self._known_framework(known)
        self._key = self._version_key()
        criteria = [criterion for section in found.sections for criterion in section.below]
        self._taken = _Taken(
            sections=_said(found.sections, "code"),
            criteria=_said(criteria, "code"),
            lineages=_said(criteria, "lineage"),
        )
        self._given = frozenset(self._taken.criteria)
        self._same = self._unchanged(criteria)

    def entries(self) -> Iterable[Entry]:
        """Yield the entries in the order of a fixture."""
        # Where nothing is said of the set, that is said once, and not for each of its facts.
        yield from self._head() if self._found.head.line.given else ()
        slugs = [node.said("slug") or making.scale_slug(number) for number, node in enumerate(self._found.scales)]
        for node, slug in zip(self._found.scales, slugs, strict=True):
            yield from self._scale(node, slug)
        number = 0
        for section in self._found.sections:
            number = _number(section, number + 1)
            yield from self._section(section, number, slugs)

    def notes(self) -> Iterable[str]:
        """Yield a sentence for each thing that was filled in and may surprise."""
        if self._made.line_of:
            text = _("Taken for a version of “%(title)s”, because its title begins so.")
            yield text % {"title": self._made.line_of}
        if n := self._made.codes:
            yield ngettext(
                "%(n)s criterion had no code. It got one by its place.",
                "%(n)s criteria had no code. They got theirs by their place.",
                n,
            ) % {"n": n}
        if n := self._made.titles:
            yield ngettext(
                "%(n)s title was too long for a title. It was shortened, and the whole kept as the statement.",
                "%(n)s titles were too long for a title. They were shortened, and the whole kept as the statement.",
                n,
            ) % {"n": n}

    def _known_framework(self, known: Known) -> KnownFramework | None:
        said = self._found.head.said
        if said("framework"):
            return next((each for each in known if each.slug == said("framework").strip()), None)
        alike = [each for each in known if each.is_line_of(said("title"), said("publisher"))]
        found = max(alike, key=lambda each: len(each.title), default=None)
        self._made.line_of = found.title if found else ""
        return found

    def _version_key(self) -> tuple[str, str]:
        said, known = self._found.head.said, self._framework
        framework = (
            said("framework").strip() or (known.slug if known else "") or slugify(said("title"))[: making.LONGEST_SLUG]
        )
        wanted = said("version").strip()
        if not wanted:
            # "Beacon criteria, round 5" is round 5 of the Beacon criteria.
            wanted = said("title")[len(known.title) :] if known else ""
        version = wanted if SLUG.fullmatch(wanted) else slugify(wanted)[: making.LONGEST_SLUG]
        return framework or "criteria", version or slugify(said("title"))[: making.LONGEST_SLUG] or "1"

    def _unchanged(self, criteria: Iterable[Node]) -> dict[str, str]:
        """Return the codes of published criteria by their titles and statements, where those are theirs alone."""
        alone: dict[str, str] = {}
        for criterion in self._framework.criteria if self._framework else ():
            for words in {str(folded(criterion.title)), str(folded(criterion.text))}:
                alone[words] = "" if words in alone else criterion.code
        found = {words: code for words, code in alone.items() if code and code.casefold() not in self._given}
        wanted = {found[words] for node in criteria if not node.said("code") and (words := _words(node)) in found}
        self._taken.criteria.update(code.casefold() for code in wanted)
        return found

    def _head(self) -> Iterable[Entry]:
        (framework, version), line = self._key, self._found.head.line
        title = self._framework.title if self._framework else self._found.head.said("title")
        made = {"slug": framework, **({"title": title} if title else {})}
        yield _entry("framework", line, FRAMEWORK_FIELDS, {}, made)
        fields, above = dict(VERSION_FIELDS), {"framework": [framework]}
        if isinstance(line.given["version"].value if "version" in line.given else "", str):
            # "Round 5" is written as it is said; what a spreadsheet has made of it is not.
            del fields["version"]
        yield _entry("version", line, fields, above, {"slug": version, "source": self._source()})

    def _scale(self, node: Node, slug: str) -> Iterable[Entry]:
        yield _entry(SCALE, node.line, FIELDS[SCALE], {"version": list(self._key)}, {"slug": slug})
        position, taken = -1, _said(node.below, "slug")
        for level in node.below:
            position = _number(level, position + 1)
            made: dict[str, Any] = {"position": position}
            if not level.said("slug"):
                made["slug"] = making.free(making.level_slug(level.said("title")), taken, "{}_{}".format)
                taken.add(made["slug"])
            yield _entry(LEVEL, level.line, FIELDS[LEVEL], {"scale": [*self._key, slug]}, made)

    def _section(self, node: Node, number: int, scales: list[str]) -> Iterable[Entry]:
        code = self._section_code(node)
        made = {"code": code, "number": number}
        yield _entry(SECTION, node.line, FIELDS[SECTION], {"version": list(self._key)}, made)
        last = 0
        for criterion in node.below:
            last = _number(criterion, last + 1)
            yield from self._criterion(criterion, code, last, scales)

    def _section_code(self, node: Node) -> str:
        """Return the code that is given, published or used by the section's criteria already; or make one."""
        title, code = node.said("title"), node.said("code").strip()
        if not code:
            known = self._framework.section_code(title) if self._framework else ""
            begins = next((said.rpartition(".")[0] for each in node.below if "." in (said := each.said("code"))), "")
            free = (each for each in (known, begins.strip()) if each and each.casefold() not in self._taken.sections)
            code = next(free, "") or making.section_code(title, self._taken.sections)
        self._taken.sections.add(code.casefold())
        return code

    def _criterion(self, node: Node, section: str, number: int, scales: list[str]) -> Iterable[Entry]:
        code, key, line = self._code(node, section, number), list(self._key), node.line
        made = {"code": code, "number": number, "lineage": self._lineage(node, code), "source": self._source()}
        if len(node.said("title")) > making.LONGEST_TITLE and not node.said("text"):
            self._made.titles += 1
            line = _with_title_as_text(line)
        fields = {name: of for name, of in FIELDS[CRITERION].items() if of not in {"applies", "scale"}}
        above = {"version": key, "section": [*key, section], "scale": [*key, _scale_of(node, scales)]}
        yield _with_places(_entry(CRITERION, line, fields, above, made | _words_made(line)), node)
        last = 0
        for sign in node.below:
            last = _number(sign, last + 1)
            yield _entry(INDICATOR, sign.line, FIELDS[INDICATOR], {"criterion": [*key, code]}, {"number": last})

    def _code(self, node: Node, section: str, number: int) -> str:
        if node.said("code"):
            return str(composed(node.said("code").strip()))
        self._made.codes += 1
        # Whoever comes second with the same words gets a code of its own.
        code = self._same.pop(_words(node), "") or making.criterion_code(section, number, self._taken.criteria)
        self._taken.criteria.add(code.casefold())
        return code

    def _lineage(self, node: Node, code: str) -> str:
        if node.said("lineage"):
            return node.said("lineage")
        known = {each.code: each.lineage for each in self._framework.criteria} if self._framework else {}
        found = known.get(code, "")
        if not found or found in self._taken.lineages:
            found = making.lineage(self._key[0], code, self._taken.lineages)
        self._taken.lineages.add(found)
        return found

    def _source(self) -> str:
        said = self._found.head.said
        return said("source") or ", ".join(filter(None, (said("publisher"), said("title")))) or "-"


def _entry(
    model: str, line: Line, fields: Mapping[str, str], above: Mapping[str, Any], made: Mapping[str, Any] | None = None
) -> Entry:
    """Return the entry that a line says; what it does not say is taken from what was made."""
    values: dict[str, Any] = dict(above)
    places, faults = {}, {}
    for name, of in fields.items():
        given = line.given.get(name)
        if given is None and fields_of(model)[of].is_required and of not in (made or {}):
            places[of] = line.place_of(name)
        elif given is not None:
            places[of] = given.place
            try:
                values[of] = understood(fields_of(model)[of], given.value)
            except Misread as misread:
                faults[of] = str(misread)
    missing = {name: value for name, value in (made or {}).items() if name not in values and name not in faults}
    whole = {"model": f"hallmarks.{model}", "fields": values | missing}
    return Entry(line.place, whole, {of: place for of, place in places.items() if place}, faults, frozenset(missing))


def _with_places(entry: Entry, node: Node) -> Entry:
    """Add where a criterion applies, which is two fields and one word to those who write it, and where its scale is."""
    given, scale = node.line.given.get("applies"), node.line.given.get("scale")
    places, faults, fields = dict(entry.places), dict(entry.faults), dict(entry.value["fields"])
    if scale is not None:
        places["scale"] = scale.place
    if given is not None:
        places["nation"] = places["tier"] = given.place
        try:
            fields["nation"], fields["tier"] = places_of(given.value)
        except Misread as misread:
            faults["nation"] = str(misread)
    return Entry(entry.place, {**entry.value, "fields": fields}, places, faults, entry.made)


def _scale_of(node: Node, scales: list[str]) -> str:
    """Return the scale that a criterion names, or the first one; for what the law asks the one that is called so."""
    if node.said("scale"):
        return node.said("scale").strip()
    is_law = node.said("kind").strip().casefold() == "statutory" and "statutory" in scales
    return "statutory" if is_law or not scales else scales[0]


def _words_made(line: Line) -> dict[str, str]:
    """Make the statement of the title, or the title of the statement, where one of them is missing."""
    title, text = line.given.get("title"), line.given.get("text")
    if title and not text:
        return {"text": str(title.value)}
    return {"title": making.short_title(str(text.value))} if text and not title else {}


def _with_title_as_text(line: Line) -> Line:
    given = {name: value for name, value in line.given.items() if name != "title"}
    return Line(line.kind, line.place, {**given, "text": line.given["title"]}, line.place_of)


def _number(node: Node, following: int) -> int:
    """Return the number that a line gives, or the one that follows those above."""
    try:
        return int(node.said("number")) if len(node.said("number")) <= 9 and node.said("number") else following
    except ValueError:
        return following


def _said(nodes: Iterable[Node], name: str) -> set[str]:
    return {node.said(name).strip().casefold() for node in nodes} - {""}


def _words(node: Node) -> str:
    return str(folded(node.said("title") or node.said("text")))
