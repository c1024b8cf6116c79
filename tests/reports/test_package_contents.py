"""Which groups a package counts: none that the comparison would not show."""

import pytest

from accounts.models import User
from partnerships.models import Partnership
from reports import access, package_contents, queries
from reports.groups import as_may_be_cut
from tests.people import Cast, Places
from tests.reports.comparing import family
from tests.reports.conftest import Submit


@pytest.mark.parametrize("person", ["reviewer", "administrator"])
def test_no_group_is_cut_otherwise_than_the_comparison_may(
    places: Places, submit: Submit, cast: Cast, person: str
) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(family_group=family())
    submit(places.exeter, {"LEAD.1": 1})
    reader: User = getattr(cast, person)
    scope = access.scope(reader, "2027")
    found = queries.places(scope.round, None)
    own = None if scope.regions is None else {place.region for place in found if scope.cuts(place.region_key)}
    cuts = [cut for _kind, _group, cut in package_contents._groups(scope, found)]
    assert {cut.area.value for cut in cuts} >= {"east-midlands", "nation-england", "nation-wales", "both-nations"}
    assert any(cut.family for cut in cuts)
    assert any(cut.kind for cut in cuts)
    assert [as_may_be_cut(cut, own) for cut in cuts] == [(cut, False) for cut in cuts]
