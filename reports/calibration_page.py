"""Calibration as the page prints it: agreement of one region by criterion, and of all regions side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Round
from partnerships.models import Region
from reports import drawings
from reports.access import Scope
from reports.calibration import FEWEST, Agreement, Scale
from reports.comparison import FEWEST_ELSEWHERE, Asked
from reports.overview import Choice


@dataclass(frozen=True)
class Row:
    """One line of a table: what it is about, and what its reviews say; None where that may not be shown."""

    title: str
    agreement: Agreement | None
    code: str = ""
    is_own: bool = False

    @property
    def reviews(self) -> int:
        """How many closed reviews gave levels to compare."""
        return len(self.agreement.reviews) if self.agreement else 0

    @property
    def share(self) -> int | None:
        """The share in per cent in which both saw the same level; None where there are too few to say."""
        found = self.agreement
        return round(100 * found.agreed / found.n) if found and found.n and not found.is_few else None

    @property
    def kappa(self) -> str:
        """Kappa with its interval in words, or why there is none."""
        return kappa_words(self.agreement) if self.agreement else ""

    @property
    def drawing(self) -> SafeString:
        """Kappa and its interval from -1 to 1; blank where there is none."""
        found = self.agreement.kappa if self.agreement else None
        if found is None:
            return SafeString()
        low, high = found.interval or (found.value, found.value)
        return drawings.interval(low, found.value, high, f"{self.title}: {self.kappa}")

    @property
    def agreed(self) -> str:
        """How many agreed, and their share."""
        return _count(self.agreement.agreed, self.agreement) if self.agreement else ""

    @property
    def higher(self) -> str:
        """In how many the reviewer saw a higher level, and their share."""
        return _side(self.agreement, self.agreement.higher) if self.agreement else ""

    @property
    def lower(self) -> str:
        """In how many the reviewer saw a lower level, and their share."""
        return _side(self.agreement, self.agreement.lower) if self.agreement else ""


@dataclass(frozen=True)
class Part:
    """One scale, for practice or for what the law asks: its table of regions and its table of criteria."""

    scale: Scale
    regions: Sequence[Row]
    criteria: Sequence[Row]

    @property
    def told(self) -> list[Row]:
        """The criteria with enough closed reviews to say more than counts."""
        return [row for row in self.criteria if row.agreement and not row.agreement.is_few]

    @property
    def few(self) -> list[Row]:
        """The other criteria."""
        return [row for row in self.criteria if row not in self.told]

    @property
    def is_statutory(self) -> bool:
        """Whether the law asks for these."""
        return self.scale.is_statutory

    @property
    def findings(self) -> list[str]:
        """What the regions show, in sentences: one's own first, then between which shares the others lie."""
        told = [row for row in self.regions if row.share is not None]
        others = [row.share for row in told if not row.is_own and row.share is not None]
        own = [sentence for row in told if row.is_own for sentence in _own_findings(row)]
        return [*own, _elsewhere(min(others), max(others), len(others), bool(own))] if others else own


@dataclass(frozen=True)
class CalibrationPage:
    """Everything the page prints; `area` is what the criteria are about, `choices` the other areas."""

    round: Round
    area: str
    choices: Sequence[Choice]
    parts: Sequence[Part]
    has_others: bool
    rounds: Sequence[Round] = ()
    fewest: int = FEWEST
    fewest_elsewhere: int = FEWEST_ELSEWHERE

    @property
    def region(self) -> str:
        """The region whose criteria are shown, as addresses name it; blank for all."""
        return next((choice.value for choice in self.choices if choice.is_selected), "")

    @property
    def query(self) -> str:
        """The part of the address after `?` that asks for the same again."""
        return urlencode({"region": self.region}) if self.region else ""

    @property
    def is_empty(self) -> bool:
        """Whether no review is closed."""
        return not self.parts

    @cached_property
    def left_out(self) -> str:
        """How many ratings have a level on one side only, as a sentence; blank if none."""
        count = sum(row.agreement.left_out for part in self.parts for row in part.criteria if row.agreement)
        words = ngettext(
            "%(n)s rating is left out, because one of the two said that the criterion does not apply.",
            "%(n)s ratings are left out, because one of the two said that the criterion does not apply.",
            count,
        )
        return words % {"n": count} if count else ""


