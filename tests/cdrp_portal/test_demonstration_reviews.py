"""What the demonstration's reviews promise: documents as the portal's own, something to do, and nothing that mails."""

from collections import Counter

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import RegionalPost, User
from assessments.documents import fingerprint
from assessments.models import Assessment, ReviewedSubmission, Submission
from audit.models import Event
from casestudies.models import CaseStudy, Enquiry, HelpOffer
from cdrp_portal.demonstration import filling, learning, regional, review_now, reviewing, reviews, rounds, shape
from cdrp_portal.demonstration.say import MADE
from hallmarks.models import Version
from hallmarks.outline import outline_of
from outbox import services as outbox
from outbox.models import Message
from reports import queries as comparing
from reviews import documents
from reviews.models import ComparisonList, Query, Recommendation, Review, ReviewerRating
from reviews.services.closing import document_of
from tests.cdrp_portal.demonstrating import PASSWORD, Told, make

SHOWN = ["amber-valley", "derby", "erewash", "exeter"]


def newest(slug: str) -> Review:
    return Review.objects.get(
        submission__assessment__partnership__slug=slug, submission__assessment__round=rounds.demonstration_rounds()[-1]
    )


def test_most_of_what_was_sent_in_earlier_rounds_is_reviewed(made: Told) -> None:
    for round_ in rounds.demonstration_rounds()[:-1]:
        sent = Submission.objects.filter(assessment__round=round_)
        closed = sent.filter(review__status=Review.Status.CLOSED)
        assert sent.count() // 2 <= closed.count() < sent.count()
        assert set(SHOWN) <= set(closed.values_list("assessment__partnership__slug", flat=True))


def test_each_closed_review_is_the_document_that_the_portal_itself_would_freeze(made: Told) -> None:
    kept = ReviewedSubmission.objects.select_related("submission__review__ended_by")
    assert kept
    assert kept.count() == Review.objects.filter(status=Review.Status.CLOSED).count()
    for reviewed in kept:
        submission = Submission.objects.with_area().get(pk=reviewed.submission_id)
        review = Review.objects.get(submission=submission)
        ratings = list(
            ReviewerRating.objects.filter(review=review)
            .select_related("criterion", "level")
            .order_by("criterion__section__number", "criterion__number")
        )
        post = RegionalPost.objects.select_related("region").get(user=review.ended_by, region=submission.region)
        document = document_of(submission, review, ratings, post, reviewed.closed_at)
        assert reviewed.document == documents.canonical(document)
        assert reviewed.sha256 == fingerprint(reviewed.document)
        assert reviewed.submission_sha256 == document.submission_sha256 == submission.sha256
        assert (reviewed.closed_at, document.is_demonstration) == (review.ended_at, True)
        said = {rating.criterion_id: (rating.level_id, rating.reason) for rating in ratings}
        assert {row.criterion_id: (row.level_id, row.reason) for row in reviewed.ratings.all()} == said


def test_review_documents_name_offices_and_no_person(made: Told) -> None:
    words = [word for pair in User.objects.values_list("name", "email") for word in pair]
    for text in ReviewedSubmission.objects.values_list("document", flat=True):
        assert not [word for word in words if word in text]


def test_nothing_is_dated_before_the_submission_or_after_the_first_run(made: Told) -> None:
    today = timezone.localdate()
    for rating in ReviewerRating.objects.select_related("review__submission"):
        assert rating.review.submission.submitted_at < rating.updated_at
        assert timezone.localdate(rating.updated_at) < today
    for query in Query.objects.select_related("review__submission"):
        assert query.review.submission.submitted_at < query.asked_at
        assert query.replied_at is None or query.asked_at < query.replied_at
        assert query.replied_at is None or query.review.ended_at is None or query.replied_at < query.review.ended_at
    ended = Review.objects.exclude(ended_at=None).values_list("ended_at", flat=True)
    assert all(timezone.localdate(at) < today for at in ended if at)


def test_whoever_replies_sits_in_the_partnership_and_whoever_asks_in_its_region(made: Told) -> None:
    replied = Query.objects.exclude(replied_at=None).select_related("replied_by__agency", "review__submission")
    assert replied
    for query in replied:
        place = Assessment.objects.get(submissions=query.review.submission_id).partnership_id
        assert query.replied_by is not None
        assert (query.replied_by.agency.partnership_id, query.replied_by.role != "viewer") == (place, True)
    posts = set(RegionalPost.objects.values_list("user", "region"))
    assert set(Query.objects.values_list("asked_by", "review__submission__region")) <= posts


def test_some_recommendations_were_taken_up_by_agencies_of_the_partnership(made: Told) -> None:
    made_of = Recommendation.objects.exclude(action=None)
    taken = made_of.select_related("action__owner", "review__submission__assessment")
    assert 0 < made_of.count() < Recommendation.objects.count()
    for each in taken:
        place = each.review.submission.assessment.partnership_id
        assert each.review.status != Review.Status.OPEN
        assert each.action is not None
        assert (each.action.partnership_id, each.action.owner.partnership_id) == (place, place)
        assert (each.action.text, each.action.criterion_id) == (each.text, each.criterion_id)


