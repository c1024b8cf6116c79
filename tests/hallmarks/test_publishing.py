"""Publishing sets the day in force for good; withdrawing gives a reason for good; answers stay as they were."""

import dataclasses
import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import round_services
from assessments.forms_rounds import RoundForm
from assessments.models import Extension, Round, Submission
from assessments.move_queries import may_be_taken
from assessments.services import move_assessments, undo_move, undo_refusal_of
from assessments.services.moving import BeforeWithdrawn, VersionNotPublished
from audit.models import Event
from hallmarks import services
from hallmarks.models import REASON_LENGTH, Version, Withdrawal
from hallmarks.stored import document_of
from tests import criteria
from tests.hallmarks.files import document, small
from tests.hallmarks.publishing import publish
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
FIRST = document(small())
PUBLISH, WITHDRAW = "/criteria/small/v1/publish/", "/criteria/small/v1/withdraw/"
HERE = "/criteria/test-framework/test-set/"
SOON = datetime.date(2027, 4, 1)
ANSWERED = (
    "/compare/2026/",
    "/compare/2026/comparison.csv",
    "/compare/2026/LEAD.1/",
    "/regions/east-midlands/2026/amber-valley/",
    "/reports/2026/amber-valley/report.pdf",
)
REASON = "The ministry <took> them back."


def draft() -> Version:
    return services.import_version(document=FIRST, by=None).version


def day(on: datetime.date | None = None, **parts: str) -> dict[str, str]:
    said = {"day": str(on.day), "month": str(on.month), "year": str(on.year)} if on else {}
    return {f"in_force_from_{name}": value for name, value in {**said, **parts}.items()}


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def end(version: Version) -> None:
    """Let every round that asks a version be over."""
    Round.objects.filter(version=version).update(opens_on=in_days(-60), closes_on=in_days(-1), views_close_on=None)


class TestTheDay:
    def test_status_day_and_hash_are_one_act(self, cast: Cast) -> None:
        found = services.publish_version(version=draft(), by=cast.administrator, in_force_from=SOON)
        stored = document_of(Version.objects.get())
        assert stored == dataclasses.replace(FIRST, in_force_from=SOON)
        assert found.sha256 == Version.objects.get().sha256 == stored.sha256()
        event = Event.objects.get(kind="criteria.published")
        assert event.after is not None
        assert (event.after["in_force_from"], event.after["sha256"]) == ("2027-04-01", stored.sha256())
        assert event.before == {"status": "draft", "sha256": FIRST.sha256()}

    def test_the_file_without_a_day_is_the_same_set_afterwards(self) -> None:
        services.publish_version(version=draft(), by=None, in_force_from=SOON)
        assert services.import_version(document=FIRST, by=None).outcome == services.Outcome.UNCHANGED
        other = dataclasses.replace(FIRST, in_force_from=datetime.date(2028, 1, 1))
        with pytest.raises(services.PublishedError):
            services.import_version(document=other, by=None)

    def test_it_is_not_after_the_day_on_which_they_end(self) -> None:
        ending = dataclasses.replace(FIRST, in_force_to=datetime.date(2027, 3, 31))
        version = services.import_version(document=ending, by=None).version
        with pytest.raises(services.DayError, match="until 31 March 2027"):
            services.publish_version(version=version, by=None, in_force_from=SOON)
        version.refresh_from_db()
        assert (version.status, version.in_force_from) == ("draft", None)


