"""Of a case study everybody sees what docs/who_sees_what.md says, and no more: its table is read, every page opened."""

import itertools
import operator
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Membership, Role, Standpoint, User
from casestudies import services
from casestudies.models import CaseStudy
from hallmarks.models import Version
from partnerships.models import Agency
from tests.casestudies.making import WORDS, make_attachment, make_case_study, seat_of
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
DOCUMENT = Path(__file__).resolve().parent.parent.parent / "docs" / "who_sees_what.md"
PAGES = (
    *("", "edit/", "publish/", "retire/", "show/", "attachments/"),
    *("versions/", "versions/1/", "versions/2/", "agree/", "agree/withdraw/"),
)
LISTS = ("/", "/case-studies/")
WORDS_OF = {
    "words": "Canary-words",
    "file": "Canary-file",
    "contact": "canary-contact@portal.example",
    "name of who published": "Pat Coordinator",
    "agreement as good practice": "Canary-agreed",
    "reason for withdrawing it": "Canary-withdrawn",
    "reason for retiring it": "Canary-retired",
}


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Return what the document says, by part and state: for each kind of reader one word."""
    is_row = operator.methodcaller("startswith", "|")
    found = [
        list(lines) for is_table, lines in itertools.groupby(DOCUMENT.read_text().splitlines(), is_row) if is_table
    ]
    lines = next(lines for lines in found if lines[0].startswith("| part of a case study"))
    heading, _rule, *body = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return {
        (part, state): dict(zip(heading[2:], cells, strict=True))
        for part, states, *cells in body
        for state in states.split(", ")
    }


@pytest.fixture
def readers(places: Places, cast: Cast) -> dict[str, User | None]:
    kind = Agency.objects.get(partnership=places.derby).kind
    agency = Agency.objects.create(partnership=places.exeter, kind=kind, name="Local authority")
    elsewhere = User.objects.create_user("elsewhere@portal.test", "Pat Elsewhere")
    Membership.objects.create(
        code="elsewhere", user=elsewhere, agency=agency, role=Role.COORDINATOR, standpoint=Standpoint.STRATEGIC
    )
    return {
        "own members": cast.viewer,
        "same region": cast.neighbour,
        "elsewhere": elsewhere,
        "its Government Office": cast.reviewer,
        "another Government Office": cast.reviewer_elsewhere,
        "administrators": cast.administrator,
        "public": None,
    }


def say(study: CaseStudy, by: User, **words: str) -> CaseStudy:
    return services.save_case_study(
        case_study=study,
        revision=study.revision,
        story=services.Story(**WORDS | words),
        criteria=[],
        by=seat_of(by),
    )


def publish(study: CaseStudy, cast: Cast) -> CaseStudy:
    return services.publish_case_study(
        case_study=study, revision=study.revision, by=seat_of(cast.coordinator), is_checked=True
    )


def with_part(part: str, cast: Cast, study: CaseStudy) -> CaseStudy:
    """Put a part's words into the working text."""
    if part == "file":
        make_attachment(study, cast.officer, "Canary-file.pdf")
        return study
    field = "contact_mailbox" if part == "contact" else "title"
    return say(study, cast.officer, **{field: WORDS_OF[part]})


def _draft(part: str, cast: Cast) -> CaseStudy:
    return with_part(part, cast, make_case_study(cast.officer))


def _changed_since(part: str, cast: Cast) -> CaseStudy:
    return with_part(part, cast, make_case_study(cast.coordinator, is_published=True))


def _published(part: str, cast: Cast) -> CaseStudy:
    study = make_case_study(cast.coordinator)
    if part in {"words", "file", "contact"}:
        study = with_part(part, cast, study)
    study = publish(study, cast)
    if part in {"agreement as good practice", "reason for withdrawing it"}:
        post = cast.reviewer.posts.get()
        services.agree_as_good_practice(case_study=study, number=1, reason="Canary-agreed", by=post)
    if part == "reason for withdrawing it":
        services.withdraw_agreement(case_study=study, reason="Canary-withdrawn", by=post)
    return study


def _earlier(part: str, cast: Cast) -> CaseStudy:
    study = _published(part, cast)
    return publish(say(study, cast.officer), cast)


def _retired(part: str, cast: Cast) -> CaseStudy:
    study = _published("words", cast)
    return services.retire_case_study(case_study=study, reason="Canary-retired", by=seat_of(cast.coordinator))


STATES = {
    "draft": _draft,
    "changed since": _changed_since,
    "published": _published,
    "earlier version": _earlier,
    "retired": _retired,
}


def pages(client: Client, study: CaseStudy) -> str:
    url = study.get_absolute_url()
    shown = [client.get(address) for address in (*LISTS, *(url + page for page in PAGES))]
    return "".join(response.content.decode() for response in shown if response.status_code == 200)


@pytest.mark.parametrize(("part", "state"), table())
def test_everybody_sees_what_the_table_says(
    part: str, state: str, cast: Cast, readers: dict[str, User | None], sign_in: SignIn, version: Version
) -> None:
    study = STATES[state](part, cast)
    expected = table()[part, state]
    seen = {kind: WORDS_OF[part] in pages(sign_in(person), study) for kind, person in readers.items()}
    assert seen == {kind: word == "yes" for kind, word in expected.items()}


@pytest.mark.parametrize("state", ["draft", "changed since", "published"])
def test_a_files_content_goes_with_its_name(
    state: str, cast: Cast, readers: dict[str, User | None], sign_in: SignIn, version: Version
) -> None:
    study = STATES[state]("file", cast)
    url = f"{study.get_absolute_url()}attachments/{study.attachments.get().fingerprint}/"
    got = {kind: sign_in(person).get(url).status_code == 200 for kind, person in readers.items()}
    assert got == {kind: word == "yes" for kind, word in table()["file", state].items()}


def test_the_table_speaks_of_every_part_and_state_in_words_it_explains() -> None:
    found = table()
    assert {part for part, _state in found} == set(WORDS_OF)
    assert {state for _part, state in found} == set(STATES)
    assert {word for row in found.values() for word in row.values()} == {"yes", "no", "if shown"}
