"""Whatever happens to criteria later, what was said in earlier rounds stays as it is, to the byte."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments import documents, services
from assessments.models import Assessment, Round, Submission
from assessments.queries import questions_for
from assessments.services.carrying import carry_forward
from hallmarks import outline
from hallmarks.models import Version
from reports import contexts, releasing
from tests import criteria
from tests.assessments.answering import rate, rate_everything, submit
from tests.assessments.carrying import changed_version
from tests.assessments.moving import answer_all, fresh
from tests.people import Cast, Places
from tests.reviews import reviewing

SignIn = Callable[[User | None], Client]
# What differs at every look: the form's token, a stamp, who is signed in since when.
VOLATILE = re.compile(rb'(name="csrfmiddlewaretoken" value="|name="save_id" value=")[^"]*"')


@pytest.fixture
def closed(version: Version, places: Places, cast: Cast) -> list[Round]:
    """Two rounds that are over: both submitted by two partnerships, the first one reviewed and closed."""
    found: list[Round] = []
    for number, slug in enumerate(("2025", "2026")):
        round_ = criteria.make_round(version, places, slug=slug)
        for place, officer, coordinator in (
            (places.amber_valley, cast.officer, cast.coordinator),
            (places.derby, cast.neighbour, cast.neighbour),
        ):
            mine = Assessment.objects.with_criteria().get(round=round_, partnership=place)
            rate_everything(mine, officer)
            sent = submit(mine, coordinator)
            if number == 0:
                reviewing.give(sent, "LEAD.1", cast.reviewer, "some_success", "We saw more.")
                reviewing.ask(sent, cast.reviewer, code="LEAD.2")
        days = 400 * (2 - number)
        Round.objects.filter(pk=round_.pk).update(
            opens_on=timezone.localdate() - datetime.timedelta(days=days),
            closes_on=timezone.localdate() - datetime.timedelta(days=days - 60),
            previous=found[-1] if found else None,
        )
        found.append(Round.objects.get(pk=round_.pk))
    return found


@pytest.fixture
def under_way(closed: list[Round], version: Version, places: Places, cast: Cast) -> Round:
    """This year's round, begun from the answers of the last one, with answers of its own."""
    round_ = criteria.make_round(version, places)
    Round.objects.filter(pk=round_.pk).update(previous=closed[-1], opens_on=timezone.localdate())
    round_.refresh_from_db()
    answer_all(Assessment.objects.with_criteria().get(round=round_, partnership=places.amber_valley), cast.officer)
    carry_forward(round_=round_, by=None)
    return round_


def everything_said(sign_in: SignIn, cast: Cast) -> dict[str, bytes]:
    """Return all that earlier rounds show to anybody, by its address and who looks."""
    outline.forget()
    releasing.forget()
    found: dict[str, bytes] = {}
    for submission in Submission.objects.order_by("pk"):
        document = documents.read(submission.document)
        found[f"document {submission.reference}"] = submission.document.encode()
        found[f"lines {submission.reference}"] = repr(list(submission.ratings.order_by("pk").values_list())).encode()
        report = {"report": contexts.of_submission(document, submission.sha256), "stylesheet": "own:report.css"}
        found[f"report {submission.reference}"] = render_to_string("reports/report.html", report).encode()
    for who, addresses in looked_at().items():
        client = sign_in(getattr(cast, who))
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, (who, address)
            found[f"{who} {address}"] = VOLATILE.sub(b"", page.getvalue())
    return found


def looked_at() -> dict[str, list[str]]:
    """Return what each of three people opens of the two rounds that are over."""
    both = ("2025", "2026")
    members: list[tuple[Any, ...]] = [
        *(("assessments:tasks", slug, "amber-valley") for slug in both),
        *(("assessments:check", slug, "amber-valley") for slug in both),
        *(("assessments:history", slug, "amber-valley") for slug in both),
        *(("assessments:criterion", slug, "amber-valley", "LEAD.1") for slug in both),
        *(("assessments:confirmation", slug, "amber-valley", 1) for slug in both),
        *(("reviews:questions", slug, "amber-valley") for slug in both),
        *(("reports:compare", slug) for slug in both),
        *(("reports:compare_csv", slug) for slug in both),
        *(("reports:criterion", slug, "LEAD.2") for slug in both),
        ("assessments:actions", "amber-valley"),
    ]
    office: list[tuple[Any, ...]] = [
        *(("reviews:region", "east-midlands", slug) for slug in both),
        *(("reviews:submission", "east-midlands", slug, "amber-valley") for slug in both),
        *(("reports:compare", slug) for slug in both),
        *(("reports:compare_csv", slug) for slug in both),
        *(("reports:criterion", slug, "LEAD.1") for slug in both),
        *(("reports:region_heat", slug, "east-midlands") for slug in both),
        *(("reports:region_heat_csv", slug, "east-midlands") for slug in both),
        *(("reports:nation_heat", slug) for slug in both),
        *(("reports:strengths", slug) for slug in both),
    ]
    people = {"viewer": members, "reviewer": office, "administrator": office}
    return {who: [reverse(name, args=args) for name, *args in pages] for who, pages in people.items()}


def unlike(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    assert before.keys() == after.keys()
    return [what for what in before if before[what] != after[what]]


def test_a_new_version_and_a_move_leave_earlier_rounds_as_they_are(
    under_way: Round, version: Version, places: Places, cast: Cast, sign_in: SignIn
) -> None:
    before = everything_said(sign_in, cast)
    after = changed_version(version)
    assert unlike(before, everything_said(sign_in, cast)) == []
    services.move_assessments(round_=under_way, version=after, by=cast.administrator)
    assert unlike(before, everything_said(sign_in, cast)) == []
    mine = fresh(Assessment.objects.get(round=under_way, partnership=places.amber_valley))
    answer_the_rest(mine, cast)
    submit(mine, cast.coordinator)
    # The page that follows one criterion over the rounds tells of the newest one, too, once there is something to tell.
    newer = {what for what in before if what.endswith("/LEAD.1/") and "/compare/" in what}
    told = everything_said(sign_in, cast)
    assert set(unlike(before, {what: told[what] for what in before})) <= newer


def test_moving_and_undoing_leaves_them_as_they_are_too(
    under_way: Round, version: Version, cast: Cast, sign_in: SignIn
) -> None:
    before = everything_said(sign_in, cast)
    services.move_assessments(round_=under_way, version=changed_version(version), by=cast.administrator)
    services.undo_move(round_=under_way, by=cast.administrator)
    assert unlike(before, everything_said(sign_in, cast)) == []


def answer_the_rest(assessment: Assessment, cast: Cast) -> None:
    """Answer under the new criteria what the move left to confirm, and what is new."""
    for asked in questions_for(assessment).questions:
        found = assessment.ratings.filter(criterion=asked.criterion).first()
        if found is None or not found.is_answered:
            revision = found.revision if found else 0
            code = asked.criterion.code
            rate(assessment, code, cast.officer, level=asked.levels[-1].slug, reason="Now.", revision=revision)
