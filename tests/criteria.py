"""A small criteria set and an open round for tests, with one of every awkward kind in it."""

import datetime

from django.utils import timezone

from assessments.models import Assessment, Round
from hallmarks.models import Criterion, Framework, Indicator, Level, Scale, Section, Version
from partnerships.models import Nation, Partnership, Tier
from tests.people import Places

PRACTICE = ["Gap identified", "Working towards", "Some success", "Doing well"]
STATUTORY = ["Not met", "Partly met", "Met"]


def make_version(
    slug: str = "test-set",
    framework: str = "test-framework",
    *,
    is_draft: bool = False,
    named: str = "Test criteria 2026",
    **changes: object,
) -> Version:
    """Make LEAD.1 (3 indicators), LEAD.2 (none), LAW.1 (statutory), LAW.2 (statutory, English two-tier only).

    `changes` are what every criterion has otherwise: what is published cannot be changed afterwards.
    """
    owner, _made = Framework.objects.get_or_create(
        slug=framework, defaults={"title": "Test criteria", "publisher": "Test publisher"}
    )
    version = Version.objects.create(framework=owner, slug=slug, title=named, source="A test")
    practice = _scale(version, "practice", PRACTICE)
    statutory = _scale(version, "statutory", STATUTORY)
    lead = Section.objects.create(version=version, number=1, code="LEAD", title="Leadership")
    law = Section.objects.create(version=version, number=2, code="LAW", title="What the law asks")
    first = _criterion(lead, practice, 1, "Leaders give direction", **{"is_key": True, **changes})
    for number in (1, 2, 3):
        Indicator.objects.create(criterion=first, number=number, text=f"Sign {number} <partners> can be seen.")
    _criterion(lead, practice, 2, "Partners share the work", **changes)
    _criterion(law, statutory, 1, "One strategy group", **{"kind": "statutory", **changes})
    two_tier = {"kind": "statutory", "nation": Nation.ENGLAND, "tier": Tier.TWO_TIER}
    _criterion(law, statutory, 2, "District and county", **{**two_tier, **changes})
    return version if is_draft else published(version)


def dated_version(slug: str = "dated-set") -> Version:
    """Make the same where LEAD.1 is only announced, and LEAD.2 was retired; LAW.1 and LAW.2 count."""
    version = make_version(slug, is_draft=True)
    Criterion.objects.filter(version=version, code="LEAD.1").update(in_force_from=datetime.date(2099, 4, 1))
    Criterion.objects.filter(version=version, code="LEAD.2").update(in_force_to=datetime.date(2001, 3, 31))
    return published(version)


def published(version: Version) -> Version:
    """Publish a version, now that all of it is there: from then on the database takes no more."""
    version.status = Version.Status.PUBLISHED
    version.save()
    return version


def make_round(version: Version, places: Places, slug: str = "2027", days: int = 30) -> Round:
    """Make a round open today, with an assessment for each of the places."""
    today = timezone.localdate()
    round_ = Round.objects.create(
        slug=slug,
        name=f"{slug} self-assessment",
        version=version,
        opens_on=today - datetime.timedelta(days=10),
        closes_on=today + datetime.timedelta(days=days),
    )
    Assessment.objects.bulk_create(
        Assessment(round=round_, partnership=partnership)
        for partnership in Partnership.objects.filter(pk__in=[place.pk for place in vars(places).values()])
    )
    return round_


def _scale(version: Version, slug: str, names: list[str]) -> Scale:
    scale = Scale.objects.create(version=version, slug=slug)
    for position, name in enumerate(names):
        Level.objects.create(
            scale=scale,
            position=position,
            slug=name.lower().replace(" ", "_"),
            name=name,
            descriptor=f"{name}: what that looks like.",
        )
    return scale


def _criterion(section: Section, scale: Scale, number: int, title: str, /, **extra: object) -> Criterion:
    code = f"{section.code}.{number}"
    return Criterion.objects.create(
        version=section.version,
        section=section,
        scale=scale,
        number=number,
        code=code,
        lineage=f"test-{code.lower().replace('.', '-')}",
        **{"title": title, **extra},
        text=f"{title}: the statement.",
        guidance="Attach the minutes.",
        source="A test, page 1",
    )
