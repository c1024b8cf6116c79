"""What the Government Office said of last round's answer stands beside it, once that review was closed."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.last_round import last_answer
from assessments.models import Assessment, Round
from hallmarks.models import Version
from reviews.models import Review
from tests.assessments.answering import question, url
from tests.assessments.carrying import TwoRounds, assessment_in, changed_version, two_rounds
from tests.counting import counted
from tests.people import Cast, Places
from tests.reviews import rows

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
REASON = "Too <few> came."


@pytest.fixture
def review(version: Version, places: Places, cast: Cast) -> Review:
    """Last year's submission is being reviewed: of LEAD.1 the reviewer sees less."""
    before = two_rounds(places, version, version).before
    last = Assessment.objects.with_round().get(round=before, partnership=places.amber_valley)
    review = rows.begin(rows.submitted(last, cast))
    rows.say(review, "LEAD.1", cast.reviewer, level="gap_identified", reason=REASON)
    rows.say(review, "LEAD.2", cast.reviewer, reason="They have no such post.")
    rows.say(review, "LAW.1", cast.reviewer, level="partly_met")
    return review


@pytest.fixture
def here(review: Review, version: Version, places: Places) -> Assessment:
    """This year's assessment, in a round that follows."""
    before = Round.objects.get(slug="2026")
    return assessment_in(TwoRounds(before, version).open(), places.amber_valley)


def read(client: Client, name: str, assessment: Assessment, code: str) -> str:
    return client.get(url(name, assessment, code)).content.decode()


@pytest.mark.parametrize(
    ("name", "who"), [("criterion", "officer"), ("criterion", "viewer"), ("meeting_criterion", "officer")]
)
def test_a_closed_review_is_read_beside_last_rounds_words(
    sign_in: SignIn, review: Review, here: Assessment, cast: Cast, name: str, who: str
) -> None:
    client = sign_in(cast.everybody()[who])
    before = read(client, name, here, "LEAD.1")
    assert "The Government Office then:" not in before
    assert "Too &lt;few&gt; came." not in before
    rows.close(review, cast.reviewer)
    page = read(client, name, here, "LEAD.1")
    said = page[page.index("The Government Office then:") :][:200]
    assert "Gap identified" in said
    assert "Too &lt;few&gt; came." in page


def test_that_it_did_not_apply_and_a_level_without_reason_are_told(
    sign_in: SignIn, review: Review, here: Assessment, cast: Cast
) -> None:
    rows.close(review, cast.reviewer)
    client = sign_in(cast.officer)
    assert "Does not apply" in read(client, "criterion", here, "LEAD.2").split("The Government Office then:")[1][:200]
    last = last_answer(here, question(here, "LAW.1"))
    assert last is not None
    assert last.review is not None
    assert (last.review.label.name, last.review.label.mark, last.review.reason) == ("Partly met", "s1", "")


def test_it_is_found_by_lineage_in_criteria_that_were_reworded(
    review: Review, version: Version, places: Places, cast: Cast
) -> None:
    rows.close(review, cast.reviewer)
    before = Round.objects.get(slug="2026")
    reworded = assessment_in(TwoRounds(before, changed_version(version)).open(), places.amber_valley)
    found = {code: last_answer(reworded, question(reworded, code)) for code in ("LEAD.1", "LEAD.3", "LAW.1")}
    said = {code: last.review.label.name for code, last in found.items() if last and last.review}
    # The level that LAW.1 was at is gone from its scale, and is still called what it was called.
    assert said == {"LEAD.1": "Gap identified", "LAW.1": "Partly met"}


def test_another_partnerships_review_is_not_shown(
    sign_in: SignIn, review: Review, here: Assessment, places: Places, cast: Cast
) -> None:
    rows.close(review, cast.reviewer)
    theirs = assessment_in(here.round, places.derby)
    assert last_answer(theirs, question(theirs, "LEAD.1")) is None
    assert "Too &lt;few&gt; came." not in read(sign_in(cast.neighbour), "criterion", theirs, "LEAD.1")


@pytest.mark.parametrize("name", ["criterion", "meeting_criterion"])
def test_it_costs_no_query(sign_in: SignIn, review: Review, here: Assessment, cast: Cast, name: str) -> None:
    client = sign_in(cast.officer)
    read(client, name, here, "LEAD.1")
    with counted() as before:
        read(client, name, here, "LEAD.1")
    rows.close(review, cast.reviewer)
    with counted() as after:
        read(client, name, here, "LEAD.1")
    assert after.number == before.number
