"""A coordinator takes a submission back before the deadline; it is kept, and the next one gets the next number."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.models import Assessment, Round, Submission
from audit.models import Event
from tests.assessments.answering import NOW, rate, rate_everything, seat, submit, url
from tests.people import Cast
from tests.reviews import rows

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]


@pytest.fixture
def submission(assessment: Assessment, cast: Cast) -> Submission:
    rate_everything(assessment, cast.officer)
    made: Submission = submit(assessment, cast.coordinator)
    return made


def withdraw(assessment: Assessment, cast: Cast, *, number: int = 1, at: datetime.datetime | None = None) -> Submission:
    return services.withdraw_submission(
        assessment=assessment, number=number, by=seat(cast.coordinator), arrived_at=at or NOW()
    )


def again(assessment: Assessment) -> Assessment:
    return Assessment.objects.with_round().get(pk=assessment.pk)


def test_the_partnership_can_edit_again_and_nothing_sent_is_lost(
    assessment: Assessment, submission: Submission, cast: Cast
) -> None:
    withdraw(assessment, cast)
    submission.refresh_from_db()
    assert not submission.is_current
    assert submission.withdrawn_at is not None
    assert again(assessment).is_open(NOW())
    assert submission.ratings.count() == 4
    assert Event.objects.get(kind="submission.withdrawn").after == {"reference": submission.reference}


def test_what_is_sent_next_is_number_2_and_chained_to_the_first(
    assessment: Assessment, submission: Submission, cast: Cast
) -> None:
    withdraw(assessment, cast)
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Mended", revision=1)
    second = submit(assessment, cast.coordinator)
    assert (second.number, second.previous_sha256, second.is_current) == (2, submission.sha256, True)
    assert Submission.objects.current().get() == second


def test_after_the_deadline_it_stays(assessment: Assessment, submission: Submission, cast: Cast) -> None:
    with pytest.raises(services.DeadlinePassed):
        withdraw(assessment, cast, at=assessment.closes_at + datetime.timedelta(seconds=1))
    withdraw(assessment, cast, at=assessment.closes_at)


def test_once_a_review_is_closed_both_documents_stay(
    assessment: Assessment, submission: Submission, cast: Cast
) -> None:
    rows.close(rows.begin(submission), cast.reviewer)
    with pytest.raises(services.ReviewWasClosed):
        withdraw(assessment, cast)
    submission.refresh_from_db()
    assert submission.is_current


def test_a_press_on_an_old_page_withdraws_nothing_newer(
    assessment: Assessment, submission: Submission, cast: Cast
) -> None:
    withdraw(assessment, cast)
    with pytest.raises(services.NothingToWithdraw):
        withdraw(assessment, cast)
    submit(assessment, cast.coordinator)
    with pytest.raises(services.NothingToWithdraw):
        withdraw(assessment, cast)
    assert again(assessment).is_submitted


def test_what_was_returned_is_the_partnerships_already(
    assessment: Assessment, submission: Submission, cast: Cast
) -> None:
    rows.send_back(rows.begin(submission), cast.reviewer)
    with pytest.raises(services.NothingToWithdraw):
        withdraw(again(assessment), cast)


class TestPages:
    def test_the_receipt_offers_it_to_coordinators_only(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        link = url("withdraw", assessment, 1)
        receipt = url("confirmation", assessment, 1)
        assert link in sign_in(cast.coordinator).get(receipt).content.decode()
        assert link not in sign_in(cast.officer).get(receipt).content.decode()

    def test_it_asks_first_and_then_leads_to_the_task_list(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        client = sign_in(cast.coordinator)
        assert "Submit again by the end of" in client.get(url("withdraw", assessment, 1)).content.decode()
        assert again(assessment).is_submitted
        page = client.post(url("withdraw", assessment, 1), follow=True)
        assert page.redirect_chain == [(url("tasks", assessment), 302)]
        shown = page.content.decode()
        assert "Withdrawn, not submitted again yet" in shown
        assert "A coordinator withdrew the submission on" in shown
        assert "does not count" in client.get(url("confirmation", assessment, 1)).content.decode()

    def test_a_second_press_finds_the_task_list(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        client = sign_in(cast.coordinator)
        client.post(url("withdraw", assessment, 1))
        assert client.post(url("withdraw", assessment, 1)).headers["Location"] == url("tasks", assessment)
        assert client.get(url("withdraw", assessment, 1)).headers["Location"] == url("tasks", assessment)

    def test_too_late_says_why(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Round.objects.filter(pk=assessment.round_id).update(closes_on=yesterday)
        client = sign_in(cast.coordinator)
        for page in (client.get(url("withdraw", assessment, 1)), client.post(url("withdraw", assessment, 1))):
            assert page.status_code == 409
            assert "Its round closed at the end of" in page.content.decode()
        assert url("withdraw", assessment, 1) not in client.get(url("confirmation", assessment, 1)).content.decode()

    def test_a_closed_review_says_so(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        rows.close(rows.begin(submission), cast.reviewer)
        page = sign_in(cast.coordinator).post(url("withdraw", assessment, 1))
        assert (page.status_code, "has closed its review" in page.content.decode()) == (409, True)

    def test_the_history_tells_of_it(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        withdraw(assessment, cast)
        page = sign_in(cast.viewer).get(url("history", assessment)).content.decode()
        assert f"withdrew the submission {submission.reference}, to mend it" in page


class TestReturned:
    """A returned assessment is a draft that may be edited until its own last day."""

    @pytest.fixture
    def returned(self, assessment: Assessment, submission: Submission, cast: Cast) -> Assessment:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        Round.objects.filter(pk=assessment.round_id).update(closes_on=yesterday)
        until = timezone.localdate() + datetime.timedelta(days=14)
        rows.send_back(rows.begin(submission), cast.reviewer, "Say <more>.", until=until)
        return again(assessment)

    def test_it_is_edited_and_submitted_as_number_2(self, returned: Assessment, cast: Cast) -> None:
        rate(returned, "LEAD.1", cast.officer, level="doing_well", reason="More", revision=1)
        second = submit(returned, cast.coordinator)
        assert second.number == 2
        assert [row.number for row in Submission.objects.current()] == [2]

    def test_the_task_list_says_until_when_and_where_the_reason_stands(
        self, sign_in: SignIn, returned: Assessment, cast: Cast
    ) -> None:
        shown = sign_in(cast.officer).get(url("tasks", returned)).content.decode()
        day = timezone.localdate() + datetime.timedelta(days=14)
        assert f"Edit the answers and submit again by the end of {day.day} {day:%B %Y}" in shown
        assert f"{url('tasks', returned)}questions/" in shown
        assert "nothing in it can change" not in shown
        assert "Check and submit" in sign_in(cast.coordinator).get(url("tasks", returned)).content.decode()

    def test_your_work_says_the_reason_and_offers_to_go_on(
        self, sign_in: SignIn, returned: Assessment, cast: Cast
    ) -> None:
        shown = sign_in(cast.officer).get("/").content.decode()
        assert "Returned by the Government Office" in shown
        assert "Say &lt;more&gt;." in shown
        assert "Submitted on" not in shown
        assert url("check", returned) in shown

    def test_the_criterion_page_is_a_form_again(self, sign_in: SignIn, returned: Assessment, cast: Cast) -> None:
        assert "form" in sign_in(cast.officer).get(url("criterion", returned, "LEAD.1")).context

    def test_after_its_day_nothing_is_written(self, returned: Assessment, cast: Cast) -> None:
        with pytest.raises(services.DeadlinePassed):
            rate(returned, "LEAD.1", cast.officer, arrived_at=returned.closes_at + datetime.timedelta(seconds=1))


class TestEarlierSubmissions:
    def page(self, client: Client, assessment: Assessment, name: str, *more: int) -> str:
        return client.get(url(name, assessment, *more)).content.decode()

    def test_one_that_was_superseded_says_so_and_gives_its_report(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        rows.send_back(rows.begin(submission), cast.reviewer)
        rate(again(assessment), "LEAD.1", cast.officer, level="doing_well", reason="Mended", revision=1)
        submit(again(assessment), cast.coordinator)
        client = sign_in(cast.viewer)
        shown = self.page(client, assessment, "confirmation", 1)
        assert shown.count("Submission 1, superseded by submission 2") == 2
        assert f"{url('confirmation', assessment, 2)}" in shown
        assert "/report.pdf?number=1" in shown
        for name, *more in (("confirmation", 2), ("tasks",)):
            assert url("confirmation", assessment, 1) in self.page(client, assessment, name, *more)

    def test_one_that_was_withdrawn_says_so_and_gives_its_report(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        withdraw(assessment, cast)
        client = sign_in(cast.viewer)
        shown = self.page(client, assessment, "confirmation", 1)
        assert shown.count("Submission 1, withdrawn") == 2
        assert "Assessment submitted" not in shown
        assert "/report.pdf?number=1" in shown
        assert url("confirmation", assessment, 1) in self.page(client, assessment, "tasks")

    def test_your_work_says_that_it_was_withdrawn(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        client = sign_in(cast.viewer)
        assert "Withdrawn" not in client.get("/").content.decode()
        withdraw(assessment, cast)
        assert "Withdrawn, not submitted again yet" in client.get("/").content.decode()
        submit(again(assessment), cast.coordinator)
        assert "Withdrawn" not in client.get("/").content.decode()

    def test_the_task_list_says_what_may_still_change(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        words, address = "unless a coordinator withdraws it by the end of", url("withdraw", assessment, 1)
        shown = self.page(sign_in(cast.coordinator), assessment, "tasks")
        assert (words in shown, address in shown) == (True, True)
        shown = self.page(sign_in(cast.officer), assessment, "tasks")
        assert (words in shown, address in shown) == (True, False)
        rows.close(rows.begin(submission), cast.reviewer)
        shown = self.page(sign_in(cast.coordinator), assessment, "tasks")
        assert (words in shown, address in shown, "nothing in it can change" in shown) == (False, False, True)

    def test_the_page_that_asks_says_what_becomes_of_the_review(
        self, sign_in: SignIn, assessment: Assessment, submission: Submission, cast: Cast
    ) -> None:
        shown = self.page(sign_in(cast.coordinator), assessment, "withdraw", 1)
        for words in ("can still be answered", "stays drawn", "begins again with what you submit next"):
            assert words in shown
