"""What counts for a release: what was current when the round closed, whatever came later."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from assessments.models import Round, Submission
from partnerships.models import AreaType, Partnership
from reports import decided, releasing
from reports.release import AREA, FORCE, REGION, Group, Release
from tests.counting import counted
from tests.people import Places
from tests.reports.releases import MIXED, close, fill, neighbours, send

EAST = Group(REGION, "east-midlands")
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def closed_at(round_: Round) -> datetime.datetime:
    return close(round_)


@pytest.fixture
def here(places: Places) -> list[Partnership]:
    """Amber Valley, Derby and ten neighbours: one region, one force."""
    return [places.amber_valley, places.derby, *neighbours(places.amber_valley.police_force, 10)]


def lead_1(round_: Round, group: Group = EAST) -> tuple[int, ...] | None:
    found = releasing.released(round_, timezone.now())
    assert found is not None
    return found.counts("LEAD.1", group)


def test_there_is_none_until_the_last_second_of_the_round(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    assert releasing.released(round_, closed_at) is None
    assert releasing.released(round_, closed_at + datetime.timedelta(seconds=1)) is not None


def test_it_counts_levels_by_the_groups_of_the_submission(
    round_: Round, here: list[Partnership], places: Places, author: User, closed_at: datetime.datetime
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    assert lead_1(round_) == tuple([levels[0] for levels in MIXED].count(str(at)) for at in range(4))
    force = places.exeter.police_force
    Partnership.objects.filter(pk__in=[place.pk for place in here]).update(police_force=force)
    releasing.forget()
    assert lead_1(round_) is not None
    assert lead_1(round_, Group(FORCE, force.slug)) is None


def test_the_kind_of_area_is_the_partnerships(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    assert lead_1(round_, Group(AREA, AreaType.UNITARY)) is None
    Partnership.objects.update(area_type=AreaType.UNITARY)
    assert lead_1(round_, Group(AREA, AreaType.UNITARY)) is not None


def test_what_came_after_the_close_changes_nothing(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    sent = fill(round_, here, author, closed_at - HOUR)
    before = lead_1(round_)
    send(round_, here[0], "3333", author, closed_at + HOUR)
    Submission.objects.filter(pk=sent["derby"].pk).update(withdrawn_at=closed_at + HOUR, is_current=False)
    releasing.forget()
    assert lead_1(round_) == before


def test_the_last_one_before_the_close_counts(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    fill(round_, here, author, closed_at - 2 * HOUR)
    for place in here[:3]:
        send(round_, place, "3120", author, closed_at)
    changed = ["3120"] * 3 + list(MIXED[3:])
    assert lead_1(round_) == tuple([levels[0] for levels in changed].count(str(at)) for at in range(4))


def test_what_was_withdrawn_before_the_close_does_not_count(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    sent = fill(round_, here, author, closed_at - HOUR)
    Submission.objects.filter(pk=sent["derby"].pk).update(withdrawn_at=closed_at, is_current=False)
    assert sum(lead_1(round_) or ()) == 11
    # Nor does the one before it come back.
    send(round_, here[0], "3120", author, closed_at - HOUR / 2, withdrawn_at=closed_at - HOUR / 4)
    assert sum(lead_1(round_) or ()) == 10


def test_other_rounds_do_not_count(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    other = Round.objects.create(
        slug="other", name="Other", version=round_.version, opens_on=round_.opens_on, closes_on=round_.closes_on
    )
    assert lead_1(other) is None


def test_it_is_decided_once(round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime) -> None:
    fill(round_, here, author, closed_at - HOUR)
    first = releasing.released(round_, timezone.now())
    with counted() as queries:
        assert releasing.released(round_, timezone.now()) is first
    assert queries.number == 1


def test_only_so_many_rounds_are_kept(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "ROUNDS_KEPT", 1)
    fill(round_, here, author, closed_at - HOUR)
    releasing.released(round_, timezone.now())
    send(round_, here[0], "3120", author, closed_at - HOUR / 2)
    releasing.released(round_, timezone.now())
    assert len(releasing._kept) == 1


def test_a_release_is_decided_once_for_all_processes(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    first = lead_1(round_)
    # Another process remembers nothing, and finds it in the database.
    releasing.forget()
    monkeypatch.setattr(decided, "decide", None)
    assert lead_1(round_) == first


def test_what_older_rules_decided_is_not_shown(
    round_: Round, here: list[Partnership], author: User, closed_at: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    assert lead_1(round_)
    releasing.forget()
    monkeypatch.setattr(decided, "EDITION", decided.EDITION + 1)
    monkeypatch.setattr(decided, "decide", lambda answers, steps: Release([{} for _step in steps]))
    assert lead_1(round_) is None


def test_the_command_decides_closed_rounds_beforehand(
    round_: Round,
    here: list[Partnership],
    author: User,
    closed_at: datetime.datetime,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill(round_, here, author, closed_at - HOUR)
    call_command("decide_releases")
    assert capsys.readouterr().out == f"{round_}: decided\n"
    releasing.forget()
    monkeypatch.setattr(decided, "decide", None)
    assert lead_1(round_)
