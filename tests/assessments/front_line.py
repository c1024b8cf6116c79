"""Short ways for the tests to ask the front line."""

import datetime
import secrets
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import hash_of
from assessments import services
from assessments.models import Assessment, Survey
from tests.assessments.answering import NOW, question, seat

TOKEN = "a-link-that-the-tests-know-and-nobody-else-does"
COUNCIL = "198.51.100.7"


def open_check(assessment: Assessment, by: User, *, days: int = 7, most: int = 200, token: str = TOKEN) -> Survey:
    """Open a check as a coordinator does, with a link that is known."""
    closes_on = NOW().date() + datetime.timedelta(days=days)
    survey, _given = services.open_survey(
        assessment=assessment, closes_on=closes_on, max_answers=most, by=seat(by), arrived_at=NOW()
    )
    Survey.objects.filter(pk=survey.pk).update(token_hash=hash_of(token))
    return Survey.objects.with_place().get(pk=survey.pk)


def answer(
    survey: Survey,
    *,
    address: str = COUNCIL,
    form_key: str = "",
    arrived_at: datetime.datetime | None = None,
    **levels: str,
) -> None:
    """Answer as the page does: `LEAD_1="doing_well"`."""
    asked = {question(survey.assessment, code.replace("_", ".")): slug for code, slug in levels.items()}
    services.answer_survey(
        survey=survey,
        choices={one: level for one, slug in asked.items() if (level := one.level(slug))},
        form_key=form_key or secrets.token_urlsafe(),
        address=address,
        arrived_at=arrived_at or NOW(),
    )


def close(survey: Survey, by: User) -> None:
    """Close a check as a coordinator does."""
    services.close_survey(survey=survey, by=seat(by), arrived_at=NOW())


def page(token: str = TOKEN) -> str:
    """Return the address behind a link."""
    return reverse("assessments:survey_answer", args=[token])


def send(client: Client, levels: dict[str, str], *, url: str = "", address: str = COUNCIL, key: str = "") -> Any:
    """Open the page, choose and send, as a browser does; `key` is that of a form that was opened before."""
    url = url or page()
    data = {"form_key": key or form_key(client, url), **{f"level_{code}": slug for code, slug in levels.items()}}
    return client.post(url, data, REMOTE_ADDR=address)


def form_key(client: Client, url: str = "") -> str:
    """Return the key of a form just opened."""
    found: str = client.get(url or page()).context["form"]["form_key"].value()
    return found
