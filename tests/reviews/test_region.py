"""A region's page: who is where in a round, who needs the reviewer, and nothing of what a draft says."""

import csv
import datetime
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, RegionalPost, User
from assessments.models import Assessment, Extension, ImprovementAction, Rating, Round, Submission
from assessments.round_progress import State
from hallmarks.models import Version
from outbox.models import Message
from partnerships.models import Partnership, PoliceForce
from reviews import region_table
from reviews.models import Query, ReviewerRating
from reviews.worklist import Line, in_order, next_to_review
from tests.assessments import answering
from tests.people import Cast, Places
from tests.reviews.waiting import asked, closed, in_days, of, returned, sent

SignIn = Callable[[User | None], Client]
SECRET = "the chair never came, says a draft"


@pytest.fixture
def reviewer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.reviewer)


def address(round_: Round, region: str = "east-midlands") -> str:
    return reverse("reviews:region", args=[region, round_.slug])


def line(name: str, state: State, rated: int = 0, **changes: Any) -> Line:
    given = {
        "force": "",
        "force_slug": "",
        "asked": 49,
        "reviewed": 0,
        "questions": 0,
        "overdue": 0,
        "closes_on": datetime.date(2027, 3, 31),
        "days_left": 12,
        "is_extended": False,
        "can_be_reminded": True,
        "changed_at": None,
    }
    return Line(slug=name, name=name, state=state, rated=rated, **{**given, **changes})


# Who sees it


