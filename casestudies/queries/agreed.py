"""What a Government Office agreed is good practice, with the words that everybody reads."""

from django.db.models import Exists, F, OuterRef, Subquery

from casestudies.models import CaseStudy, CaseStudyQuerySet, CaseStudyVersion, Endorsement
from partnerships.models import Region


def agreed_in(region: Region) -> CaseStudyQuerySet:
    """Return the published case studies that a region's office agreed to, what it agreed to last first; one query.

    Each comes with when it was (`agreed_at`), to which version (`agreed_number`), and the newest version's number.
    """
    standing = Endorsement.objects.standing().filter(region=region, version__case_study=OuterRef("pk"))
    last = standing.order_by("-version__number", "-pk")
    newest = CaseStudyVersion.objects.filter(case_study=OuterRef("pk")).order_by("-number")
    return (
        CaseStudy.objects.published()
        .filter(Exists(standing))
        .with_place()
        .with_words_for()
        .annotate(
            agreed_at=Subquery(last.values("agreed_at")[:1]),
            agreed_number=Subquery(last.values("version__number")[:1]),
            newest_number=Subquery(newest.values("number")[:1]),
        )
        .order_by(F("agreed_at").desc(), "pk")
    )
