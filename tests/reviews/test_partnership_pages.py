"""The partnership's side of its review: questions at once, everything else once the review has ended."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, ImprovementAction, Submission
from reviews.models import Query, Review
from reviews.services import draw_sample
from tests.assessments.answering import rate, submit, url
from tests.people import Cast
from tests.reviews import rows
from tests.reviews.reviewing import post_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
CANARY = "CANARY-7f3a"
# What differs each time a page is made, whatever it shows.
EACH_TIME = re.compile(r'(csrfmiddlewaretoken" value|name="save_id" value|nonce)="[^"]*"')


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    return rows.submitted(assessment, cast)


@pytest.fixture
def review(submission: Submission) -> Review:
    return rows.begin(submission)


def here(name: str = "questions", *more: object) -> str:
    return reverse(f"reviews:{name}", args=["2027", "amber-valley", *more])


def text_of(client: Client, address: str = "") -> str:
    return client.get(address or here(), follow=True).content.decode()


def section(page: str, name: str) -> str:
    """Return one section of the page by its heading's id."""
    found = re.search(rf'<section [^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def send(client: Client, query: Query, text: str) -> Any:
    return client.post(here("reply", query.code), {f"{query.code}-reply": text})


class TestQuestions:
    def test_open_ones_stand_first_with_a_form_each(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.reply(rows.ask(review, cast.reviewer, "Which audit?", code="LEAD.2"), cast.officer, "The joint one.")
        first = rows.ask(review, cast.reviewer, "How do <you> know?", code="LEAD.1")
        rows.ask(review, cast.reviewer, "Who wrote this?")
        page = text_of(sign_in(cast.officer))
        waiting, settled = section(page, "waiting"), section(page, "settled")
        assert "2 questions wait for your reply." in page
        assert waiting.count("<form") == 1
        assert waiting.count("<textarea") == 2
        assert "How do &lt;you&gt; know?" in waiting
        assert "Leadership 1: Leaders give direction" in waiting
        assert "The whole assessment" in waiting
        assert f'formaction="{here("reply", first.code)}"' in waiting
        assert "Which audit?" in settled
        assert "The joint one." in settled
        assert page.index("waiting") < page.index("settled")

    def test_viewers_read_and_are_told_who_replies(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        query = rows.ask(review, cast.reviewer)
        page = text_of(sign_in(cast.viewer))
        assert query.question in page
        assert here("reply", query.code) not in page
        assert "Officers and coordinators of the partnership reply." in page
        assert send(sign_in(cast.viewer), query, "Me").status_code == 403

    def test_what_was_taken_back_is_not_shown(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.ask(review, cast.reviewer, "Taken back?")
        Query.objects.update(withdrawn_at=timezone.now())
        page = text_of(sign_in(cast.officer))
        assert "Taken back?" not in page
        assert "Nothing has been asked." in page

    def test_a_reply_is_kept_and_read(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        client, query = sign_in(cast.officer), rows.ask(review, cast.reviewer)
        answer = send(client, query, "From the <audit>.")
        assert (answer.status_code, answer.headers["Location"]) == (302, here())
        page = text_of(client)
        assert "From the &lt;audit&gt;." in section(page, "settled")
        assert "Your reply, by Pat Officer (Local authority)" in page

    def test_an_empty_reply_is_asked_for_at_its_own_box(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        other, query = rows.ask(review, cast.reviewer, "First?"), rows.ask(review, cast.reviewer, "Second?")
        page = send(sign_in(cast.officer), query, " ").content.decode()
        assert f'<a href="#id_{query.code}-reply">Enter your reply to the question</a>' in page
        assert f'id="id_{other.code}-reply-error"' not in page
        assert f'formaction="{here("reply", other.code)}"' in page

    def both(self, client: Client, sent: Query, text: str, other: Query, more: str) -> Any:
        return client.post(here("reply", sent.code), {f"{sent.code}-reply": text, f"{other.code}-reply": more})

    @pytest.mark.parametrize("text", ["The first.", " "])
    def test_what_was_typed_for_other_questions_comes_back_and_is_not_sent(
        self, sign_in: SignIn, review: Review, cast: Cast, text: str
    ) -> None:
        first, other = rows.ask(review, cast.reviewer, "First?"), rows.ask(review, cast.reviewer, "Second?")
        answer = self.both(sign_in(cast.officer), first, text, other, "Half a <reply>")
        page = answer.content.decode()
        waiting = section(page, "waiting")
        assert "Half a &lt;reply&gt;</textarea>" in waiting
        assert "Not sent yet" in waiting
        assert 'data-warn="unsaved"' in waiting
        other.refresh_from_db()
        first.refresh_from_db()
        assert (other.reply, first.reply) == ("", text.strip())
        assert ("Your reply is sent." in page) == bool(text.strip())

    def test_a_warning_stands_by_before_anything_is_sent(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.ask(review, cast.reviewer)
        assert "data-warn>" in section(text_of(sign_in(cast.officer)), "waiting")

    @pytest.mark.parametrize("is_withdrawn", [True, False])
    def test_a_text_whose_question_no_longer_waits_is_given_back(
        self, sign_in: SignIn, review: Review, cast: Cast, is_withdrawn: bool
    ) -> None:
        first, other = rows.ask(review, cast.reviewer, "First?"), rows.ask(review, cast.reviewer, "Second?")
        if is_withdrawn:
            Query.objects.filter(pk=other.pk).update(withdrawn_at=timezone.now())
        else:
            rows.reply(other, cast.colleague, "Theirs.")
        page = self.both(sign_in(cast.officer), first, "The first.", other, "Half a <reply>").content.decode()
        assert "Half a &lt;reply&gt;</textarea>" in page
        assert "Not sent" in page

    def test_a_refused_reply_gives_every_text_back(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        first, other = rows.ask(review, cast.reviewer, "First?"), rows.ask(review, cast.reviewer, "Second?")
        rows.reply(first, cast.colleague, "Theirs.")
        answer = self.both(sign_in(cast.officer), first, "Mine.", other, "Half a <reply>")
        assert answer.status_code == 409
        assert "Half a &lt;reply&gt;" in answer.content.decode()

    def test_the_page_after_a_reply_leads_only_where_something_is(
        self, sign_in: SignIn, review: Review, cast: Cast
    ) -> None:
        first, other = rows.ask(review, cast.reviewer, "First?"), rows.ask(review, cast.reviewer, "Second?")
        rows.send_back(review, cast.reviewer)
        page = self.both(sign_in(cast.officer), first, "The first.", other, "Half").content.decode()
        assert f'href="{here()}?number=1#review"' in page

    def test_a_reply_that_is_too_long_is_given_back(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        page = send(sign_in(cast.officer), rows.ask(review, cast.reviewer), "long " * 401).content.decode()
        assert "You entered 2004." in page
        assert "long " * 400 in page

    def test_the_second_of_two_officers_reads_both_texts(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        query = rows.ask(review, cast.reviewer)
        send(sign_in(cast.officer), query, "We counted.")
        page = send(sign_in(cast.colleague), query, "We <guessed>.")
        shown = page.content.decode()
        assert page.status_code == 409
        assert "We counted." in shown
        assert "We &lt;guessed&gt;." in shown
        assert Query.objects.get().reply == "We counted."

    @pytest.mark.parametrize("text", ["Too late", "", "long " * 401])
    def test_a_reply_to_a_closed_review_gives_the_text_back(
        self, sign_in: SignIn, review: Review, cast: Cast, text: str
    ) -> None:
        query = rows.ask(review, cast.reviewer)
        rows.close(review, cast.reviewer)
        page = send(sign_in(cast.officer), query, text)
        assert page.status_code == 409
        assert text.strip() in page.content.decode()
        assert "No reply was given before the review closed." in text_of(sign_in(cast.officer))

    def test_a_question_of_another_partnership_is_not_there(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        query = rows.ask(review, cast.reviewer)
        address = reverse("reviews:reply", args=["2027", "derby", query.code])
        assert sign_in(cast.neighbour).post(address, {f"{query.code}-reply": "Mine"}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "x", "-1", "99999"])
    def test_a_number_that_cannot_be_is_not_found(
        self, sign_in: SignIn, review: Review, cast: Cast, number: str
    ) -> None:
        assert sign_in(cast.officer).get(here(), {"number": number}).status_code == 404


class TestEvidence:
    def test_while_it_can_be_edited_each_leads_to_its_evidence(
        self, sign_in: SignIn, assessment: Assessment, review: Review, cast: Cast
    ) -> None:
        rows.draw(review, cast.reviewer, "LEAD.2", "LAW.1")
        rows.send_back(review, cast.reviewer)
        shown = section(text_of(sign_in(cast.officer)), "sampled")
        assert f"{url('criterion', assessment, 'LEAD.2')}#evidence-title" in shown
        assert shown.count("None submitted") == 2
        assert "Add evidence" not in section(text_of(sign_in(cast.viewer)), "sampled")

    def test_once_submitted_it_can_be_described_in_a_reply(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        drawn = draw_sample(
            submission=review.submission, number=1, by=post_of(cast.reviewer), arrived_at=timezone.now()
        )
        query = Query.objects.get(criterion=drawn[0])
        page = text_of(sign_in(cast.officer))
        shown, waiting = section(page, "sampled"), section(page, "waiting")
        assert "describe in a reply what evidence there is" in shown
        assert f'href="#{query.code}"' in shown
        assert "Add evidence" not in shown
        assert "say what evidence there is" in waiting
        assert f'name="{query.code}-reply"' in waiting

    def test_what_was_drawn_without_a_question_says_how_to_send_it(
        self, sign_in: SignIn, review: Review, cast: Cast
    ) -> None:
        rows.draw(review, cast.reviewer, "LEAD.2")
        shown = section(text_of(sign_in(cast.officer)), "sampled")
        assert "ask the Government Office to put a question" in shown
        assert "describe in a reply" not in shown


class TestRecommendations:
    @pytest.fixture
    def closed(self, review: Review, cast: Cast) -> Review:
        rows.close(review, cast.reviewer)
        return review

    def answer(self, **changes: str) -> dict[str, str]:
        day = timezone.localdate() + datetime.timedelta(days=30)
        parts = {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)}
        return {"text": "Share one audit by June", "owner": "Police force", **parts, **changes}

    def test_one_becomes_an_improvement_action(self, sign_in: SignIn, closed: Review, cast: Cast) -> None:
        made = rows.recommend(closed, cast.reviewer, "Share one <audit>.", code="LEAD.1")
        client, address = sign_in(cast.officer), here("take_up", made.code)
        assert address in text_of(client)
        form = text_of(client, address)
        assert "Share one &lt;audit&gt;.</textarea>" in form
        assert 'name="criterion"' not in form
        client.post(address, self.answer())
        action = ImprovementAction.objects.get()
        assert (action.text, action.owner.name, action.criterion.code) == (
            "Share one audit by June",
            "Police force",
            "LEAD.1",
        )
        assert "Taken up:" in text_of(client)
        assert re.search(rf"\(Police force, \d+ \w+ {action.due_on.year}\)", text_of(client))
        assert client.get(address).headers["Location"] == reverse(
            "assessments:action", args=["amber-valley", action.code]
        )

    def test_one_about_the_whole_asks_for_a_criterion(self, sign_in: SignIn, closed: Review, cast: Cast) -> None:
        made = rows.recommend(closed, cast.reviewer)
        client, address = sign_in(cast.officer), here("take_up", made.code)
        assert "Select the criterion that the action is about" in client.post(address, self.answer()).content.decode()
        client.post(address, self.answer(criterion="LAW.1"))
        assert ImprovementAction.objects.get().criterion.code == "LAW.1"

    def test_a_long_one_is_cut_to_what_an_action_holds(self, sign_in: SignIn, closed: Review, cast: Cast) -> None:
        made = rows.recommend(closed, cast.reviewer, "word " * 99)
        form = sign_in(cast.officer).get(here("take_up", made.code)).context["form"]
        assert len(form.initial["text"]) == 300

    def test_who_comes_second_reads_the_action_and_keeps_their_text(
        self, sign_in: SignIn, closed: Review, cast: Cast
    ) -> None:
        address = here("take_up", rows.recommend(closed, cast.reviewer, code="LEAD.1").code)
        sign_in(cast.officer).post(address, self.answer())
        page = sign_in(cast.colleague).post(address, self.answer(text="Share <two> audits"))
        shown = page.content.decode()
        assert page.status_code == 409
        assert "Share one audit by June" in shown
        assert "Share &lt;two&gt; audits" in shown
        assert ImprovementAction.objects.count() == 1

    def test_one_that_was_taken_back_meanwhile_gives_the_text_back(
        self, sign_in: SignIn, closed: Review, cast: Cast
    ) -> None:
        made = rows.recommend(closed, cast.reviewer, code="LEAD.1")
        made.withdrawn_at = timezone.now()
        made.save()
        client, address = sign_in(cast.officer), here("take_up", made.code)
        assert made.text not in text_of(client)
        assert client.get(address).headers["Location"] == here()
        page = client.post(address, self.answer())
        assert (page.status_code, "Share one audit by June" in page.content.decode()) == (409, True)

    def test_a_day_in_the_past_is_refused_beside_its_field(self, sign_in: SignIn, closed: Review, cast: Cast) -> None:
        made = rows.recommend(closed, cast.reviewer, code="LEAD.1")
        page = sign_in(cast.officer).post(here("take_up", made.code), self.answer(due_on_year="2001"))
        assert "The day must be today or later" in page.content.decode()

    def test_until_the_review_ends_it_is_not_there(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        made = rows.recommend(review, cast.reviewer, code="LEAD.1")
        assert sign_in(cast.officer).get(here("take_up", made.code)).status_code == 404
        assert sign_in(cast.officer).post(here("take_up", made.code), self.answer()).status_code == 404


class TestEndedReview:
    @pytest.fixture
    def said(self, review: Review, cast: Cast) -> Review:
        rows.say(review, "LEAD.1", cast.reviewer, level="gap_identified", reason="No <record> shows it.")
        rows.say(review, "LEAD.2", cast.reviewer, level="working_towards")
        rows.say(review, "LAW.1", cast.reviewer, level="met", reason="Your minutes show more.")
        return review

    def test_both_levels_and_reasons_stand_side_by_side(self, sign_in: SignIn, said: Review, cast: Cast) -> None:
        rows.close(said, cast.reviewer, "A year of <work>.")
        shown = section(text_of(sign_in(cast.viewer)), "review-title")
        assert "What the Government Office for the East Midlands says" in shown
        assert "A year of &lt;work&gt;." in shown
        assert "Of 2 criteria it reviewed 2 and sees 1 at your level, 1 lower." in shown
        assert "Of 2 statutory requirements it reviewed 1 and sees 1 higher." in shown
        differing = shown[shown.index("another level") : shown.index("the same, or gave no level")]
        assert differing.count("<article") == 2
        assert "No &lt;record&gt; shows it." in differing
        assert "Gap identified" in differing
        assert "Working towards" in differing
        assert "Partners share the work" not in differing

    def test_a_returned_one_says_why_and_until_when(
        self, sign_in: SignIn, assessment: Assessment, said: Review, cast: Cast
    ) -> None:
        until = timezone.localdate() + datetime.timedelta(days=60)
        rows.send_back(said, cast.reviewer, "Say <more> of LEAD.1.", until=until)
        page = text_of(sign_in(cast.officer))
        panel = section(page, "returned")
        assert "Say &lt;more&gt; of LEAD.1." in panel
        assert f"until the end of {until.day} {until:%B %Y}" in panel
        assert url("tasks", assessment) in panel
        assert "No &lt;record&gt; shows it." in section(page, "review-title")

    def test_an_earlier_review_stays_to_be_read(
        self, sign_in: SignIn, assessment: Assessment, said: Review, cast: Cast
    ) -> None:
        rows.send_back(said, cast.reviewer, "First reason.")
        fresh = Assessment.objects.with_round().get(pk=assessment.pk)
        rate(fresh, "LEAD.1", cast.officer, level="doing_well", reason="More", revision=1)
        second = rows.begin(submit(fresh, cast.coordinator))
        client = sign_in(cast.viewer)
        assert "Submission 1, returned on" in text_of(client)
        rows.close(second, cast.reviewer, "Second summary.")
        assert "Second summary." in text_of(client)
        assert "First reason." not in text_of(client)
        earlier = client.get(here(), {"number": "1"}).content.decode()
        assert "First reason." in earlier
        assert "Second summary." not in earlier

    def test_a_review_without_levels_is_its_words_only(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.close(review, cast.reviewer, "Words only.")
        shown = section(text_of(sign_in(cast.viewer)), "review-title")
        assert "Words only." in shown
        assert "gave no level of its own to the criteria" in shown
        assert "<article" not in shown


class TestElsewhere:
    def test_your_work_counts_what_waits_and_leads_there(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        for text in ("One?", "Two?"):
            rows.ask(review, cast.reviewer, text)
        page = text_of(sign_in(cast.viewer), "/")
        assert "2027 self-assessment, Amber Valley: 2 questions wait for a reply" in page
        assert here() in page
        for query in Query.objects.all():
            rows.reply(query, cast.officer)
        assert "Questions from the Government Office" not in text_of(sign_in(cast.viewer), "/")

    def test_your_work_leads_to_a_closed_review(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.ask(review, cast.reviewer)
        rows.close(review, cast.reviewer)
        page = text_of(sign_in(cast.viewer), "/")
        assert "What the Government Office says" in page
        assert "waits for a reply" not in page

    def test_the_task_list_leads_there_once_submitted(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        assert here() not in text_of(sign_in(cast.viewer), url("tasks", assessment))
        rows.submitted(assessment, cast)
        assert here() in text_of(sign_in(cast.viewer), url("tasks", assessment))

    @pytest.mark.parametrize("is_returned", [True, False])
    def test_the_criterion_leads_to_what_was_asked_of_it(
        self, sign_in: SignIn, assessment: Assessment, review: Review, cast: Cast, is_returned: bool
    ) -> None:
        for text in ("One?", "Two?"):
            rows.ask(review, cast.reviewer, text, code="LEAD.1")
        if is_returned:
            rows.send_back(review, cast.reviewer, until=timezone.localdate() + datetime.timedelta(days=9))
        client = sign_in(cast.officer)
        assert f"{here()}#about-LEAD.1" in text_of(client, url("criterion", assessment, "LEAD.1"))
        page = text_of(client)
        assert page.count('id="about-LEAD.1"') == 1

    def test_the_criterion_leads_to_what_was_said_of_it(self, sign_in: SignIn, review: Review, cast: Cast) -> None:
        rows.say(review, "LEAD.2", cast.reviewer, level="gap_identified", reason="None.")
        rows.ask(review, cast.reviewer, code="LEAD.1")
        rows.close(review, cast.reviewer)
        page = text_of(sign_in(cast.officer))
        assert page.count('id="about-LEAD.1"') == 1
        assert page.count('id="about-LEAD.2"') == 1

    def test_a_draft_that_was_never_sent_leads_nowhere(
        self, sign_in: SignIn, assessment: Assessment, cast: Cast
    ) -> None:
        assert here() not in text_of(sign_in(cast.officer), url("criterion", assessment, "LEAD.1"))

    def test_the_history_tells_of_question_reply_and_return(
        self, sign_in: SignIn, assessment: Assessment, review: Review, cast: Cast
    ) -> None:
        send(sign_in(cast.officer), rows.ask(review, cast.reviewer), "From the audit.")
        page = text_of(sign_in(cast.viewer), url("history", assessment))
        assert "Pat Officer (Local authority) replied to a question" in page
        assert "From the audit." in page


class TestNothingEarly:
    """While a review goes on, no page of the partnership shows what it will say."""

    def pages(self, client: Client, assessment: Assessment) -> dict[str, str]:
        addresses = [
            "/",
            here(),
            f"{here()}?number=1",
            *(url(name, assessment) for name in ("tasks", "check", "history", "meeting", "meeting_agenda", "views")),
            url("confirmation", assessment, 1),
            url("criterion", assessment, "LEAD.1"),
            url("criterion_history", assessment, "LEAD.1"),
            reverse("assessments:actions", args=["amber-valley"]),
        ]
        found = {}
        for address in addresses:
            page = client.get(address, follow=True)
            assert page.status_code in {200, 404}, address
            found[address] = EACH_TIME.sub("", page.content.decode())
        return found

    @pytest.mark.parametrize("who", ["coordinator", "officer", "viewer"])
    def test_levels_reasons_summary_and_recommendations_wait_for_the_end(
        self, sign_in: SignIn, assessment: Assessment, review: Review, cast: Cast, who: str
    ) -> None:
        client = sign_in(cast.everybody()[who])
        rows.ask(review, cast.reviewer, "Seen at once?", code="LEAD.1")
        before = self.pages(client, assessment)
        rows.say(review, "LEAD.1", cast.reviewer, level="doing_well", reason=CANARY)
        rows.recommend(review, cast.reviewer, CANARY, code="LEAD.1")
        Review.objects.filter(pk=review.pk).update(summary=CANARY, return_reason="")
        after = self.pages(client, assessment)
        assert [address for address, page in after.items() if CANARY in page] == []
        # Nor does anything else of a page tell: not a level, not that somebody is at work.
        assert [address for address in after if after[address] != before[address]] == []
        assert "Seen at once?" in after[here()]
        review.refresh_from_db()
        rows.close(review, cast.reviewer)
        assert self.pages(client, assessment)[here()].count(CANARY) >= 3


def test_whoever_only_opens_the_address_of_a_reply_gets_its_question(
    sign_in: SignIn, review: Review, cast: Cast
) -> None:
    query = rows.ask(review, cast.reviewer)
    for user in (cast.officer, cast.viewer):
        answer = sign_in(user).get(reverse("reviews:reply", args=["2027", "amber-valley", query.code]))
        assert answer.status_code == 302
        assert (
            answer.headers["Location"] == reverse("reviews:questions", args=["2027", "amber-valley"]) + f"#{query.code}"
        )
