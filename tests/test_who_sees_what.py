"""Everybody sees what docs/who_sees_what.md says, and no more: its table is read, and every page is opened.

Texts are looked for as they stand. Of levels, that says little, because every page knows their names; so the same world
is made twice with another level, and whoever may not see it must get the very same pages.
"""

import contextlib
import datetime
import io
import itertools
import operator
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Membership, Role, Standpoint, User
from assessments import services
from assessments.models import Assessment, ImprovementAction, Round, Submission, SubmittedRating
from hallmarks import outline
from partnerships.models import Agency, CrimeFigure, Partnership
from reports import pdf, releasing
from reviews.models import Query, Recommendation
from reviews.services.answering import reply_to_query, take_up
from tests.assessments import acting, answering, giving
from tests.people import Cast, Places
from tests.reports.releases import MIXED, neighbours, send
from tests.reviews import reviewing
from tests.test_permissions import rows

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "who_sees_what.md"
STATES = ("draft", "submitted", "review open", "returned", "review closed", "round closed")
REVIEWED = STATES[2:]
LEVEL, REVIEWERS_LEVEL = "level", "reviewer's level"
TEXTS = {
    "reason": "Canary-reason",
    "evidence title": "Canary-evidence",
    "view": "Canary-view",
    "improvement action": "Canary-action",
    "action begun after submitting": "Canary-later",
    "action made of a recommendation": "Canary-taken-up",
    "how that action ended": "Canary-outcome",
    "progress note on an action": "Canary-progress",
    "reviewer's reason": "Canary-verdict",
    "question": "Canary-question",
    "reply": "Canary-reply",
    "recommendation": "Canary-recommendation",
    "summary": "Canary-summary",
    "reason for returning": "Canary-return",
}
# What the comparison can be asked for: a partnership's groups, and a Government Office's.
GROUPS = [{}, *({"with": kind} for kind in ("force", "family", "area", "nation"))]
AREAS = [
    {},
    *({"region": area} for area in ("nation-england", "both-nations", "south-west")),
    {"region": "both-nations", "kind": "shire-district"},
    {"partnership": "amber-valley"},
]
CHOICES: Mapping[str, Sequence[Mapping[str, str]]] = {
    **dict.fromkeys(("own members", "same region", "elsewhere"), GROUPS),
    **dict.fromkeys(("its Government Office", "another Government Office", "administrators"), AREAS),
    "public": [{}],
}
# Made by the process and the moment, not by what is shown.
VOLATILE = re.compile(r'value="[A-Za-z0-9]{64}"|[0-9a-f]{8}-[0-9a-f-]{27}')


