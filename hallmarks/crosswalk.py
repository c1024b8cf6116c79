"""How two sets correspond: which criteria of one ask for much the same as which of the other, by lineage."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from hallmarks.crosswalk_table import SAME, Comparison, Link, Side, compare, read
from hallmarks.models import Criterion, CrosswalkLink, Framework, Section, Version
from hallmarks.outline import Outline, Question, outline_of
from hallmarks.problems import Problem


@dataclass(frozen=True)
class LinkedSet:
    """A line of sets, told by the criteria of its newest published version."""

    version: Version

    @property
    def framework(self) -> Framework:
        """The line."""
        return self.version.framework

    @cached_property
    def outline(self) -> Outline:
        """Its criteria."""
        return outline_of(self.version)

    @cached_property
    def by_lineage(self) -> Mapping[str, Question]:
        """Its criteria by what stays the same over versions."""
        return {question.criterion.lineage: question for question in self.outline.questions}

    @cached_property
    def side(self) -> Side:
        """What a table of links needs to know of it."""
        codes = {question.criterion.code: question.criterion.lineage for question in self.outline.questions}
        return Side(self.version.title, self.framework.slug, codes)


@dataclass(frozen=True)
class Counterpart:
    """A criterion of the other set, and the link that leads to it."""

    question: Question
    link: CrosswalkLink


@dataclass(frozen=True)
class Row:
    """One criterion of the first set, with what corresponds to it, the most alike first."""

    question: Question
    counterparts: tuple[Counterpart, ...]


@dataclass(frozen=True)
class Crosswalk:
    """Two sets side by side; `outdated` are links of criteria that one of the newest versions does not have."""

    left: LinkedSet
    right: LinkedSet
    rows: tuple[Row, ...]
    outdated: tuple[CrosswalkLink, ...]

    @property
    def value(self) -> str:
        """How an address names the two."""
        return pair_value(self.left, self.right)

    @property
    def turned_value(self) -> str:
        """How an address names them told from the other side."""
        return pair_value(self.right, self.left)

    @property
    def by_section(self) -> Iterator[tuple[Section, list[Row]]]:
        """Each section of the first set with its rows."""
        found = {row.question.criterion.pk: row for row in self.rows}
        for section, questions in self.left.outline.by_section():
            yield section, [found[question.criterion.pk] for question in questions]

    @cached_property
    def links(self) -> tuple[CrosswalkLink, ...]:
        """Every link between criteria of the newest versions."""
        return tuple(found.link for row in self.rows for found in row.counterparts)

    @property
    def number_same(self) -> int:
        """How many of them say that much the same is asked."""
        return sum(link.strength == SAME for link in self.links)

    @property
    def number_left(self) -> int:
        """How many criteria of the first set have a counterpart."""
        return sum(bool(row.counterparts) for row in self.rows)

    @property
    def number_right(self) -> int:
        """How many criteria of the second set have one."""
        return len({found.question.criterion.pk for row in self.rows for found in row.counterparts})

    @property
    def alone(self) -> list[tuple[Section, list[Question]]]:
        """The criteria of the second set without a counterpart, by section."""
        met = {found.question.criterion.pk for row in self.rows for found in row.counterparts}
        sections = self.right.outline.by_section()
        left = ((section, [q for q in questions if q.criterion.pk not in met]) for section, questions in sections)
        return [(section, questions) for section, questions in left if questions]


@dataclass(frozen=True)
class Plan:
    """What loading a table would do to the links between two sets; `kept` are those of criteria of earlier versions."""

    left: LinkedSet
    right: LinkedSet
    comparison: Comparison
    kept: int = 0

    @property
    def seen(self) -> str:
        """A fingerprint of what was there, by which a later look tells whether anything changed since."""
        parts = self.comparison
        there = [*parts.unchanged, *parts.removed, *(old for old, _new in parts.changed)]
        told = sorted(repr(link) for link in there)
        return hashlib.sha256(repr((self.left.version.pk, self.right.version.pk, told)).encode()).hexdigest()


@dataclass(frozen=True)
class Checked:
    """A plan, or everything that stands in its way: never both."""

    plan: Plan | None
    problems: tuple[Problem, ...] = ()


def linked_sets() -> dict[str, LinkedSet]:
    """Return each line that is published, by its slug; one query, and what a version read for the first time costs."""
    newest: dict[str, LinkedSet] = {}
    for version in Version.objects.published().select_related("framework").order_by("pk"):
        newest[version.framework.slug] = LinkedSet(version)
    return newest


def linked_pairs(sets: Mapping[str, LinkedSet]) -> list[tuple[LinkedSet, LinkedSet]]:
    """Return which two sets have links between them, the first loaded first; one query."""
    by_key = {found.framework.pk: found for found in sets.values()}
    pairs = CrosswalkLink.objects.order_by("left", "right").values_list("left", "right").distinct()
    return [(by_key[left], by_key[right]) for left, right in pairs if left in by_key and right in by_key]


def pair_value(left: LinkedSet, right: LinkedSet) -> str:
    """Return how an address names two sets."""
    return f"{left.framework.slug}:{right.framework.slug}"


def crosswalk_of(left: LinkedSet, right: LinkedSet) -> Crosswalk:
    """Return two sets side by side; one query."""
    counterparts: dict[str, list[Counterpart]] = {}
    outdated = []
    for link in CrosswalkLink.objects.between(left.framework, right.framework).select_related("left", "right"):
        found = as_told_from(link, left.framework)
        question = right.by_lineage.get(found.right)
        if question is None or found.left not in left.by_lineage:
            outdated.append(link)
        else:
            counterparts.setdefault(found.left, []).append(Counterpart(question, link))
    order = {question.criterion.pk: place for place, question in enumerate(right.outline.questions)}
    rows = tuple(
        Row(question, _sorted(counterparts.get(question.criterion.lineage, ()), order))
        for question in left.outline.questions
    )
    return Crosswalk(left, right, rows, tuple(outdated))


def as_told_from(link: CrosswalkLink, framework: Framework) -> Link:
    """Return a stored link with the criterion of this set first."""
    found = Link(link.left_lineage, link.right_lineage, link.strength, link.note)
    return found if link.left_id == framework.pk else found.turned


def check(data: bytes | str, left: LinkedSet, right: LinkedSet) -> Checked:
    """Read a table of links and compare it with those that are there; one query."""
    reading = read(data, left.side, right.side)
    if reading.problems:
        return Checked(None, reading.problems)
    stored = CrosswalkLink.objects.between(left.framework, right.framework)
    there = [as_told_from(link, left.framework) for link in stored]
    # What an earlier version asked and the newest does not has no code there, so no table can speak of it.
    current = [link for link in there if link.left in left.by_lineage and link.right in right.by_lineage]
    return Checked(Plan(left, right, compare(current, reading.links), len(there) - len(current)))


@dataclass(frozen=True)
class Asked:
    """Where else much the same is asked: a criterion in the newest published version that has it."""

    criterion: Criterion
    link: CrosswalkLink

    @property
    def is_same(self) -> bool:
        """Whether much the same is asked, and not only part of it."""
        return self.link.strength == SAME


def asked_elsewhere(framework: Framework, lineage: str) -> list[Asked]:
    """Return the criteria of other published sets that ask for much the same, the most alike first; two queries."""
    links = {}
    for link in CrosswalkLink.objects.at(framework.pk, lineage):
        other = link.right_id if link.left_id == framework.pk else link.left_id
        links[other, as_told_from(link, framework).right] = link
    if not links:
        return []
    named = Q()
    for other, other_lineage in links:
        named |= Q(version__framework=other, lineage=other_lineage)
    criteria = Criterion.objects.filter(named, version__status=Version.Status.PUBLISHED)
    newest = {}
    for criterion in criteria.select_related("version__framework", "section").order_by("version"):
        newest[criterion.version.framework_id, criterion.lineage] = criterion
    found = [Asked(criterion, links[key]) for key, criterion in newest.items()]
    return sorted(found, key=lambda one: (not one.is_same, *_place(one.criterion)))


def _place(criterion: Criterion) -> tuple[int, int, int]:
    return criterion.version_id, criterion.section.number, criterion.number


def _sorted(found: Iterable[Counterpart], order: Mapping[int, int]) -> tuple[Counterpart, ...]:
    alike: Sequence[Counterpart] = sorted(
        found, key=lambda one: (one.link.strength != SAME, order[one.question.criterion.pk])
    )
    return tuple(alike)
