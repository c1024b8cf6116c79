"""Which partnerships cite a case study in what they submitted; what is not submitted tells of nothing."""

from dataclasses import dataclass

from assessments.models import Assessment
from casestudies.models import CaseStudy


@dataclass(frozen=True)
class Citing:
    """A partnership, and the rounds in which it cites the case study, the newest first."""

    slug: str
    name: str
    rounds: str


def partnerships_citing(case_study: CaseStudy) -> list[Citing]:
    """Return them by name. While an answer sheet is open again its evidence may change, so it does not count."""
    sheets = Assessment.objects.filter(
        status=Assessment.Status.SUBMITTED, submissions__is_current=True, ratings__evidence__case_study=case_study
    )
    columns = ("partnership__slug", "partnership__name", "round__name")
    rounds: dict[tuple[str, str], list[str]] = {}
    for slug, name, round_ in sheets.order_by("-round__opens_on", "partnership__name").values_list(*columns).distinct():
        rounds.setdefault((slug, name), []).append(round_)
    return [Citing(slug, name, ", ".join(names)) for (slug, name), names in sorted(rounds.items(), key=_by_name)]


def _by_name(entry: tuple[tuple[str, str], list[str]]) -> str:
    return entry[0][1].casefold()
