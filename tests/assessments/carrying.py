"""Two rounds, one after the other, and criteria that changed between them."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from assessments import round_services
from assessments.models import Assessment, Round
from hallmarks.models import Indicator, Section, Version
from partnerships.models import Nation, Partnership, Tier
from tests.criteria import PRACTICE, STATUTORY, _criterion, _scale, make_round, published
from tests.people import Places

BEFORE, NOW = "2026", "2027"


@dataclass(frozen=True)
class TwoRounds:
    """Last year's round, which is over, and the version that this year's will ask."""

    before: Round
    version: Version

    def last(self, partnership: Partnership) -> Assessment:
        return Assessment.objects.with_round().get(round=self.before, partnership=partnership)

    def open(self, by: User | None = None, **changes: object) -> Round:
        """Open this year's round after it."""
        today = timezone.localdate()
        given: dict[str, object] = {
            "slug": NOW,
            "name": f"{NOW} self-assessment",
            "version": self.version,
            "opens_on": today,
            "closes_on": today + datetime.timedelta(days=30),
            "previous": self.before,
        }
        return round_services.open_round(**(given | changes), by=by)  # type: ignore[arg-type]


def two_rounds(places: Places, before: Version, now: Version) -> TwoRounds:
    """Make last year's round; it is still open, so that a test may answer in it."""
    return TwoRounds(make_round(before, places, slug=BEFORE), now)


def assessment_in(round_: Round, partnership: Partnership) -> Assessment:
    """Return a partnership's assessment in a round, as a page fetches it."""
    return Assessment.objects.with_criteria().get(round=round_, partnership=partnership)


def changed_version(before: Version, *, law_is_key: bool = False) -> Version:
    """Make the version after `criteria.make_version`: one criterion reworded, one dropped, one added.

    LEAD.1 has another title and its second sign comes first, the first has other words; LEAD.2 is gone; LEAD.3 is new;
    LAW.1 has lost the level in the middle; LAW.2 is as it was.
    """
    version = Version.objects.create(
        framework=before.framework, slug="next-set", title="Test criteria 2027", source="A test"
    )
    practice, law_scale = (
        _scale(version, "practice", PRACTICE),
        _scale(version, "statutory", [STATUTORY[0], STATUTORY[2]]),
    )
    whole = _scale(version, "whole", STATUTORY)
    lead = Section.objects.create(version=version, number=1, code="LEAD", title="Leadership")
    law = Section.objects.create(version=version, number=2, code="LAW", title="What the law asks")
    first = _criterion(lead, practice, 1, "Leaders who are seen to lead", is_key=True)
    texts = ["Sign 2 <partners> can be seen.", "Sign 1 can be seen often.", "Sign 3 <partners> can be seen."]
    for number, text in enumerate(texts, start=1):
        Indicator.objects.create(criterion=first, number=number, text=text)
    _criterion(lead, practice, 3, "Partners learn together")
    _criterion(law, law_scale, 1, "One strategy group", kind="statutory", is_key=law_is_key)
    _criterion(law, whole, 2, "District and county", kind="statutory", nation=Nation.ENGLAND, tier=Tier.TWO_TIER)
    return published(version)
