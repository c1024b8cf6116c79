"""Giving a view on a phone: nothing lost, the next one at hand; and what everybody sees after the reveal."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership, Role, Standpoint, User
from assessments.models import Assessment, View, end_of_day
from tests.assessments.answering import NOW, question, rate_everything, stamp, submit, url
from tests.assessments.giving import fill, give, make_member, reveal
from tests.counting import counted
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def officer(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.officer)


@pytest.fixture
def revealed(assessment: Assessment, cast: Cast) -> None:
    """Let three agencies see LEAD.1 differently, and reveal it."""
    third = make_member(assessment, "probation", "Probation service", Standpoint.STRATEGIC)
    give(assessment, cast.coordinator, level=3, comment="We lead it.")
    give(assessment, cast.officer, level=1, comment="Nothing reached us. <b>")
    give(assessment, cast.colleague, level=1)
    give(assessment, third, level=2)
    reveal(assessment, cast.coordinator)


def page(client: Client, assessment: Assessment, name: str, *more: object, query: str = "") -> str:
    answer = client.get(url(name, assessment, *more) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def save(
    client: Client, assessment: Assessment, code: str = "LEAD.1", *, query: str = "", revision: int = 0, **data: Any
) -> Any:
    sent = {**stamp(revision), "level": "some_success", "comment": "", **data}
    return client.post(url("view", assessment, code) + query, sent)


def test_the_page_says_who_sees_what_and_when_and_how_long_it_takes(officer: Client, assessment: Assessment) -> None:
    text = page(officer, assessment, "views")
    assert "Only you see what you say here, until a coordinator reveals everybody’s views." in text
    assert "You speak for Local authority, from the delivery side." in text
    assert "Short form: the key criterion" in text
    assert "All 4 criteria" in text
    assert "About 3 minutes." in text


def test_the_day_for_views_is_named(officer: Client, assessment: Assessment) -> None:
    assessment.round.views_close_on = datetime.date(2099, 3, 12)
    assessment.round.closes_on = datetime.date(2099, 3, 31)
    assessment.round.save()
    assert "or 12 March 2099 is over." in page(officer, assessment, "views")


def test_a_set_without_key_criteria_offers_only_all(officer: Client, assessment: Assessment) -> None:
    # The criteria are in memory; in the database nobody could change them.
    question(assessment, "LEAD.1").criterion.is_key = False
    text = page(officer, assessment, "views")
    assert "Short form" not in text
    assert "Start with all criteria" in text
    assert "1 of 4" in page(officer, assessment, "view", "LEAD.1", query="?form=key")


def test_a_viewer_gives_a_view_too(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    assert save(sign_in(cast.viewer), assessment, level="doing_well").status_code == 302
    assert View.objects.get().member.user == cast.viewer


def test_with_several_seats_the_strongest_speaks(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    police = Membership.objects.get(user=cast.colleague).agency
    Membership.objects.create(code="second", user=cast.viewer, agency=police, role=Role.OFFICER)
    client = sign_in(cast.viewer)
    assert "You speak for Police force" in page(client, assessment, "views")
    save(client, assessment)
    assert View.objects.get().agency == police


def test_save_and_next_goes_to_the_next_without_a_view(officer: Client, assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, code="LEAD.2")
    read = officer.get(url("view", assessment, "LEAD.1"))
    assert 'name="next" value="LAW.1"' in read.content.decode()
    answer = save(officer, assessment, next="LAW.1")
    assert answer.url == url("view", assessment, "LAW.1")
    assert "about 1 minute left" in page(officer, assessment, "view", "LAW.1")


def test_the_short_form_stays_short(officer: Client, assessment: Assessment) -> None:
    text = page(officer, assessment, "view", "LEAD.1", query="?form=key")
    assert "1 of 1" in text
    assert "Save and finish" in text
    answer = save(officer, assessment, query="?form=key", next="LEAD.2")
    assert answer.url == url("view", assessment, "LEAD.2") + "?form=key"


@pytest.mark.parametrize("more", [{"then": "stop", "next": "LEAD.2"}, {"next": ""}, {"next": "NO\x00SUCH"}, {}])
def test_stopping_and_the_last_one_lead_back(officer: Client, assessment: Assessment, more: dict[str, Any]) -> None:
    answer = save(officer, assessment, **more)
    assert answer.url == url("views", assessment)
    assert "Your view is saved. Only you can see it" in page(officer, assessment, "views")


def test_what_was_said_is_there_again(officer: Client, assessment: Assessment) -> None:
    save(officer, assessment, comment="Said <once>\r\nand again")
    text = page(officer, assessment, "view", "LEAD.1")
    assert 'value="some_success" aria-describedby="id_level_2-hint" checked' in text
    assert "Said &lt;once&gt;\nand again" in text
    assert "You have given your view of it." in page(officer, assessment, "views")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"level": ""}, "Select the level that you see for Leadership 1"),
        ({"level": "met"}, "Select a level from the list: “met” is not one of them"),
        ({"level": ["doing_well", "some_success"]}, "Select one level, not two"),
        ({"comment": "Why? " + "x" * 300}, "Comment must be 300 characters or fewer. You entered 305."),
        ({"comment": "Why? \x00"}, "broken character"),
    ],
)
def test_bad_input_names_place_and_remedy_and_loses_nothing(
    officer: Client, assessment: Assessment, data: dict[str, Any], error: str
) -> None:
    answer = save(officer, assessment, **{"comment": "Why? Because", **data})
    text = answer.content.decode().replace("&quot;", '"')
    assert answer.status_code == 200
    assert error in text
    assert "Why? " in text
    assert "<title>Error:" in text
    assert not View.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"revision": "1"}, {"revision": "-1", "save_id": str(uuid.uuid4())}])
def test_a_form_that_no_page_of_ours_sent_is_a_bad_request(
    officer: Client, assessment: Assessment, sent: dict[str, str]
) -> None:
    assert officer.post(url("view", assessment, "LEAD.1"), {"level": "doing_well", **sent}).status_code == 400


def test_two_tabs_see_both_texts_and_saving_again_decides(officer: Client, assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, level=3, comment="From the phone")
    answer = save(officer, assessment, comment="From the desk")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "You changed this view in another tab" in text
    assert "From the phone" in text
    assert "From the desk" in text
    assert View.objects.get().comment == "From the phone"
    assert (
        save(officer, assessment, revision=answer.context["stamp"].revision, comment="From the desk").status_code == 302
    )
    assert View.objects.get().comment == "From the desk"


@pytest.mark.usefixtures("revealed")
@pytest.mark.parametrize("data", [{}, {"level": ""}])
def test_a_view_that_arrives_after_the_reveal_is_shown_to_copy(
    officer: Client, assessment: Assessment, data: dict[str, Any]
) -> None:
    answer = save(officer, assessment, code="LEAD.2", comment="Too late", **data)
    assert answer.status_code == 409
    assert "The views have been revealed" in answer.content.decode()
    assert "Too late" in answer.content.decode()
    assert not View.objects.filter(comment="Too late").exists()


@pytest.mark.parametrize(("opens", "closes", "why"), [(-60, -1, "Its round closed"), (1, 30, "Its round opens on")])
def test_outside_the_round_nothing_can_be_given_and_nothing_typed_is_lost(
    officer: Client, assessment: Assessment, opens: int, closes: int, why: str
) -> None:
    today = NOW().date()
    assessment.round.opens_on = today + datetime.timedelta(days=opens)
    assessment.round.closes_on = today + datetime.timedelta(days=closes)
    assessment.round.save()
    answer = save(officer, assessment, comment="Typed in time")
    assert (answer.status_code, "Typed in time" in answer.content.decode()) == (409, True)
    assert officer.get(url("view", assessment, "LEAD.1"))["Location"] == url("views", assessment)
    text = page(officer, assessment, "views")
    assert why in text
    assert "Start" not in text


def test_a_submitted_assessment_takes_no_views(officer: Client, assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    assert save(officer, assessment, level="").status_code == 409
    assert officer.post(url("views_reveal", assessment)).status_code == 403


def test_an_unknown_criterion_is_not_found(officer: Client, assessment: Assessment) -> None:
    assert officer.get(url("view", assessment, "NO.1")).status_code == 404


# The reveal


def test_only_a_coordinator_is_offered_the_reveal(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    offer = url("views_reveal", assessment)
    assert offer in page(sign_in(cast.coordinator), assessment, "views")
    assert offer not in page(sign_in(cast.officer), assessment, "views")


def test_too_few_agencies_are_not_revealed(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    give(assessment, cast.officer)
    client = sign_in(cast.coordinator)
    assert "It cannot be undone." in page(client, assessment, "views_reveal")
    answer = client.post(url("views_reveal", assessment))
    assert answer.status_code == 409
    expected = "Views of at least three agencies are needed, or the day for views must have passed"
    assert expected in answer.content.decode()


def test_a_reveal_shows_everybody_s_views(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    third = make_member(assessment, "probation", "Probation service")
    for person in (cast.officer, cast.colleague, third):
        give(assessment, person, comment=f"From {person.email[:4]}")
    client = sign_in(cast.coordinator)
    assert client.post(url("views_reveal", assessment))["Location"] == url("views", assessment)
    text = page(client, assessment, "views")
    assert "The views are revealed." in text
    assert all(comment in text for comment in ("From offi", "From coll", "From prob"))
    assert client.get(url("views_reveal", assessment))["Location"] == url("views", assessment)
    assert client.post(url("views_reveal", assessment))["Location"] == url("views", assessment)


def move_round(assessment: Assessment, *, opens: int, closes: int) -> None:
    today = NOW().date()
    assessment.round.opens_on = today + datetime.timedelta(days=opens)
    assessment.round.closes_on = today + datetime.timedelta(days=closes)
    assessment.round.save()


def end_round(assessment: Assessment, cast: Cast) -> None:
    move_round(assessment, opens=-60, closes=-1)


def end_by_submitting(assessment: Assessment, cast: Cast) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)


@pytest.mark.parametrize("end", [end_round, end_by_submitting])
def test_when_it_is_over_the_views_can_still_be_revealed(
    end: Callable[[Assessment, Cast], None], assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    third = make_member(assessment, "probation", "Probation service")
    for person in (cast.officer, cast.colleague, third):
        give(assessment, person, comment="Said in time")
    end(assessment, cast)
    client, offer = sign_in(cast.coordinator), url("views_reveal", assessment)
    assert ">Reveal the views</a>" in page(client, assessment, "tasks")
    text = page(client, assessment, "views")
    assert offer in text
    assert "Nobody can give a view any more." in text
    assert client.post(offer)["Location"] == url("views", assessment)
    assert "Said in time" in page(sign_in(cast.viewer), assessment, "views")


def test_when_it_is_over_three_agencies_are_still_needed(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    give(assessment, cast.officer)
    end_round(assessment, cast)
    client = sign_in(cast.coordinator)
    assert client.post(url("views_reveal", assessment)).status_code == 409
    officer = page(sign_in(cast.officer), assessment, "tasks")
    assert "Only you can see it until a coordinator reveals the views" in officer
    assert url("views_reveal", assessment) not in page(sign_in(cast.officer), assessment, "views")


def test_a_round_that_has_not_begun_cannot_be_revealed(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    move_round(assessment, opens=1, closes=30)
    client = sign_in(cast.coordinator)
    for answer in (client.get(url("views_reveal", assessment)), client.post(url("views_reveal", assessment))):
        assert answer.status_code == 409
        assert "Its round opens on" in answer.content.decode()
    assert url("views_reveal", assessment) not in page(client, assessment, "views")


def test_while_the_day_for_views_settles_nothing_is_taken_and_nothing_shown(
    assessment: Assessment, cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(assessment, cast.colleague, comment="Of somebody else")
    assessment.round.views_close_on = NOW().date()
    assessment.round.save()
    a_second_later = end_of_day(NOW().date()) + datetime.timedelta(seconds=1)
    monkeypatch.setattr("cdrp_portal.middleware.timezone.now", lambda: a_second_later)
    client = sign_in(cast.coordinator)
    text = page(client, assessment, "views")
    assert "all members see all of them in a few minutes" in text
    assert "Of somebody else" not in text
    assert url("views_reveal", assessment) not in text
    assert save(client, assessment).status_code == 409


@pytest.mark.usefixtures("revealed")
def test_the_page_tells_each_agency_s_view_and_no_names(assessment: Assessment, cast: Cast, sign_in: SignIn) -> None:
    text = page(sign_in(cast.viewer), assessment, "views")
    assert "Agencies differ on 1 of the 1 criterion" in text
    assert "Local authority: between working towards and doing well" in text
    assert "Police force: working towards" in text
    assert "Probation service: some success" in text
    assert "Nothing reached us. &lt;b&gt;" in text
    assert "Nobody gave a view." in text
    assert not any(f"Pat {name}" in text for name in ("Coordinator", "Officer", "Colleague", "Probation"))


@pytest.mark.usefixtures("revealed")
def test_the_criterion_page_names_agencies_beside_their_levels(officer: Client, assessment: Assessment) -> None:
    text = page(officer, assessment, "criterion", "LEAD.1")
    working = text[text.index('id="id_level_1-who"') : text.index('value="some_success"')]
    assert "Local authority" in working
    assert " (delivery)</span>" in working
    assert "Police force" in working
    assert "Probation" not in working
    assert "id_level-who" not in text
    assert "-who" not in page(officer, assessment, "criterion", "LEAD.2")


@pytest.mark.usefixtures("revealed")
def test_those_who_only_read_see_the_views_of_a_criterion_too(
    assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    text = page(sign_in(cast.viewer), assessment, "criterion", "LEAD.1")
    assert "Leaders see between some success and doing well; delivery staff see working towards." in text
    assert "We lead it." in text


def test_the_task_list_tells_one_s_own_state(officer: Client, assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.colleague)
    text = page(officer, assessment, "tasks")
    assert "Give your view" in text
    assert "Yours: 0 of 1, about 1 minute left." in text
    give(assessment, cast.officer)
    assert "You have given it." in page(officer, assessment, "tasks")
    assert "iews differ" not in page(officer, assessment, "tasks")


@pytest.mark.usefixtures("revealed")
def test_the_task_list_tells_after_the_reveal_where_views_differ(officer: Client, assessment: Assessment) -> None:
    text = page(officer, assessment, "tasks")
    assert "See the views" in text
    assert "Views differ on 1 criterion" in text
    assert text.count(", views differ on 1") == 1


# How much is asked of the database


def test_saving_asks_six_questions(officer: Client, assessment: Assessment) -> None:
    save(officer, assessment)
    with counted() as queries:
        assert save(officer, assessment, revision=1, next="LEAD.2", comment="Changed").status_code == 302
    assert queries.number == 6, queries.queries


@pytest.mark.usefixtures("revealed")
@pytest.mark.parametrize(
    ("name", "more", "ceiling"), [("views", [], 10), ("tasks", [], 10), ("criterion", ["LEAD.1"], 13)]
)
def test_many_views_ask_no_more_than_few(
    name: str, more: list[str], ceiling: int, officer: Client, assessment: Assessment
) -> None:
    page(officer, assessment, name, *more)
    with counted() as few:
        page(officer, assessment, name, *more)
    fill(assessment, members=60)
    with counted() as many:
        assert "Agency 59" in page(officer, assessment, name, *more) or name == "tasks"
    assert many.number == few.number <= ceiling, many.queries


# Cannot say, and taking back


def test_who_cannot_say_goes_on_and_is_shown_to_nobody(
    officer: Client, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    assert "I cannot say from where I work" in page(officer, assessment, "view", "LEAD.1")
    assert save(officer, assessment, level="cannot_say", query="?form=key", next="").status_code == 302
    text = page(officer, assessment, "views")
    assert "You have given your view of it." in text
    assert "I cannot say" in text
    assert "Given" in page(officer, assessment, "tasks")
    assert 'value="cannot_say" aria-describedby="id_level_4-hint" checked' in page(
        officer, assessment, "view", "LEAD.1"
    )
    third = make_member(assessment, "probation", "Probation service")
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person, code="LEAD.2", level=1)
    reveal(assessment, cast.coordinator)
    assert "cannot say" not in page(officer, assessment, "views")
    assert "Agencies differ on 0 of the 1 criterion" in page(officer, assessment, "views")


def test_a_comment_beside_cannot_say_is_asked_about_and_kept(officer: Client, assessment: Assessment) -> None:
    text = save(officer, assessment, level="cannot_say", comment="We have no part in it").content.decode()
    assert "Remove the comment or select a level: without a level nobody is shown it" in text
    assert "We have no part in it" in text
    assert not View.objects.exists()


def test_two_tabs_and_a_reveal_name_a_view_without_level(officer: Client, assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer, level=None)
    assert save(officer, assessment).content.decode().count("I cannot say from where I work") == 2
    third = make_member(assessment, "probation", "Probation service")
    for person in (cast.coordinator, cast.colleague, third):
        give(assessment, person)
    reveal(assessment, cast.coordinator)
    assert "I cannot say from where I work" in save(officer, assessment, level="cannot_say").content.decode()


def test_a_view_is_taken_back_after_a_question(officer: Client, assessment: Assessment, cast: Cast) -> None:
    assert "Take this view back" not in page(officer, assessment, "view", "LEAD.1")
    give(assessment, cast.officer, comment="Said too early")
    where = url("view_take_back", assessment, "LEAD.1")
    assert where in page(officer, assessment, "view", "LEAD.1")
    assert "Said too early" in page(officer, assessment, "view_take_back", "LEAD.1")
    assert officer.post(where, stamp(1))["Location"] == url("views", assessment)
    assert "Your view is taken back. Nobody else has seen it." in page(officer, assessment, "views")
    assert not View.objects.exists()
    assert officer.get(where)["Location"] == url("views", assessment)


def test_taking_back_what_was_changed_elsewhere_shows_it(officer: Client, assessment: Assessment, cast: Cast) -> None:
    give(assessment, cast.officer)
    give(assessment, cast.officer, comment="From the phone", revision=1)
    answer = officer.post(url("view_take_back", assessment, "LEAD.1"), stamp(1))
    assert (answer.status_code, "From the phone" in answer.content.decode()) == (409, True)
    assert View.objects.exists()


@pytest.mark.usefixtures("revealed")
def test_after_the_reveal_nothing_is_taken_back(officer: Client, assessment: Assessment) -> None:
    answer = officer.post(url("view_take_back", assessment, "LEAD.1"), stamp(1), follow=True)
    assert "Your view was not taken back: nobody can change a view any more." in answer.content.decode()
    assert View.objects.count() == 4


def test_a_key_criterion_opened_from_the_list_stays_in_the_short_form(officer: Client, assessment: Assessment) -> None:
    text = page(officer, assessment, "views")
    assert f'href="{url("view", assessment, "LEAD.1")}?form=key">1.' in text
    assert f'href="{url("view", assessment, "LEAD.2")}">2.' in text
