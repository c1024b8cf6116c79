"""Sets, steps and lines for tests, made the way people make them."""

import datetime
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from sharing import services
from sharing.models import CycleStep, InformationSet, PlanLine, SheetLine
from sharing.periods import Quarter, quarter_of
from sharing.services import Planned, Receipt
from tests.casestudies.making import seat_of
from tests.people import Places

SETS = [
    (1, "Police force", "Incidents", "H3.S3a"),
    (2, "Police force", "Crimes", "H3.S3a"),
    (3, "Fire and rescue authority", "Deliberate fires", "H3.S3b"),
]


def make_reference() -> None:
    """Make three sets of two bodies, and two steps; the real ones are fixtures."""
    InformationSet.objects.bulk_create(
        InformationSet(number=number, organisation=body, dataset=text, detail="Time and place", hallmark_code=code)
        for number, body, text, code in SETS
    )
    CycleStep.objects.bulk_create(
        CycleStep(
            number=number,
            title=title,
            what_happens="It is done.",
            who="Strategy group",
            product="A paper",
            hallmark_codes=["H3.S1"],
        )
        for number, title in enumerate(["Put leaders in place", "Sign the protocol"], start=1)
    )


def this_quarter() -> Quarter:
    return quarter_of(timezone.localdate())


def receipt(places: Places, **changes: Any) -> Receipt:
    """Return what is said of a set that the police sent today."""
    police = places.amber_valley.agencies.get(name="Police force")
    said: dict[str, Any] = {"state": "received", "received_from": police, "received_on": timezone.localdate()}
    return Receipt(**{**said, **changes})


def save_line(
    places: Places,
    by: User,
    number: int = 1,
    *,
    quarter: Quarter | None = None,
    revision: int = 0,
    save_id: uuid.UUID | None = None,
    **changes: Any,
) -> SheetLine:
    """Save one line of Amber Valley's sheet."""
    return services.save_sheet_line(
        partnership=places.amber_valley,
        quarter=quarter or this_quarter(),
        information_set=InformationSet.objects.get(number=number),
        receipt=receipt(places, **changes),
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        by=seat_of(by),
    )


def plan_step(
    places: Places,
    by: User,
    number: int = 1,
    *,
    due_in: int = 10,
    revision: int = 0,
    save_id: uuid.UUID | None = None,
    **changes: Any,
) -> PlanLine:
    """Plan one step of Amber Valley's year."""
    today = timezone.localdate()
    due_on = today + datetime.timedelta(days=due_in)
    return services.save_plan_line(
        partnership=places.amber_valley,
        year=today.year,
        step=CycleStep.objects.get(number=number),
        planned=Planned(**{"due_on": due_on, **changes}),
        revision=revision,
        save_id=save_id or uuid.uuid4(),
        by=seat_of(by),
    )


def stamp_on(client: Client, url: str) -> dict[str, str]:
    """Return the hidden fields of a page as it is now, as a browser would read them."""
    form = client.get(url).context["form"]
    return {name: str(form[name].value()) for name in ("revision", "save_id")}
