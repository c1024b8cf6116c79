"""Case studies and files for tests, made the way people make them."""

from typing import Any

from django.utils import timezone

from accounts.models import Membership, User
from casestudies import services, uploads
from casestudies.article import Article, document_of, working_article
from casestudies.models import Attachment, CaseStudy, CaseStudyVersion
from hallmarks.models import Criterion
from partnerships.models import Partnership
from tests.casestudies import files

WORDS: dict[str, Any] = {
    "title": "Fewer burglaries in shared houses",
    "summary": "Burglary fell by a third in a year.",
    "scanning": "Students were burgled in the first weeks of term.",
    "analysis": "Nine in ten doors had no lock.",
    "response": "Landlords fitted locks; the police advised.",
    "assessment": "Burglary fell by a third. We would start in June.",
}


def seat_of(user: User) -> Membership:
    """Return the one seat of a person of the cast."""
    return Membership.objects.select_related("user", "agency__partnership").get(user=user, ended_at=None)


def make_case_study(
    by: User, *criteria: Criterion, is_published: bool = False, words: dict[str, str] | None = None, **some: Any
) -> CaseStudy:
    """Write one for the partnership of a person of the cast."""
    seat = seat_of(by)
    story = services.Story(**WORDS | (words or {}) | some)
    case_study = services.create_case_study(
        partnership=seat.agency.partnership, story=story, criteria=criteria, by=seat
    )
    if is_published:
        case_study = services.publish_case_study(case_study=case_study, revision=case_study.revision, by=seat)
    return case_study


def freeze(case_study: CaseStudy) -> CaseStudyVersion:
    """Make version 1 of a row that a test wrote as published."""
    working = working_article(CaseStudy.objects.with_article().get(pk=case_study.pk))
    version = CaseStudyVersion.objects.create(
        case_study=case_study,
        number=1,
        document=document_of(working),
        published_by=case_study.written_by,
        published_at=timezone.now(),
    )
    services.index(case_study)
    return version


def make_attachment(case_study: CaseStudy, by: User, name: str = "plan.pdf", data: bytes = b"") -> Attachment:
    """Attach a file."""
    checked = uploads.check(files.upload(name, data or files.pdf(text=name)), used_bytes=0)
    return services.add_attachment(case_study=case_study, checked=checked, by=seat_of(by))


def make_many(partnership: Partnership, by: User, number: int) -> None:
    """Write many published ones at once."""
    made = CaseStudy.objects.bulk_create(
        CaseStudy(
            partnership=partnership, slug=f"many-{n}", title=f"Many {n}", summary="-", status="published", written_by=by
        )
        for n in range(number)
    )
    document = document_of(Article(partnership.slug, partnership.name, partnership.region.name, "", "", "-"))
    CaseStudyVersion.objects.bulk_create(
        CaseStudyVersion(
            case_study=one,
            number=1,
            document=document | {"slug": one.slug, "title": one.title},
            published_by=by,
            published_at=timezone.now(),
        )
        for one in made
    )
    services.reindex()
