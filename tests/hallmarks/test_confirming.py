"""A person confirms what continues what; only then is a draft with a past published, and answers follow that."""

import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from audit.models import Event
from hallmarks import formats, services
from hallmarks.document import Document
from hallmarks.models import Criterion, CrosswalkLink, DraftSnapshot, Framework, LineageConfirmation, Version
from hallmarks.stored import document_of
from tests.counting import counted
from tests.hallmarks.files import document, small
from tests.hallmarks.publishing import publish
from tests.people import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
Capture = pytest.CaptureFixture[str]
FIRST = document(small())
PAGE = "/criteria/small/v2/lineage/"


def second(**codes: dict[str, object]) -> Document:
    """The next version of the small set; what changes in its criteria goes by number, as in c1={...}."""
    section = FIRST.sections[0]
    criteria = tuple(dataclasses.replace(c, **codes.get(f"c{c.number}", {})) for c in section.criteria)  # type: ignore[arg-type]
    title = "Small criteria, second"
    return dataclasses.replace(
        FIRST, slug="v2", title=title, sections=(dataclasses.replace(section, criteria=criteria),)
    )


@pytest.fixture
def first() -> Version:
    return publish(services.import_version(document=FIRST, by=None).version)


def draft(found: Document | None = None) -> Version:
    return services.import_version(document=found or second(), by=None).version


def confirm(version: Version, by: User | None = None, **chosen: str | None) -> Version:
    codes = {code.replace("_", "."): lineage for code, lineage in chosen.items()}
    return services.confirm_lineage(version=version, chosen=codes, seen=version.sha256, by=by)


def lineages(version: Version) -> list[str]:
    return list(Criterion.objects.filter(version=version).order_by("number").values_list("lineage", flat=True))


class TestConfirming:
    def test_it_is_kept_and_in_the_trail(self, first: Version, cast: Cast) -> None:
        found = confirm(draft(), by=cast.administrator)
        kept = LineageConfirmation.objects.get()
        assert (kept.version, kept.confirmed_by) == (found, cast.administrator)
        event = Event.objects.about(found).get(kind="criteria.lineage_confirmed")
        assert event.actor_id == cast.administrator.pk
        assert event.after is not None
        assert event.after["sha256"] == kept.sha256
        assert not services.needs_confirmation(found)

    def test_what_is_chosen_becomes_the_lineage_and_can_be_taken_back(self, first: Version) -> None:
        found = confirm(draft(), LEAD_1="small-2", LEAD_2="small-1")
        assert lineages(found) == ["small-2", "small-1"]
        event = Event.objects.about(found).get(kind="criteria.lineage_confirmed")
        assert event.before == {"lineages": {"LEAD.1": "small-1", "LEAD.2": "small-2"}}
        assert DraftSnapshot.objects.filter(act="Lineage confirmed").exists()

    def test_a_new_criterion_gets_a_lineage_that_no_set_of_the_line_ever_used(self, first: Version) -> None:
        other = Framework.objects.create(slug="other", title="Other", publisher="A test")
        CrosswalkLink.objects.create(
            left=first.framework, left_lineage="small-lead-1", right=other, right_lineage="x", strength="same"
        )
        found = confirm(draft(), LEAD_1=None)
        assert lineages(found) == ["small-lead-1-2", "small-2"]
        assert confirm(found, LEAD_1=None).pk == found.pk
        assert lineages(found) == ["small-lead-1-2", "small-2"]

    def test_a_new_criterion_keeps_a_lineage_of_its_own(self, first: Version) -> None:
        found = confirm(draft(second(c1={"lineage": "given-by-the-file"})), LEAD_1=None)
        assert lineages(found) == ["given-by-the-file", "small-2"]

    def test_two_cannot_continue_one(self, first: Version) -> None:
        found = draft()
        with pytest.raises(services.LineageError, match=r"LEAD\.1, LEAD\.2: one earlier criterion") as refused:
            confirm(found, LEAD_1="small-2")
        assert refused.value.codes == ("LEAD.1", "LEAD.2")
        assert lineages(found) == ["small-1", "small-2"]
        assert not LineageConfirmation.objects.exists()

    def test_what_no_published_set_has_cannot_be_continued(self, first: Version) -> None:
        with pytest.raises(services.LineageError, match=r"LEAD\.1: choose a criterion of the earlier version"):
            confirm(draft(), LEAD_1="made-up")

    def test_a_draft_that_was_changed_meanwhile_is_looked_at_again(self, first: Version) -> None:
        seen = draft()
        draft(second(c2={"text": "Another statement."}))
        with pytest.raises(services.DraftChangedError, match="was changed since you opened this page"):
            confirm(seen, LEAD_1=None)
        assert not LineageConfirmation.objects.exists()

    def test_a_draft_that_was_thrown_away_meanwhile(self, first: Version) -> None:
        seen = draft()
        Version.objects.get(pk=seen.pk)
        services.throw_away_draft(version=seen, seen=seen.sha256, by=None)
        with pytest.raises(services.DraftChangedError):
            confirm(seen)

    def test_what_is_published_is_past_confirming(self, first: Version) -> None:
        with pytest.raises(services.PublishedError):
            confirm(first, LEAD_1=None)
        assert lineages(first) == ["small-1", "small-2"]


