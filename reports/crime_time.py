"""One partnership's recorded crime over time, with its submissions marked, as the page prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import Partnership
from reports import crime, crime_drawings, crime_queries, crime_words
from reports.crime import Beside, Figure, Gap
from reports.crime_drawings import NARROW, WIDE, Picture, Size, Words
from reports.crime_page import area_of, two_of
from reports.crime_queries import Sent


@dataclass(frozen=True)
class Moment:
    """One line of a partnership's years: a figure, or a submission and its number in the picture."""

    figure: Figure | None = None
    change: str = ""
    in_common: str = ""
    sent: Sent | None = None
    number: int = 0
    inside: Sequence[int] = ()

    @property
    def inside_words(self) -> str:
        """That a figure's months go on both sides of submissions, by their numbers; blank where they do not."""
        numbers = ", ".join(map(str, self.inside))
        return _("Partly before and partly after submission %(n)s") % {"n": numbers} if numbers else ""

    @property
    def value(self) -> str:
        """The figure with thousands commas."""
        return crime_words.whole(self.figure.value) if self.figure else ""


@dataclass(frozen=True)
class TimePage:
    """A partnership's figures over time with its submissions marked."""

    partnership: Partnership
    figures: Sequence[Figure]
    sent: Sequence[Sent]
    gap: Gap | None
    has_made_up_family: bool = False

    @property
    def last(self) -> Figure:
        """The latest figure."""
        return self.figures[-1]

    @property
    def last_value(self) -> str:
        """The same with thousands commas."""
        return crime_words.whole(self.last.value)

    @property
    def moments(self) -> list[Moment]:
        """Figures and submissions in order of their days."""
        found: list[tuple[object, Moment]] = []
        for at, figure in enumerate(self.figures):
            before = self.figures[at - 1] if at else None
            inside = crime.inside(figure.ends_on, [each.sent_on for each in self.sent])
            found.append((figure.ends_on, Moment(figure, *_since(before, figure), inside=inside)))
        found += [(each.sent_on, Moment(sent=each, number=number)) for number, each in enumerate(self.sent, 1)]
        return [moment for _day, moment in sorted(found, key=lambda pair: str(pair[0]))]

    @property
    def pictures(self) -> list[SafeString]:
        """The figures as a line with numbered submissions, for a wide page and for a phone; none without figures."""
        return [self.drawn(size).svg for size in (WIDE, NARROW)] if self.figures else []

    def drawn(self, size: Size) -> Picture:
        """Draw the same for pages of a size."""
        points = [(figure.ends_on, figure.value) for figure in self.figures]
        return crime_drawings.timeline(points, [each.sent_on for each in self.sent], self._picture_words, size)

    @property
    def gap_words(self) -> str:
        """The gap to the family's median as a sentence."""
        if self.gap is None:
            return _("Too few areas of the family group have figures to say how far this one is from their median.")
        if not self.gap.gap:
            words = _("That is the median of the partnerships of its family group that have figures (%(n)s).")
        elif self.gap.gap < 0:
            words = _("That is %(gap)s below the median of the %(n)s partnerships with figures in its family group.")
        else:
            words = _("That is %(gap)s above the median of the %(n)s partnerships with figures in its family group.")
        gap, middle = crime_words.whole(abs(self.gap.gap)), crime_words.whole(self.gap.median)
        of = _("The median is %(median)s.") % {"median": middle} if self.gap.gap else ""
        return f"{words % {'gap': gap, 'n': self.gap.n}} {of}".strip()

    @property
    def cautions(self) -> list[str]:
        """What the figures do not show, as far as it can be told from their days."""
        days, sent = [figure.ends_on for figure in self.figures], [each.sent_on for each in self.sent]
        found = []
        if days and sent and not crime.has_after(days, sent):
            found.append(_("No figure is of months after a submission alone: there is a before and not yet an after."))
        if any(crime.overlap(pair) for pair in pairwise(days)):
            found.append(_("Periods that have months in common tend to differ by less than separate years."))
        if self.gap is not None and self.has_made_up_family:
            found.append(_("The family groups are a demonstration grouping."))
        return found

    @property
    def sources(self) -> list[str]:
        """Where figures were printed."""
        return sorted({figure.source for figure in self.figures})

    @property
    def source_words(self) -> str:
        """Where figures were printed, as a sentence."""
        return _("Source of the figures: %(sources)s.") % {"sources": "; ".join(self.sources)}

    @property
    def sent_words(self) -> list[str]:
        """What each numbered line is."""
        words = _("%(number)s: submission for the %(round)s, %(day)s.")
        return [
            words % {"number": number, "round": each.round_name, "day": date_format(each.sent_on, "j F Y")}
            for number, each in enumerate(self.sent, 1)
        ]

    @property
    def _picture_words(self) -> Words:
        title = _("Recorded crime in %(name)s over time, its submissions numbered. The table has the numbers.")
        across = _("Last day of the 12 months")
        if self.sent:
            across = _("Last day of the 12 months; a numbered line is a submission")
        return Words(title % {"name": self.partnership.name}, across, _("Crimes recorded in 12 months"))


def time_page(partnership: Partnership, regions: frozenset[int] | None) -> TimePage:
    """Return one partnership's page; two queries."""
    figures, owners = crime_queries.figures()
    days = crime.last_two(figures)
    areas = [
        area_of(owners[key], key == partnership.pk, found)
        for key, each in figures.items()
        if (found := two_of(each, days))
    ]
    own = next((area for area in areas if area.is_named), None)
    return TimePage(
        partnership,
        figures.get(partnership.pk, []),
        crime_queries.submissions_of(partnership, regions),
        Beside(areas).gap(own) if own else None,
        partnership.pk in owners and owners[partnership.pk].is_made_up,
    )


def _since(before: Figure | None, figure: Figure) -> tuple[str, str]:
    """Return by how much a figure differs from the one before, and how many months both count; blank without one."""
    if before is None:
        return "", ""
    shared = crime.overlap((before.ends_on, figure.ends_on))
    words = ngettext("%(n)s month in common", "%(n)s months in common", shared) % {"n": shared}
    return crime_words.signed(figure.value - before.value), words if shared else ""
