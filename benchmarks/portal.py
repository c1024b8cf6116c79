"""Measure the portal on the database that the settings name; `benchmarks.__main__` starts it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdrp_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import override_settings, setup_test_environment  # noqa: E402

from assessments.models import Assessment  # noqa: E402
from benchmarks import comparing, meeting, searching  # noqa: E402
from benchmarks import criteria as large  # noqa: E402
from benchmarks import reports as pdfs  # noqa: E402
from benchmarks.measuring import Measured, side_by_side, table  # noqa: E402
from benchmarks.requests import Send, gives, in_process, saves, updates, visitor  # noqa: E402
from benchmarks.server import sender, serving  # noqa: E402
from hallmarks.models import Version  # noqa: E402
from tests import criteria, people, world  # noqa: E402
from tests.counting import counted  # noqa: E402

DESK = "/assessments/2027/amber-valley/"


def prepare() -> people.Cast:
    """Make the tests' small world on the real Beacon criteria."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    places = people.make_places()
    cast = people.make_cast(places)
    call_command("loaddata", "beacon_r5", verbosity=0)
    Version.objects.update(status=Version.Status.PUBLISHED)
    round_ = criteria.make_round(Version.objects.get(), places)
    assessment = Assessment.objects.with_round().get(round=round_, partnership=places.amber_valley)
    world.make_world(assessment, places, cast)
    return cast


def measure(send: Send) -> list[Measured]:
    """Time the acts that the budgets name."""
    return [
        side_by_side(
            "Save a rating with five indicators",
            saves(send, DESK + "criteria/LEAD.2/"),
            "signed-in view, one committed UPDATE",
            updates(send, "/bare/"),
            "≤ 1.8",
        ),
        side_by_side(
            "Save a view",
            gives(send, DESK + "views/LEAD.2/"),
            "signed-in view, one committed UPDATE",
            updates(send, "/bare/"),
            "≤ 1.5",
        ),
    ]


def measure_meeting(send: Send) -> Measured:
    """Time the meeting page with 49 criteria, 12 agencies and 5 members of each."""
    path = DESK + "meeting/"
    number = meeting.fill(Assessment.objects.with_round().get(round__slug="2027", partnership__slug="amber-valley"))
    alone = meeting.sql_alone(send, path)
    return side_by_side(f"Meeting page, {number:,} views", lambda: send(path), "its SQL alone", alone, "≤ 3", times=100)


def pages(officer: Send, reviewer: Send) -> list[tuple[str, int, str]]:
    """Count the queries of the pages that the budgets name."""
    looked_at = [
        ("Criterion", officer, DESK + "criteria/LEAD.1/", "≤ 12"),
        ("Task list", officer, DESK, "≤ 10"),
        ("Check the answers", officer, DESK + "check/", "≤ 10"),
        ("Your work", officer, "/", "≤ 10"),
        ("Region", reviewer, "/regions/east-midlands/2027/", "≤ 10"),
        ("Compare", reviewer, "/compare/2026/", "≤ 10"),
        ("Meeting", officer, DESK + "meeting/", "≤ 12"),
        ("Review of a criterion", reviewer, "/regions/east-midlands/2026/amber-valley/criteria/LEAD.1/", "≤ 10"),
        ("Criterion compared", reviewer, f"/compare/{comparing.NEWEST}/LEAD.1/", "≤ 10"),
        ("Region's heat map", reviewer, comparing.REGION_HEAT, "≤ 10"),
        ("Find case studies", officer, searching.TYPICAL, "≤ 8"),
        ("Strengths and weaknesses", reviewer, f"/compare/{comparing.NEWEST}/strengths/", "≤ 10"),
    ]
    return [_count(*page) for page in looked_at]


def _count(name: str, send: Send, path: str, goal: str) -> tuple[str, int, str]:
    send(path)
    with counted() as queries:
        if send(path) != 200:
            raise RuntimeError(f"{path} did not answer 200.")
    return name, queries.number, goal


def main() -> None:
    """Prepare, measure and print."""
    setup_test_environment()
    cast = prepare()
    officer, reviewer = visitor(cast.officer), visitor(cast.reviewer)
    with serving() as port:
        timed = measure(sender(port, officer))
    with override_settings(ALLOWED_HOSTS=["*"]):
        timed.append(measure_meeting(in_process(officer)))
        timed.extend(comparing.compare(cast))
        timed.extend(searching.compare(cast))
        counts = [*pages(in_process(officer), in_process(reviewer)), large.loading()]
        timed.extend(large.measure())
        timed.extend(pdfs.measure(in_process(officer)))
        print(table(timed, counts))


if __name__ == "__main__":
    main()