class TestWhatItHoldsFor:
    @pytest.mark.parametrize("change", [{"guidance": "More."}, {"source": "Elsewhere"}, {"is_key": True}])
    def test_an_edit_of_something_else_keeps_it(self, first: Version, change: dict[str, object]) -> None:
        kept = confirm(draft())
        at = LineageConfirmation.objects.get().confirmed_at
        found = draft(second(c1=change))
        assert found.pk != kept.pk
        assert not services.needs_confirmation(found)
        assert LineageConfirmation.objects.get().confirmed_at == at

    @pytest.mark.parametrize("change", [{"text": "Other."}, {"title": "Other"}, {"code": "X"}, {"lineage": "x"}])
    def test_an_edit_of_the_table_asks_again(self, first: Version, change: dict[str, object]) -> None:
        confirm(draft())
        assert services.needs_confirmation(draft(second(c1=change)))

    def test_another_version_published_meanwhile_asks_again(self, first: Version) -> None:
        found = confirm(draft())
        publish(draft(dataclasses.replace(second(), slug="v3", title="Small criteria, third")))
        assert services.needs_confirmation(found)

    def test_the_first_of_a_line_needs_none(self) -> None:
        version = draft(FIRST)
        assert not services.needs_confirmation(version)
        assert services.publish_version(version=version, by=None).status == "published"

    def test_a_withdrawn_set_was_answered_too(self, first: Version) -> None:
        services.withdraw_version(version=first, reason="Wrong", by=None)
        assert services.needs_confirmation(draft())

    def test_nothing_is_published_unconfirmed(self, first: Version) -> None:
        version = draft()
        with pytest.raises(services.LineageNotConfirmedError, match="Look through the table of lineage"):
            services.publish_version(version=version, by=None)
        version.refresh_from_db()
        assert version.status == Version.Status.DRAFT
        assert not Event.objects.about(version).filter(kind="criteria.published").exists()


