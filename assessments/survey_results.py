"""A closed check as it is shown: a bar and a row of numbers a question, one table a scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from assessments.low_levels import lowest
from hallmarks import charts
from hallmarks.marks import Label, in_a_sentence
from hallmarks.outline import Question
from hallmarks.templatetags.levels import label_on


@dataclass(frozen=True)
class Line:
    """What the front line said of one criterion: how many chose each level, lowest first."""

    question: Question
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many gave a level."""
        return sum(self.counts)

    @property
    def low(self) -> int:
        """How many gave a low level."""
        return sum(self.counts[: lowest(self.question)])

    @property
    def is_low(self) -> bool:
        """Whether half of the answers or more are at a low level."""
        return self.low > 0 and self.low * 2 >= self.n

    @property
    def labels(self) -> list[Label]:
        """The scale's levels as they are shown."""
        return [label_on(level, self.question) for level in self.question.levels]

    @property
    def in_words(self) -> str:
        """All the numbers of the bar in one sentence, for those who do not see it."""
        parts = [f"{n} {in_a_sentence(label.name)}" for n, label in zip(self.counts, self.labels, strict=True)]
        words = ngettext("%(n)s answer: %(parts)s.", "%(n)s answers: %(parts)s.", self.n)
        return words % {"n": self.n, "parts": ", ".join(parts)}

    @property
    def bar(self) -> SafeString:
        """The bar, as wide as its place."""
        pairs = zip(self.counts, self.labels, strict=True)
        segments = [charts.Segment(count, label.paint) for count, label in pairs]
        return charts.stacked_bar(segments, self.in_words, charts.Web(), charts.ROW)


@dataclass(frozen=True)
class Group:
    """The lines of one scale, with its key."""

    labels: list[Label]
    lines: list[Line]


@dataclass(frozen=True)
class Finding:
    """What a closed check comes to: the questions that half of the answers or more put low, the lowest share first."""

    low: list[Line]
    of: int


def finding(groups: Iterable[Group]) -> Finding:
    """Return what the lines of every scale that has an order come to."""
    lines = [line for group in groups for line in group.lines if line.question.criterion.scale.is_ordered]
    low = sorted((line for line in lines if line.is_low), key=lambda line: -line.low / line.n)
    return Finding(low, len(lines))


def grouped(questions: Iterable[Question], distribution: dict[int, dict[int, int]]) -> list[Group]:
    """Return the questions that may be shown, in published order, a group a scale."""
    groups: dict[int, Group] = {}
    for question in questions:
        if line := line_on(question, distribution.get(question.criterion.pk, {})):
            groups.setdefault(question.criterion.scale_id, Group(line.labels, [])).lines.append(line)
    return list(groups.values())


def line_on(question: Question, counts: Mapping[int, int]) -> Line | None:
    """Return one criterion's line, or None where nothing may be shown; `counts` are by the level's key."""
    return Line(question, tuple(counts.get(level.pk, 0) for level in question.levels)) if counts else None