@dataclass(frozen=True)
class World:
    """What differs from one world to the next."""

    level: str = "working_towards"
    reviewers_level: str = "some_success"


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Return what the document says, by field and state: for each kind of reader yes, counted or no."""
    heading, body = tables()[0]
    return {
        (field, state): dict(zip(heading[2:], cells, strict=True))
        for field, states, *cells in body
        for state in states.split(", ")
    }


def tables() -> list[tuple[list[str], list[list[str]]]]:
    """Return the heading and the rows of each table of the document."""
    is_row = operator.methodcaller("startswith", "|")
    found = [
        list(lines) for is_table, lines in itertools.groupby(DOCUMENT.read_text().splitlines(), is_row) if is_table
    ]
    cells = [[[cell.strip() for cell in line.strip("|").split("|")] for line in lines] for lines in found]
    return [(heading, body) for heading, _rule, *body in cells]


def page_table() -> dict[str, dict[str, str]]:
    """Return what the document says of pages that compare, by address: for each kind of reader one word."""
    heading, body = tables()[1]
    return {address: dict(zip(heading[2:], cells, strict=True)) for _page, address, *cells in body}


def expected(field: str, state: str) -> Mapping[str, str]:
    return table().get((field, state), {})


def test_the_table_speaks_of_every_field_and_state_in_words_it_explains() -> None:
    found = table()
    assert {field for field, _state in found} == {LEVEL, REVIEWERS_LEVEL, *TEXTS}
    assert {state for _field, state in found} == set(STATES)
    assert {word for row in found.values() for word in row.values()} == {"yes", "counted", "no"}
    for field in (LEVEL, "reason", "evidence title", "view", "improvement action"):
        assert all((field, state) in found for state in STATES), field
    for field in (REVIEWERS_LEVEL, "reviewer's reason", "question", "reply", "recommendation", "summary"):
        assert all((field, state) in found for state in REVIEWED), field


# The readers


@pytest.fixture
def readers(places: Places, cast: Cast) -> dict[str, User | None]:
    kind = Agency.objects.get(partnership=places.derby).kind
    agency = Agency.objects.create(partnership=places.exeter, kind=kind, name="Local authority")
    elsewhere = User.objects.create_user("elsewhere@portal.test", "Pat Elsewhere")
    Membership.objects.create(
        code="elsewhere", user=elsewhere, agency=agency, role=Role.COORDINATOR, standpoint=Standpoint.STRATEGIC
    )
    return {
        "own members": cast.coordinator,
        "same region": cast.neighbour,
        "elsewhere": elsewhere,
        "its Government Office": cast.reviewer,
        "another Government Office": cast.reviewer_elsewhere,
        "administrators": cast.administrator,
        "public": None,
    }


def test_the_table_names_these_readers(readers: dict[str, User | None]) -> None:
    assert all(set(row) == set(readers) for row in table().values())


# The worlds


def make(world: World, state: str, assessment: Assessment, places: Places, cast: Cast) -> None:
    """Bring Amber Valley's assessment into a state, among others who have submitted; all have crime figures."""
    others(assessment.round, places, cast)
    record_crime()
    answer(world, assessment, cast)
    if state == "draft":
        return
    submission = answering.submit(assessment, cast.coordinator)
    acting.act(submission.assessment, cast.officer, text=TEXTS["action begun after submitting"])
    if state in REVIEWED:
        review(world, submission, cast)
    if state == "returned":
        reviewing.send_back(submission, cast.reviewer, reason=TEXTS["reason for returning"])
    if state in ("review closed", "round closed"):
        reviewing.close(submission, cast.reviewer)
    if state in ("returned", "review closed", "round closed"):
        follow(submission, cast)


def follow(submission: Submission, cast: Cast) -> None:
    """Make an improvement action of the recommendation, and finish it."""
    assessment, now = Assessment.objects.with_criteria().get(pk=submission.assessment_id), timezone.now()
    seat = answering.seat(cast.officer)
    action = take_up(
        recommendation=Recommendation.objects.get(),
        question=answering.question(assessment, "LEAD.1"),
        plan=acting.plan(assessment.partnership, text=TEXTS["action made of a recommendation"]),
        by=seat,
        arrived_at=now,
    )
    outcome = TEXTS["how that action ended"]
    services.finish_action(action=action, revision=action.revision, reason=outcome, by=seat, arrived_at=now)


def others(round_: Round, places: Places, cast: Cast) -> None:
    here = [places.derby, *neighbours(places.derby.police_force, 10)]
    there = [places.exeter, *neighbours(places.exeter.police_force, 8, "s")]
    for at, place in enumerate([*here, *there]):
        submit_levels(round_, place, MIXED[at % len(MIXED)], cast.administrator)


def record_crime() -> None:
    """Give every partnership two figures, and to each its own change."""
    days = (datetime.date(2006, 10, 31), datetime.date(2007, 3, 31))
    CrimeFigure.objects.bulk_create(
        CrimeFigure(
            partnership=place, measure="bcs-comparator", period=f"to {day}", ends_on=day, value=value, source="A"
        )
        for at, place in enumerate(Partnership.objects.all())
        for day, value in zip(days, (1000, 1000 + 13 * at), strict=True)
    )


def submit_levels(round_: Round, place: Partnership, levels: str, by: User) -> None:
    submission = send(round_, place, levels, by, timezone.now())
    Assessment.objects.filter(pk=submission.assessment_id).update(status=Assessment.Status.SUBMITTED)
    SubmittedRating.objects.bulk_create(
        SubmittedRating(submission=submission, criterion=asked.criterion, level=asked.levels[min(int(mark), 2)])
        for mark, asked in zip(levels, outline.outline_of(round_.version).questions, strict=True)
    )


