"""What was carried forward as officers meet it: to confirm or to change, beside what was said last year."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, Rating, Round
from hallmarks.models import Version
from tests.assessments.answering import rate, rate_everything, stamp, stamp_on, submit, url
from tests.assessments.carrying import TwoRounds, assessment_in, changed_version, two_rounds
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
CARRIED = "Carried forward from 2026 self-assessment"
CONFIRM = "Still true, confirm"
# What the page's form sends of last year's answer to LEAD.1, unchanged.
UNCHANGED = {"level": "some_success", "reason": "Last year’s words.\r\nTwo lines.", "indicator_1": "yes"}


@pytest.fixture
def rounds(places: Places, version: Version, cast: Cast) -> TwoRounds:
    """Last year: everything answered, LEAD.1 in words of its own."""
    both = two_rounds(places, version, changed_version(version))
    last = both.last(places.amber_valley)
    rate_everything(last, cast.officer)
    said = {"level": "some_success", "reason": "Last year’s words.\nTwo lines.", "indicators": {1: "yes"}}
    rate(last, "LEAD.1", cast.colleague, revision=1, **said)  # type: ignore[arg-type]
    return both


@pytest.fixture
def here(rounds: TwoRounds, version: Version, places: Places) -> Assessment:
    """This year: the same criteria, all to confirm."""
    return assessment_in(rounds.open(version=version), places.amber_valley)


@pytest.fixture
def reworded(rounds: TwoRounds, places: Places) -> Assessment:
    """This year: criteria that changed."""
    return assessment_in(rounds.open(), places.amber_valley)


@pytest.fixture
def officer(sign_in: SignIn, cast: Cast) -> Client:
    return sign_in(cast.officer)


def read(client: Client, name: str, assessment: Assessment, *more: object) -> str:
    return " ".join(client.get(url(name, assessment, *more)).content.decode().split())


def first(assessment: Assessment) -> Rating:
    return assessment.ratings.get(criterion__code="LEAD.1")


# The page of an answer that waits


def test_it_says_where_the_answer_comes_from_and_offers_to_confirm_it(officer: Client, here: Assessment) -> None:
    page = read(officer, "criterion", here, "LEAD.1")
    assert CARRIED in page
    assert CONFIRM in page
    assert 'value="some_success" aria-describedby="id_level_2-hint id_level_2-who" checked' in page
    assert "Last year’s words.\nTwo lines.</textarea>" in officer.get(
        url("criterion", here, "LEAD.1")
    ).content.decode().replace("\r\n", "\n")


def test_confirming_goes_on_and_the_question_is_gone(officer: Client, here: Assessment) -> None:
    sent = stamp_on(officer, here, "LEAD.1") | UNCHANGED
    answer = officer.post(url("confirm", here, "LEAD.1"), sent)
    assert answer["Location"] == url("criterion", here, "LEAD.2")
    assert (first(here).is_answered, first(here).revision) == (True, 2)
    assert CARRIED not in read(officer, "criterion", here, "LEAD.1")
    again = officer.post(url("confirm", here, "LEAD.1"), sent)
    assert again["Location"] == url("criterion", here, "LEAD.2")
    assert first(here).revision == 2


def test_it_can_be_confirmed_without_the_form(officer: Client, here: Assessment) -> None:
    officer.post(url("confirm", here, "LEAD.1"), stamp(1))
    assert first(here).is_answered
    assert first(here).reason == "Last year’s words.\nTwo lines."


@pytest.mark.parametrize(
    "change", [{"reason": "New words"}, {"level": "doing_well"}, {"indicator_2": "no"}, {"indicator_1": ""}]
)
def test_what_was_changed_beside_the_button_is_saved(officer: Client, here: Assessment, change: dict[str, str]) -> None:
    officer.post(url("confirm", here, "LEAD.1"), {**stamp(1), **UNCHANGED, **change})
    kept = officer.get(url("criterion", here, "LEAD.1")).context["form"].initial
    sent = {name: value for name, value in (UNCHANGED | change).items() if value}
    assert kept == {**sent, "reason": sent["reason"].replace("\r\n", "\n")}
    assert first(here).is_answered


def test_confirming_over_a_colleagues_change_shows_both(officer: Client, here: Assessment, cast: Cast) -> None:
    sent = stamp_on(officer, here, "LEAD.1") | UNCHANGED
    rate(here, "LEAD.1", cast.colleague, level="gap_identified", reason="No longer true", revision=1)
    answer = officer.post(url("confirm", here, "LEAD.1"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "No longer true" in page
    assert "Last year’s words." in page
    assert CONFIRM not in page
    assert first(here).reason == "No longer true"


def test_confirming_without_the_form_over_a_colleagues_change_is_refused_too(
    officer: Client, here: Assessment, cast: Cast
) -> None:
    rate(here, "LEAD.1", cast.colleague, level="gap_identified", reason="No longer true", revision=1)
    answer = officer.post(url("confirm", here, "LEAD.1"), stamp(1))
    assert answer.status_code == 409
    assert "No longer true" in answer.content.decode()
    assert first(here).updated_by == cast.colleague


@pytest.mark.parametrize("is_late", [True, False])
def test_nothing_is_confirmed_once_it_is_closed(officer: Client, here: Assessment, cast: Cast, is_late: bool) -> None:
    sent = stamp_on(officer, here, "LEAD.1") | UNCHANGED
    if is_late:
        Round.objects.filter(pk=here.round_id).update(
            opens_on=timezone.localdate() - datetime.timedelta(days=9),
            closes_on=timezone.localdate() - datetime.timedelta(days=1),
        )
    else:
        for rating in here.ratings.select_related("criterion"):
            officer.post(url("confirm", here, rating.criterion.code), stamp(1))
        submit(here, cast.coordinator)
        Rating.objects.filter(pk=first(here).pk).update(is_confirmed=False, revision=1)
    answer = officer.post(url("confirm", here, "LEAD.1"), sent)
    assert answer.status_code == 409
    assert "Nothing was changed." in answer.content.decode()
    assert not first(here).is_confirmed


def test_an_answer_without_a_level_asks_for_one(officer: Client, reworded: Assessment) -> None:
    page = read(officer, "criterion", reworded, "LAW.1")
    assert "It has no level in this round." in page
    assert CONFIRM not in page
    answer = officer.post(url("confirm", reworded, "LAW.1"), stamp(1))
    assert answer["Location"] == url("criterion", reworded, "LAW.1")
    assert not reworded.ratings.get(criterion__code="LAW.1").is_confirmed


@pytest.mark.parametrize("then", ["file", "link", "case-study", "later", "start"])
def test_going_elsewhere_confirms_nothing(officer: Client, here: Assessment, then: str) -> None:
    officer.post(url("criterion", here, "LEAD.1"), {**stamp(1), **UNCHANGED, "then": then})
    assert not first(here).is_confirmed


def test_save_and_continue_confirms(officer: Client, here: Assessment) -> None:
    officer.post(url("criterion", here, "LEAD.1"), {**stamp(1), **UNCHANGED})
    assert first(here).is_answered


def test_the_pages_script_keeps_what_is_typed_and_confirms_nothing(officer: Client, here: Assessment) -> None:
    officer.post(url("autosave", here, "LEAD.1"), {**stamp(1), **UNCHANGED})
    assert not first(here).is_confirmed
    officer.post(url("autosave", here, "LEAD.1"), {**stamp(1), **UNCHANGED, "reason": "New"})
    assert (first(here).reason, first(here).is_confirmed) == ("New", False)
    assert CONFIRM in read(officer, "criterion", here, "LEAD.1")


def test_another_level_confirms_even_by_the_pages_script(officer: Client, here: Assessment) -> None:
    officer.post(url("autosave", here, "LEAD.1"), {**stamp(1), **UNCHANGED, "level": "doing_well"})
    assert first(here).is_confirmed


def test_who_only_reads_is_told_that_it_is_not_confirmed(sign_in: SignIn, here: Assessment, cast: Cast) -> None:
    page = read(sign_in(cast.viewer), "criterion", here, "LEAD.1")
    assert "Carried forward, not confirmed" in page
    assert CONFIRM not in page


# What changed


def test_old_and_new_wording_stand_side_by_side(officer: Client, reworded: Assessment) -> None:
    page = read(officer, "criterion", reworded, "LEAD.1")
    assert "The wording has changed since 2026 self-assessment" in page
    gone, new = (
        '<span class="govuk-visually-hidden">(gone: </span>',
        '<span class="govuk-visually-hidden">(new: </span>',
    )
    end = '<span class="govuk-visually-hidden">)</span>'
    assert f"Leaders <del>{gone}give direction{end}</del>" in page
    assert f"Leaders <ins>{new}who are seen to lead{end}</ins>" in page
    assert f"<del>{gone}&lt;partners&gt; {end}</del>" in page
    assert "What is asked has changed since then" in page


def test_nothing_is_said_of_wording_that_is_the_same(officer: Client, here: Assessment) -> None:
    assert "changed since" not in read(officer, "criterion", here, "LEAD.1")


# The last round beside


def test_the_level_of_last_round_is_flagged_and_its_words_stand_beside_the_reason(
    officer: Client, here: Assessment, cast: Cast
) -> None:
    rate(here, "LEAD.1", cast.officer, level="doing_well", reason="Better now", revision=1)
    page = read(officer, "criterion", here, "LEAD.1")
    row = page[page.index('value="some_success"') :]
    assert "Last round" in row[: row.index('value="doing_well"')]
    assert page.count('<span class="app-flag">Last round</span>') == 1
    assert "Last year’s words. Two lines." in page
    assert "Start from this text" not in page


def test_that_it_did_not_apply_is_flagged(officer: Client, rounds: TwoRounds, version: Version, cast: Cast) -> None:
    last = Assessment.objects.with_round().get(round=rounds.before, partnership__slug="amber-valley")
    rate(last, "LEAD.2", cast.officer, does_not_apply=True, reason="No river", revision=1)
    here = assessment_in(rounds.open(version=version), last.partnership)
    page = read(officer, "criterion", here, "LEAD.2")
    assert "Last round" in page[page.index('value="does_not_apply"') :].split("</fieldset>")[0]


def test_a_level_that_is_gone_is_named_and_not_flagged(
    officer: Client, rounds: TwoRounds, places: Places, cast: Cast
) -> None:
    rate(rounds.last(places.amber_valley), "LAW.1", cast.officer, level="partly_met", reason="Half", revision=1)
    page = read(officer, "criterion", assessment_in(rounds.open(), places.amber_valley), "LAW.1")
    assert "Partly met" in page
    assert '<span class="app-flag">Last round</span>' not in page


def test_an_empty_reason_may_start_from_last_rounds_words(officer: Client, here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.officer, revision=1)
    assert "Start from this text" in read(officer, "criterion", here, "LEAD.1")
    sent = {**stamp(2), "level": "gap_identified", "reason": "", "indicator_2": "no", "then": "start"}
    answer = officer.post(url("criterion", here, "LEAD.1"), sent)
    assert answer["Location"] == f"{url('criterion', here, 'LEAD.1')}?start=last#id_reason"
    form = officer.get(answer["Location"]).context["form"]
    assert form.initial["reason"] == "Last year’s words.\nTwo lines."
    assert (form.initial["level"], form.initial["indicator_2"]) == ("gap_identified", "no")
    assert first(here).reason == ""


def test_what_was_typed_is_never_replaced_by_last_rounds_words(officer: Client, here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.officer, revision=1)
    sent = {**stamp(2), "reason": "Just typed", "then": "start"}
    answer = officer.post(url("criterion", here, "LEAD.1"), sent)
    assert officer.get(answer["Location"]).context["form"].initial["reason"] == "Just typed"


@pytest.mark.parametrize("start", ["", "other", "%00", "last&start=x"])
def test_other_starts_are_ignored(officer: Client, here: Assessment, cast: Cast, start: str) -> None:
    rate(here, "LEAD.1", cast.officer, revision=1)
    page = officer.get(f"{url('criterion', here, 'LEAD.1')}?start={start}")
    assert page.context["form"].initial["reason"] == ""


@pytest.mark.parametrize("who", ["officer", "viewer"])
def test_it_is_said_plainly_that_nothing_was_asked_or_answered(
    sign_in: SignIn, cast: Cast, rounds: TwoRounds, places: Places, who: str
) -> None:
    last = rounds.last(places.amber_valley)
    last.ratings.filter(criterion__code="LAW.2").update(level=None, reason="")
    here = assessment_in(rounds.open(), places.amber_valley)
    client = sign_in(cast.everybody()[who])
    assert "This criterion was not asked then." in read(client, "criterion", here, "LEAD.3")
    assert "Your partnership did not answer this criterion then." in read(client, "criterion", here, "LAW.2")


def test_another_partnerships_words_are_never_shown(
    officer: Client, rounds: TwoRounds, version: Version, places: Places, cast: Cast
) -> None:
    rounds.last(places.amber_valley).ratings.all().delete()
    rate(rounds.last(places.derby), "LEAD.1", cast.neighbour, level="doing_well", reason="Derby’s words")
    here = assessment_in(rounds.open(version=version), places.amber_valley)
    page = read(officer, "criterion", here, "LEAD.1")
    assert "Derby’s words" not in page
    assert "Your partnership did not answer this criterion then." in page


def test_without_a_round_before_nothing_is_said(officer: Client, assessment: Assessment) -> None:
    assert "Last round" not in read(officer, "criterion", assessment, "LEAD.1")


def test_the_page_needs_at_most_twelve_queries(officer: Client, here: Assessment) -> None:
    for code in ("LEAD.1", "LEAD.1?start=last"):
        where = url("criterion", here, "LEAD.1") + code.removeprefix("LEAD.1")
        officer.get(where)
        with counted() as queries:
            assert officer.get(where).status_code == 200
        assert queries.number <= 12, queries.queries


# The lists


def test_the_task_list_counts_what_waits_apart(officer: Client, here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.officer, level="doing_well", reason="Better now", revision=1)
    rate(here, "LEAD.2", cast.officer, revision=1)
    page = read(officer, "tasks", here)
    assert "1 of 4 criteria rated.</strong> 2 carried forward and still to confirm, 1 begun." in page
    assert "0 of 2 rated, 2 to confirm" in page
    assert "3 criteria still to rate or confirm" in page
    assert page.count("To confirm</strong>") == 2
    assert 'x="25.0%" width="50.0%"' in page


def test_what_is_not_started_is_counted_beside_what_waits(officer: Client, reworded: Assessment) -> None:
    # Of four, one is new, and one has lost its level, so somebody must begin it again.
    assert "2 carried forward and still to confirm, 2 not started." in read(officer, "tasks", reworded)


def test_nobody_has_saved_what_was_carried_forward(officer: Client, here: Assessment, cast: Cast) -> None:
    assert "Last saved" not in read(officer, "tasks", here)
    rate(here, "LAW.1", cast.officer, level="met", reason="One", revision=1)
    assert "(Local authority)" in read(officer, "tasks", here)


def test_your_work_counts_what_waits_and_leads_to_the_first(officer: Client, here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.officer, level="doing_well", reason="Better now", revision=1)
    page = " ".join(officer.get(reverse("home")).content.decode().split())
    assert "1 of 4 criteria rated.</strong> 3 carried forward and still to confirm." in page
    assert f'href="{url("criterion", here, "LEAD.2")}"' in page


def test_the_check_page_lists_what_waits_first_and_marks_it(officer: Client, here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.officer, level="doing_well", reason="Better now", revision=1)
    page = read(officer, "check", here)
    assert page.count("Carried forward: confirm or change it") == 3
    assert page.count("Carried forward, not confirmed") == 3
    assert "Go on to submit" not in page


def test_what_waits_is_not_said_to_count(officer: Client, here: Assessment) -> None:
    Rating.objects.filter(assessment=here).update(reason="")
    assert "Worth another look" not in read(officer, "check", here)


# Opening the round


def opening(rounds: TwoRounds, **changes: str) -> dict[str, str]:
    """What the page that opens a round sends, for a month from today with the same criteria."""
    today = timezone.localdate()
    days = {"opens_on": today, "closes_on": today + datetime.timedelta(days=30)}
    parts = {
        f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")
    }
    version = str(rounds.before.version_id)
    return {
        "name": "Next round",
        "version": version,
        "scope": "all",
        "previous": rounds.before.slug,
        **parts,
        **changes,
    }


@pytest.mark.parametrize(("changes", "copied"), [({}, 4), ({"starts_empty": "on"}, 0), ({"previous": ""}, 0)])
def test_the_administrator_may_leave_last_years_answers_out(
    sign_in: SignIn, cast: Cast, rounds: TwoRounds, changes: dict[str, str], copied: int
) -> None:
    client = sign_in(cast.administrator)
    asked = " ".join(client.get(reverse("assessments:round_new")).content.decode().split())
    assert "Answers of the round before are copied for each partnership to confirm" in asked
    assert "Do not copy the answers of the round before" in asked
    answer = client.post(reverse("assessments:round_new"), opening(rounds, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Rating.objects.filter(assessment__round__slug="next-round").count() == copied
