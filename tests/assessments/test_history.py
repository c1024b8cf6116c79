"""History in sentences: who changed what from what to what, when; never of views, and for members only."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import round_services, services
from assessments.history import Act, Mark, sittings, told, who
from assessments.models import Assessment, Round
from audit.models import Event
from govuk.moments import moment_in_words
from hallmarks.models import Version
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit, url
from tests.assessments.carrying import assessment_in, two_rounds
from tests.assessments.deciding import decide
from tests.assessments.giving import give, make_member, reveal
from tests.counting import counted
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
LEVELS = {"working_towards": "working towards", "some_success": "some success"}
MORNING = datetime.datetime(2026, 10, 29, 8, 40, tzinfo=datetime.UTC)


def answer(level: str = "", reason: str = "", *, does_not_apply: bool = False, **signs: str) -> dict[str, Any]:
    """Return an answer as the audit trail keeps it; signs as `_1="yes"`."""
    indicators = {number.removeprefix("_"): value for number, value in signs.items()}
    return {"level": level, "does_not_apply": does_not_apply, "reason": reason, "indicators": indicators}


def saved(before: dict[str, Any], after: dict[str, Any], kind: str = "rating.saved") -> str:
    """Return what is told of a change from one answer to another."""
    said = told(Act(kind, before, after, levels=LEVELS))
    assert said is not None
    return said.what


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            answer("working_towards", "a"),
            answer("some_success", "b"),
            "changed the level from working towards to some success, and the reason",
        ),
        ({}, answer("some_success", "a"), "entered the level some success, and the reason"),
        (answer("some_success", "a"), answer("some_success", ""), "removed the reason"),
        (answer("some_success"), answer(), "removed the level some success"),
        (
            answer("some_success"),
            answer(does_not_apply=True, reason="a"),
            "changed the level from some success to “does not apply”, and entered the reason",
        ),
        (answer(_1="yes"), answer(_1="no"), "changed the answer to 1 sign"),
        ({}, answer(_1="yes", _2="no"), "entered the answers to 2 signs"),
        (answer(_1="yes"), answer(_2="yes"), "changed the answers to 2 signs"),
        (answer(_1="yes"), answer(), "removed the answer to 1 sign"),
        (
            answer("working_towards", "a"),
            answer("some_success", "b", _1="yes"),
            "changed the level from working towards to some success, and the reason, and entered the answer to 1 sign",
        ),
        (answer("some_success", "a"), answer("some_success", "a"), "saved the answer as it was"),
        (answer("a_level_of_old"), answer("some_success"), "changed the level from a_level_of_old to some success"),
    ],
)
def test_a_save_in_words(before: dict[str, Any], after: dict[str, Any], words: str) -> None:
    assert saved(before, after) == words


def test_a_whole_sentence_says_who_and_when() -> None:
    said = told(Act("rating.saved", answer("working_towards", "a"), answer("some_success", "b"), levels=LEVELS))
    assert said is not None
    assert said.sentence(who("Pat Officer", "Officer, Local authority"), MORNING) == (
        "Pat Officer (Local authority) changed the level from working towards to some success, and the reason,"
        " on 29 October 2026, 8:40am"
    )
    assert (said.old_reason, said.new_reason) == ("a", "b")


def test_the_reasons_are_there_only_if_the_reason_changed() -> None:
    said = told(Act("rating.saved", answer("", "a"), answer("some_success", "a", _2="partly"), levels=LEVELS))
    assert said is not None
    assert (said.old_reason, said.new_reason) == ("", "")
    assert said.notes == ("Sign 2: from not answered to partly",)


def test_a_decision_says_who_was_there_and_who_saw_it_otherwise() -> None:
    after = {**answer("some_success"), "present": ["Fire", "Police"], "dissent": "Fire: too early"}
    said = told(Act("rating.decided", answer("working_towards"), after, levels=LEVELS))
    assert said is not None
    assert said.what == (
        "recorded the meeting’s decision, which changed the level from working towards to some success"
    )
    assert said.facts == ("Present: Fire, Police", "Seen otherwise: Fire: too early")


def test_a_sign_is_told_in_its_own_words() -> None:
    act = Act("rating.saved", answer(_1="yes"), answer(_1="no"), signs={"1": "Partners meet."})
    said = told(act)
    assert said is not None
    assert said.notes == ("“Partners meet.” from yes to no",)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (Act("evidence.added", after={"title": "Minutes"}), "added the evidence “Minutes”"),
        (Act("evidence.removed", {"title": "Minutes"}), "removed the evidence “Minutes”"),
        (Act("views.revealed"), "revealed the views of all members to all members"),
        (Act("rating.confirmed"), "confirmed the answer carried forward from the last round"),
        (
            Act("action.raised", after={"text": "Meet", "owner": "Fire", "due_on": "2027-03-31"}),
            "began the improvement action “Meet” for Fire, by 31 March 2027",
        ),
        (Act("action.changed", {"text": "Meet"}, {"text": "Meet often"}, "Meet often"), None),
        (
            Act("action.done", after={"reason": "We met"}, subject="Meet"),
            "marked the improvement action “Meet” as done",
        ),
        (Act("action.dropped", after={"reason": "No"}, subject="Meet"), "dropped the improvement action “Meet”"),
        (Act("action.noted", after={"text": "So far"}, subject="Meet"), None),
        (Act("assessment.submitted", after={"reference": "R-1"}), "submitted the assessment, reference R-1"),
        (Act("submission.withdrawn", after={"reference": "R-1"}), "withdrew the submission R-1, to mend it"),
        (Act("review.asked", after={"code": "x", "question": "Why?"}), "asked a question"),
        (Act("review.question_withdrawn", {"question": "Why?"}), "took a question back"),
        (Act("review.replied", after={"reply": "So."}), "replied to a question"),
        (
            Act("review.returned", after={"reason": "More", "until": "2027-04-12"}),
            "returned the assessment, to be edited and submitted again until 12 April 2027",
        ),
        (Act("review.closed", after={"reference": "R-1"}), "closed the review of the submission R-1"),
        (Act("round.extended", after={"until": "2027-04-12"}), "gave the partnership until 12 April 2027"),
        (
            Act("round.extended", {"until": "2027-04-12"}, {"until": "2027-04-20"}),
            "changed the day until which the partnership has time from 12 April 2027 to 20 April 2027",
        ),
        (
            Act("round.deadline_moved", {"closes_on": "2027-03-31"}, {"closes_on": "2027-04-30"}),
            "moved the closing day of the round from 31 March 2027 to 30 April 2027",
        ),
        (
            Act("round.views_day_moved", {"views_close_on": "2027-03-01"}, {"views_close_on": "2027-03-12"}),
            "moved the day on which views close from 1 March 2027 to 12 March 2027",
        ),
        (
            Act("round.views_day_moved", {"views_close_on": None}, {"views_close_on": "2027-03-12"}),
            "set the day on which views close to 12 March 2027",
        ),
        (Act("round.opened", after={"closes_on": "2027-03-31"}), "opened the round (it closes on 31 March 2027)"),
        (Act("round.partnership_added"), "added the partnership to the round"),
        (Act("round.carried_forward"), "carried the answers of the last round forward, to confirm"),
        (
            Act("rating.late", after={"reason": "Late"}, subject="Leadership 1"),
            "sent an answer to Leadership 1 after the deadline, which is kept and does not count",
        ),
    ],
)
def test_each_kind_in_words(act: Act, words: str | None) -> None:
    said = told(act)
    assert said is not None
    assert said.what == words or words is None
    assert said.what
    assert all(said.notes) or act.kind == "round.extended"


def test_what_is_not_known_is_not_told() -> None:
    assert told(Act("view.saved", {}, {})) is None
    assert told(Act("rating.invented")) is None


def test_an_administrator_is_not_named() -> None:
    assert who("Pat Administrator", "") == "An administrator"
    assert who("", "Officer, Fire") == "An administrator"


def mark(pk: int, minutes: int, kind: str = "rating.saved", actor: int = 1, role: str = "Officer, Fire") -> Mark:
    return Mark(pk, MORNING + datetime.timedelta(minutes=minutes), kind, actor, role, "1")


@pytest.mark.parametrize(
    ("marks", "groups"),
    [
        ([], []),
        ([mark(1, 0), mark(2, 1), mark(3, 31)], [(1, 3)]),
        ([mark(1, 0), mark(2, 31)], [(2, 2), (1, 1)]),
        ([mark(1, 0), mark(2, 1, actor=2), mark(3, 2)], [(3, 3), (2, 2), (1, 1)]),
        ([mark(1, 0), mark(2, 1, role="Officer, Police")], [(2, 2), (1, 1)]),
        ([mark(1, 0), mark(2, 1, "evidence.added"), mark(3, 2)], [(3, 3), (2, 2), (1, 1)]),
        ([mark(1, 0, "evidence.added"), mark(2, 1, "evidence.added")], [(2, 2), (1, 1)]),
    ],
)
def test_saves_while_typing_are_one_sitting(marks: list[Mark], groups: list[tuple[int, int]]) -> None:
    assert [(sitting.first.pk, sitting.last.pk) for sitting in sittings(marks)] == groups


# Pages


@pytest.mark.django_db
def test_the_criterions_page_tells_it_newest_first(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="working_towards", reason="First <words>")
    rate(assessment, "LEAD.1", cast.colleague, level="some_success", reason="Second words", revision=1)
    rate(assessment, "LEAD.2", cast.officer, reason="Of another criterion")
    client = sign_in(cast.viewer)
    page = client.get(url("criterion_history", assessment, "LEAD.1")).content.decode()
    first, second = page.index("entered the level working towards"), page.index("changed the level from working")
    assert second < first
    assert "Pat Officer (Local authority) entered" in page
    assert "Pat Colleague (Police force) changed the level from working towards to some success, and the reason" in page
    assert "First &lt;words&gt;" in page
    assert "Of another criterion" not in page
    linked = url("criterion_history", assessment, "LEAD.1")
    assert linked in client.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert linked in sign_in(cast.officer).get(url("criterion", assessment, "LEAD.1")).content.decode()


@pytest.mark.django_db
def test_typing_is_one_entry_from_before_it_to_after_it(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    for revision, reason in enumerate(["W", "We", "We me", "We meet"]):
        rate(assessment, "LEAD.1", cast.officer, reason=reason, revision=revision)
    page = sign_in(cast.officer).get(url("criterion_history", assessment, "LEAD.1"))
    (entry,) = page.context["page"].object_list
    assert (entry.told.what, entry.told.old_reason, entry.told.new_reason) == ("entered the reason", "", "We meet")


@pytest.mark.django_db
def test_evidence_actions_and_the_reveal_are_in_it(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    asked, by = question(assessment, "LEAD.1"), seat(cast.officer)
    rate(assessment, "LEAD.1", cast.officer, level="gap_identified", reason="A gap")
    given: dict[str, Any] = {"assessment": assessment, "by": by, "arrived_at": NOW()}
    link = services.add_link(**given, question=asked, title="Minutes", link="https://example.org/")
    services.remove_evidence(**given, evidence=link)
    plan = services.ActionPlan("Meet monthly", by.agency, timezone.localdate())
    services.raise_action(**given, question=asked, plan=plan)
    Event.objects.create(kind="views.revealed", target_type="assessments.assessment", target_id=str(assessment.pk))
    page = sign_in(cast.officer).get(url("criterion_history", assessment, "LEAD.1"))
    told_of = [entry.told.what for entry in page.context["page"].object_list]
    assert told_of == [
        "revealed the views of all members to all members",
        f"began the improvement action “Meet monthly” for Local authority, by {timezone.localdate():%-d %B %Y}",
        "removed the evidence “Minutes”",
        "added the evidence “Minutes”",
        "entered the level gap identified, and the reason",
    ]


@pytest.mark.django_db
def test_a_view_leaves_no_trace_in_any_history(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    pages = [url("criterion_history", assessment, "LEAD.1"), url("history", assessment)]
    before = [len(client.get(page).content) for page in pages]
    asked = question(assessment, "LEAD.1")
    services.save_view(
        assessment=assessment,
        question=asked,
        level=asked.levels[0],
        comment="Canary",
        revision=0,
        save_id="4b0bb6a6-6d7c-4b39-a3ab-9a67f0fd5b7b",  # type: ignore[arg-type]
        by=seat(cast.officer),
        arrived_at=NOW(),
    )
    assert Event.objects.filter(kind="view.saved").exists()
    after = [client.get(page) for page in pages]
    assert [len(page.content) for page in after] == before
    assert not any("Canary" in page.content.decode() for page in after)


@pytest.mark.django_db
def test_the_assessments_page_tells_of_the_whole(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    round_, today = assessment.round, timezone.localdate()
    until = round_.closes_on + datetime.timedelta(days=12)
    round_services.extend(
        round_=round_, partnership=assessment.partnership, until=until, reason="Flood", by=cast.administrator
    )
    neighbour = Assessment.objects.get(round=round_, partnership__slug="derby").partnership
    round_services.extend(
        round_=round_, partnership=neighbour, until=until, reason="Fire at Derby", by=cast.administrator
    )
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    page = sign_in(cast.viewer).get(url("history", assessment))
    words = page.content.decode()
    sentences = [entry.sentence for entry in page.context["page"].object_list]
    assert sentences[0].startswith(
        "Pat Coordinator (Local authority) submitted the assessment, reference 2027-AMBER-VALLEY-1, on "
    )
    assert sentences[1].startswith(f"An administrator gave the partnership until {until:%-d %B %Y}, on {today:%-d %B}")
    assert len(sentences) == 2
    assert "Flood" in words
    assert "Derby" not in words
    assert "Pat Administrator" not in words
    assert url("history", assessment) in sign_in(cast.viewer).get(url("tasks", assessment)).content.decode()


@pytest.mark.django_db
def test_what_came_too_late_is_in_the_assessments_history(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    asked, by = question(assessment, "LEAD.1"), seat(cast.officer)
    services.keep_late_draft(
        assessment=assessment,
        question=asked,
        answer=services.Answer(reason="A minute too late"),
        save_id="4b0bb6a6-6d7c-4b39-a3ab-9a67f0fd5b7b",  # type: ignore[arg-type]
        by=by,
        arrived_at=NOW(),
    )
    page = sign_in(cast.officer).get(url("history", assessment)).content.decode()
    at = moment_in_words(Event.objects.get(kind="rating.late").at)
    assert (
        "Pat Officer (Local authority) sent an answer to Leadership 1 after the deadline,"
        f" which is kept and does not count, on {at}" in page
    )
    assert "A minute too late" in page


@pytest.mark.django_db
def test_another_rounds_changes_are_another_history(sign_in: SignIn, world: None, cast: Cast) -> None:
    last = Assessment.objects.with_round().get(round__slug="2026", partnership__slug="amber-valley")
    client = sign_in(cast.officer)
    told_of = [entry.told.what for entry in client.get(url("criterion_history", last, "LEAD.1")).context["page"]]
    assert told_of == ["entered the level working towards, and the reason"]
    this = Assessment.objects.with_round().get(round__slug="2027", partnership__slug="amber-valley")
    page = client.get(url("criterion_history", this, "LEAD.1")).content.decode()
    assert "entered the level doing well" in page
    assert "working towards" not in page


@pytest.mark.django_db
def test_without_anything_it_says_so(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    page = sign_in(cast.officer).get(url("criterion_history", assessment, "LEAD.1")).content.decode()
    assert "Nothing has been recorded yet." in page


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999", "two", "%00"])
def test_any_page_number_gets_a_page(sign_in: SignIn, assessment: Assessment, cast: Cast, page: str) -> None:
    rate(assessment, "LEAD.1", cast.officer, reason="Words")
    client = sign_in(cast.officer)
    assert (
        "entered the reason"
        in client.get(url("criterion_history", assessment, "LEAD.1"), {"page": page}).content.decode()
    )
    assert client.get(url("criterion_history", assessment, "LEAD.99")).status_code == 404


@pytest.mark.django_db
def test_a_long_history_has_pages_and_asks_no_more_of_the_database(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    rating = rate(assessment, "LEAD.1", cast.officer, reason="0")
    client, where = sign_in(cast.officer), url("criterion_history", assessment, "LEAD.1")
    client.get(where)
    with counted() as few:
        client.get(where)
    people = [(cast.officer, "Officer, Local authority"), (cast.colleague, "Officer, Police force")]
    for number in range(60):
        who_, role = people[number % 2]
        Event.objects.create(
            kind="rating.saved",
            target_type="assessments.rating",
            target_id=str(rating.pk),
            actor_id=who_.pk,
            actor_role=role,
            before=answer("", str(number)),
            after=answer("", str(number + 1)),
        )
    with counted() as many:
        page = client.get(where)
    assert many.number == few.number <= 10, many.queries
    assert len(page.context["page"].object_list) == 25
    assert "page 1 of 3" in page.content.decode()
    assert [entry.told.what for entry in client.get(where, {"page": "3"}).context["page"]][-1] == "entered the reason"


@pytest.mark.django_db
def test_it_is_read_when_the_round_is_over(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, reason="Words")
    Round.objects.update(
        opens_on=timezone.localdate() - datetime.timedelta(60), closes_on=timezone.localdate() - datetime.timedelta(9)
    )
    client = sign_in(cast.viewer)
    assert client.get(url("criterion_history", assessment, "LEAD.1")).status_code == 200
    assert client.get(url("history", assessment)).status_code == 200


# What was carried forward


@pytest.fixture
def carried(places: Places, version: Version, cast: Cast) -> Assessment:
    """Return this year's assessment; LEAD.1 and LEAD.2 stand in it as the year before left them."""
    rounds = two_rounds(places, version, version)
    for code in ("LEAD.1", "LEAD.2"):
        rate(rounds.last(places.amber_valley), code, cast.officer, level="some_success", reason="We met.")
    return assessment_in(rounds.open(cast.administrator), places.amber_valley)


