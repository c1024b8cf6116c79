"""The demonstration, step by step; every step looks first and does only what an earlier run left undone."""

import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.models import Round, Submission
from cdrp_portal.demonstration import (
    case_studies,
    crime,
    crosswalk,
    filling,
    helping,
    learning,
    meeting,
    notebook,
    people,
    pilot_sent,
    regional,
    review_now,
    reviews,
    rounds,
    sharing,
    surveys,
    trail,
    viewing,
)
from cdrp_portal.demonstration.map import load_map, make_agencies_and_groups
from cdrp_portal.demonstration.say import Teller
from hallmarks.models import Version
from reports import pdf, stored
from reports.kinds import FULL
from reports.stored import Report

RATED_AGAINST = ("beacon", "round-5")
PILOTED = ("hallmarks", "2007")
CRITERIA_FILES = {RATED_AGAINST: "beacon_r5.json", PILOTED: "hallmarks_2007.json"}
REPORT_OF = "amber-valley"

Step = Callable[[Teller], None]


class NotForDemonstration(Exception):
    """Raised when made-up data would land where it must not, since a submission can never be taken out again."""


@dataclass(frozen=True)
class Plan:
    """Where files go, which password is everybody's, and how many partnerships to fill (None: all)."""

    folder: Path
    password: str
    limit: int | None = None


def every_step(plan: Plan) -> Sequence[Step]:
    """Return the steps in their order, the database's tables first."""
    return (check_settings, prepare_database, *content_steps(plan), partial(write_report, folder=plan.folder))


def content_steps(plan: Plan) -> Sequence[Step]:
    """Return the steps that put content into tables that are there."""
    steps: Sequence[Step] = (
        load_map,
        load_criteria,
        crosswalk.load_crosswalk,
        notebook.load_library,
        make_agencies_and_groups,
        crime.load_crime_figures,
        partial(people.make_people, password_=plan.password),
        lambda tell: case_studies.make_case_studies(tell, _rated_against()),
        notebook.keep_notes,
        sharing.make_sharing,
        lambda tell: rounds.make_rounds(tell, _rated_against()),
        # What a review recommends is done before the next round is filled.
        *(step for number in range(rounds.HOW_MANY) for step in _round_steps(plan, number)),
        # Before the reviews: the history of an assessment is told in the order in which it was written.
        trail.tell_how,
        review_now.review_two,
        lambda tell: learning.make_practices(tell, _rated_against()),
        regional.work_in_a_region,
        helping.make_helping,
        partial(viewing.make_views, limit=plan.limit),
        meeting.hold_meeting,
        surveys.make_surveys,
        lambda tell: crosswalk.make_pilot(tell, Version.objects.get_by_natural_key(*PILOTED)),
        pilot_sent.send_pilot,
    )
    return tuple(_then_count(step) for step in steps)


def _then_count(step: Step) -> Step:
    """Let PostgreSQL count its rows after a step: by itself it does so too late, and joins full tables as if empty."""

    def run(tell: Teller) -> None:
        step(tell)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    return run


def _round_steps(plan: Plan, number: int) -> Sequence[Step]:
    return (
        partial(filling.fill_round, number=number, limit=plan.limit),
        partial(reviews.review_round, number=number),
    )


def check_settings(tell: Teller) -> None:
    """Run the portal's own checks."""
    tell.step(_("Checking the settings"))
    call_command("check", verbosity=0, stdout=io.StringIO())


def prepare_database(tell: Teller) -> None:
    """Make or upgrade the tables, and refuse a database that is in real use."""
    tell.step(_("Preparing the database (%(kind)s)") % {"kind": connection.display_name})
    if Round._meta.db_table in connection.introspection.table_names():
        refuse_real_data()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def refuse_real_data() -> None:
    """Raise NotForDemonstration where people or rounds are real and none is made up."""
    if any(model.objects.filter(is_demonstration=True).exists() for model in (User, Round)):
        return
    if User.objects.exists() or Round.objects.exists():
        raise NotForDemonstration(
            _(
                "This database holds people or rounds that are not made up, and submissions can never be taken "
                "out again. Set DATABASE_URL or PORTAL_VAR_DIR to an empty place for the demonstration."
            )
        )


def load_criteria(tell: Teller) -> None:
    """Load and publish each criteria set through the importer that checks it, unless it is there."""
    tell.step(_("Loading and publishing the criteria"))
    for (framework, slug), name in CRITERIA_FILES.items():
        if not Version.objects.published().filter(framework__slug=framework, slug=slug).exists():
            file = settings.BASE_DIR / "fixtures" / name
            call_command("load_criteria", str(file), publish=True, stdout=io.StringIO())
    for version in Version.objects.published():
        tell.note(_("%(title)s: %(count)s criteria") % {"title": version, "count": version.criteria.count()})


def write_report(tell: Teller, folder: Path) -> None:
    """Write the PDF of one submitted assessment, or say why it cannot be made here."""
    tell.step(_("Writing the report of one submitted assessment"))
    submission = Submission.objects.filter(
        assessment__partnership__slug=REPORT_OF, assessment__round__is_demonstration=True
    ).first()
    if submission is None:
        tell.note(_("There is no submission to report on"))
        return
    try:
        made = stored.stored(Report(submission, None, FULL.form))
    except (pdf.PdfUnavailable, pdf.PdfTooHeavy) as why:
        tell.note(_("There is no PDF: %(why)s") % {"why": why})
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, folder / "report.pdf")
    tell.note(str(folder / "report.pdf"))


def _rated_against() -> Version:
    return Version.objects.get_by_natural_key(*RATED_AGAINST)
