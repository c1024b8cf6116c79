"""Write a case study: the partnership's working text."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts.models import Membership
from casestudies.models import CaseStudy, Tag
from casestudies.services.rows import Stale, lock, record_change
from hallmarks.models import Criterion, Version
from partnerships.models import Partnership

SLUG_LENGTH = 70
# The address of the page where a case study is begun.
TAKEN = {"new"}


@dataclass(frozen=True)
class Story:
    """The words of a case study, as a form sends them."""

    title: str
    summary: str
    scanning: str = ""
    analysis: str = ""
    response: str = ""
    assessment: str = ""
    what_to_do: str = ""
    how_to_do_it: str = ""
    who_can_help: str = ""
    when_to_do_it: str = ""
    cost: str = ""
    time_taken: str = ""
    differently: str = ""
    effect: str = CaseStudy.Effect.NONE.value
    effect_words: str = ""
    from_year: int | None = None
    to_year: int | None = None
    place_type: str = ""
    contact_role: str = ""
    contact_mailbox: str = ""

    @classmethod
    def of(cls, case_study: CaseStudy) -> "Story":
        """Return the words as they stand."""
        return cls(**{field.name: getattr(case_study, field.name) for field in fields(cls)})


@transaction.atomic
def create_case_study(
    *,
    partnership: Partnership,
    story: Story,
    criteria: Sequence[Criterion] = (),
    tags: Sequence[Tag] = (),
    by: Membership,
) -> CaseStudy:
    """Begin a draft; the same words sent twice by one person (a double click, a retry) make one."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    same = CaseStudy.objects.of(partnership).filter(written_by=by.user, **asdict(story)).first()
    if same is not None:
        return same
    slug = _free_slug(partnership, story.title)
    case_study = CaseStudy.objects.create(partnership=partnership, slug=slug, written_by=by.user, **asdict(story))
    case_study.criteria.set(criteria)
    case_study.tags.set(tags)
    after = _as_recorded(story, case_study.criteria.all(), tags)
    record_change("created", case_study, by, after={name: said for name, said in after.items() if said})
    return case_study


@transaction.atomic
def save_case_study(
    *,
    case_study: CaseStudy,
    revision: int,
    story: Story,
    criteria: Sequence[Criterion],
    tags: Sequence[Tag] = (),
    by: Membership,
) -> CaseStudy:
    """Write a new text over the one that the writer read (`revision`); raises Stale if that is no longer there.

    A text that is there already (a retry after a lost answer) is no conflict and no change. Criteria of sets that are
    no longer offered, and those that are not asked of the partnership, stay, because no form can show them.
    """
    current = lock(case_study)
    before = _as_recorded(Story.of(current), current.criteria.all(), current.tags.all())
    place = current.partnership
    offered = Criterion.objects.applying_in(place.nation, place.tier).filter(version__status=Version.Status.PUBLISHED)
    kept = current.criteria.exclude(pk__in=offered)
    chosen = {criterion.pk for criterion in (*kept, *criteria)}
    after = _as_recorded(story, Criterion.objects.filter(pk__in=chosen), tags)
    if after == before:
        return current
    if current.revision != revision:
        raise Stale(current)
    _write(current, story)
    current.criteria.set(chosen)
    current.tags.set(tags)
    changed = [name for name in after if after[name] != before[name]]
    record_change("saved", current, by, {n: before[n] for n in changed}, {n: after[n] for n in changed})
    return current


def _write(case_study: CaseStudy, story: Story) -> None:
    for name, said in asdict(story).items():
        setattr(case_study, name, said)
    case_study.revision += 1
    case_study.save()


def _free_slug(partnership: Partnership, title: str) -> str:
    stem = slugify(title)[:SLUG_LENGTH].strip("-") or "case-study"
    taken = {*CaseStudy.objects.of(partnership).values_list("slug", flat=True), *TAKEN}
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def _as_recorded(story: Story, criteria: QuerySet[Criterion], tags: Iterable[Tag]) -> dict[str, Any]:
    codes = criteria.values_list("version__framework__slug", "version__slug", "code")
    return asdict(story) | {
        "criteria": sorted("/".join(code) for code in codes),
        "tags": sorted(tag.slug for tag in tags),
    }