def told_of(client: Client, assessment: Assessment, code: str = "LEAD.1") -> list[str]:
    page = client.get(url("criterion_history", assessment, code))
    return [entry.told.what for entry in page.context["page"].object_list]


CARRIED = "carried the answers of the last round forward, to confirm"


@pytest.mark.django_db
def test_an_answer_s_history_begins_with_where_it_comes_from(sign_in: SignIn, carried: Assessment, cast: Cast) -> None:
    assert told_of(sign_in(cast.viewer), carried) == [CARRIED]
    assert told_of(sign_in(cast.viewer), carried, "LAW.1") == []
    rate(carried, "LEAD.1", cast.officer, level="some_success", reason="We met.", revision=1)
    rate(carried, "LEAD.2", cast.officer, level="doing_well", reason="We met.", revision=1)
    confirmed = "confirmed the answer carried forward from the last round"
    assert told_of(sign_in(cast.viewer), carried) == [confirmed, CARRIED]
    changed = "changed the level from some success to doing well"
    assert told_of(sign_in(cast.viewer), carried, "LEAD.2") == [changed, CARRIED]


@pytest.mark.django_db
def test_a_decision_that_lets_a_carried_answer_count_says_so(sign_in: SignIn, carried: Assessment, cast: Cast) -> None:
    decide(carried, "LEAD.1", cast.officer, reason="We met.", revision=1, dissent="Fire: too early")
    page = sign_in(cast.viewer).get(url("criterion_history", carried, "LEAD.1")).content.decode()
    assert "recorded the meeting’s decision, which confirmed the answer carried forward, on" in page
    assert "Present: Local authority" in page
    assert "Seen otherwise: Fire: too early" in page
    assert '<details class="govuk-details app-flush"' not in page, "nothing of it is hidden"
    decide(carried, "LEAD.1", cast.officer, reason="We met.", revision=2)
    again = "recorded the meeting’s decision, which left the answer as it was"
    assert told_of(sign_in(cast.viewer), carried)[0] == again


@pytest.mark.django_db
def test_the_reveal_is_in_both_histories(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    third = make_member(assessment, "probation", "Probation service")
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    reveal(assessment, cast.coordinator)
    words = "Pat Coordinator (Local authority) revealed the views of all members to all members"
    for page in (url("history", assessment), url("criterion_history", assessment, "LEAD.1")):
        assert words in sign_in(cast.viewer).get(page).content.decode()