class TestPublishPage:
    def test_it_says_what_follows_and_asks_for_the_day(self, cast: Cast, sign_in: SignIn) -> None:
        draft()
        shown = sign_in(cast.administrator).get(PUBLISH).content.decode()
        assert "1 section, 2 criteria, 1 sign to look for" in shown
        assert "No open or coming round asks criteria of this line" in shown
        today = timezone.localdate()
        assert f'name="in_force_from_year" type="text" inputmode="numeric" value="{today.year}"' in shown

    def test_the_day_of_the_file_is_filled_in(self, cast: Cast, sign_in: SignIn) -> None:
        services.import_version(document=dataclasses.replace(FIRST, in_force_from=datetime.date(2031, 7, 9)), by=None)
        assert 'value="2031"' in sign_in(cast.administrator).get(PUBLISH).content.decode()

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            day(SOON, day="31", month="2"),
            day(SOON, year="20270"),
            day(SOON, year="1815"),
            day(SOON, year="2207"),
            day(SOON, day="\0"),
        ],
    )
    def test_a_day_that_cannot_be_is_told_beside_it(self, cast: Cast, sign_in: SignIn, sent: dict[str, str]) -> None:
        draft()
        answer = sign_in(cast.administrator).post(PUBLISH, sent)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
        assert Version.objects.get().status == "draft"

    def test_rounds_that_keep_the_former_version_are_named(self, cast: Cast, sign_in: SignIn, places: Places) -> None:
        criteria.make_round(publish(draft()), places)
        services.import_version(document=dataclasses.replace(FIRST, slug="v2", title="Second"), by=None)
        shown = sign_in(cast.administrator).get("/criteria/small/v2/publish/").content.decode()
        assert "2027 self-assessment keeps “Small criteria, first” until you change its criteria" in shown
        assert 'href="/criteria/small/v2/lineage/"' in shown
        assert 'name="in_force_from_year"' not in shown

    def test_who_publishes_unconfirmed_all_the_same_is_refused(self, cast: Cast, sign_in: SignIn) -> None:
        publish(draft())
        services.import_version(document=dataclasses.replace(FIRST, slug="v2", title="Second"), by=None)
        answer = sign_in(cast.administrator).post("/criteria/small/v2/publish/", day(SOON))
        assert "Look through the table of lineage and confirm it first" in answer.content.decode()
        assert Version.objects.get(slug="v2").status == "draft"


class TestAnnounced:
    def test_it_is_shown_and_a_round_may_use_it_with_a_warning(self, client: Client) -> None:
        later = in_days(90)
        services.publish_version(version=draft(), by=None, in_force_from=later)
        for address in ("/criteria/small/v1/", "/criteria/small/v1/LEAD.1/"):
            assert "Announced: these criteria are in force from" in client.get(address).content.decode()
        assert "Announced" in client.get("/criteria/").content.decode()
        [label] = [str(label) for _value, label in RoundForm().fields["version"].choices]  # type: ignore[attr-defined]
        assert "a round that opens before that asks them early" in label

    def test_from_its_day_on_it_is_like_any_other(self, client: Client) -> None:
        services.publish_version(version=draft(), by=None, in_force_from=timezone.localdate())
        assert "Announced" not in client.get("/criteria/small/v1/").content.decode()
        [label] = [str(label) for _value, label in RoundForm().fields["version"].choices]  # type: ignore[attr-defined]
        assert label == "Small criteria, first"


