"""A whole new set against every open assessment: the dry run of a move beside its own SQL, and loading, counted."""

import datetime
import uuid
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from assessments.models import Assessment, IndicatorAnswer, Rating, Round
from assessments.move_queries import rehearse
from benchmarks.measuring import Measured, side_by_side
from benchmarks.meeting import only_asked
from hallmarks import services
from hallmarks.document import (
    CriterionEntry,
    Document,
    FrameworkEntry,
    IndicatorEntry,
    LevelEntry,
    ScaleEntry,
    SectionEntry,
)
from hallmarks.imagined import outline_of_document
from hallmarks.models import Version
from partnerships.models import Partnership
from tests.counting import counted

SECTIONS, IN_A_SECTION, SIGNS = 10, 50, 10
CRITERIA = SECTIONS * IN_A_SECTION
# Of the new set every seventh criterion is reworded and every eleventh is another; every third sign is answered.
REWORDED, OTHER, ANSWERED = 7, 11, 3
LEVELS = ("Gap identified", "Working towards", "Some success", "Doing well")
LINE = FrameworkEntry("large", "Large criteria", "A benchmark")


def measure() -> Iterator[Measured]:
    """Fill a round of 376 partnerships with answers to one large set, and rehearse its move to another."""
    round_ = fill()
    document = large("new")

    def dry_run() -> None:
        rehearse([round_], outline_of_document(document))

    answers = Rating.objects.filter(assessment__round=round_).count()
    what = f"Dry run of {CRITERIA} criteria, {CRITERIA * SIGNS:,} signs over {answers:,} answers, 376 assessments"
    yield side_by_side(what, dry_run, "its SQL alone", only_asked(dry_run), "≤ 5", times=10, warm_up=2)


def loading() -> tuple[str, int, str]:
    """Count the queries of loading a set of 500 criteria and 5,000 signs."""
    with counted() as queries:
        services.import_version(document=large("loaded"), by=None)
    return f"Load {CRITERIA} criteria and {CRITERIA * SIGNS:,} signs", queries.number, "≤ 40"


def fill() -> Round:
    """Load and publish the set that is asked, and answer it for everybody on the map."""
    version = services.import_version(document=large("old"), by=None).version
    Version.objects.filter(pk=version.pk).update(status=Version.Status.PUBLISHED)
    today = timezone.localdate()
    round_ = Round.objects.create(
        slug="large",
        name="Large",
        version_id=version.pk,
        opens_on=today,
        closes_on=today + datetime.timedelta(days=30),
    )
    forces = Partnership.objects.filter(assessments__round__slug__startswith="nation-").distinct()
    Assessment.objects.bulk_create(Assessment(round=round_, partnership=place) for place in forces)
    with connection.cursor() as cursor:
        cursor.execute(_RATINGS, [uuid.uuid4().hex, timezone.now(), round_.pk, version.pk])
        cursor.execute(_SIGNS, [round_.pk])
        # A database that has just taken a million rows knows nothing of them yet.
        cursor.execute("ANALYZE")
    return round_


_RATINGS = f"""
INSERT INTO {Rating._meta.db_table} (assessment_id, criterion_id, level_id, does_not_apply, reason, is_confirmed,
                                     revision, save_id, updated_by_agency, updated_at)
SELECT a.id, c.id, l.id, FALSE, 'Because', TRUE, 1, %s, '', %s
FROM assessments_assessment AS a CROSS JOIN hallmarks_criterion AS c
JOIN hallmarks_level AS l ON l.scale_id = c.scale_id AND l.position = (a.id + c.id) %% 4
WHERE a.round_id = %s AND c.version_id = %s
"""  # noqa: S608
_SIGNS = f"""
INSERT INTO {IndicatorAnswer._meta.db_table} (rating_id, indicator_id, answer)
SELECT r.id, i.id, 'yes' FROM {Rating._meta.db_table} AS r
JOIN assessments_assessment AS a ON a.id = r.assessment_id
JOIN hallmarks_indicator AS i ON i.criterion_id = r.criterion_id AND i.number %% {ANSWERED} = 0
WHERE a.round_id = %s
"""  # noqa: S608


def large(slug: str) -> Document:
    """Return a set as large as they may be; one that is not the "old" one has other words here and there."""
    levels = tuple(
        LevelEntry(at, name.lower().replace(" ", "_"), name, f"{name}, in full") for at, name in enumerate(LEVELS)
    )
    return Document(
        framework=LINE,
        slug=slug,
        title=f"Large criteria, {slug}",
        source="A benchmark",
        in_force_from=None,
        in_force_to=None,
        scales=(ScaleEntry("practice", is_ordered=True, levels=levels),),
        sections=tuple(_section(slug, number) for number in range(1, SECTIONS + 1)),
    )


def _section(slug: str, number: int) -> SectionEntry:
    criteria = (_criterion(slug, number, at) for at in range(1, IN_A_SECTION + 1))
    return SectionEntry(number, f"S{number}", f"Section {number}", tuple(criteria))


def _criterion(slug: str, section: int, at: int) -> CriterionEntry:
    number, is_new = section * IN_A_SECTION + at, slug != "old"
    word = "Reworded" if is_new and number % REWORDED == 0 else "Plain"
    lineage = f"large-{'other-' if is_new and number % OTHER == 0 else ''}{number}"
    return CriterionEntry(
        number=at,
        code=f"S{section}.{at}",
        lineage=lineage,
        title=f"{word} criterion {number}",
        text=f"{word}: the partnership does thing {number} well, and knows it.",
        scale="practice",
        official_text="",
        guidance="",
        kind="practice",
        nation="",
        tier="",
        in_force_from=None,
        in_force_to=None,
        is_key=False,
        source="A benchmark",
        confidence="",
        note="",
        indicators=tuple(
            IndicatorEntry(sign, f"{word} sign {sign} of thing {number} can be seen.") for sign in range(1, SIGNS + 1)
        ),
    )
