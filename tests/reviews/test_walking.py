"""Working through a submission criterion by criterion: what was saved is said, and a chosen part is kept to."""

import pytest
from django.test import Client

from assessments.models import Submission
from tests.people import Cast
from tests.reviews.reviewing import ask, close, give, stamp, summarise, text_of, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(sent: Submission, cast: Cast) -> Submission:
    """Leadership 1 and the last requirement differ; the other two are not reviewed."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six")
    give(sent, "LAW.2", cast.reviewer, "partly_met", "There is one")
    return sent


def save(client: Client, code: str, show: str, revision: int = 0, **said: str) -> str:
    """Save a criterion's page that was opened from a part of the list, and return where it leads."""
    where = url("criterion", code) + (f"?show={show}" if show else "")
    answer = client.post(where, {**stamp(revision), **typed(**said)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


# What was saved is said


def test_a_save_is_said_on_the_next_page(sent: Submission, office: Client) -> None:
    page = text_of(office, save(office, "LEAD.1", "", level="some_success"))
    assert "Leadership 1 saved." in page
    assert "Leadership 1 saved." not in text_of(office, url("criterion", "LEAD.2"))


def test_all_that_was_sent_is_said(sent: Submission, office: Client) -> None:
    where = save(office, "LEAD.1", "", level="some_success", question="Who?", recommendation="Name one")
    assert "Leadership 1 saved. Question sent. Recommendation saved." in text_of(office, where)


def test_a_question_alone_says_that_no_level_was_chosen(sent: Submission, office: Client) -> None:
    where = save(office, "LEAD.1", "", question="Who chairs it?")
    assert "Leadership 1: no level chosen. Question sent." in text_of(office, where)


# A chosen part of the list


def test_the_list_leads_into_the_part_that_is_shown(begun: Submission, office: Client) -> None:
    assert url("criterion", "LAW.2") + "?show=differences" in text_of(office, url(), show="differences")
    assert "?show=" not in text_of(office, url(), show="nonsense").split("<table")[1].split("</table")[0]


def test_previous_and_next_stay_among_these(begun: Submission, office: Client) -> None:
    page = text_of(office, url("criterion", "LEAD.1"), show="differences")
    assert f'href="{url("criterion", "LAW.2")}?show=differences" rel="next"' in page
    assert 'rel="prev"' not in page
    assert f'href="{url()}?show=differences"' in page
    assert "You are working through: Differences." in page
    assert "Save and next of these" in page
    last = text_of(office, url("criterion", "LAW.2"), show="differences")
    assert f'href="{url("criterion", "LEAD.1")}?show=differences" rel="prev"' in last
    assert "Save and back to the list" in last


def test_saving_goes_on_among_these_and_back_to_them_after_the_last(begun: Submission, office: Client) -> None:
    where = save(office, "LEAD.1", "differences", 1, level="gap_identified", reason="None")
    assert where == url("criterion", "LAW.2") + "?show=differences"
    where = save(office, "LAW.2", "differences", 1, level="met", reason="It is there")
    assert where == url() + "?show=differences"
    assert "That was the last of these." in text_of(office, where)


def test_one_that_is_no_longer_among_these_still_leads_on(begun: Submission, office: Client) -> None:
    assert save(office, "LEAD.1", "differences", 1, level="some_success").endswith("LAW.2/?show=differences")
    page = text_of(office, url("criterion", "LEAD.1"), show="differences")
    assert f'href="{url("criterion", "LAW.2")}?show=differences" rel="next"' in page


def test_what_is_not_reviewed_is_gone_through_from_the_top_again(begun: Submission, office: Client) -> None:
    assert save(office, "LAW.1", "unreviewed", level="met") == url("criterion", "LEAD.2") + "?show=unreviewed"
    assert "Save and next unreviewed" in text_of(office, url("criterion", "LEAD.2"), show="unreviewed")


def test_an_error_and_a_conflict_keep_the_part(begun: Submission, cast: Cast, office: Client) -> None:
    where = url("criterion", "LEAD.1") + "?show=differences"
    page = office.post(where, {**stamp(1), **typed("gap_identified")}).content.decode()
    assert f'<form action="{where}"' in page
    page = office.post(where, {**stamp(0), **typed("gap_identified", "None")}).content.decode()
    assert f'<form action="{where}"' in page
    assert f'<a class="govuk-link" href="{where}">Keep theirs' in page


def test_an_earlier_submission_keeps_number_and_part(begun: Submission, cast: Cast, office: Client) -> None:
    Submission.objects.filter(pk=begun.pk).update(is_current=False)
    page = text_of(office, url("criterion", "LEAD.1"), number="1", show="differences")
    assert "?number=1&amp;show=differences" in page


@pytest.mark.parametrize("show", ["nonsense", "\0", '"><script>'])
def test_an_unknown_part_is_the_whole(begun: Submission, office: Client, show: str) -> None:
    page = text_of(office, url("criterion", "LEAD.1"), show=show)
    assert f'href="{url("criterion", "LEAD.2")}" rel="next"' in page
    assert "You are working through" not in page


# Words


def test_a_closed_review_waits_for_nothing(begun: Submission, cast: Cast, office: Client) -> None:
    ask(begun, cast.reviewer, code="LEAD.1")
    assert "Waits for a reply" in text_of(office, url())
    summarise(begun, cast.reviewer, "Good")
    close(begun, cast.reviewer)
    page = text_of(office, url())
    assert "Waits for a reply" not in page
    assert '<span class="app-flag">No reply</span>' in page


def test_numbers_do_not_run_together(begun: Submission, cast: Cast, office: Client) -> None:
    ask(begun, cast.reviewer)
    page = text_of(office, url())
    assert "The levels differ on 2 criteria." in page
    assert "Criteria with questions (0)" in page
