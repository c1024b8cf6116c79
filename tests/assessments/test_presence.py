"""Who else has a page open: told in words, gone a minute later, never kept, and nothing is locked by it."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Membership, User
from assessments import services
from assessments.models import Assessment, Presence
from assessments.presence import Here, page_in_words, section_in_words, who_is_here
from audit.models import Event
from tests.assessments.answering import NOW, rate, seat, url
from tests.counting import counted
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


def opens(assessment: Assessment, who: User, code: str = "", ago: int = 0) -> None:
    """Let somebody's page have spoken up so many seconds ago."""
    at = NOW() - datetime.timedelta(seconds=ago)
    services.note_presence(assessment=assessment, code=code, by=seat(who), arrived_at=at)


def beat(client: Client, assessment: Assessment, code: str = "", **more: str) -> dict[str, object]:
    answer = client.post(url("here", assessment), {"code": code, **more}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def test_two_people_on_one_criterion_hear_of_each_other(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    assert beat(sign_in(cast.officer), assessment, "LEAD.1") == {"page": "", "sections": {}}
    told = beat(sign_in(cast.colleague), assessment, "LEAD.1")
    assert told["page"] == "Pat Officer (Local authority) has this page open"
    told = beat(sign_in(cast.officer), assessment, "LEAD.1")
    assert told["page"] == "Pat Colleague (Police force) has this page open"


def test_another_criterion_and_the_task_list_are_other_pages(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    opens(assessment, cast.officer, "LEAD.2")
    opens(assessment, cast.viewer)
    assert beat(sign_in(cast.colleague), assessment, "LEAD.1")["page"] == ""


def test_the_task_list_says_who_is_in_which_section(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.2")
    opens(assessment, cast.viewer, "LEAD.1")
    opens(assessment, cast.coordinator)
    assert beat(sign_in(cast.colleague), assessment) == {
        "page": "Pat Coordinator (Local authority) has this page open",
        "sections": {"LEAD": "Pat Officer and Pat Viewer are here"},
    }


def test_the_pages_say_it_without_a_script(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.1")
    client = sign_in(cast.colleague)
    said = "Pat Officer (Local authority) has this page open"
    assert said in client.get(url("criterion", assessment, "LEAD.1")).content.decode()
    assert said not in client.get(url("criterion", assessment, "LEAD.2")).content.decode()
    assert "Pat Officer is here" in client.get(url("tasks", assessment)).content.decode()
    assert said in sign_in(cast.viewer).get(url("criterion", assessment, "LEAD.1")).content.decode()


def test_a_page_that_is_only_fetched_notes_nobody(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client = sign_in(cast.officer)
    client.get(url("criterion", assessment, "LEAD.1"))
    client.get(url("tasks", assessment))
    assert not Presence.objects.exists()


def test_whoever_is_silent_for_a_minute_is_gone_and_so_is_the_row(
    sign_in: SignIn, assessment: Assessment, cast: Cast
) -> None:
    opens(assessment, cast.officer, "LEAD.1", ago=59)
    assert len(who_is_here(assessment, at=NOW(), except_seat=seat(cast.colleague))) == 1
    Presence.objects.update(seen_at=NOW() - datetime.timedelta(seconds=60))
    assert who_is_here(assessment, at=NOW(), except_seat=seat(cast.colleague)) == []
    beat(sign_in(cast.colleague), assessment, "LEAD.1")
    assert [row.member for row in Presence.objects.all()] == [seat(cast.colleague)]


def test_the_hourly_command_forgets_who_went_silent(assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.1", ago=61)
    opens(assessment, cast.colleague, "LEAD.1", ago=5)
    call_command("forget_traces")
    assert [row.member for row in Presence.objects.all()] == [seat(cast.colleague)]


def test_one_row_a_person_whatever_they_open(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client = sign_in(cast.officer)
    for code in ("LEAD.1", "LEAD.2", "", "LAW.1"):
        beat(client, assessment, code)
    assert Presence.objects.get().code == "LAW.1"


def test_nothing_of_it_is_kept(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client, before = sign_in(cast.officer), Event.objects.count()
    beat(client, assessment, "LEAD.1")
    beat(client, assessment, "LEAD.1", leaving="yes")
    assert not Presence.objects.exists()
    assert Event.objects.count() == before


def test_leaving_a_page_leaves_the_page_opened_since(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client = sign_in(cast.officer)
    beat(client, assessment, "LEAD.2")
    beat(client, assessment, "LEAD.1", leaving="yes")
    assert Presence.objects.get().code == "LEAD.2"


@pytest.mark.parametrize("code", ["LEAD.99", "lead.1", "x" * 5000, "LEAD.1\x00", "’; --"])
def test_a_code_that_is_not_asked_is_not_there(sign_in: SignIn, assessment: Assessment, cast: Cast, code: str) -> None:
    client = sign_in(cast.officer)
    for more in ({}, {"leaving": "yes"}):
        assert client.post(url("here", assessment), {"code": code, **more}).status_code == 404
    assert not Presence.objects.exists()


def test_a_signed_out_script_is_told_so(client: Client, assessment: Assessment) -> None:
    answer = client.post(url("here", assessment), {"code": ""}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()) == (401, {"error": "signed-out"})


def test_members_of_other_partnerships_hear_nothing(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.1")
    for person in (cast.neighbour, cast.reviewer, cast.administrator, cast.former):
        assert sign_in(person).post(url("here", assessment), {"code": "LEAD.1"}).status_code == 404
    assert Presence.objects.count() == 1


def test_a_member_whose_seat_has_ended_is_not_told_of(assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.1")
    Membership.objects.filter(code="officer").update(ended_at=NOW())
    assert who_is_here(assessment, at=NOW(), except_seat=seat(cast.colleague)) == []


def test_nothing_is_locked_by_it(assessment: Assessment, cast: Cast) -> None:
    opens(assessment, cast.officer, "LEAD.1")
    assert rate(assessment, "LEAD.1", cast.colleague, reason="Written at the same time").revision == 1


def test_a_heartbeat_asks_the_same_whoever_is_there(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    client = sign_in(cast.officer)
    beat(client, assessment)
    with counted() as alone:
        beat(client, assessment)
    for person in (cast.colleague, cast.viewer, cast.coordinator):
        opens(assessment, person, "LEAD.1")
    with counted() as together:
        beat(client, assessment)
    assert together.number == alone.number <= 7, together.queries


def test_names_in_a_sentence() -> None:
    tom, ann, kim = (Here(name, "Fire") for name in ("Tom", "Ann", "Kim"))
    assert page_in_words([]) == section_in_words([]) == ""
    assert page_in_words([tom, ann]) == "Tom (Fire) and Ann (Fire) have this page open"
    assert page_in_words([tom, ann, kim]) == "Tom (Fire) and 2 others have this page open"
    assert section_in_words([tom]) == "Tom is here"


def test_a_name_is_escaped(sign_in: SignIn, assessment: Assessment, cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(name="<script>alert(1)</script>")
    opens(assessment, cast.officer, "LEAD.1")
    client = sign_in(cast.colleague)
    for name, more in (("tasks", ()), ("criterion", ("LEAD.1",))):
        assert "<script>alert" not in client.get(url(name, assessment, *more)).content.decode()
