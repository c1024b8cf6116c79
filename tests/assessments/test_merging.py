"""Two answers at once: keep theirs, keep mine, or both together; nothing is cut, nothing is saved by itself."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from assessments.merging import can_be_joined, joined
from assessments.models import Assessment, LateDraft, Rating
from tests.assessments.answering import rate, stamp, stamp_on, url
from tests.assessments.test_criterion_page import close
from tests.people import Cast

SignIn = Callable[[User | None], Client]


def test_both_texts_with_a_line_that_names_the_agency() -> None:
    assert joined("We meet.\r\nOften.", "They meet.", "Police force") == (
        "We meet.\nOften.\n\nPolice force wrote:\nThey meet."
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [("", "Theirs", "Theirs"), ("Mine", "", "Mine"), ("Same", "Same", "Same"), ("A\r\nB and C", "A\nB", "A\nB and C")],
)
def test_what_adds_nothing_is_not_said_twice(mine: str, theirs: str, both: str) -> None:
    assert joined(mine, theirs, "Police force") == both
    assert joined(both, theirs, "Police force") == both


def test_joining_twice_is_joining_once() -> None:
    once = joined("Mine", "Theirs", "Fire")
    assert joined(once, "Theirs", "Fire") == once
    assert not can_be_joined(once, "Theirs")


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def both(client: Client, assessment: Assessment, **sent: str) -> HttpResponse:
    """Press “Put both together” on a page that was read before anybody saved."""
    return client.post(  # type: ignore[return-value]
        url("merge", assessment, "LEAD.1"), {**stamp(), "reason": "Mine", **sent}
    )


@pytest.mark.django_db
def test_a_conflict_offers_three_ways_in_words(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    page = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "Mine"}).content.decode()
    for words in ("Keep theirs", "Keep mine", "Put both together"):
        assert words in page


@pytest.mark.django_db
def test_putting_both_together_fills_the_form_and_saves_nothing(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, level="gap_identified", reason="Theirs")
    answer = both(officer, assessment, level="doing_well", indicator_2="yes")
    assert answer.status_code == 200
    form = answer.context["form"]  # type: ignore[attr-defined]
    assert form["reason"].value() == "Mine\n\nPolice force wrote:\nTheirs"
    assert form["level"].value() == "doing_well"
    assert "Save both together" in answer.content.decode()
    assert "data-conflict" in answer.content.decode(), "so that the page does not save itself"
    assert Rating.objects.get().reason == "Theirs"

    again = answer.context["stamp"]  # type: ignore[attr-defined]
    sent = {**stamp(again.revision, again.save_id), "level": "doing_well", "reason": form["reason"].value()}
    assert officer.post(url("criterion", assessment, "LEAD.1"), sent).status_code == 302
    assert Rating.objects.get().reason == "Mine\n\nPolice force wrote:\nTheirs"


@pytest.mark.django_db
def test_both_together_that_are_too_long_are_said_to_be_and_nothing_is_cut(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="t" * 1500)
    page = both(officer, assessment, reason="m" * 1500).content.decode()
    assert "Reason must be 2,000 characters or fewer. You entered 3022." in page
    assert "m" * 1500 in page
    assert page.count("t" * 1500) == 2, "theirs as they saved it, and in the form"
    assert Rating.objects.get().reason == "t" * 1500


@pytest.mark.django_db
def test_what_they_save_while_both_are_put_together_is_a_new_conflict(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    again = both(officer, assessment).context["stamp"]  # type: ignore[attr-defined]
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs, changed", revision=1)
    sent = {**stamp(again.revision, again.save_id), "reason": "Both"}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    assert answer.status_code == 409
    assert Rating.objects.get().reason == "Theirs, changed"


@pytest.mark.django_db
def test_a_text_with_nothing_in_it_is_not_offered_for_joining(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, level="doing_well")
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**stamp(), "reason": "Mine"})
    assert answer.status_code == 409
    assert "Put both together" not in answer.content.decode()


@pytest.mark.django_db
def test_both_without_anybody_elses_answer_shows_what_was_typed(officer: Client, assessment: Assessment) -> None:
    answer = both(officer, assessment)
    assert answer.status_code == 200
    assert "Mine</textarea>" in answer.content.decode()
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_both_after_the_deadline_keeps_the_text_as_late(officer: Client, assessment: Assessment, cast: Cast) -> None:
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    close(assessment.round)
    assert both(officer, assessment, **read).status_code == 409
    assert LateDraft.objects.get().reason == "Mine"


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["a\x00b", "\u202e", "x" * 50_000])
def test_nonsense_put_together_is_no_error_page(
    officer: Client, assessment: Assessment, cast: Cast, reason: str
) -> None:
    rate(assessment, "LEAD.1", cast.colleague, reason="Theirs")
    assert both(officer, assessment, reason=reason, level="excellent").status_code == 200
    assert Rating.objects.get().reason == "Theirs"
