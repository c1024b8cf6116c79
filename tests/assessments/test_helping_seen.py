"""Only those whom docs/who_sees_what.md names read what passes between a helper and an asker: every page is opened."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Membership, Role, Standpoint, User
from casestudies.models import HelpOffer
from partnerships.models import Agency
from tests.assessments.helping import ask
from tests.people import Cast, Places
from tests.permissions import Row
from tests.test_permissions import rows
from tests.test_who_sees_what import tables

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
PLACES = ("amber-valley", "derby", "exeter")
CANARIES = {
    "role that answers, and why it is named": "Canary-role",
    "mailbox of a helper": "canary-helper@derby.example",
    "text of a question": "Canary-question",
    "mailbox for the answer": "canary-answer@amber-valley.example",
}


def table() -> dict[str, dict[str, str]]:
    """Return what the document says, by reader: for each part yes or no."""
    heading, body = next(found for found in tables() if found[0][0] == "part of an offer or a question")
    return {reader: {row[0]: row[at] for row in body} for at, reader in enumerate(heading) if at}


@pytest.fixture
def readers(places: Places, cast: Cast) -> dict[str, User | None]:
    kind = Agency.objects.get(partnership=places.derby).kind
    agency = Agency.objects.create(partnership=places.exeter, kind=kind, name="Local authority")
    elsewhere = User.objects.create_user("elsewhere@portal.test", "Pat Elsewhere")
    seat = {"code": "elsewhere", "role": Role.COORDINATOR, "standpoint": Standpoint.STRATEGIC}
    Membership.objects.create(user=elsewhere, agency=agency, **seat)
    return {
        "asking partnership": cast.coordinator,
        "helping partnership": cast.neighbour,
        "other partnerships": elsewhere,
        "Government Offices": cast.reviewer,
        "administrators": cast.administrator,
        "former members": cast.former,
        "public": None,
    }


def addresses(name: str, row: Row) -> Iterator[str]:
    """Yield an address, for each of the partnerships where it names one."""
    for place in PLACES if "partnership" in row.kwargs else [""]:
        try:
            yield reverse(name, kwargs={**row.kwargs, "partnership": place} if place else dict(row.kwargs))
        except NoReverseMatch:
            continue


def opened(client: Client) -> Iterator[str]:
    for name, row in rows().items():
        for url in addresses(name, row):
            answer = client.get(url)
            body = b"".join(answer) if answer.streaming else answer.content
            yield body.decode("utf-8", "replace")


def test_everybody_reads_what_the_table_says(
    sign_in: SignIn, world: None, readers: Mapping[str, User | None], places: Places, cast: Cast
) -> None:
    HelpOffer.objects.update(
        role=CANARIES["role that answers, and why it is named"], mailbox=CANARIES["mailbox of a helper"]
    )
    ask(cast.officer, places.derby, CANARIES["text of a question"], reply_to=CANARIES["mailbox for the answer"])
    found = {}
    for reader, user in readers.items():
        pages = list(opened(sign_in(user)))
        found[reader] = {
            part: "yes" if any(canary in page for page in pages) else "no" for part, canary in CANARIES.items()
        }
    assert found == table()


def test_administration_shows_neither_questions_nor_mails(sign_in: SignIn, world: None, cast: Cast) -> None:
    index = sign_in(cast.administrator).get("/admin/").content.decode()
    assert [model for model in ("enquiry", "helpoffer", "message") if f"/{model}/" in index] == []
