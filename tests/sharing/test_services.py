"""Saves overwrite nobody, a retry is no conflict, everything leaves an event; links are kept as hashes."""

import datetime
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership
from audit.models import Event
from sharing import services
from sharing.models import CalendarFeed, PlanLine, SheetLine
from sharing.periods import Quarter
from tests.assessments.at_once import Overlap, all_at_once
from tests.casestudies.making import seat_of
from tests.people import Cast, Places, make_places
from tests.people import make_cast as cast_of
from tests.sharing.making import make_reference, plan_step, save_line

BEFORE = Quarter(2026, 2)


@pytest.mark.usefixtures("reference")
class TestSheet:
    def test_a_line_says_who_wrote_it_and_leaves_one_event(self, places: Places, cast: Cast) -> None:
        day = datetime.date(2026, 5, 4)
        line = save_line(places, cast.colleague, quarter=BEFORE, received_on=day, note="By disc")
        assert (line.state, line.revision, line.updated_by, line.updated_by_agency) == (
            "received",
            1,
            cast.colleague,
            "Police force",
        )
        event = Event.objects.get()
        assert (event.kind, event.partnership, event.actor_role) == (
            "sheetline.saved",
            "amber-valley",
            "Officer, Police force",
        )
        assert event.before is None
        assert event.after == {
            "year": 2026,
            "quarter": 2,
            "information_set": 1,
            "state": "received",
            "received_from": "Police force",
            "received_on": "2026-05-04",
            "note": "By disc",
            "revision": 1,
        }

    def test_a_stale_save_changes_nothing_and_tells_what_is_there(self, places: Places, cast: Cast) -> None:
        save_line(places, cast.officer, note="First")
        with pytest.raises(services.Stale) as stale:
            save_line(places, cast.colleague, note="Second")
        assert stale.value.current.note == "First"
        assert SheetLine.objects.get().note == "First"
        assert Event.objects.count() == 1

    def test_a_retry_of_the_same_save_is_neither_conflict_nor_change(self, places: Places, cast: Cast) -> None:
        save_id = uuid.uuid4()
        for _try in range(2):
            save_line(places, cast.officer, note="Once", save_id=save_id)
        assert (SheetLine.objects.get().revision, Event.objects.count()) == (1, 1)

    def test_back_and_again_from_the_same_page_is_ones_own_text(self, places: Places, cast: Cast) -> None:
        save_id = uuid.uuid4()
        save_line(places, cast.officer, note="One", save_id=save_id)
        assert save_line(places, cast.officer, note="Two", save_id=save_id).revision == 2

    def test_what_two_people_write_alike_is_no_conflict(self, places: Places, cast: Cast) -> None:
        save_line(places, cast.officer)
        assert save_line(places, cast.colleague).revision == 1

    def test_quarters_and_partnerships_are_apart(self, places: Places, cast: Cast) -> None:
        save_line(places, cast.officer)
        save_line(places, cast.officer, quarter=BEFORE)
        assert SheetLine.objects.count() == 2

    def test_an_agency_of_another_partnership_is_refused(self, places: Places, cast: Cast) -> None:
        with pytest.raises(services.OtherPartnership):
            save_line(places, cast.officer, received_from=places.derby.agencies.get())
        with pytest.raises(services.OtherPartnership):
            plan_step(places, cast.officer, owner=places.derby.agencies.get())
        assert not SheetLine.objects.exists()
        assert not PlanLine.objects.exists()


@pytest.mark.usefixtures("reference")
class TestPlan:
    def test_a_step_is_planned_changed_and_recorded(self, places: Places, cast: Cast) -> None:
        police = places.amber_valley.agencies.get(name="Police force")
        plan_step(places, cast.officer, owner=police)
        line = plan_step(places, cast.coordinator, owner=police, done_on=timezone.localdate(), revision=1)
        assert (line.revision, line.updated_by) == (2, cast.coordinator)
        event = Event.objects.filter(kind="planline.saved").latest("pk")
        assert event.before is not None
        assert event.before["done_on"] is None
        assert event.after is not None
        assert (event.after["step"], event.after["owner"]) == (1, "Police force")

    def test_a_stale_save_changes_nothing(self, places: Places, cast: Cast) -> None:
        plan_step(places, cast.officer, note="First")
        with pytest.raises(services.Stale):
            plan_step(places, cast.colleague, note="Second")
        assert PlanLine.objects.get().note == "First"

    def test_a_blank_form_leaves_no_row(self, places: Places, cast: Cast) -> None:
        plan_step(places, cast.officer, due_on=None)
        assert not PlanLine.objects.exists()
        assert not Event.objects.exists()


class TestFeed:
    def test_the_token_has_256_bits_and_only_its_hash_is_kept(self, cast: Cast) -> None:
        link = services.make_feed(by=seat_of(cast.viewer))
        token = link.rpartition("/")[2].removesuffix(".ics")
        assert len(token) >= 43
        feed = CalendarFeed.objects.get()
        assert token not in str(vars(feed))
        event = Event.objects.get(kind="calendar.made")
        assert token not in f"{event.after}{event.target_id}{event.request_id}"
        assert feed.token_hash not in str(event.after)

    def test_a_new_link_replaces_the_old_one(self, cast: Cast) -> None:
        seat = seat_of(cast.viewer)
        assert services.make_feed(by=seat) != services.make_feed(by=seat)
        assert CalendarFeed.objects.count() == 1
        assert [event.after for event in Event.objects.order_by("pk")] == [{"replaces": False}, {"replaces": True}]

    def test_withdrawing_twice_is_withdrawing_once(self, cast: Cast) -> None:
        seat = seat_of(cast.viewer)
        services.make_feed(by=seat)
        for _press in range(2):
            services.withdraw_feed(by=seat)
        assert not CalendarFeed.objects.exists()
        assert Event.objects.filter(kind="calendar.withdrawn").count() == 1
        assert Membership.objects.filter(pk=seat.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_line_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    places = make_places()
    cast = cast_of(places)
    make_reference()
    save_line(places, cast.officer, note="First")
    meanwhile = Overlap()
    locked = QuerySet.get_or_create
    monkeypatch.setattr(QuerySet, "get_or_create", meanwhile.hold(locked))
    acts = [
        partial(save_line, places, person, revision=1, note=person.name) for person in (cast.officer, cast.colleague)
    ]
    (told,) = all_at_once(acts[0], meanwhile.within(acts[1]))
    assert isinstance(told, services.Stale)
    assert SheetLine.objects.get().note == told.current.note == cast.officer.name
    assert Event.objects.filter(kind="sheetline.saved").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_a_line_at_once_one_is_told() -> None:
    places = make_places()
    cast = cast_of(places)
    make_reference()
    together = threading.Barrier(2, timeout=20)

    def write(who: str) -> str:
        try:
            together.wait()
            save_line(places, cast.everybody()[who], note=who)  # type: ignore[arg-type]
        except services.Stale as stale:
            return f"told of {stale.current.note}"
        finally:
            connection.close()
        return who

    with ThreadPoolExecutor(2) as pool:
        said = set(pool.map(write, ["officer", "colleague"]))
    kept = SheetLine.objects.get().note
    assert said == {kept, f"told of {kept}"}