def answer(world: World, assessment: Assessment, cast: Cast) -> None:
    giving.give(assessment, cast.viewer, comment=TEXTS["view"])
    for member in (cast.colleague, giving.make_member(assessment, "third", "Probation")):
        giving.give(assessment, member, code="LEAD.2")
    services.reveal_views(assessment=assessment, by=answering.seat(cast.coordinator), arrived_at=timezone.now())
    fresh = Assessment.objects.with_round().get(pk=assessment.pk)
    answering.rate_everything(fresh, cast.officer)
    lead = fresh.ratings.get(criterion__code="LEAD.1")
    answering.rate(fresh, "LEAD.1", cast.officer, level=world.level, reason=TEXTS["reason"], revision=lead.revision)
    services.add_link(
        assessment=fresh,
        question=answering.question(fresh, "LEAD.1"),
        title=TEXTS["evidence title"],
        link="https://evidence.example/",
        by=answering.seat(cast.officer),
        arrived_at=timezone.now(),
    )
    action = acting.act(fresh, cast.officer, text=TEXTS["improvement action"])
    note, seat = TEXTS["progress note on an action"], answering.seat(cast.officer)
    services.add_note(action=action, text=note, by=seat, arrived_at=timezone.now())


def review(world: World, submission: Submission, cast: Cast) -> None:
    reviewing.give(submission, "LEAD.1", cast.reviewer, world.reviewers_level, TEXTS["reviewer's reason"])
    asked = reviewing.ask(submission, cast.reviewer, TEXTS["question"], "LEAD.1")
    reply_to_query(
        query=Query.objects.get(pk=asked.pk),
        text=TEXTS["reply"],
        by=answering.seat(cast.officer),
        arrived_at=timezone.now(),
    )
    reviewing.recommend(submission, cast.reviewer, TEXTS["recommendation"], "LEAD.1")
    reviewing.summarise(submission, cast.reviewer, TEXTS["summary"])


# The pages


