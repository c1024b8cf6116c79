"""What a submission freezes beside its answers: movement, the spread of views where it is wanted, and the address."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from accounts.models import Standpoint, User
from assessments import documents
from assessments.beside import draft_document
from assessments.documents import Document, SpreadEntry
from assessments.models import Assessment, Round, Submission
from hallmarks.models import Version
from tests.assessments.answering import NOW, rate, rate_everything, submit, url
from tests.assessments.carrying import assessment_in, two_rounds
from tests.assessments.giving import give, make_member, reveal
from tests.criteria import make_round, make_version
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
DECLARED = {"agreed_by": ["Local authority"], "declaration": "on"}
ASKED = "how our agencies saw each criterion (optional)"


def sent() -> Document:
    return documents.read(Submission.objects.latest("pk").document)


def by_code(document: Document) -> dict[str, documents.CriterionEntry]:
    return {entry.code: entry for entry in document.every_criterion()}


@pytest.fixture
def viewed(assessment: Assessment, cast: Cast) -> Assessment:
    """Rated, with the revealed views of three agencies on LEAD.1: two at the lowest level, one at the third."""
    rate_everything(assessment, cast.officer)
    health = make_member(assessment, "health", "Health", Standpoint.STRATEGIC)
    fire = make_member(assessment, "fire", "Fire and rescue")
    for user, level in ((cast.officer, 0), (health, 0), (fire, 2)):
        give(assessment, user, level=level)
    reveal(assessment, cast.coordinator)
    return Assessment.objects.with_round().get(pk=assessment.pk)


def test_the_spread_is_frozen_where_the_partnership_chose_it(sign_in: SignIn, viewed: Assessment, cast: Cast) -> None:
    client = sign_in(cast.coordinator)
    page = client.get(url("submit", viewed)).content.decode()
    assert ASKED in page
    assert "The report tells how many agencies chose each level. No agency and no person is named." in page
    client.post(url("submit", viewed), {**DECLARED, "with_spread": "on"})
    entries = by_code(sent())
    assert entries["LEAD.1"].spread == (
        SpreadEntry("gap_identified", "gap_identified", 2),
        SpreadEntry("some_success", "some_success", 1),
    )
    assert entries["LEAD.2"].spread == ()


def test_it_is_not_where_the_partnership_did_not(sign_in: SignIn, viewed: Assessment, cast: Cast) -> None:
    sign_in(cast.coordinator).post(url("submit", viewed), DECLARED)
    text = Submission.objects.get().document
    assert "spread" not in text
    assert "Fire and rescue" not in text


def test_the_spread_names_no_agency(sign_in: SignIn, viewed: Assessment, cast: Cast) -> None:
    sign_in(cast.coordinator).post(url("submit", viewed), {**DECLARED, "with_spread": "on"})
    assert "Fire and rescue" not in Submission.objects.get().document


def test_before_the_reveal_it_is_neither_offered_nor_frozen(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    rate_everything(assessment, cast.officer)
    give(assessment, cast.officer)
    client = sign_in(cast.coordinator)
    assert ASKED not in client.get(url("submit", assessment)).content.decode()
    client.post(url("submit", assessment), {**DECLARED, "with_spread": "on"})
    assert "spread" not in Submission.objects.get().document


@override_settings(SITE_URL="https://portal.example.org")
def test_the_document_says_where_it_can_be_checked(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    assert sent().portal == "https://portal.example.org"


def test_what_moved_since_the_last_submission_is_frozen(places: Places, version: Version, cast: Cast) -> None:
    rounds = two_rounds(places, version, version)
    last = rounds.last(places.amber_valley)
    during = rounds.before.closes_at
    for code, level in {"LEAD.1": "gap_identified", "LEAD.2": "doing_well", "LAW.1": "met", "LAW.2": "met"}.items():
        rate(last, code, cast.officer, level=level, reason="Then.", arrived_at=during)
    submit(last, cast.coordinator, during)
    now = assessment_in(rounds.open(), places.amber_valley)
    rate(now, "LEAD.1", cast.officer, level="some_success", reason="Now.", revision=1)
    entry = by_code(draft_document(now, NOW()))["LEAD.1"].before
    assert entry == documents.BeforeEntry("2026 self-assessment", "Gap identified", "higher", is_reworded=False)


def test_what_was_never_submitted_is_not_compared_with(places: Places, version: Version, cast: Cast) -> None:
    rounds = two_rounds(places, version, version)
    last, during = rounds.last(places.amber_valley), rounds.before.closes_at
    rate(last, "LEAD.1", cast.officer, level="gap_identified", reason="Then.", arrived_at=during)
    now = assessment_in(rounds.open(), places.amber_valley)
    assert by_code(draft_document(now, NOW()))["LEAD.1"].before is None


def test_a_round_of_another_set_between_is_not_compared_with(places: Places, version: Version, cast: Cast) -> None:
    rounds = two_rounds(places, version, version)
    last, during = rounds.last(places.amber_valley), rounds.before.closes_at
    rate_everything(last, cast.officer)
    submit(last, cast.coordinator, during)
    pilot = make_round(make_version("pilot", "other-framework"), places, slug="2026-pilot")
    Round.objects.filter(pk=pilot.pk).update(opens_on=rounds.before.opens_on + datetime.timedelta(days=1))
    other = assessment_in(pilot, places.amber_valley)
    rate_everything(other, cast.officer)
    submit(other, cast.coordinator, NOW())
    now = assessment_in(rounds.open(), places.amber_valley)
    rate(now, "LEAD.1", cast.officer, level="some_success", reason="Now.", revision=1)
    before = by_code(draft_document(now, NOW()))["LEAD.1"].before
    assert before is not None
    assert before.round == rounds.before.name