class TestCommands:
    def written(self, folder: Path, form: str, found: Document) -> str:
        file = folder / f"second.{form}"
        file.write_bytes(formats.write(form, found))
        return str(file)

    def test_a_file_that_names_every_lineage_confirms_itself(
        self, first: Version, tmp_path: Path, capsys: Capture
    ) -> None:
        call_command("load_criteria", self.written(tmp_path, "csv", second()), "--publish")
        assert "Lineage confirmed as the file gives it.\nPublished.\n" in capsys.readouterr().out
        assert Version.objects.get(slug="v2").status == "published"
        assert Event.objects.filter(kind="criteria.lineage_confirmed").count() == 1

    def test_lineages_that_were_proposed_wait_for_a_person(self, first: Version, tmp_path: Path) -> None:
        file = tmp_path / "second.md"
        file.write_text(
            "title: Small criteria, second\npublisher: A test\nversion: v2\nframework: small\nscale: Low, High\n\n"
            "# Leadership\n\n## Title 1\ncode: LEAD.1\n\nStatement 1.\n"
        )
        with pytest.raises(CommandError, match=r"1 lineage is only proposed.* at /criteria/small/v2/lineage/"):
            call_command("load_criteria", str(file), "--publish")
        assert Version.objects.count() == 1
        call_command("load_criteria", str(file))
        with pytest.raises(CommandError, match=r"Open /criteria/small/v2/lineage/, or run this again with --confirm"):
            call_command("publish_criteria", "small", "v2")
        assert Version.objects.get(slug="v2").status == "draft"

    def test_publishing_from_the_console_confirms_what_is_stored(self, first: Version, capsys: Capture) -> None:
        draft()
        call_command("publish_criteria", "small", "v2", "--confirm-lineage", "--from", "2027-04-01")
        assert capsys.readouterr().out == (
            "Lineage confirmed as it is stored.\nPublished “Small criteria, second”, in force from 1 April 2027.\n"
        )
        assert Version.objects.get(slug="v2").in_force_from == datetime.date(2027, 4, 1)

    @pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "01/04/2027", "1815-06-18", "20270-01-01"])
    def test_a_day_that_is_none(self, day: str) -> None:
        draft(FIRST)
        with pytest.raises(CommandError, match=r"is no day|must be between"):
            call_command("publish_criteria", "small", "v1", "--from", day)
        assert Version.objects.get().status == "draft"


