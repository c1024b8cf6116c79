"""The pages of a review: what is on them, who may write, and that nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import RegionalPost, User
from assessments.models import Assessment, Extension, Round, Submission
from hallmarks.models import Version
from partnerships.models import FamilyGroup
from reviews.models import Query, Recommendation, Review, ReviewerRating, SampledCriterion
from tests.assessments.answering import rate
from tests.assessments.answering import url as desk_url
from tests.counting import counted
from tests.people import Cast, Places
from tests.reviews import reviewing
from tests.reviews.reviewing import ask, close, give, recommend, send_back, stamp, summarise, text_of, typed, url

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]


# One criterion


def test_theirs_stands_beside_yours(sent: Submission, office: Client) -> None:
    page = text_of(office, url("criterion", "LEAD.1"))
    for words in (
        "Leadership 1: Leaders give direction",
        "Amber Valley, submission 1,",
        "What the partnership says",
        '<span class="app-level app-l2 app-level--label">Some success</span>',
        "We meet",
        "In place: 1 of 3",
        "Sign 1 &lt;partners&gt; can be seen.",
        "What you say",
        "0 of 4 reviewed.",
        "Do not include names or details of victims or offenders.",
        "Save and next unreviewed",
    ):
        assert words in page
    assert page.count("partnership’s level") == 1
    flagged = page[: page.index("partnership’s level")].rpartition("<input")[2]
    assert 'value="some_success"' in flagged
    assert " checked" not in page


def test_saving_goes_on_to_the_next_unreviewed_and_from_the_last_to_the_list(
    sent: Submission, cast: Cast, office: Client
) -> None:
    give(sent, "LEAD.2", cast.reviewer, "")
    answer = office.post(url("criterion", "LEAD.1"), {**stamp(), **typed("working_towards", "Two of six")})
    assert answer["Location"] == url("criterion", "LAW.1")
    assert ReviewerRating.objects.get(criterion__code="LEAD.1").reason == "Two of six"
    give(sent, "LAW.1", cast.reviewer, "met")
    answer = office.post(url("criterion", "LAW.2"), {**stamp(), **typed("not_met")})
    assert answer["Location"] == url()
    assert "No other criterion waits for your level." in text_of(office, url())


def test_the_next_unreviewed_is_found_from_the_top_again(sent: Submission, cast: Cast, office: Client) -> None:
    give(sent, "LEAD.1", cast.reviewer, "some_success")
    answer = office.post(url("criterion", "LAW.2"), {**stamp(), **typed("not_met")})
    assert answer["Location"] == url("criterion", "LEAD.2")


def test_a_question_and_a_recommendation_go_with_the_level(sent: Submission, office: Client) -> None:
    said = typed("doing_well", "Better than you say", "Who chairs it?", "Tell others")
    assert office.post(url("criterion", "LEAD.1"), {**stamp(), **said}).status_code == 302
    assert Query.objects.get().question == "Who chairs it?"
    assert Recommendation.objects.get().text == "Tell others"
    page = text_of(office, url("criterion", "LEAD.1"))
    assert "Who chairs it?" in page
    assert "No reply yet" in page
    assert "Tell others" in page


def test_a_question_needs_no_level(sent: Submission, office: Client) -> None:
    assert office.post(url("criterion", "LEAD.1"), {**stamp(), **typed(question="Who?")}).status_code == 302
    assert Query.objects.exists()
    assert not ReviewerRating.objects.exists()


@pytest.mark.parametrize(
    ("sent_fields", "words"),
    [
        (typed(), "Select the level you see, or ask a question"),
        (typed(reason="Because"), "Select the level you see, or clear the reason"),
        (typed("gap_identified"), "Enter why you see it differently from the partnership"),
        (typed("does_not_apply"), "Enter why you see it differently from the partnership"),
        (typed("met"), "Select a level for this criterion from the list: “met” is not one of them"),
        (typed("some_success", "x" * 2001), "must be 2,000 characters or fewer"),
        (typed("some_success", question="x" * 1001), "must be 1,000 characters or fewer"),
        (typed("some_success", recommendation="x" * 501), "must be 500 characters or fewer"),
    ],
)
def test_bad_input_names_the_remedy_and_loses_nothing(
    sent: Submission, office: Client, sent_fields: dict[str, str], words: str
) -> None:
    answer = office.post(url("criterion", "LEAD.1"), {**stamp(), **sent_fields})
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (200, True)
    assert "<title>Error:" in page
    assert all(text in page for text in sent_fields.values() if len(text) > 50)
    assert not Review.objects.exists()


@pytest.mark.parametrize("broken", [{}, {"revision": "x", "save_id": "1"}, {"revision": "-1"}])
def test_a_save_without_a_sound_stamp_is_a_bad_request(
    sent: Submission, office: Client, broken: dict[str, str]
) -> None:
    assert office.post(url("criterion", "LEAD.1"), {**typed("met"), **broken}).status_code == 400


@pytest.mark.parametrize("code", ["NONE.1", "lead.1", "LAW.9"])
def test_a_criterion_that_is_not_there_is_not_found(sent: Submission, office: Client, code: str) -> None:
    assert office.get(url("criterion", code)).status_code == 404
    assert office.post(url("criterion", code), {**stamp(), **typed("met")}).status_code == 404


def test_a_conflict_keeps_both_texts_and_lets_one_choose(
    sent: Submission, cast: Cast, second: User, office: Client
) -> None:
    give(sent, "LEAD.1", second, "doing_well", "Theirs to keep")
    said = typed("gap_identified", "Mine to keep", "My question")
    answer = office.post(url("criterion", "LEAD.1"), {**stamp(0), **said})
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("What Sam Second saved", "Theirs to keep", "Mine to keep", "My question", "Save mine over theirs"):
        assert words in page
    assert not Query.objects.exists()
    again = answer.context["stamp"]
    assert again.revision == 1
    office.post(url("criterion", "LEAD.1"), {**stamp(again.revision), **said})
    assert ReviewerRating.objects.get().reason == "Mine to keep"
    told = text_of(office, url("criterion_history", "LEAD.1"))
    assert "Pat Reviewer changed the level from doing well to gap identified, and the reason" in told
    assert "Theirs to keep" in told


def test_what_comes_too_late_is_shown_to_be_copied(sent: Submission, cast: Cast, office: Client) -> None:
    summarise(sent, cast.reviewer, "Done")
    close(sent, cast.reviewer)
    for address, said in (
        (url("criterion", "LEAD.1"), {**stamp(), **typed("doing_well", "Late words", "Late question")}),
        (url("summary"), {**stamp(1), "summary": "Late words"}),
        (url("ask"), {"question": "Late words"}),
        (url("recommend"), {"recommendation": "Late words"}),
        # Too long as well; the first reason why it cannot be saved is that it is too late.
        (url("ask"), {"question": "Late words" * 101}),
    ):
        answer = office.post(address, said)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "The review is closed, so it cannot change." in page
        assert "Late words" in page


def test_evidence_of_a_drawn_criterion_is_required(sent: Submission, office: Client) -> None:
    assert office.post(url("sample"), {"number": "3"}).status_code == 302
    page = text_of(office, url("criterion", "LEAD.1"))
    assert "Drawn in the sample, so evidence is required. There is none." in page


# The round before, and similar areas


def test_last_rounds_words_of_both_and_similar_areas_stand_beside(
    assessment: Assessment, places: Places, cast: Cast, office: Client, version: Version
) -> None:
    group = FamilyGroup.objects.create(number=1, scheme="test")
    for place in (places.amber_valley, places.derby):
        place.family_group = group
        place.save()
    last = reviewing.make_round(version, places)
    for place in (places.amber_valley, places.derby):
        before = Assessment.objects.with_round().get(round=last, partnership=place)
        old = reviewing.submitted(before, cast)
        if place == places.amber_valley:
            give(old, "LEAD.1", cast.reviewer, "gap_identified", "Said last year")
            close(old, cast.reviewer)
        else:
            give(old, "LEAD.1", cast.reviewer, "doing_well", "Of a neighbour")
            close(old, cast.reviewer)
    # Only now, or what was submitted would be carried forward into the answers of this round.
    _comes_after(assessment, last)
    reviewing.submitted(Assessment.objects.with_round().get(pk=assessment.pk), cast)
    page = text_of(office, url("criterion", "LEAD.1"))
    assert "2026 self-assessment: some success" in page
    assert "Said last year" in page
    assert "Of a neighbour" not in page
    assert "2 partnerships in Family group 1" in page
    assert "The arrow is where Amber Valley was." in page
    assert "<title>Similar areas: gap identified 0, working towards 0, some success 2, doing well 0</title>" in page


def _comes_after(assessment: Assessment, last: Round) -> None:
    assessment.round.previous = last
    assessment.round.save()


def test_a_draft_of_last_round_is_never_shown(
    assessment: Assessment, places: Places, cast: Cast, office: Client, version: Version
) -> None:
    last = reviewing.make_round(version, places)
    _comes_after(assessment, last)
    draft = Assessment.objects.with_round().get(round=last, partnership=places.amber_valley)
    rate(draft, "LEAD.1", cast.officer, level="doing_well", reason="A draft of last year")
    reviewing.submitted(Assessment.objects.with_round().get(pk=assessment.pk), cast)
    page = text_of(office, url("criterion", "LEAD.1"))
    assert "A draft of last year" not in page
    assert "2026 self-assessment" not in page


# The review as a whole


@pytest.fixture
def begun(sent: Submission, cast: Cast) -> Submission:
    """Two levels, one of which differs, a question and a recommendation."""
    give(sent, "LEAD.1", cast.reviewer, "working_towards", "Two of six")
    give(sent, "LAW.1", cast.reviewer, "met")
    ask(sent, cast.reviewer, code="LAW.2")
    recommend(sent, cast.reviewer)
    return sent


def test_the_overview_counts_and_lists_both_levels(begun: Submission, office: Client) -> None:
    page = text_of(office, url())
    for words in (
        "Review of Amber Valley",
        "2 of 4 reviewed.",
        "The level differs on 1 criterion.",
        "1 question waits for a reply.",
        "Continue with Leadership 2",
        "Who chairs it?",
        "Name a chair",
        "Good practice",
        "Statutory requirements",
    ):
        assert words in page
    assert page.index("Good practice") < page.index("Statutory requirements")


@pytest.mark.parametrize(
    ("show", "codes"),
    [
        ("", ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]),
        ("differences", ["LEAD.1"]),
        ("unreviewed", ["LEAD.2", "LAW.2"]),
        ("questions", ["LAW.2"]),
        ("sample", []),
        ("nonsense", ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]),
    ],
)
def test_the_list_can_be_filtered(begun: Submission, office: Client, show: str, codes: list[str]) -> None:
    assert [line.entry.code for line in office.get(url(), {"show": show}).context["lines"]] == codes


def test_the_whole_submission_can_still_be_read(begun: Submission, office: Client) -> None:
    assert url("reading") in text_of(office, url())
    assert "One group since 2004" in text_of(office, url("reading"))


def test_the_summary_is_saved_and_a_conflict_keeps_both(begun: Submission, second: User, office: Client) -> None:
    assert office.post(url("summary"), {**stamp(0), "summary": "First"}).status_code == 302
    answer = office.post(url("summary"), {**stamp(0), "summary": "Second"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What Pat Reviewer saved" in page
    assert "First" in page
    assert "Second</textarea>" in page
    office.post(url("summary"), {**stamp(answer.context["stamp"].revision), "summary": "Second"})
    assert Review.objects.get().summary == "Second"


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("ask", {"question": " "}, "Enter the question"),
        ("recommend", {"recommendation": ""}, "Enter the recommendation"),
        ("sample", {"number": ""}, "Enter how many criteria to draw"),
        ("sample", {"number": "many"}, "as a number, such as 5"),
        ("sample", {"number": "0"}, "Enter 1 or more"),
        ("sample", {"number": "50"}, "3 criteria can still be drawn"),
        ("summary", {**stamp(), "summary": "x" * 4001}, "must be 4,000 characters or fewer"),
    ],
)
def test_a_form_of_the_whole_names_its_remedy(
    sent: Submission, office: Client, name: str, said: dict[str, str], words: str
) -> None:
    answer = office.post(url(name), said)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert not Review.objects.exists()


def test_questions_and_recommendations_are_withdrawn_on_the_page(begun: Submission, office: Client) -> None:
    query, recommendation = Query.objects.get(), Recommendation.objects.get()
    assert office.post(url("withdraw_question", query.code)).status_code == 302
    assert office.post(url("withdraw_recommendation", recommendation.code)).status_code == 302
    page = text_of(office, url())
    assert "Who chairs it?" not in page
    assert "Name a chair" not in page
    assert office.post(url("withdraw_question", "other")).status_code == 404


def test_a_sample_is_drawn_and_listed(begun: Submission, office: Client) -> None:
    office.post(url("sample"), {"number": "2"})
    assert SampledCriterion.objects.count() == 2
    assert len(office.get(url(), {"show": "sample"}).context["lines"]) == 2
    assert text_of(office, url()).count("No evidence") == 2


# Who may


def test_reviewers_of_one_region_see_each_others_work(begun: Submission, second: User, sign_in: SignIn) -> None:
    page = text_of(sign_in(second), url("criterion", "LEAD.1"))
    assert "Last saved by Pat Reviewer" in page
    assert "Two of six" in page


def test_administrators_and_posts_that_only_read_write_nothing(
    begun: Submission, second: User, cast: Cast, sign_in: SignIn
) -> None:
    RegionalPost.objects.filter(user=second).update(can_review=False)
    for user in (second, cast.administrator):
        browser = sign_in(user)
        page = text_of(browser, url("criterion", "LEAD.1"))
        assert "You can read this review." in page
        assert "Two of six" in page
        assert "<textarea" not in page + text_of(browser, url())
        for name, code in (("criterion", "LEAD.1"), ("summary", ""), ("ask", ""), ("sample", ""), ("close", "")):
            sent_to = url(name, code) if code else url(name)
            assert browser.post(sent_to, {**stamp(), **typed("doing_well", "No")}).status_code == 403
        assert browser.post(url("return"), {}).status_code == 403


def test_a_post_of_another_region_does_not_help(begun: Submission, cast: Cast, sign_in: SignIn, office: Client) -> None:
    browser = sign_in(cast.reviewer_elsewhere)
    assert browser.get(url("criterion", "LEAD.1")).status_code == 404
    assert browser.post(url("ask"), {"question": "Me too"}).status_code == 404


def test_the_partnership_sees_no_level_before_the_review_is_closed(
    begun: Submission, cast: Cast, sign_in: SignIn
) -> None:
    summarise(begun, cast.reviewer, "Secret summary")
    member = sign_in(cast.coordinator)
    for name in ("tasks", "history", "check"):
        page = member.get(desk_url(name, begun.assessment)).content.decode()
        assert "Two of six" not in page
        assert "Secret summary" not in page
    for name in ("criterion", "criterion_history"):
        assert "Two of six" not in member.get(desk_url(name, begun.assessment, "LEAD.1")).content.decode()


def test_the_history_tells_the_partnership_what_it_may_know_and_names_no_reviewer(
    begun: Submission, cast: Cast, sign_in: SignIn
) -> None:
    member = sign_in(cast.coordinator)
    page = text_of(member, desk_url("history", begun.assessment))
    assert "Government Office for the East Midlands asked a question" in page
    close(begun, cast.reviewer)
    page = text_of(member, desk_url("history", begun.assessment))
    assert "Government Office for the East Midlands closed the review" in page
    assert cast.reviewer.name not in page


# How a review ends


def test_the_closing_page_says_what_is_missing_and_closes(begun: Submission, office: Client) -> None:
    page = text_of(office, url("close"))
    for words in ("2 criteria are not reviewed", "1 question has no reply", "There is no summary."):
        assert words in page
    answer = office.post(url("close"), follow=True)
    page = answer.content.decode()
    assert "The review is closed. The partnership can read it now." in page
    assert "The review is closed, so it cannot change." in page
    assert "<textarea" not in page
    assert "What the Government Office says" in text_of(office, url("criterion", "LEAD.1"))


def test_closing_nothing_says_what_to_do(sent: Submission, office: Client) -> None:
    answer = office.post(url("close"))
    assert answer.status_code == 409
    assert "Write a summary or review at least one criterion" in answer.content.decode()


def test_a_return_needs_a_reason_and_a_day(sent: Submission, office: Client) -> None:
    page = office.post(url("return"), {"reason": "", "until_day": "", "until_month": "", "until_year": ""})
    assert "Enter why you return it" in page.content.decode()
    assert "Enter the day until which the partnership has time" in page.content.decode()
    past = {"reason": "Kept words", "until_day": "1", "until_month": "1", "until_year": "2020"}
    page = office.post(url("return"), past)
    assert "The new closing day must be today or later" in page.content.decode()
    assert "Kept words" in page.content.decode()
    assert Submission.objects.get().assessment.is_submitted


def test_a_return_is_told_on_the_review(begun: Submission, office: Client) -> None:
    suggested = office.get(url("return")).context["form"]["until"].value()
    day = {"until_day": suggested.day, "until_month": suggested.month, "until_year": suggested.year}
    page = office.post(url("return"), {"reason": "Say who chairs it", **day}, follow=True).content.decode()
    assert "The submission is returned." in page
    assert "Say who chairs it" in page
    assert "Save the summary" not in page
    assert not Extension.objects.exists()


def test_a_second_press_is_told(begun: Submission, cast: Cast, office: Client) -> None:
    send_back(begun, cast.reviewer)
    day = {"until_day": "1", "until_month": "1", "until_year": "2090"}
    answer = office.post(url("return"), {"reason": "Twice", **day})
    assert answer.status_code == 409
    assert "Twice" in answer.content.decode()


def test_the_next_review_begins_with_what_holds_before_anybody_writes(
    assessment: Assessment, begun: Submission, cast: Cast, office: Client
) -> None:
    send_back(begun, cast.reviewer)
    reviewing.again(assessment, cast, "LEAD.1", level="doing_well", reason="We meet monthly")
    page = text_of(office, url())
    assert "1 of 4 reviewed." in page
    assert "of submission 1" in page
    carried = text_of(office, url("criterion", "LAW.1"))
    assert "Carried over from the submission before, as Pat Reviewer wrote it" in carried
    assert Review.objects.count() == 1
    answer = office.post(url("criterion", "LAW.1"), {**stamp(0), **typed("partly_met", "On reflection")})
    assert answer.status_code == 302
    assert ReviewerRating.objects.get(review__submission__number=2).reason == "On reflection"
    first = text_of(office, url(), number="1")
    assert "The submission was returned to the partnership" in first or "has submitted again" in first
    assert "Two of six" in text_of(office, url("criterion", "LEAD.1"), number="1")


# Few questions to the database


def test_the_pages_ask_little(begun: Submission, cast: Cast, office: Client) -> None:
    office.post(url("sample"), {"number": "2"})
    summarise(begun, cast.reviewer, "Good")
    for address in (url(), url("criterion", "LEAD.1"), url("close")):
        office.get(address)
        with counted() as seen:
            assert office.get(address).status_code == 200
        assert seen.number <= 10, seen.queries


@pytest.mark.parametrize(
    ("name", "more", "anchor"),
    [
        ("ask", [], "questions"),
        ("recommend", [], "recommendations"),
        ("summary", [], "summary"),
        ("sample", [], "sample"),
        ("withdraw_question", ["any"], "questions"),
        ("withdraw_recommendation", ["any"], "recommendations"),
    ],
)
def test_whoever_only_opens_an_address_that_is_sent_to_gets_that_part_of_the_page(
    sent: Submission, office: Client, name: str, more: list[str], anchor: str
) -> None:
    answer = office.get(url(name, *more))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url()}#{anchor}-title")
    assert f'id="{anchor}-title"' in text_of(office, url())