def test_only_the_regions_office_and_administrators_find_it(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    found = {who: sign_in(user).get(address(round_)).status_code for who, user in cast.everybody().items()}
    assert found == {who: 404 for who in found} | {"visitor": 302, "reviewer": 200, "administrator": 200}


@pytest.mark.parametrize(("region", "round_slug"), [("atlantis", "2027"), ("east-midlands", "1999")])
def test_an_unknown_region_or_round_is_not_found(round_: Round, reviewer: Client, region: str, round_slug: str) -> None:
    assert reviewer.get(reverse("reviews:region", args=[region, round_slug])).status_code == 404


def test_a_former_reviewer_finds_nothing(round_: Round, cast: Cast, reviewer: Client) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(ended_at=timezone.now())
    assert reviewer.get(address(round_)).status_code == 404
    assert reviewer.get(reverse("reviews:index")).status_code == 404


def test_a_round_of_other_regions_is_not_found(round_: Round, places: Places, reviewer: Client) -> None:
    Assessment.objects.filter(partnership__in=[places.amber_valley, places.derby]).delete()
    assert reviewer.get(address(round_)).status_code == 404


def test_one_region_leads_straight_to_the_round_that_has_begun(
    round_: Round, version: Version, places: Places, reviewer: Client
) -> None:
    future = Round.objects.create(slug="2028", name="2028", version=version, opens_on=in_days(5), closes_on=in_days(9))
    Assessment.objects.create(round=future, partnership=places.derby)
    answer = reviewer.get(reverse("reviews:index"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(round_))


def test_administrators_see_every_region(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.administrator).get(reverse("reviews:index"))
    assert [each.region.slug for each in page.context["regions"]] == ["east-midlands", "south-west", "wales"]
    assert page.content.decode().count("0 of 1 submitted") == 2


def test_before_the_first_round_there_is_a_page_that_says_so(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.reviewer).get(reverse("reviews:index"))
    assert "No round has been set up for this region" in page.content.decode()


def test_a_person_with_two_posts_chooses(round_: Round, cast: Cast, places: Places, reviewer: Client) -> None:
    RegionalPost.objects.create(user=cast.reviewer, region=places.south_west)
    page = reviewer.get(reverse("reviews:index"))
    assert [each.region.slug for each in page.context["regions"]] == ["east-midlands", "south-west"]


# What it says


def test_a_draft_is_counted_and_never_shown(
    assessment: Assessment, round_: Round, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="gap_identified", reason=SECRET, indicators={1: "no"})
    page = reviewer.get(address(round_)).content.decode()
    assert "1 of 4" in page
    for told in (SECRET, "Gap identified", "Leaders give direction", "LEAD.1", cast.officer.name):
        assert told not in page
    assert reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"]) not in page
    assert reverse("reports:pdf", args=["2027", "amber-valley"]) not in page


def test_the_criteria_asked_depend_on_nation_and_tier(round_: Round, reviewer: Client) -> None:
    lines = {line.slug: line for line in reviewer.get(address(round_)).context["lines"]}
    assert (lines["amber-valley"].asked, lines["derby"].asked) == (4, 3)


def test_only_answers_that_count_are_counted(assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="doing_well")
    answering.rate(assessment, "LEAD.2", cast.officer, does_not_apply=True, reason="")
    answering.rate(assessment, "LAW.1", cast.officer, does_not_apply=True, reason="We have none")
    carried = answering.rate(assessment, "LAW.2", cast.officer, level="met")
    Rating.objects.filter(pk=carried.pk).update(is_confirmed=False)
    lines = {line.slug: line for line in reviewer.get(address(assessment.round)).context["lines"]}
    assert lines["amber-valley"].rated == 2


def test_states_counts_and_order(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    page = reviewer.get(address(round_))
    assert [count.number for count in page.context["counts"]] == [2, 0, 0]
    derby = of(round_, places.derby)
    answering.rate_everything(derby, cast.neighbour)
    answering.submit(derby, cast.neighbour)
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    page = reviewer.get(address(round_))
    assert [count.number for count in page.context["counts"]] == [0, 1, 1]
    assert [(line.slug, line.state) for line in page.context["lines"]] == [
        ("derby", State.SUBMITTED),
        ("amber-valley", State.IN_PROGRESS),
    ]
    assert reverse("reviews:submission", args=["east-midlands", "2027", "derby"]) in page.content.decode()


def test_after_the_deadline_drafts_are_not_submitted_unless_extended(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(-1))
    Extension.objects.create(round=round_, partnership=places.derby, until=in_days(3), reason="Flood")
    page = reviewer.get(address(round_))
    assert {line.slug: line.state for line in page.context["lines"]} == {
        "amber-valley": State.NOT_SUBMITTED,
        "derby": State.NOT_STARTED,
    }
    assert [(count.state, count.number) for count in page.context["counts"]] == [
        (State.NOT_STARTED, 1),
        (State.NOT_SUBMITTED, 1),
        (State.SUBMITTED, 0),
    ]
    assert f"Extended to {in_days(3).day} {in_days(3):%B %Y}" in page.content.decode()


def test_while_the_round_is_open_nobody_is_called_late(round_: Round, reviewer: Client) -> None:
    page = reviewer.get(address(round_)).content.decode()
    assert "not submitted" not in page.lower()
    assert '<option value="in-progress">In progress (0)</option>' in page
    Round.objects.update(closes_on=in_days(-1))
    page = reviewer.get(address(round_)).content.decode()
    assert '<option value="not-submitted">Not submitted (2)</option>' in page
    assert "in progress" not in page.lower()


def test_days_have_their_year(assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    today = timezone.localdate()
    assert f"{today.day} {today:%B %Y}</td>" in reviewer.get(address(assessment.round)).content.decode()


def test_the_list_can_show_one_state(round_: Round, assessment: Assessment, cast: Cast, reviewer: Client) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    page = reviewer.get(address(round_), {"state": "in-progress"})
    assert [line.slug for line in page.context["lines"]] == ["amber-valley"]
    assert "No partnership fits this choice" in reviewer.get(address(round_), {"state": "submitted"}).content.decode()


@pytest.mark.parametrize("state", ["", "asleep", "\0", "<b>"])
def test_an_unknown_state_shows_all(round_: Round, reviewer: Client, state: str) -> None:
    assert len(reviewer.get(address(round_), {"state": state}).context["lines"]) == 2


@pytest.mark.parametrize(
    ("days", "words"), [(12, "in 12 days"), (1, ", tomorrow."), (0, ", today."), (-1, "Closed at the end of")]
)
def test_the_deadline_in_words(round_: Round, reviewer: Client, days: int, words: str) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=in_days(days))
    assert words in reviewer.get(address(round_)).content.decode()


def test_a_submission_stays_with_the_region_it_was_sent_to(
    assessment: Assessment, round_: Round, cast: Cast, places: Places, sign_in: SignIn
) -> None:
    answering.rate_everything(assessment, cast.officer)
    answering.submit(assessment, cast.coordinator)
    Partnership.objects.filter(pk=places.amber_valley.pk).update(police_force=places.exeter.police_force)
    here = sign_in(cast.reviewer).get(address(round_)).context["lines"]
    assert {line.slug for line in here} == {"amber-valley", "derby"}
    there = sign_in(cast.reviewer_elsewhere).get(address(round_, "south-west")).context["lines"]
    assert {line.slug for line in there} == {"exeter"}


def test_who_needs_the_reviewer_comes_first() -> None:
    lines = [
        line("b", State.IN_PROGRESS, 2),
        line("a", State.IN_PROGRESS, 9),
        line("z", State.NOT_STARTED),
        line("y", State.NOT_SUBMITTED),
        line("d", State.SUBMITTED, 49),
        line("c", State.SUBMITTED, 48),
        line("x", State.CLOSED, 49),
        line("q", State.QUESTIONS_OPEN, 49),
        line("r", State.RETURNED, 49),
    ]
    assert [each.name for each in in_order(lines)] == ["c", "d", "q", "y", "r", "z", "b", "a", "x"]


def test_the_next_to_review_is_the_first_with_something_left() -> None:
    done = line("a", State.SUBMITTED, 49, reviewed=49)
    begun = line("b", State.SUBMITTED, 49, reviewed=3)
    with_questions, over = line("c", State.QUESTIONS_OPEN, 49), line("d", State.CLOSED, 49)
    assert next_to_review([over, with_questions, begun, done]) == begun
    assert next_to_review([over, with_questions, done]) == with_questions
    assert next_to_review([over, done, line("e", State.IN_PROGRESS)]) is None


# Reviews, questions and actions


def test_what_was_submitted_has_questions_or_is_closed_or_was_returned(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    submission = sent(assessment, cast.coordinator)

    def told() -> tuple[State, int]:
        lines = {line.slug: line for line in reviewer.get(address(round_)).context["lines"]}
        return lines["amber-valley"].state, lines["amber-valley"].questions

    assert told() == (State.SUBMITTED, 0)
    review = asked(submission, cast.reviewer, 2)
    assert told() == (State.QUESTIONS_OPEN, 2)
    Query.objects.filter(pk=review.queries.all()[0].pk).update(withdrawn_at=timezone.now())
    assert told() == (State.QUESTIONS_OPEN, 1)
    seat = answering.seat(cast.coordinator)
    review.queries.update(reply="Because.", replied_by=seat, replied_at=timezone.now())
    assert told() == (State.SUBMITTED, 0)
    returned(submission, cast.reviewer)
    assert told() == (State.RETURNED, 0)
    page = reviewer.get(address(round_)).content.decode()
    assert reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"]) in page
    Assessment.objects.filter(pk=assessment.pk).update(status="submitted")
    asked(submission, cast.reviewer)
    closed(submission, cast.reviewer)
    assert told() == (State.CLOSED, 0)


def test_what_was_withdrawn_is_a_draft_again(
    assessment: Assessment, round_: Round, cast: Cast, reviewer: Client
) -> None:
    submission = sent(assessment, cast.coordinator)
    asked(submission, cast.reviewer, 2)
    Submission.objects.filter(pk=submission.pk).update(is_current=False, withdrawn_at=timezone.now())
    Assessment.objects.filter(pk=assessment.pk).update(status="draft")
    found = next(line for line in reviewer.get(address(round_)).context["lines"] if line.slug == "amber-valley")
    assert (found.state, found.questions, found.has_submission) == (State.IN_PROGRESS, 0, False)


def test_overdue_actions_of_the_partnership_are_counted(
    world: None, round_: Round, cast: Cast, reviewer: Client
) -> None:
    page = reviewer.get(address(round_))
    assert {line.slug: line.overdue for line in page.context["lines"]} == {"amber-valley": 1, "derby": 0}
    ImprovementAction.objects.update(due_on=timezone.localdate())
    assert {line.overdue for line in reviewer.get(address(round_)).context["lines"]} == {0}
    ImprovementAction.objects.update(due_on=in_days(-1), status="done", closed_on=timezone.localdate())
    assert {line.overdue for line in reviewer.get(address(round_)).context["lines"]} == {0}


def test_how_much_is_reviewed_is_told_and_what_comes_next(
    assessment: Assessment, round_: Round, cast: Cast, reviewer: Client
) -> None:
    submission = sent(assessment, cast.coordinator)
    page = reviewer.get(address(round_)).content.decode()
    where = reverse("reviews:submission", args=["east-midlands", "2027", "amber-valley"])
    assert f'href="{where}?show=unreviewed">0 of 4<' in page
    assert "Review the next submission" in page
    review = asked(submission, cast.reviewer)
    for rating in submission.ratings.all():
        ReviewerRating.objects.create(
            review=review,
            criterion=rating.criterion,
            level=rating.level,
            save_id=uuid.uuid4(),
            updated_by=cast.reviewer,
        )
    page = reviewer.get(address(round_)).content.decode()
    assert "4 of 4</td>" in page
    assert "Review the next submission" not in page
    assert "show=unreviewed" not in page


def test_a_reply_is_a_change(assessment: Assessment, round_: Round, cast: Cast, reviewer: Client) -> None:
    review = asked(sent(assessment, cast.coordinator), cast.reviewer)
    replied = timezone.now() + datetime.timedelta(days=2)
    review.queries.update(reply="So.", replied_by=answering.seat(cast.coordinator), replied_at=replied)
    found = next(line for line in reviewer.get(address(round_)).context["lines"] if line.slug == "amber-valley")
    assert found.changed_at == replied


# Reminders are the main action


def test_the_main_action_says_how_many_can_be_reminded(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    where = reverse("reviews:reminders", args=["east-midlands", "2027"])
    page = reviewer.get(address(round_)).content.decode()
    assert "Remind 2 partnerships" in page
    assert f'href="{where}"' in page
    Membership.objects.filter(user=cast.neighbour).update(ended_at=timezone.now())
    assert "Remind 1 partnership<" in reviewer.get(address(round_)).content.decode()
    reviewer.post(where, {"kind": "submit"})
    assert "Remind 1" not in reviewer.get(address(round_)).content.decode()
    Message.objects.update(written_at=timezone.now() - datetime.timedelta(days=1))
    Membership.objects.filter(user=cast.neighbour).update(ended_at=None)
    sent(assessment, cast.coordinator)
    assert "Remind 1 partnership<" in reviewer.get(address(round_)).content.decode()
    Round.objects.update(closes_on=in_days(-1))
    page = reviewer.get(address(round_)).content.decode()
    assert f'<a class="govuk-link" href="{where}">Reminders</a>' in page


def test_who_only_reads_is_not_offered_to_remind(round_: Round, cast: Cast, sign_in: SignIn) -> None:
    RegionalPost.objects.filter(user=cast.reviewer).update(can_review=False)
    for person in (cast.reviewer, cast.administrator):
        assert "Remind 2" not in sign_in(person).get(address(round_)).content.decode()


# Sorted, filtered, downloaded


def names(client: Client, round_: Round, **asked: str) -> list[str]:
    return [line.slug for line in client.get(address(round_), asked).context["lines"]]


def test_every_column_sorts_both_ways_and_keeps_the_choice(
    assessment: Assessment, round_: Round, cast: Cast, reviewer: Client
) -> None:
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    for name in region_table.ORDERS:
        page = reviewer.get(address(round_), {"sort": name, "state": "in-progress", "force": "derbyshire"})
        heading = next(each for each in page.context["headings"] if each.name == name)
        assert heading.sorted in {"ascending", "descending"}
        assert heading.address == f"?state=in-progress&force=derbyshire&sort=-{name}"
        assert page.content.decode().count("aria-sort") == 1
        turned = reviewer.get(address(round_), {"sort": f"-{name}"})
        again = next(each for each in turned.context["headings"] if each.name == name)
        assert {heading.sorted, again.sorted} == {"ascending", "descending"}
    assert names(reviewer, round_, sort="rated") == ["amber-valley", "derby"]
    assert names(reviewer, round_, sort="-rated") == ["derby", "amber-valley"]
    assert names(reviewer, round_, sort="-partnership") == ["derby", "amber-valley"]
    assert names(reviewer, round_, sort="changed") == ["amber-valley", "derby"]


@pytest.mark.parametrize("sort", ["", "x", "-", "--rated", "need", "-need", "\0", "<b>", "__class__"])
def test_an_unknown_order_is_the_usual_one(round_: Round, reviewer: Client, sort: str) -> None:
    page = reviewer.get(address(round_), {"sort": sort})
    assert page.context["choice"].column == ""
    assert "aria-sort" not in page.content.decode()
    assert "those that need you first" in page.content.decode()


def test_equals_stay_as_they_need_the_reviewer() -> None:
    lines = [line("b", State.NOT_STARTED), line("c", State.SUBMITTED, 0), line("a", State.NOT_STARTED, 0, overdue=1)]
    choice = region_table.Choice(sort="rated")
    assert [each.name for each in choice.lines(lines)] == ["c", "a", "b"]
    assert [each.name for each in region_table.Choice(sort="overdue").lines(lines)] == ["a", "c", "b"]


@pytest.mark.parametrize(("force", "shown"), [("derbyshire", 2), ("devon", 2), ("\0", 2), ("", 2)])
def test_the_list_can_show_one_force(round_: Round, reviewer: Client, force: str, shown: int) -> None:
    assert len(names(reviewer, round_, force=force)) == shown


def test_one_force_of_two(round_: Round, places: Places, reviewer: Client) -> None:
    other = PoliceForce.objects.create(slug="leicestershire", name="Leicestershire", region=places.east_midlands)
    Partnership.objects.filter(pk=places.derby.pk).update(police_force=other)
    assert names(reviewer, round_, force="leicestershire") == ["derby"]
    assert "1 of 2" in reviewer.get(address(round_), {"force": "leicestershire"}).content.decode()


def test_the_download_is_the_list_as_chosen_and_starts_no_formula(
    assessment: Assessment, round_: Round, places: Places, cast: Cast, reviewer: Client
) -> None:
    Partnership.objects.filter(pk=places.derby.pk).update(name="=HYPERLINK(1)")
    answering.rate(assessment, "LEAD.1", cast.officer, level="some_success", reason=SECRET)
    where = reverse("reviews:region_csv", args=["east-midlands", "2027"])
    page = reviewer.get(address(round_), {"sort": "rated"}).content.decode()
    assert f'href="{where}?sort=rated"' in page
    answer = reviewer.get(where, {"sort": "rated"})
    named = f'attachment; filename="partnerships-east-midlands-2027-{timezone.localdate().isoformat()}.csv"'
    assert answer.headers["Content-Disposition"] == named
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    today = timezone.localdate().isoformat()
    assert rows[0][2:] == [
        *("Partnership", "Police force", "State", "Criteria rated", "Criteria asked"),
        *("Criteria reviewed", "Open questions", "Overdue actions", "Deadline", "Last change"),
    ]
    closes = round_.closes_on.isoformat()
    assert rows[1][2:] == [
        *("Amber Valley", "Derbyshire Constabulary", "In progress", "1", "4", "", "0", "0", closes, today),
    ]
    assert rows[2][2] == "'=HYPERLINK(1)"
    assert SECRET not in answer.content.decode()
    only = reviewer.get(where, {"state": "not-started"}).content.decode()
    assert "Amber Valley" not in only
    assert "HYPERLINK" in only


def test_made_up_data_says_so_in_the_file(round_: Round, reviewer: Client) -> None:
    Round.objects.update(is_demonstration=True)
    where = reverse("reviews:region_csv", args=["east-midlands", "2027"])
    assert reviewer.get(where).content.decode().count("Demonstration data") == 2


# Speed


def test_it_asks_as_often_for_2_partnerships_as_for_67(
    round_: Round, assessment: Assessment, places: Places, cast: Cast, reviewer: Client
) -> None:
    few = _queries(reviewer, address(round_))
    made = Partnership.objects.bulk_create(
        Partnership(slug=f"p-{n}", name=f"P {n}", police_force=places.derby.police_force, area_type="shire-district")
        for n in range(65)
    )
    drafts = Assessment.objects.bulk_create(Assessment(round=round_, partnership=place) for place in made)
    rating = answering.rate(assessment, "LEAD.1", cast.officer, level="some_success")
    Rating.objects.bulk_create(
        Rating(assessment=draft, criterion=rating.criterion, level=rating.level) for draft in drafts[:40]
    )
    assert few == _queries(reviewer, address(round_)) <= 10


def _queries(client: Client, url: str) -> int:
    client.get(url)  # The first request of a session writes when it was seen.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
