"""Two answers at once: keep theirs, keep mine, or both together; nothing is cut, nothing is saved by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from assessments.merging import can_be_joined, joined, merged
from assessments.models import Assessment, LateDraft, Rating
from hallmarks.models import Version
from tests.assessments.answering import question, rate, stamp, stamp_of, stamp_on, url
from tests.assessments.carrying import assessment_in, two_rounds
from tests.assessments.test_criterion_page import close
from tests.people import Cast, Places

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


# Part by part


def test_what_the_writer_left_alone_becomes_theirs_and_only_what_both_changed_clashes() -> None:
    base = {"level": "a", "reason": "Was", "indicator_1": "no", "indicator_2": "no"}
    mine = {**base, "reason": "Mine", "indicator_3": "yes"}
    theirs = {"level": "b", "reason": "Theirs", "indicator_1": "yes"}
    both = merged(base, mine, theirs)
    assert set(both.taken) == {"level", "indicator_1", "indicator_2"}
    assert (set(both.differing), both.clashing) == ({"reason", "indicator_3"}, ("reason",))


def test_where_nobody_knows_what_was_read_everything_that_differs_is_the_writers_to_decide() -> None:
    both = merged(None, {"reason": "Mine"}, {"reason": "Theirs", "level": "b"})
    assert (both.taken, set(both.clashing)) == ((), {"reason", "level"})


@pytest.mark.django_db
def test_signs_of_theirs_that_i_never_touched_stay_theirs(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="Was", indicators={1: "no", 2: "no"})
    read = stamp_on(officer, assessment, "LEAD.1")
    signs = {"indicator_1": "no", "indicator_2": "no"}
    rate(assessment, "LEAD.1", cast.colleague, level="some_success", reason="Theirs", indicators={1: "yes"}, revision=1)
    sent = {**read, **signs, "level": "some_success", "reason": "Mine"}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    form = answer.context["form"]
    assert answer.status_code == 409
    assert [form["reason"].value(), form.data["indicator_1"], form.data["indicator_2"]] == ["Mine", "yes", ""]
    assert "Now in your form, because you had not changed it" in answer.content.decode()

    again = officer.post(url("merge", assessment, "LEAD.1"), fields_of(answer))
    assert officer.post(url("criterion", assessment, "LEAD.1"), fields_of(again)).status_code == 302
    rating = Rating.objects.get()
    assert rating.reason == "Mine\n\nPolice force wrote:\nTheirs"
    assert [row.answer for row in rating.answers.all()] == ["yes"]


@pytest.mark.django_db
def test_keeping_mine_keeps_a_level_that_only_they_changed(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="Was")
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, level="doing_well", reason="Theirs", revision=1)
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**read, "level": "some_success", "reason": "Mine"})
    officer.post(url("criterion", assessment, "LEAD.1"), fields_of(answer))
    rating = Rating.objects.select_related("level").get()
    assert (rating.level and rating.level.slug, rating.reason) == ("doing_well", "Mine")


@pytest.mark.django_db
def test_where_both_changed_a_sign_it_says_so_beside_it(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, reason="Was", indicators={1: "partly"})
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, level="doing_well", reason="Was", indicators={1: "yes"}, revision=1)
    sent = {**read, "level": "some_success", "reason": "Was", "indicator_1": "no"}
    answer = officer.post(url("criterion", assessment, "LEAD.1"), sent)
    page = answer.content.decode()
    sign = escape(question(assessment, "LEAD.1").indicators[0].text)
    assert f"<dt>{sign}</dt><dd>They have “Yes”, you have “No”</dd>" in page
    assert "<dt>Level</dt><dd>They have “Doing well”, you have “Some success”</dd>" in page
    assert ">They have “Yes”</p></fieldset>" in page
    assert "Put both together" not in page


@pytest.mark.django_db
def test_changes_that_do_not_touch_each_other_are_both_saved(
    officer: Client, assessment: Assessment, cast: Cast
) -> None:
    rate(assessment, "LEAD.1", cast.officer, reason="Was")
    read = stamp_on(officer, assessment, "LEAD.1")
    rate(assessment, "LEAD.1", cast.colleague, level="doing_well", reason="Was", revision=1)
    answer = officer.post(url("criterion", assessment, "LEAD.1"), {**read, "reason": "Mine"})
    assert "Both answers fit together" in answer.content.decode()
    officer.post(url("criterion", assessment, "LEAD.1"), fields_of(answer))
    rating = Rating.objects.select_related("level").get()
    assert (rating.level and rating.level.slug, rating.reason) == ("doing_well", "Mine")


@pytest.mark.django_db
def test_what_was_carried_forward_is_what_the_page_was_opened_with(
    officer: Client, places: Places, version: Version, cast: Cast
) -> None:
    rounds = two_rounds(places, version, version)
    rate(rounds.last(places.amber_valley), "LEAD.1", cast.officer, level="some_success", reason="We met.")
    carried = assessment_in(rounds.open(cast.administrator), places.amber_valley)
    read = stamp_on(officer, carried, "LEAD.1")
    rate(carried, "LEAD.1", cast.colleague, level="doing_well", reason="We met.", revision=1)
    sent = {**read, "level": "some_success", "reason": "We meet."}
    answer = officer.post(url("criterion", carried, "LEAD.1"), sent)
    form = answer.context["form"]
    assert [form["level"].value(), form["reason"].value()] == ["doing_well", "We meet."]


@pytest.mark.django_db
def test_the_address_of_the_button_opened_by_itself_leads_to_the_criterion(
    officer: Client, assessment: Assessment
) -> None:
    answer = officer.get(url("merge", assessment, "LEAD.1"))
    assert (answer.status_code, answer["Location"]) == (302, url("criterion", assessment, "LEAD.1"))


def fields_of(page: Any) -> dict[str, Any]:
    """Return what a browser sends when somebody presses a button of this page."""
    form, sent = page.context["form"], stamp_of(page)
    signs = {row.name: form.data.get(row.name, "") for row in form.indicator_rows()}
    return {**sent, **signs, "level": form["level"].value() or "", "reason": form["reason"].value() or ""}
