"""Before the reveal nobody can tell another's view: every page is the same, byte for byte, with it and without it.

A canary gives views; then everybody of the cast opens every address of the portal, and administrators the admin site.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.contrib import admin
from django.core import mail
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import Standpoint, User
from assessments.models import Assessment, View
from assessments.models.agreeing import ViewQuerySet
from audit.models import Event
from tests.assessments.answering import question, seat, stamp_of, url
from tests.assessments.giving import give, make_member, reveal
from tests.people import Cast
from tests.test_permissions import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

ROOT = Path(__file__).resolve().parent.parent.parent
CANARY = "Canaries sing at dawn"
GIVEN = {"LEAD.1": "doing_well", "LAW.1": "not_met"}
# What differs from one request to the next whatever happens: tokens, keys of a save, the time of day.
CHANGING = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="form_key" value=")[^"]+|nonce-?="?[\w+/=-]+'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{1,2}:\d\d ?[ap]\.?m\.?"
)
CHANGING_HEADERS = {"Date", "Expires", "Last-Modified", "Set-Cookie"}
Seen = tuple[int, tuple[tuple[str, str], ...], int, bytes]


class Watchers:
    """Everybody of the cast, each in a browser of their own, looking at the same addresses again and again."""

    def __init__(self, cast: Cast) -> None:
        self._clients = {who: Client() for who in cast.everybody()}
        for who, person in cast.everybody().items():
            if person:
                self._clients[who].force_login(person)

    def see(self, addresses: Mapping[str, list[str]]) -> dict[tuple[str, str], Seen]:
        """Open addresses, given by who opens them, and return what each sees."""
        return {(who, path): _seen(self._clients[who], path) for who, paths in addresses.items() for path in paths}

    def everywhere(self, *more: Model) -> dict[tuple[str, str], Seen]:
        """Open every address of the portal, and the admin site as well, `more` rows of it included."""
        paths = sorted({reverse(name, kwargs=dict(row.kwargs)) for name, row in rows().items()})
        addresses = dict.fromkeys(self._clients, paths)
        return self.see({**addresses, "administrator": [*paths, *admin_addresses(), *_all_of(*more)]})


def _seen(client: Client, path: str) -> Seen:
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    headers = {name: value for name, value in answer.items() if name not in CHANGING_HEADERS}
    return answer.status_code, tuple(sorted(headers.items())), len(body), CHANGING.sub(b"*", body)


def admin_addresses() -> list[str]:
    """Return every list of the admin site, and each way to look at the rows of each list."""
    return [reverse("admin:index"), *(path for model in admin.site._registry for path in _addresses_of(model))]


def _addresses_of(model: type[Model]) -> Iterator[str]:
    yield reverse(f"{_page_of(model)}_changelist")
    yield from _all_of(*model._default_manager.all()[:3])


def _all_of(*rows: Model) -> Iterator[str]:
    for row in rows:
        yield from (reverse(f"{_page_of(row)}_{what}", args=[row.pk]) for what in ("change", "history", "delete"))


def _page_of(model: Model | type[Model]) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def different(before: dict[tuple[str, str], Seen], after: dict[tuple[str, str], Seen]) -> list[tuple[str, str]]:
    """Return who sees something else than before, and where."""
    return [key for key, seen in before.items() if seen != after[key]]


@pytest.fixture(autouse=True)
def _reports_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare what a report says: making it a PDF adds nothing to it and takes seconds."""
    monkeypatch.setattr("reports.pdf.run", lambda html, *_more: b"%PDF-" + html.encode())


@pytest.fixture
def canary(assessment: Assessment) -> User:
    """Return somebody of an agency of their own, whose view would stand out."""
    return make_member(assessment, "canary", "Probation service", Standpoint.STRATEGIC)


@pytest.fixture
def sing(assessment: Assessment, canary: User) -> Callable[[], None]:
    """Return what gives the canary's views, as a browser does; signed in already."""
    client = Client()
    client.force_login(canary)

    def given() -> None:
        for code, level in GIVEN.items():
            address = url("view", assessment, code)
            data = {**stamp_of(client.get(address)), "level": level, "comment": CANARY}
            assert client.post(address, data).status_code == 302
        assert CANARY in client.get(url("views", assessment)).content.decode()

    return given


@pytest.fixture
def watchers(cast: Cast, canary: User) -> Watchers:
    return Watchers(cast)


def test_nobody_sees_a_difference_anywhere(watchers: Watchers, canary: User, sing: Callable[[], None]) -> None:
    where = (seat(canary).agency, canary)
    before = watchers.everywhere(*where)
    sing()
    after = watchers.everywhere(*where)
    assert different(before, after) == []
    assert [key for key, (_status, headers, _length, body) in after.items() if CANARY in f"{headers}{body!r}"] == []
    assert sum(status == 200 for status, *_rest in after.values()) > 150
    assert mail.outbox == []