def area_wanted(wanted: str, scope: Scope, regions: Sequence[Region]) -> tuple[Region | None, list[Choice]]:
    """Return the region an address asks for (None: all, for administrators), and the choices; else 404."""
    own = [region for region in regions if scope.cuts(region.pk)]
    slugs = [*([""] if scope.regions is None else []), *(region.slug for region in own)]
    chosen = wanted or slugs[0]
    if chosen not in slugs:
        raise Http404
    names = {"": _("England and Wales"), **{region.slug: region.name for region in own}}
    region = next((each for each in own if each.slug == chosen), None)
    return region, [Choice(slug, names[slug], slug == chosen) for slug in slugs]


def parts_of(
    scope: Scope,
    criteria: Sequence[Asked],
    regions: Sequence[Region],
    by_region: Mapping[tuple[int, Scale], Agreement],
    by_criterion: Mapping[str, Agreement],
) -> list[Part]:
    """Return a part for each scale on which anything was reviewed, practice first."""
    scales = dict.fromkeys(Scale(asked.levels, asked.is_statutory, asked.is_ordered) for asked in criteria)
    used = {scale for _region, scale in by_region}
    return [
        Part(scale, _regions(scale, scope, regions, by_region), _criteria(scale, criteria, by_criterion))
        for scale in sorted(scales, key=lambda scale: scale.is_statutory)
        if scale in used
    ]


def kappa_words(agreement: Agreement) -> str:
    """Return kappa and its interval to two places, or why it is not given."""
    if not agreement.scale.is_ordered:
        return _("Levels have no order")
    if agreement.is_few:
        return _("Too few to say")
    found = agreement.kappa
    if found is None:
        return _("All at one level")
    if found.interval is None:
        return _("%(kappa)s, nobody differs") % {"kappa": drawings.places(found.value)}
    low, high = (drawings.places(end) for end in found.interval)
    return _("%(kappa)s (%(low)s to %(high)s)") % {"kappa": drawings.places(found.value), "low": low, "high": high}


def _regions(
    scale: Scale, scope: Scope, regions: Sequence[Region], found: Mapping[tuple[int, Scale], Agreement]
) -> list[Row]:
    """Own regions first; of others only sums, and none that so few reviews make that they would tell of each."""
    rows = []
    for region in sorted(regions, key=lambda region: not scope.cuts(region.pk)):
        agreement, is_own = found.get((region.pk, scale), Agreement(scale, ())), scope.cuts(region.pk)
        is_hidden = not is_own and 0 < len(agreement.reviews) < FEWEST_ELSEWHERE
        rows.append(Row(region.name, None if is_hidden else agreement, is_own=is_own and scope.regions is not None))
    return rows


def _criteria(scale: Scale, criteria: Sequence[Asked], found: Mapping[str, Agreement]) -> list[Row]:
    return [
        Row(asked.title, found.get(asked.code, Agreement(scale, ())), asked.code)
        for asked in criteria
        if (asked.levels, asked.is_statutory) == (scale.levels, scale.is_statutory)
    ]


def _own_findings(row: Row) -> list[str]:
    """Return how often both saw the same level in one's own region, and to which side the reviewer leans."""
    words = _("%(region)s: partnership and Government Office saw the same level in %(share)s%% of ratings.")
    found = [words % {"region": row.title, "share": row.share}]
    differing = row.agreement.n - row.agreement.agreed if row.agreement else 0
    if row.agreement and differing and row.agreement.scale.is_ordered:
        lean = _("Of the %(n)s that differ the Government Office was lower in %(lower)s and higher in %(higher)s.")
        found.append(lean % {"n": differing, "lower": row.agreement.lower, "higher": row.agreement.higher})
    return found


def _elsewhere(low: int, high: int, regions: int, has_own: bool) -> str:
    values = {"low": low, "high": high, "n": regions}
    if not has_own:
        words = _(
            "Partnership and Government Office saw the same level in %(low)s%% to %(high)s%% of ratings, by region."
        )
        return words % values
    if regions == 1:
        return _("In the one other region with enough closed reviews it is %(low)s%%.") % values
    return _("In the %(n)s other regions with enough closed reviews it is %(low)s%% to %(high)s%%.") % values


def _side(agreement: Agreement, count: int) -> str:
    return _count(count, agreement) if agreement.scale.is_ordered else ""


def _count(count: int, agreement: Agreement) -> str:
    """Return a count with its share; of few reviews the count alone, for a share of few says more than is known."""
    if agreement.is_few or not agreement.n:
        return str(count)
    return _("%(count)s (%(share)s%%)") % {"count": count, "share": round(100 * count / agreement.n)}