class TestWithdrawing:
    def withdrawn(self, cast: Cast) -> Version:
        return services.withdraw_version(version=publish(draft()), reason=f" {REASON}\r\n", by=cast.administrator)

    def test_it_is_kept_and_in_the_trail(self, cast: Cast) -> None:
        found = self.withdrawn(cast)
        kept = Withdrawal.objects.get()
        assert (kept.version, kept.reason, kept.withdrawn_by) == (found, REASON, cast.administrator)
        event = Event.objects.get(kind="criteria.withdrawn")
        assert event.after is not None
        assert (event.after["reason"], event.actor_id) == (REASON, cast.administrator.pk)
        assert Version.objects.newest_published("small") is None

    @pytest.mark.parametrize("reason", ["", "  \r\n ", "x" * (REASON_LENGTH + 1)])
    def test_it_needs_a_reason_that_can_be_read(self, reason: str) -> None:
        version = publish(draft())
        with pytest.raises(services.WithdrawalError, match=r"Enter why|1,000 characters or fewer"):
            services.withdraw_version(version=version, reason=reason, by=None)
        version.refresh_from_db()
        assert version.status == "published"

    def test_only_what_is_published_and_only_once(self, cast: Cast) -> None:
        version = draft()
        with pytest.raises(services.WithdrawalError, match="Throw it away instead"):
            services.withdraw_version(version=version, reason="No", by=None)
        publish(version)
        services.withdraw_version(version=version, reason="No", by=None)
        with pytest.raises(services.WithdrawalError, match="already withdrawn"):
            services.withdraw_version(version=version, reason="Again", by=None)
        assert Withdrawal.objects.get().reason == "No"
        with pytest.raises(services.PublishedError):
            services.publish_version(version=version, by=None)

    @pytest.mark.parametrize(("opens", "closes"), [(-5, 0), (-5, 5), (5, 9)])
    def test_not_while_a_round_asks_it(self, round_: Round, opens: int, closes: int) -> None:
        Round.objects.filter(pk=round_.pk).update(opens_on=in_days(opens), closes_on=in_days(closes))
        with pytest.raises(services.InUseError, match=r"“2027 self-assessment” asks these criteria\. Change the crit"):
            services.withdraw_version(version=round_.version, reason="No", by=None)
        assert not Withdrawal.objects.exists()

    def test_more_time_for_one_partnership_counts_as_open(self, round_: Round, places: Places) -> None:
        end(round_.version)
        Extension.objects.create(round=round_, partnership=places.amber_valley, until=in_days(1), reason="Flood")
        with pytest.raises(services.InUseError):
            services.withdraw_version(version=round_.version, reason="No", by=None)

    def test_everybody_reads_when_and_why_and_takes_it_away(self, cast: Cast, client: Client) -> None:
        self.withdrawn(cast)
        for address in ("/criteria/", "/criteria/small/v1/", "/criteria/small/v1/LEAD.1/"):
            shown = client.get(address).content.decode()
            assert "Withdrawn on " in shown
            assert "The ministry &lt;took&gt; them back." in shown
        assert client.get("/criteria/small/v1/criteria.csv").status_code == 200

    def test_it_is_offered_nowhere_again(self, round_: Round, places: Places, cast: Cast) -> None:
        other = criteria.make_version("other-set")
        services.withdraw_version(version=other, reason="No", by=None)
        assert other not in may_be_taken(round_)
        assert str(other.pk) not in [str(value) for value, _label in RoundForm().fields["version"].choices]  # type: ignore[attr-defined]
        with pytest.raises(VersionNotPublished):
            move_assessments(round_=round_, version=other, by=cast.administrator)
        # An object that was read before the withdrawal is not believed.
        other.status = Version.Status.PUBLISHED
        with pytest.raises(VersionNotPublished):
            move_assessments(round_=round_, version=other, by=cast.administrator)
        with pytest.raises(round_services.VersionNotPublished):
            round_services.open_round(
                slug="x", name="X", version=other, opens_on=in_days(0), closes_on=in_days(1), by=cast.administrator
            )

    def test_a_round_does_not_go_back_to_it(self, round_: Round, cast: Cast) -> None:
        before, after = round_.version, criteria.make_version("other-set")
        move = move_assessments(round_=round_, version=after, by=cast.administrator)
        services.withdraw_version(version=before, reason="No", by=None)
        move.refresh_from_db()
        assert isinstance(undo_refusal_of(round_, move), BeforeWithdrawn)
        with pytest.raises(BeforeWithdrawn):
            undo_move(round_=round_, by=cast.administrator)
        round_.refresh_from_db()
        assert round_.version == after


class TestWithdrawPage:
    def test_it_asks_for_the_reason_and_says_that_there_is_no_way_back(self, cast: Cast, sign_in: SignIn) -> None:
        publish(draft())
        client = sign_in(cast.administrator)
        assert "There is no way back" in client.get(WITHDRAW).content.decode()
        answer = client.post(WITHDRAW, {"reason": " "}).content.decode()
        assert "Enter why these criteria are withdrawn" in answer
        answer = client.post(WITHDRAW, {"reason": REASON}, follow=True).content.decode()
        assert "Nothing that was answered under these criteria has changed" in answer
        assert "already withdrawn" in client.get(WITHDRAW, follow=True).content.decode()

    def test_a_refusal_keeps_the_reason(self, round_: Round, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.administrator)
        assert "They cannot be withdrawn now" in client.get(f"{HERE}withdraw/").content.decode()
        answer = client.post(f"{HERE}withdraw/", {"reason": REASON}).content.decode()
        assert "“2027 self-assessment” asks these criteria" in answer
        assert "The ministry &lt;took&gt; them back." in answer

    def test_only_administrators(self, cast: Cast, sign_in: SignIn) -> None:
        publish(draft())
        for name, person in cast.everybody().items():
            if name not in {"administrator", "visitor"}:
                assert sign_in(person).post(WITHDRAW, {"reason": "No"}).status_code == 404, name
        assert not Withdrawal.objects.exists()


def test_what_was_answered_is_unchanged_to_the_byte(world: None, version: Version, cast: Cast, sign_in: SignIn) -> None:
    end(version)
    client = sign_in(cast.reviewer)

    def shown(address: str) -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200, address
        # Each answer has tokens of its own in its forms.
        return re.sub(rb'name="(csrfmiddlewaretoken|save_id)" value="[^"]*"', b"", answer.content)

    before = {address: shown(address) for address in ANSWERED}
    rows = list(Submission.objects.order_by("pk").values())
    services.withdraw_version(version=version, reason=REASON, by=cast.administrator)
    assert {address: shown(address) for address in ANSWERED} == before
    assert list(Submission.objects.order_by("pk").values()) == rows
