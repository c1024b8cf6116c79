"""One small world with something of everything, for the tables that ask every page the same questions."""

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.models import Assessment, Evidence, ImprovementAction, Rating, Round, Submission
from casestudies.models import Attachment, CaseStudy
from hallmarks.models import Version
from reports.models import ReceivedSubmission
from tests import criteria
from tests.assessments import front_line
from tests.assessments.answering import rate, rate_everything, submit
from tests.assessments.helping import ask, helper
from tests.casestudies.making import freeze
from tests.casestudies.shelving import make_library
from tests.hallmarks import linking
from tests.people import Cast, Places
from tests.reports.comparing import make_list
from tests.reviews import rows
from tests.sharing.making import make_reference, plan_step, save_line

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
PDF_SHA256 = hashlib.sha256(PDF).hexdigest()


def make_world(assessment: Assessment, places: Places, cast: Cast) -> None:
    """Make a round that is over and submitted, an open one half filled in, case studies, a check sheet and a plan."""
    # The benchmarks make this world of other criteria.
    if Version.objects.filter(framework__slug=linking.ONE).exists():
        linking.link_sets()
    _half_filled_in(assessment, cast)
    front_line.open_check(assessment, cast.coordinator)
    last = _submitted_last_year(places, cast, assessment).assessment
    _action(last, "joint-audit")
    _reviewed_before(last, cast)
    make_list(cast.reviewer, places.derby, places.amber_valley, is_shared=True)
    _case_study(places, cast, "joint-patrols", CaseStudy.Status.PUBLISHED)
    _case_study(places, cast, "not-ready", CaseStudy.Status.DRAFT)
    make_library(cast)
    helper(Round.objects.get(slug="2025"), places.derby, cast.neighbour)
    ask(cast.officer, places.derby)
    _received(last.submissions.current().get(), cast)
    make_reference()
    save_line(places, cast.officer)
    plan_step(places, cast.officer, due_in=-10)
    criteria.make_version("test-draft", is_draft=True)


def _half_filled_in(assessment: Assessment, cast: Cast) -> None:
    rating = rate(
        assessment, "LEAD.1", cast.officer, level="doing_well", reason="A draft reason", indicators={1: "yes"}
    )
    _file_evidence(rating, cast, "Attendance")


def _submitted_last_year(places: Places, cast: Cast, assessment: Assessment) -> Submission:
    version = assessment.round.version
    round_ = criteria.make_round(version, places, slug="2026", days=60)
    last = Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)
    rate_everything(last, cast.officer)
    _file_evidence(last.ratings.get(criterion__code="LEAD.1"), cast, "Minutes")
    submission: Submission = submit(last, cast.coordinator)
    Round.objects.filter(pk=round_.pk).update(
        opens_on=timezone.localdate() - datetime.timedelta(days=400),
        closes_on=timezone.localdate() - datetime.timedelta(days=340),
    )
    return submission


def _reviewed_before(last: Assessment, cast: Cast) -> None:
    """Make a round two years ago with the same answers, whose review is closed: a question and a recommendation."""
    sent = last.submissions.current().get()
    round_ = Round.objects.create(
        slug="2025",
        name="2025 self-assessment",
        version=last.round.version,
        opens_on=timezone.localdate() - datetime.timedelta(days=800),
        closes_on=timezone.localdate() - datetime.timedelta(days=740),
    )
    assessment = Assessment.objects.create(
        round=round_, partnership=last.partnership, status=Assessment.Status.SUBMITTED
    )
    sent.pk, sent._state.adding = None, True
    sent.assessment, sent.reference, sent.sha256 = assessment, "2025-AMBER-VALLEY-1", "2" * 64
    sent.submitted_at -= datetime.timedelta(days=370)
    sent.save()
    review = rows.begin(sent)
    rows.ask(review, cast.reviewer, code="LEAD.1", slug="how-known")
    rows.recommend(review, cast.reviewer, code="LEAD.1", slug="share-audits")
    rows.close(review, cast.reviewer, "Well done.")


def _received(submission: Submission, cast: Cast) -> None:
    """Let the East Midlands have taken in the like from another portal; its address has a fingerprint of its own."""
    ReceivedSubmission.objects.create(
        region=submission.region,
        document=submission.document,
        sha256="c" * 64,
        received_by=cast.reviewer,
        received_at=timezone.now(),
    )


def _action(raised_in: Assessment, code: str) -> ImprovementAction:
    """Make an open improvement action that is three weeks overdue; its address names it by `code`."""
    rating = raised_in.ratings.get(criterion__code="LEAD.2")
    return ImprovementAction.objects.create(
        code=code,
        partnership=raised_in.partnership,
        raised_in=raised_in,
        criterion=rating.criterion,
        text="Share one audit of crime",
        owner=raised_in.partnership.agencies.get(name="Police force"),
        due_on=timezone.localdate() - datetime.timedelta(weeks=3),
    )


def _file_evidence(rating: Rating, cast: Cast, title: str) -> None:
    name = default_storage.save(f"evidence/amber-valley/{title.lower()}.pdf", ContentFile(PDF))
    Evidence.objects.create(
        rating=rating,
        number=1,
        title=title,
        file=name,
        sha256=PDF_SHA256,
        size=len(PDF),
        media_type="application/pdf",
        added_by=cast.officer,
    )


def _case_study(places: Places, cast: Cast, slug: str, status: CaseStudy.Status) -> None:
    study = CaseStudy.objects.create(
        partnership=places.amber_valley,
        slug=slug,
        title=slug.replace("-", " ").capitalize(),
        summary="What we did.",
        status=status,
        is_public=status == CaseStudy.Status.PUBLISHED,
        written_by=cast.officer,
    )
    name = default_storage.save(f"case-studies/amber-valley/{slug}.pdf", ContentFile(PDF))
    Attachment.objects.create(
        case_study=study,
        name="Evaluation.pdf",
        file=name,
        sha256=PDF_SHA256,
        size=len(PDF),
        media_type="application/pdf",
        added_by=cast.officer,
    )
    if status != CaseStudy.Status.DRAFT:
        freeze(study)
