"""Measure the portal on the database that the settings name; `benchmarks.__main__` starts it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdrp_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import override_settings, setup_test_environment  # noqa: E402

from assessments.models import Assessment  # noqa: E402
from benchmarks.measuring import Measured, side_by_side, table  # noqa: E402
from benchmarks.requests import Send, saves, sender, updates  # noqa: E402
from hallmarks.models import Version  # noqa: E402
from partnerships.models import Partnership  # noqa: E402
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


def measure(send: Send, reviewer: Send) -> list[Measured]:
    """Time the acts that the budgets name."""
    save = saves(send, DESK + "criteria/LEAD.2/")
    return [
        side_by_side(
            "Save a rating with its indicators",
            save,
            "signed-in view, one committed UPDATE",
            updates(send, "/bare/"),
            "≤ 1.8",
        ),
    ]


def pages(send: Send, reviewer: Send) -> list[tuple[str, int, str]]:
    """Count the queries of the pages that the budgets name."""
    looked_at = [
        ("Criterion", send, DESK + "criteria/LEAD.1/", "≤ 12"),
        ("Task list", send, DESK, "≤ 10"),
        ("Check the answers", send, DESK + "check/", "≤ 10"),
        ("Your work", send, "/", "≤ 10"),
        ("Region", reviewer, "/regions/east-midlands/2027/", "≤ 10"),
        ("Compare", reviewer, "/compare/2026/", "≤ 10"),
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
    with override_settings(ROOT_URLCONF="benchmarks.bare", ALLOWED_HOSTS=["*"]):
        send, reviewer = sender(cast.officer), sender(cast.reviewer)
        print(table(measure(send, reviewer), pages(send, reviewer)))
    print(f"\n{Partnership.objects.count()} partnerships, {settings.DATABASES['default']['ENGINE'].split('.')[-1]}.")


if __name__ == "__main__":
    main()
