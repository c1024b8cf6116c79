"""A closed check as it is shown: a bar and a row of numbers a question, one table a scale."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

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


def grouped(questions: Iterable[Question], distribution: dict[int, dict[int, int]]) -> list[Group]:
    """Return the questions that may be shown, in published order, a group a scale."""
    groups: dict[int, Group] = {}
    for question in questions:
        counts = distribution.get(question.criterion.pk)
        if counts is not None:
            line = Line(question, tuple(counts.get(level.pk, 0) for level in question.levels))
            groups.setdefault(question.criterion.scale_id, Group(line.labels, [])).lines.append(line)
    return list(groups.values())
