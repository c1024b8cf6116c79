"""The pages that end a review: what they say first, what they ask, what they refuse, and the way out."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Submission
from assessments.review_services import LONGEST_RETURN, TooFarAhead
from tests.people import Cast
from tests.reviews.reviewing import close, send_back, summarise, text_of, url

pytestmark = pytest.mark.django_db

SAYS_CLOSED = "The review is closed, so it cannot change."


def day_of(until: datetime.date) -> dict[str, str]:
    """Return a day as the form sends it."""
    return {"until_day": str(until.day), "until_month": str(until.month), "until_year": str(until.year)}


# Until when


def test_a_return_is_for_a_year_at_most(sent: Submission, cast: Cast) -> None:
    with pytest.raises(TooFarAhead):
        send_back(sent, cast.reviewer, days=LONGEST_RETURN.days + 1)
    assert Assessment.objects.get(pk=sent.assessment_id).is_submitted
    send_back(sent, cast.reviewer, days=LONGEST_RETURN.days)


def test_who_has_longer_already_can_be_given_that_day(assessment: Assessment, sent: Submission, cast: Cast) -> None:
    far = timezone.localdate() + LONGEST_RETURN + datetime.timedelta(days=30)
    assessment.round.closes_on = far
    assessment.round.save()
    send_back(sent, cast.reviewer, days=LONGEST_RETURN.days + 30)


def test_a_day_too_far_ahead_names_the_last_one_and_keeps_the_words(sent: Submission, office: Client) -> None:
    far = {"reason": "Kept words", **day_of(datetime.date(2099, 1, 1))}
    page = office.post(url("return"), far).content.decode()
    last = timezone.localdate() + LONGEST_RETURN
    assert f"The latest day you can give is {last.day} {last:%B %Y}. Enter that day or an earlier one" in page
    assert "Kept words" in page
    assert 'href="#id_until"' in page
    assert Submission.objects.get().assessment.is_submitted


def test_the_example_is_the_day_that_is_suggested(sent: Submission, office: Client) -> None:
    until = office.get(url("return")).context["form"]["until"].value()
    assert f"The end of this day, for example {until.day} {until.month} {until.year}." in text_of(office, url("return"))
    page = office.post(url("return"), {"reason": "", **day_of(datetime.date(2099, 1, 1))}).content.decode()
    assert f"for example {until.day} {until.month} {until.year}." in page


# What is missing


def test_closing_counts_what_was_drawn_and_has_no_evidence(sent: Submission, office: Client) -> None:
    assert "no evidence" not in text_of(office, url("close"))
    office.post(url("sample"), {"number": "3"})
    page = text_of(office, url("close"))
    assert "3 criteria were drawn in the sample and have no evidence." in page
    assert f'href="{url()}?show=sample"' in page
    assert "There is no summary." in page


def test_with_all_done_nothing_is_missing(sent: Submission, cast: Cast, office: Client) -> None:
    summarise(sent, cast.reviewer, "Good")
    assert "There is no summary." not in text_of(office, url("close"))


# A review that is over, and the way out


@pytest.mark.parametrize("name", ["close", "return"])
def test_a_closed_review_says_so_at_once_and_explains_nothing(
    sent: Submission, cast: Cast, office: Client, name: str
) -> None:
    summarise(sent, cast.reviewer, "Good")
    close(sent, cast.reviewer)
    page = text_of(office, url(name))
    main = page[page.index("<h1") :]
    assert main.index(SAYS_CLOSED) < 400
    for explained in ("After this nobody can change", "edits its answers and submits again", "<textarea", "Cancel"):
        assert explained not in main
    assert f'href="{url()}"' in main


@pytest.mark.parametrize("name", ["close", "return"])
def test_one_can_leave_without_ending_it(sent: Submission, office: Client, name: str) -> None:
    assert f'href="{url()}">Cancel</a>' in text_of(office, url(name))
