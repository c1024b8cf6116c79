"""What one assessment's files hold: for members as it stands, for all who may read a submission as it was sent."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.decided_queries import Lines, in_order
from assessments.desks import Desk
from assessments.models import Assessment, Extension, Round
from assessments.queries import asked_in, questions_for
from hallmarks.outline import Question
from partnerships.models import Agency
from reports import (
    answer_tables,
    live_rows,
    package_tables,
    place_tables,
    review_rows,
    review_tables,
    submitted_rows,
)
from reports.assessment_access import Taken
from reports.package import About, Package, Table, Terms
from reports.spooled import Spooled, apart

# What `whole` adds to a round: the names of its regions, a line each.
REGIONS = "region_names"
NO_DOCUMENT = Q(pk=None)


def as_it_stands(desk: Desk, at: datetime.datetime) -> Package:
    """Return all that a member may read of an assessment."""
    assessment = desk.assessment
    own = {"submission__assessment": assessment}
    rows = apart(
        chain(
            submitted_rows.sent(Q(assessment=assessment), NO_DOCUMENT, as_office=False),
            review_rows.said(Q(**{f"review__{name}": value for name, value in own.items()}), as_office=False),
        )
    )
    extension = Extension.objects.filter(round=assessment.round_id, partnership=assessment.partnership_id).first()
    agencies = Agency.objects.filter(partnership=assessment.partnership_id).select_related("kind", "partnership")
    tables = [
        round_table(whole(assessment.round)),
        place_tables.assessments(assessment, extension),
        place_tables.agencies(agencies.order_by("kind", "name")),
        *published(questions_for(assessment).questions),
        *live_rows.answer_tables_of(assessment),
        *live_rows.view_tables(assessment, at),
        *live_rows.check_tables(assessment, at),
        *live_rows.action_tables(assessment),
        live_rows.late_table(assessment),
        answer_tables.submissions(rows[answer_tables.SUBMISSIONS]),
        *reviewed(rows),
    ]
    holds = [
        _("The assessment as its members read it on this day. What is not submitted is a draft."),
        *_on_persons(),
    ]
    return Package(_about(assessment, holds), tables)


def as_submitted(taken: Taken) -> Package:
    """Return what a submission says, and what is said of it."""
    submission, office = taken.submission, taken.as_office
    assessment = submission.assessment
    which = {"assessment": assessment, **({"region": taken.region} if taken.region else {})}
    said_of = Q(**{f"review__submission__{name}": value for name, value in which.items()})
    rows = apart(
        chain(
            submitted_rows.sent(Q(**which), Q(pk=submission.pk), as_office=office),
            review_rows.said(said_of, as_office=office),
        )
    )
    tables = [
        round_table(whole(assessment.round)),
        *published(asked_in(assessment.round).questions),
        *submitted(rows),
        *reviewed(rows),
    ]
    holds = [
        _("What was submitted as %(reference)s, and what is said of it on this day.")
        % {"reference": submission.reference},
        *_on_persons(),
    ]
    return Package(_about(assessment, holds), tables)


def whole(round_: Round) -> Round:
    """Return a round with its criteria, the round before and the names of its regions; one query."""
    there = Round.regions.through.objects.filter(round=OuterRef("pk")).order_by().values("round")
    named: QuerySet[Any, Any] = there.annotate(names=Lines("region__name"))
    names = Subquery(named.values("names"))
    found = Round.objects.select_related("version__framework", "previous").annotate(**{REGIONS: names})
    return found.get(pk=round_.pk)


def round_table(round_: Round) -> Table:
    """Return the table of a round that `whole` read."""
    return place_tables.rounds(round_, in_order(getattr(round_, REGIONS)))


def published(questions: Sequence[Question]) -> list[Table]:
    """Return the criteria with their levels and signs."""
    return [package_tables.criteria(questions), package_tables.levels(questions), package_tables.signs(questions)]


def submitted(rows: dict[str, Spooled]) -> list[Table]:
    """Return the tables of what was sent."""
    return [
        answer_tables.submissions(rows[answer_tables.SUBMISSIONS]),
        answer_tables.answers(rows[answer_tables.ANSWERS]),
        answer_tables.sign_answers(rows[answer_tables.SIGNS]),
        answer_tables.evidence(rows[answer_tables.EVIDENCE]),
        answer_tables.movement(rows[answer_tables.MOVEMENT]),
        answer_tables.spread(rows[answer_tables.SPREAD]),
        answer_tables.planned_actions(rows[answer_tables.PLANNED]),
    ]


def reviewed(rows: dict[str, Spooled]) -> list[Table]:
    """Return the tables of what Government Offices say."""
    return [
        review_tables.reviews(rows[review_tables.REVIEWS]),
        review_tables.levels(rows[review_tables.LEVELS]),
        review_tables.questions(rows[review_tables.QUESTIONS]),
        review_tables.recommendations(rows[review_tables.RECOMMENDATIONS]),
        review_tables.sample(rows[review_tables.SAMPLE]),
    ]


def terms() -> Terms:
    """Return the terms that the operator set, or the usual ones."""
    return Terms(settings.DATA_TERMS or str(package_tables.USUAL_TERMS), settings.DATA_TERMS_URL)


def _on_persons() -> list[str]:
    return [_("It names roles and agencies, and no people. Files given as evidence stay in the portal.")]


def _about(assessment: Assessment, holds: Iterable[str]) -> About:
    round_, place = assessment.round, assessment.partnership
    return About(
        slug=round_.slug,
        title=f"{place.name}: {round_.name}",
        opens_on=round_.opens_on,
        closes_on=round_.closes_on,
        taken_on=timezone.localdate(),
        criteria_title=round_.version.title,
        criteria_publisher=round_.version.framework.publisher,
        criteria_source=round_.version.source,
        is_demonstration=round_.is_demonstration,
        holds=list(holds),
        terms=terms(),
        partnership=place.slug,
    )