class TestPage:
    def sent(self, version: Version, **chosen: str) -> dict[str, str]:
        codes = {"LEAD.1": "LEAD.1", "LEAD.2": "LEAD.2"} | {k.replace("_", "."): v for k, v in chosen.items()}
        return {"seen": version.sha256, **{f"continues-{code}": value for code, value in codes.items()}}

    def test_it_shows_how_each_was_found_and_confirms(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        version, client = draft(second(c1={"text": "Statement 1, reworded."})), sign_in(cast.administrator)
        shown = client.get(PAGE).content.decode()
        assert "<ins>" in shown
        assert 'name="continues-LEAD.1"' in shown
        assert "The same code;" in shown
        answer = client.post(PAGE, self.sent(version), follow=True)
        assert answer.redirect_chain[-1][0] == "/criteria/small/v2/publish/"
        assert "Lineage confirmed" in answer.content.decode()
        assert "This table was confirmed" in client.get(PAGE).content.decode()

    def test_one_chosen_twice_is_told_at_both_and_nothing_is_lost(
        self, first: Version, cast: Cast, sign_in: SignIn
    ) -> None:
        version = draft()
        answer = sign_in(cast.administrator).post(PAGE, self.sent(version, LEAD_2="LEAD.1")).content.decode()
        assert answer.count("is chosen here and at LEAD.2. It can go on in one of them only") == 2
        assert answer.count("is chosen here and at LEAD.1. It can go on in one of them only") == 2
        assert answer.count('<option value="LEAD.1" selected>') == 2
        assert not LineageConfirmation.objects.exists()

    def test_a_draft_changed_meanwhile_keeps_the_choices(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        seen = draft()
        draft(second(c2={"text": "Another statement."}))
        answer = sign_in(cast.administrator).post(PAGE, self.sent(seen, LEAD_1="")).content.decode()
        assert "was changed since you opened this page" in answer
        assert '<option value="" selected>' in answer
        assert not LineageConfirmation.objects.exists()

    @pytest.mark.parametrize("value", ["LEAD.9", "\0", "=", "<script>", "x" * 5_000])
    def test_what_is_no_code_is_told(self, first: Version, cast: Cast, sign_in: SignIn, value: str) -> None:
        answer = sign_in(cast.administrator).post(PAGE, self.sent(draft(), LEAD_1=value))
        assert answer.status_code == 200
        assert "is no code of the earlier version" in answer.content.decode()
        assert b"<script>\xe2" not in answer.content

    def test_nothing_sent_is_no_confirmation_of_what_was_never_seen(
        self, first: Version, cast: Cast, sign_in: SignIn
    ) -> None:
        draft()
        answer = sign_in(cast.administrator).post(PAGE, {})
        assert "was changed since you opened this page" in answer.content.decode()

    def test_a_look_at_other_wordings_confirms_nothing(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        sent = self.sent(draft(), LEAD_1="LEAD.2", LEAD_2="LEAD.1") | {"look": "yes"}
        answer = sign_in(cast.administrator).post(PAGE, sent).content.decode()
        assert answer.count("Your choice.") == 2
        assert not LineageConfirmation.objects.exists()

    def test_a_decision_stands_when_the_page_is_opened_again(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.administrator)
        client.post(PAGE, self.sent(draft(), LEAD_1=""))
        shown = client.get(PAGE).content.decode()
        assert shown.count('<option value="" selected>') == 1
        assert "Title 1" in shown.partition('id="ends"')[2]

    def test_what_comes_back_from_an_older_set_can_stay_so(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        only = dataclasses.replace(second(), slug="v2", title="Small criteria, middle")
        section = dataclasses.replace(only.sections[0], criteria=only.sections[0].criteria[:1])
        publish(draft(dataclasses.replace(only, sections=(section,))))
        version = draft(dataclasses.replace(second(), slug="v3"))
        client, page = sign_in(cast.administrator), "/criteria/small/v3/lineage/"
        assert "What it was in “Small criteria, first”" in client.get(page).content.decode()
        client.post(page, self.sent(version, LEAD_2="="))
        assert lineages(Version.objects.get(slug="v3")) == ["small-1", "small-2"]
        assert LineageConfirmation.objects.get(version__slug="v3")

    def test_500_criteria_are_one_form_with_one_list_of_codes(self, cast: Cast, sign_in: SignIn) -> None:
        first, *_rest = FIRST.sections[0].criteria
        many = tuple(
            dataclasses.replace(first, number=n, code=f"L.{n}", lineage=f"l-{n}", title=f"T{n}", text=f"Words {n} w{n}")
            for n in range(1, 501)
        )
        large = dataclasses.replace(FIRST, sections=(dataclasses.replace(FIRST.sections[0], criteria=many),))
        publish(draft(large))
        version = draft(dataclasses.replace(large, slug="v2", title="Small criteria, second"))
        client = sign_in(cast.administrator)
        client.get(PAGE)
        with counted() as spent:
            shown = client.get(PAGE).content
        assert spent.number <= 12
        assert len(shown) < 1_000_000
        assert shown.count(b"<datalist") == 1
        assert b"500 certain criteria" in shown
        sent = {"seen": version.sha256, **{f"continues-L.{n}": f"l.{n}" for n in range(1, 501)}}
        assert client.post(PAGE, sent).status_code == 302
        assert LineageConfirmation.objects.get(version__slug="v2")

    def test_only_administrators_see_it(self, first: Version, cast: Cast, sign_in: SignIn) -> None:
        draft()
        for name, person in cast.everybody().items():
            expected = {"administrator": 200, "visitor": 302}.get(name, 404)
            assert sign_in(person).get(PAGE).status_code == expected, name

    def test_the_first_of_a_line_has_nothing_to_continue(self, cast: Cast, sign_in: SignIn) -> None:
        draft(FIRST)
        answer = sign_in(cast.administrator).get("/criteria/small/v1/lineage/", follow=True)
        assert "nothing that they could continue" in answer.content.decode()

    def test_the_draft_on_the_page_is_the_one_that_is_stored(self, first: Version) -> None:
        version = draft()
        assert version.sha256 == document_of(version).sha256()