@pytest.mark.parametrize("colleague", ["coordinator", "colleague"])
def test_giving_one_s_own_tells_nothing_either(
    colleague: str, assessment: Assessment, cast: Cast, watchers: Watchers, sing: Callable[[], None]
) -> None:
    person = cast.everybody()[colleague]
    assert person is not None
    mine = {colleague: [url("views", assessment), url("tasks", assessment), url("view", assessment, "LEAD.2")]}
    give(assessment, person, level=0)
    before = watchers.see(mine)
    sing()
    assert different(before, watchers.see(mine)) == []
    assert b"Gap identified" in watchers.see(mine)[colleague, url("views", assessment)][-1]


def test_a_reveal_that_is_refused_says_the_same_for_no_view_and_for_one(
    assessment: Assessment, cast: Cast, sing: Callable[[], None]
) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    answers = []
    for act in (sing, lambda: None):
        refused = client.post(url("views_reveal", assessment))
        answers.append((refused.status_code, CHANGING.sub(b"*", refused.content)))
        act()
    assert answers[0] == answers[1]


def test_the_trail_tells_that_a_view_was_given_and_nothing_of_it(sing: Callable[[], None]) -> None:
    sing()
    events = list(Event.objects.filter(kind="view.saved").values())
    assert len(events) == len(GIVEN)
    assert {(event["before"], event["after"]) for event in events} == {(None, None)}
    told = str(list(Event.objects.values()))
    assert CANARY not in told
    assert not any(str(view.save_id) in told for view in View.objects.all())


def test_administrators_have_no_list_of_views_and_no_trail_to_count_them_in() -> None:
    assert not admin.site.is_registered(View)
    assert not admin.site.is_registered(Event)


def test_views_are_read_by_one_module_only() -> None:
    """Keep one door: whoever shows views asks `view_queries`, which asks whether they are revealed."""
    doors = {"assessments/services/viewing.py", "assessments/view_queries.py"}
    asks = re.compile(
        r"\bView(?:QuerySet)?\.objects\b|\.views\.(?:all|by_seat|\w*filter|get|values\w*)\b|[\"']\w*views__"
    )
    apps = ["assessments", "reviews", "reports", "accounts", "casestudies", "sharing"]
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    readers = {str(path.relative_to(ROOT)) for path in files if asks.search(path.read_text())}
    assert readers == doors


# The canary sings: each protection taken away is noticed


def test_it_is_noticed_when_views_are_shown_too_early(
    monkeypatch: pytest.MonkeyPatch, assessment: Assessment, watchers: Watchers, sing: Callable[[], None]
) -> None:
    monkeypatch.setattr(Assessment, "views_are_revealed", lambda _assessment, _at: False)
    pages = [url("views", assessment), url("tasks", assessment), url("criterion", assessment, "LEAD.1")]
    before = watchers.see({"viewer": pages})
    sing()
    monkeypatch.setattr(Assessment, "views_are_revealed", lambda _assessment, _at: True)
    after = watchers.see({"viewer": pages})
    assert different(before, after) == [("viewer", page) for page in pages]
    assert all(CANARY.encode() in after["viewer", page][-1] for page in pages if page != url("tasks", assessment))


def test_it_is_noticed_when_one_s_own_state_counts_others_in(
    monkeypatch: pytest.MonkeyPatch, assessment: Assessment, watchers: Watchers, sing: Callable[[], None]
) -> None:
    pages = {"viewer": [url("tasks", assessment), url("views", assessment), url("view", assessment, "LEAD.2")]}
    before = watchers.see(pages)
    sing()
    monkeypatch.setattr(ViewQuerySet, "by_seat", lambda views, _seat: views)
    assert len(different(before, watchers.see(pages))) == len(pages["viewer"])


def test_after_the_reveal_all_members_see_the_canary_and_nobody_else(
    assessment: Assessment, cast: Cast, watchers: Watchers, sing: Callable[[], None]
) -> None:
    sing()
    for person in (cast.officer, cast.colleague):
        give(assessment, person, level=question(assessment, "LEAD.1").levels[0].position)
    reveal(assessment, cast.coordinator)
    page = url("views", assessment)
    seen = watchers.see({who: [page] for who in cast.everybody()})
    told = {who for (who, _path), (*_rest, body) in seen.items() if CANARY.encode() in body}
    assert told == {"coordinator", "officer", "viewer", "colleague"}
