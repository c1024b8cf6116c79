"""One small world with something of everything, for the tables that ask every page the same questions."""

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.models import Assessment, Evidence, Rating, Round, Submission
from casestudies.models import Attachment, CaseStudy
from tests import criteria
from tests.assessments.answering import rate, rate_everything, submit
from tests.people import Cast, Places

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
PDF_SHA256 = hashlib.sha256(PDF).hexdigest()


def make_world(assessment: Assessment, places: Places, cast: Cast) -> None:
    """Make a round that is over with a submission, an open one half filled in, and case studies of both kinds."""
    _half_filled_in(assessment, cast)
    _submitted_last_year(places, cast, assessment)
    _case_study(places, cast, "joint-patrols", CaseStudy.Status.PUBLISHED)
    _case_study(places, cast, "not-ready", CaseStudy.Status.DRAFT)


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
