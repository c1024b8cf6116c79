"""The map as it is delivered: counts, and names that lead somewhere."""

import pytest
from django.core.management import call_command

from partnerships.models import AgencyKind, AreaType, Partnership, PoliceForce, Region


@pytest.fixture
def loaded(db: None) -> None:
    call_command("loaddata", "regions", "police_forces", "partnerships", "agency_kinds", verbosity=0)


@pytest.mark.usefixtures("loaded")
class TestMap:
    def test_everything_is_there(self) -> None:
        assert Region.objects.count() == 10
        assert PoliceForce.objects.count() == 43
        assert Partnership.objects.count() == 376
        assert AgencyKind.objects.count() == 20

    def test_wales_is_wales(self) -> None:
        wales = Region.objects.get(nation="wales")
        assert wales.government_office == "Welsh Assembly Government"
        assert Partnership.objects.in_region(wales).count() == 22
        assert set(Partnership.objects.in_region(wales).values_list("area_type", flat=True)) == {AreaType.WELSH_UNITARY}

    def test_every_area_type_is_known(self) -> None:
        assert set(Partnership.objects.values_list("area_type", flat=True)) == set(AreaType.values)

    def test_amber_valley_is_where_it_is(self) -> None:
        amber_valley = Partnership.objects.with_area().get(slug="amber-valley")
        assert str(amber_valley.police_force) == "Derbyshire Constabulary"
        assert amber_valley.region.government_office == "Government Office for the East Midlands"
        assert (amber_valley.tier, amber_valley.county) == ("two-tier", "Derbyshire")

    def test_the_law_makes_six_kinds_responsible(self) -> None:
        assert AgencyKind.objects.filter(role=AgencyKind.Role.RESPONSIBLE).count() == 6
        assert AgencyKind.objects.get(code="pct").note.startswith("From 30 April 2004.")

    def test_loading_again_changes_nothing(self) -> None:
        call_command("loaddata", "regions", "police_forces", "partnerships", "agency_kinds", verbosity=0)
        assert Partnership.objects.count() == 376
