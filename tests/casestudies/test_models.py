"""Which case studies, in which order."""

from casestudies.models import CaseStudy
from tests.casestudies.making import make_case_study
from tests.people import Cast, Places


def test_own_ones_come_first_and_drafts_of_others_never(cast: Cast, places: Places) -> None:
    make_case_study(cast.neighbour, title="Their draft")
    make_case_study(cast.coordinator, title="Our published", is_published=True)
    make_case_study(cast.officer, title="Our draft")
    make_case_study(cast.neighbour, title="Their published", is_published=True)
    rows = CaseStudy.objects.citable_by(places.amber_valley)
    assert [(row.title, row.partnership == places.amber_valley) for row in rows] == [
        ("Our draft", True),
        ("Our published", True),
        ("Their published", False),
    ]
    assert [row.title for row in CaseStudy.objects.own_first([])] == ["Their published", "Our published"]