def addresses(reader: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every address about this partnership, its region or this round, and what to ask of it."""
    here = {"round": "2027", "partnership": "amber-valley", "region": "east-midlands", "code": "LEAD.1", "number": "1"}
    for name, row in sorted(rows().items()):
        if not name.startswith(("assessments:", "reviews:", "reports:", "home")) or not set(row.kwargs) <= set(here):
            continue
        # The code of an action or a question is none of a criterion; lists hold what their pages do.
        with contextlib.suppress(NoReverseMatch):
            url = reverse(name, kwargs={key: here[key] for key in row.kwargs})
            yield from ((url, choice) for choice in (CHOICES[reader] if name == "reports:compare" else [{}]))
    for code in ImprovementAction.objects.values_list("code", flat=True):
        yield reverse("assessments:action", args=["amber-valley", code]), {}


def pages(client: Client, reader: str, user: User | None) -> dict[str, str]:
    """Return everything that a reader can open, by address."""
    client.logout()
    if user is not None:
        client.force_login(user)
    found = {}
    for url, choice in addresses(reader):
        response = client.get(url, choice)
        if response.status_code == 200:
            found[f"{url}?{urlencode(choice)}"] = VOLATILE.sub("", text_of(response))
    return found


def text_of(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    # Workbooks and packages are folders in one file.
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return "".join(folder.read(name).decode("utf-8", "replace") for name in folder.namelist())


class Undone(Exception):
    """Takes a world back."""


Seen = Mapping[str, Mapping[str, str]]
See = Callable[[World, str], Seen]


@pytest.fixture
def see(
    assessment: Assessment,
    places: Places,
    cast: Cast,
    readers: Mapping[str, User | None],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> See:
    """Return a function that makes a world, opens all pages as all readers, and takes the world back."""
    now = timezone.now()

    def unavailable(*_arguments: object) -> None:
        raise pdf.PdfUnavailable

    # Reports are then given as pages, which say the same.
    monkeypatch.setattr(pdf, "run", unavailable)
    monkeypatch.setattr(pdf, "rendered", unavailable)
    for short_ways in (answering, giving, acting, reviewing):
        monkeypatch.setattr(short_ways, "NOW", lambda: now)

    def look(world: World, state: str) -> Seen:
        seen: dict[str, Mapping[str, str]] = {}
        with contextlib.suppress(Undone), transaction.atomic():
            monkeypatch.setattr(timezone, "now", lambda: now)
            numbers = itertools.count(1)
            monkeypatch.setattr(secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}")
            make(world, state, Assessment.objects.with_round().get(pk=assessment.pk), places, cast)
            if state == "round closed":
                monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=45))
            seen.update({name: pages(client, name, user) for name, user in readers.items()})
            raise Undone
        releasing.forget()
        return seen

    return look


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {address for address in {*one, *other} if one.get(address) != other.get(address)}


@pytest.mark.parametrize("state", STATES)
def test_everybody_sees_what_the_table_says(state: str, see: See) -> None:
    seen = see(World(), state)
    check_texts(seen, state)
    check_level(seen, see(World(level="doing_well"), state), expected(LEVEL, state))
    if state in REVIEWED:
        check_level(seen, see(World(reviewers_level="doing_well"), state), expected(REVIEWERS_LEVEL, state))


def check_texts(seen: Seen, state: str) -> None:
    found = {
        field: {name: "yes" if any(text in page for page in opened.values()) else "no" for name, opened in seen.items()}
        for field, text in TEXTS.items()
        if expected(field, state)
    }
    assert found == {field: expected(field, state) for field in found}


def check_level(first: Seen, second: Seen, words: Mapping[str, str]) -> None:
    for name, word in words.items():
        changed = differing(first[name], second[name])
        assert bool(changed) == (word != "no"), (name, sorted(changed))
        if word == "counted":
            assert [address for address in changed if "Amber Valley" in first[name][address]] == [], name


# Pages that compare

WORDS = ("own", "release", "region", "all", "no")
LATER = "You can compare yourselves with others when this round has closed"
NAMES = {"East Midlands": r"Amber Valley|\bDerby\b|Secret n", "South West": r"\bExeter\b|Secret s"}
HOME = {"its Government Office": "East Midlands", "another Government Office": "South West"}
OWN = {"own members": "Amber Valley", "same region": "Derby", "elsewhere": "Exeter"}


def test_the_pages_are_told_in_words_it_explains() -> None:
    assert {word for row in page_table().values() for word in row.values()} == set(WORDS)


@pytest.mark.parametrize("state", ["submitted", "round closed"])
def test_every_page_that_compares_is_for_whom_the_table_says(state: str, see: See) -> None:
    seen = see(World(), state)
    for address, row in page_table().items():
        for name, word in row.items():
            for page in pages_of(address):
                check_page(seen[name].get(f"{page}?"), name, word, state, page)


def pages_of(address: str) -> Iterator[str]:
    """Yield a page's address and those of its files."""
    here = {"round": "2027", "partnership": "amber-valley", "region": "east-midlands", "code": "LEAD.1"}
    for name in (address, f"{address}_csv", f"{address}_xlsx"):
        if row := rows().get(name):
            yield reverse(name, kwargs={key: here[key] for key in row.kwargs})


def check_page(text: str | None, name: str, word: str, state: str, page: str) -> None:
    is_later = word == "release" and state != "round closed"
    if word == "no" or text is None:
        # Before the close a file is not there, and a page says when it will be or leads to one that does.
        assert text is None, (name, page)
        assert word == "no" or is_later, (name, page)
    elif is_later:
        assert LATER in text, (name, page)
    elif word in ("own", "release"):
        others = "|".join(NAMES.values()).replace(OWN[name], "Nobody").replace(f"\\b{OWN[name]}\\b", "Nobody")
        assert not re.search(others, text), (name, page)
    elif word == "region":
        (elsewhere,) = (names for region, names in NAMES.items() if region != HOME[name])
        assert not re.search(elsewhere, text), (name, page)
