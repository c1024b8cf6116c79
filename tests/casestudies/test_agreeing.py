"""A reviewer of the region agrees to the version they read, once, and takes it back with a reason."""

import pytest

from audit.models import Event
from casestudies import services
from casestudies.models import CaseStudy, Endorsement
from tests.casestudies.making import make_case_study, seat_of
from tests.casestudies.test_publishing import publish, say
from tests.people import Cast


@pytest.fixture
def case_study(cast: Cast) -> CaseStudy:
    return make_case_study(cast.coordinator, is_published=True)


def agree(case_study: CaseStudy, cast: Cast, number: int = 1, reason: str = "It works.") -> Endorsement:
    return services.agree_as_good_practice(
        case_study=case_study, number=number, reason=reason, by=cast.reviewer.posts.get()
    )


def test_one_version_is_agreed_once_with_a_reason(case_study: CaseStudy, cast: Cast) -> None:
    first = agree(case_study, cast)
    assert agree(case_study, cast, reason="Again.") == first
    assert (first.reason, first.region.slug) == ("It works.", "east-midlands")
    event = Event.objects.get(kind="casestudy.agreed")
    assert event.after == {"version": 1, "reason": "It works."}
    assert event.actor_role == "Reviewer, Government Office for the East Midlands"


def test_a_newer_version_must_be_read_before_it_is_agreed(case_study: CaseStudy, cast: Cast) -> None:
    say(case_study, cast, title="Two")
    publish(case_study, cast)
    with pytest.raises(services.NewerVersion) as refused:
        agree(case_study, cast, 1)
    assert refused.value.current.number == 2
    agree(case_study, cast, 2)


@pytest.mark.parametrize("is_retired", [False, True])
def test_neither_a_draft_nor_a_retired_one_is_agreed(cast: Cast, is_retired: bool) -> None:
    case_study = make_case_study(cast.coordinator, is_published=is_retired)
    if is_retired:
        services.retire_case_study(case_study=case_study, reason="It ended.", by=seat_of(cast.coordinator))
    with pytest.raises(services.NotPublished):
        agree(case_study, cast)


def test_it_is_withdrawn_for_every_version_and_never_deleted(case_study: CaseStudy, cast: Cast) -> None:
    agree(case_study, cast)
    say(case_study, cast, title="Two")
    publish(case_study, cast)
    agree(case_study, cast, 2)
    post = cast.reviewer.posts.get()
    assert services.withdraw_agreement(case_study=case_study, reason="It faded.", by=post) == 2
    assert services.withdraw_agreement(case_study=case_study, reason="Again.", by=post) == 0
    assert set(Endorsement.objects.values_list("withdrawn_reason", flat=True)) == {"It faded."}
    assert Event.objects.filter(kind="casestudy.agreement_withdrawn").get().before == {"versions": [1, 2]}
    agree(case_study, cast, 2)
    assert Endorsement.objects.standing().count() == 1
