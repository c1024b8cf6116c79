"""Every list asks the database the same few questions, whether it shows one row or all of them."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from assessments.models import Assessment, ImprovementAction, ProgressNote, Round, Submission, SubmittedRating
from casestudies.models import CaseStudy, Enquiry, HelpOffer
from hallmarks.models import Version
from hallmarks.outline import outline_of
from partnerships.models import AreaType, Partnership
from reviews.models import Query, Recommendation, Review
from tests.assessments import giving
from tests.assessments.helping import answered
from tests.casestudies.shelving import fill_library
from tests.counting import counted
from tests.people import Cast, Places
from tests.permission_rows.assessments_moving import VERSION
from tests.permission_rows.sharing import SHEET

CEILING = 10
MANY = 376
# Enough to see that each is not asked about by itself.
FEWER = 20
# Every page that lists: its name, its arguments, who opens it, and what its list holds.
LISTS = [
    ("home", {}, "officer"),
    ("home", {}, "reviewer"),
    ("assessments:tasks", {"round": "2027", "partnership": "amber-valley"}, "officer"),
    ("assessments:tasks", {"round": "2026", "partnership": "derby"}, "neighbour"),
    ("assessments:check", {"round": "2027", "partnership": "amber-valley"}, "officer"),
    ("assessments:views", {"round": "2027", "partnership": "amber-valley"}, "officer"),
    ("assessments:survey", {"round": "2027", "partnership": "amber-valley"}, "coordinator"),
    ("assessments:history", {"round": "2027", "partnership": "amber-valley"}, "viewer"),
    ("reviews:questions", {"round": "2025", "partnership": "amber-valley"}, "officer"),
    ("assessments:criterion_history", {"round": "2026", "partnership": "amber-valley", "code": "LEAD.1"}, "viewer"),
    ("assessments:meeting_agenda", {"round": "2027", "partnership": "amber-valley"}, "viewer"),
    ("assessments:actions", {"partnership": "amber-valley"}, "officer"),
    ("assessments:action_new", {"partnership": "amber-valley"}, "officer"),
    ("assessments:action", {"partnership": "amber-valley", "code": "joint-audit"}, "viewer"),
    ("assessments:helpers", {"round": "2027", "partnership": "amber-valley", "code": "LEAD.1"}, "officer"),
    ("assessments:help_offer", {"partnership": "amber-valley"}, "coordinator"),
    ("assessments:enquiries", {"partnership": "amber-valley"}, "viewer"),
    ("assessments:round_list", {}, "administrator"),
    ("assessments:round", {"round": "2027"}, "administrator"),
    ("assessments:round_criteria", {"round": "2027"}, "administrator"),
    ("assessments:round_move", {"round": "2027", **VERSION}, "administrator"),
    ("assessments:round_move_csv", {"round": "2027", **VERSION}, "administrator"),
    ("assessments:if_moved_to", VERSION, "administrator"),
    ("assessments:homeless", {"round": "2027", "partnership": "amber-valley"}, "viewer"),
    ("reviews:region", {"region": "east-midlands", "round": "2027"}, "reviewer"),
    ("reviews:region_csv", {"region": "east-midlands", "round": "2027"}, "reviewer"),
    ("reviews:reminders", {"region": "east-midlands", "round": "2027"}, "reviewer"),
    ("reviews:submission", {"region": "east-midlands", "round": "2026", "partnership": "amber-valley"}, "reviewer"),
    ("reviews:submission", {"region": "east-midlands", "round": "2025", "partnership": "amber-valley"}, "reviewer"),
    ("reviews:actions", {"region": "east-midlands", "round": "2025", "partnership": "amber-valley"}, "reviewer"),
    ("reviews:index", {}, "administrator"),
    ("reports:compare", {"round": "2026"}, "reviewer"),
    ("reports:compare_csv", {"round": "2026"}, "reviewer"),
    ("reports:criterion", {"round": "2026", "code": "LEAD.1"}, "reviewer"),
    ("reports:criterion_csv", {"round": "2026", "code": "LEAD.1"}, "reviewer"),
    ("reports:package", {"round": "2026"}, "reviewer"),
    ("reports:package_xlsx", {"round": "2026"}, "administrator"),
    ("reviews:questions_xlsx", {"round": "2025", "partnership": "amber-valley"}, "officer"),
    ("assessments:actions_csv", {"partnership": "amber-valley"}, "officer"),
    ("reports:region_heat", {"round": "2026", "region": "east-midlands"}, "reviewer"),
    ("reports:region_heat_csv", {"round": "2026", "region": "east-midlands"}, "reviewer"),
    ("reports:nation_heat", {"round": "2026"}, "reviewer"),
    ("reports:nation_heat", {"round": "2026"}, "administrator"),
    ("reports:nation_heat_csv", {"round": "2026"}, "administrator"),
    ("reports:strengths", {"round": "2026"}, "reviewer"),
    ("reports:pdf", {"round": "2026", "partnership": "amber-valley"}, "officer"),
    ("reports:progress_state", {"round": "2026", "partnership": "amber-valley", "kind": "report"}, "officer"),
    ("reports:region_progress", {"round": "2026", "region": "east-midlands"}, "reviewer"),
    ("reports:region_progress_state", {"round": "2026", "region": "east-midlands"}, "reviewer"),
    ("reports:calibration", {"round": "2026"}, "reviewer"),
    ("reports:crime", {"round": "2026"}, "reviewer"),
    ("reviews:lists", {"region": "east-midlands"}, "reviewer"),
    ("reports:received", {"region": "east-midlands"}, "reviewer"),
    ("casestudies:index", {}, "officer"),
    ("casestudies:public_index", {}, "visitor"),
    ("casestudies:library", {}, "officer"),
    ("casestudies:library_shelf", {"shelf": "sources"}, "officer"),
    ("casestudies:library_entry", {"shelf": "sources", "slug": "problem-guides"}, "officer"),
    ("casestudies:notebook", {}, "officer"),
    ("accounts:people_index", {}, "administrator"),
    ("accounts:people", {"partnership": "amber-valley"}, "coordinator"),
    ("sharing:sheet", SHEET, "officer"),
    ("sharing:plan", {"partnership": "amber-valley", "year": SHEET["year"]}, "officer"),
    ("hallmarks:index", {}, "administrator"),
    ("hallmarks:draft", {"framework": "test-framework", "version": "test-draft"}, "administrator"),
    ("hallmarks:changes", {"framework": "test-framework", "version": "test-set"}, "visitor"),
    ("hallmarks:hints", {"framework": "test-framework", "version": "test-set"}, "administrator"),
    ("hallmarks:version", {"framework": "test-framework", "version": "test-set"}, "officer"),
    ("hallmarks:crosswalk", {}, "administrator"),
    ("hallmarks:criterion", {"framework": "test-framework", "version": "test-set", "code": "LEAD.1"}, "officer"),
]


def fill(places: Places, cast: Cast, version: Version) -> None:
    """Make the East Midlands as large as the whole country: partnerships, assessments, submissions, case studies."""
    force = places.amber_valley.police_force
    Partnership.objects.bulk_create(
        Partnership(slug=f"p-{n}", name=f"P {n}", police_force=force, area_type=AreaType.SHIRE_DISTRICT)
        for n in range(MANY)
    )
    made = list(Partnership.objects.filter(slug__startswith="p-"))
    for slug in ("2026", "2027"):
        round_ = Round.objects.get(slug=slug)
        Assessment.objects.bulk_create(Assessment(round=round_, partnership=place) for place in made)
    sent = Submission.objects.bulk_create(
        Submission(
            assessment=assessment,
            number=1,
            reference=f"R-{assessment.pk}",
            submitted_by=cast.officer,
            submitted_at=timezone.now() - datetime.timedelta(days=350),
            region=places.east_midlands,
            police_force=force,
            document="{}",
            sha256=f"{assessment.pk:064d}",
            levels="1111",
        )
        for assessment in Assessment.objects.filter(round__slug="2026", partnership__in=made)
    )
    SubmittedRating.objects.bulk_create(
        SubmittedRating(submission=submission, criterion=asked.criterion, level=asked.levels[1])
        for submission in sent
        for asked in outline_of(version).questions
    )
    CaseStudy.objects.bulk_create(
        CaseStudy(
            partnership=place, slug="study", title="Study", summary="S", status="published", written_by=cast.officer
        )
        for place in made
    )


def fill_actions(action: ImprovementAction) -> None:
    """Give Amber Valley as many actions of each agency, and one of them as many notes."""
    ImprovementAction.objects.bulk_create(
        ImprovementAction(
            partnership=action.partnership,
            raised_in=action.raised_in,
            criterion=action.criterion,
            text=f"Action {n}",
            owner=owner,
            due_on=timezone.localdate(),
        )
        for n in range(MANY)
        for owner in action.partnership.agencies.all()
    )
    writer = Membership.objects.get(code="officer")
    ProgressNote.objects.bulk_create(
        ProgressNote(action=action, text=f"Note {n}", written_by=writer) for n in range(MANY)
    )


def fill_helping(places: Places, by: User, version: Version) -> None:
    """Let as many partnerships do a criterion well and agree to be asked, and ask one as often."""
    round_, lead = Round.objects.get(slug="2025"), outline_of(version).questions[0]
    made = list(Partnership.objects.filter(slug__startswith="p-"))
    now = timezone.now()
    HelpOffer.objects.bulk_create(
        HelpOffer(partnership=place, role="Team", mailbox="t@t.example", offered_by=by, offered_at=now)
        for place in made
    )
    for place in made[:FEWER]:
        answered(round_, place, by)
    Enquiry.objects.bulk_create(
        Enquiry(
            asker=places.amber_valley,
            helper=place,
            criterion=lead.criterion,
            text="Why?",
            mailbox="t@t.example",
            reply_to="a@a.example",
            save_id=uuid.uuid4(),
            asked_by=by,
            asked_at=now,
        )
        for place in made
    )


def fill_review(review: Review, by: User) -> None:
    """Ask and recommend as often in one review."""
    now = timezone.now()
    Query.objects.bulk_create(
        Query(review=review, question=f"Question {n}?", asked_by=by, asked_at=now) for n in range(MANY)
    )
    Recommendation.objects.bulk_create(
        Recommendation(review=review, text=f"Recommendation {n}", made_by=by, made_at=now) for n in range(MANY)
    )


@pytest.mark.parametrize(("name", "kwargs", "who"), LISTS, ids=[f"{name}-{who}" for name, _kwargs, who in LISTS])
def test_a_list_asks_the_same_for_one_row_and_for_all(
    name: str,
    kwargs: dict[str, str],
    who: str,
    world: None,
    places: Places,
    cast: Cast,
    version: Version,
    sign_in: Callable[[User | None], Client],
) -> None:
    client, url = sign_in(cast.everybody()[who]), reverse(name, kwargs=kwargs)
    assert client.get(url).status_code == 200
    with counted() as few:
        client.get(url)
    fill(places, cast, version)
    fill_actions(ImprovementAction.objects.get(code="joint-audit"))
    fill_review(Review.objects.get(submission__assessment__round__slug="2025"), cast.reviewer)
    fill_helping(places, cast.officer, version)
    fill_library(cast)
    giving.fill(Assessment.objects.with_round().get(round__slug="2027", partnership=places.amber_valley), MANY)
    with counted() as many:
        assert client.get(url).status_code == 200
    assert few.number <= CEILING, few.queries
    assert many.number <= max(few.number, CEILING), many.queries[few.number :]
    assert many.number == few.number, many.queries