def test_questions_wait_for_a_partnership_whose_people_can_sign_in(made: Told) -> None:
    review = newest("erewash")
    assert review.is_open
    assert (review.queries.count(), Query.objects.unanswered().filter(review=review).count()) == (
        3 + review_now.DRAWN,
        2 + review_now.DRAWN,
    )
    assert review.ratings.count() == review_now.SAID_OF_ASKED
    assert (review.recommendations.count(), review.sample.count()) == (1, review_now.DRAWN)
    told = Event.objects.filter(partnership="erewash", kind="review.asked")
    assert [event.at for event in told.order_by("pk")] == [query.asked_at for query in review.queries.order_by("pk")]


def test_one_submission_was_returned_by_the_portals_own_service(made: Told) -> None:
    review = newest("ashfield")
    assessment = Assessment.objects.with_round().get(submissions__review=review)
    assert (review.status, assessment.status) == ("returned", "returned")
    assert review.return_reason
    assert Event.objects.about(assessment).filter(kind="review.returned").exists()
    assert assessment.closes_on >= timezone.localdate()


def test_one_region_shows_a_review_in_each_state() -> None:
    """The four that README names: unreviewed, with questions, returned, closed."""
    newest_round = rounds.HOW_MANY - 1
    for slug in (*reviews.SURELY, *reviews.TOLD_IN_FULL):
        progress = filling.OPEN_PROGRESS.get(slug) or shape.open_progress(slug, 49)
        assert progress.is_submitted, slug
    assert {slug: reviews._status(slug, newest_round, shape.seeded(slug)) for slug in reviews.SURELY} == {
        "south-derbyshire": None,
        "bolsover": Review.Status.CLOSED,
    }


def test_the_history_of_what_is_reviewed_begins_with_how_it_was_sent(made: Told) -> None:
    review = newest("erewash")
    about = Event.objects.about(review.submission.assessment).exclude(kind=MADE).values_list("kind", "at")
    kinds = [kind for kind, _at in about]
    assert (kinds[0], kinds.count("assessment.submitted")) == ("assessment.submitted", 1)
    assert [at for _kind, at in about] == sorted(at for _kind, at in about)
    assert about[0][1] == review.submission.submitted_at
    saved = Event.objects.filter(kind="rating.saved", partnership="erewash").values_list("at", flat=True)
    assert saved
    assert max(saved) < review.submission.submitted_at


def test_case_studies_stand_where_a_reviewer_saw_the_top_level_too(made: Told) -> None:
    version = Version.objects.get_by_natural_key("beacon", "round-5")
    lineages = {question.criterion.code: question.criterion.lineage for question in outline_of(version).questions}
    listed = {
        study.slug
        for practice in learning.PRACTICES
        for round_ in rounds.demonstration_rounds()
        for study in comparing.studies_of_the_best(round_, lineages[practice.code])
    }
    slugs = {practice.slug for practice in learning.PRACTICES}
    made_up = CaseStudy.objects.filter(slug__in=slugs)
    assert made_up
    assert {study.slug for study in made_up} <= listed
    assert all(study.summary.startswith("Demonstration data") for study in made_up)


def test_reminders_are_sent_or_failed_and_nothing_waits_for_the_sender(made: Told) -> None:
    numbers = Counter(Message.objects.values_list("status", flat=True))
    assert set(numbers) == {"sent", "failed"}
    reminders = Message.objects.exclude(about__startswith="enquiry/")
    assert {message.about.rsplit("/", 1)[-1] for message in reminders} == {"submit", "reply"}
    assert all(message.to.endswith(".example") for message in Message.objects.all())
    assert list(outbox.send_waiting()) == []
    assert mail.outbox == []


def test_partnerships_agreed_to_be_asked_and_questions_are_marked_as_made_up(made: Told) -> None:
    assert HelpOffer.objects.current().count() > 2
    assert all(offer.mailbox.endswith(".example") for offer in HelpOffer.objects.all())
    assert all(asked.text.startswith("Demonstration data") for asked in Enquiry.objects.all())


def test_a_reviewer_has_a_list_of_their_own_and_one_that_is_shared(made: Told) -> None:
    lists = ComparisonList.objects.filter(owner__email=regional.REVIEWER)
    assert sorted(lists.values_list("is_shared", flat=True)) == [False, True]
    assert all(one.partnerships.count() >= 5 for one in lists)


def test_a_second_run_reviews_and_reminds_nobody_again(made: Told) -> None:
    reviewed = (Review, ReviewerRating, Query, Recommendation, ReviewedSubmission)
    models = (*reviewed, Message, ComparisonList, RegionalPost, HelpOffer, Enquiry)
    before = [model.objects.count() for model in models]
    events = Event.objects.count()
    make(PASSWORD)
    assert [model.objects.count() for model in models] == before
    assert Event.objects.count() == events


def test_each_round_s_reviews_leave_one_event(made: Told) -> None:
    assert Event.objects.filter(kind=MADE, target_type="reviews.review").count() == rounds.HOW_MANY


@pytest.mark.parametrize(("region", "other"), [("east-midlands", "south-west"), ("london", "north-east")])
def test_offices_see_levels_a_little_differently(made: Told, region: str, other: str) -> None:
    version = Version.objects.get_by_natural_key("beacon", "round-5")
    questions = outline_of(version).questions

    def share_lower(office: str) -> float:
        lines = [
            line
            for place in range(40)
            for line in reviewing.seen(f"place-{place}", 1, office, [(question, 2) for question in questions])
        ]
        return sum(line.level is not None and line.level < 2 for line in lines) / len(lines)

    shares = share_lower(region), share_lower(other)
    assert all(0.02 < share < 0.32 for share in shares)
    assert abs(shares[0] - shares[1]) > 0.01
