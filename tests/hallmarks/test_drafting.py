"""Drafts change act by act, each act can be taken back, and what is published never changes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from audit.models import Event
from hallmarks import editing, services
from hallmarks.document import Document
from hallmarks.draft_acts import acts_of
from hallmarks.models import Criterion, DraftSnapshot, Framework, Version
from hallmarks.services import drafting
from hallmarks.stored import document_of
from tests import criteria
from tests.counting import counted
from tests.hallmarks.files import changed, document, small
from tests.hallmarks.test_editing import new, two_sections
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
FIRST = two_sections()


@pytest.fixture
def draft() -> Version:
    return services.import_version(document=FIRST, by=None).version


def now() -> Document:
    return document_of(Version.objects.select_related("framework").get())


def edit(document: Document, act: str = "An act", by: object = None) -> Version:
    return services.edit_draft(
        version=Version.objects.select_related("framework").get(),
        document=document,
        seen=now().sha256(),
        act=act,
        by=by,  # type: ignore[arg-type]
    )


def undo(act: int | None = None) -> Version | None:
    return services.undo_draft(framework="small", slug="v1", by=None, act=act)


def retitled(title: str, of: Document = FIRST) -> Document:
    return replace(of, title=title)


def wordings() -> list[str]:
    return [act.act for act in acts_of(Framework.objects.get(), "v1").all]


ACTS: dict[str, Callable[[Document], Document]] = {
    "details": lambda d: editing.with_details(d, title="New", source="S", in_force_from=None, in_force_to=None),
    "section added": lambda d: editing.add_section(d, "NEW", "New", new(d, "NEW.1")),
    "section renamed": lambda d: editing.rename_section(d, "LAW", to="ACT", title="The Act"),
    "section moved": lambda d: editing.move_section(d, "LAW", editing.UP),
    "section removed": lambda d: editing.remove_section(d, "LAW"),
    "criterion added": lambda d: editing.add_criterion(d, "LEAD", new(d)),
    "criterion changed": lambda d: editing.change_criterion(
        d, "small-1", replace(editing.placed(d, "small-1").criterion, text="Other.", code="X.1", indicators=())
    ),
    "criterion to another section": lambda d: editing.change_criterion(
        d, "small-1", editing.placed(d, "small-1").criterion, "LAW"
    ),
    "criterion moved": lambda d: editing.move_criterion(d, "small-2", editing.UP),
    "criterion removed": lambda d: editing.remove_criterion(d, "small-1"),
    "levels": lambda d: editing.change_levels(d, "practice", d.scales[0].levels[1:]),
}


class TestEditing:
    @pytest.mark.parametrize("name", ACTS)
    def test_every_act_is_stored_as_it_says_and_taken_back_to_the_letter(self, draft: Version, name: str) -> None:
        wanted = ACTS[name](FIRST)
        assert wanted != FIRST
        stored = edit(wanted)
        assert now() == wanted
        assert (stored.status, stored.sha256) == ("draft", wanted.sha256())
        undo()
        assert now() == FIRST

    def test_it_is_told_who_did_what(self, draft: Version, cast: Cast) -> None:
        stored = edit(retitled("Other"), "Changed the title", cast.administrator)
        event = Event.objects.get(kind="criteria.edited")
        assert event.before == {"sha256": FIRST.sha256()}
        assert (event.actor_id, event.target_id) == (cast.administrator.pk, str(stored.pk))
        assert event.after
        assert event.after["act"] == "Changed the title"
        newest = acts_of(stored.framework, "v1").all[0]
        assert (newest.act, newest.made_by) == ("Changed the title", cast.administrator)

    def test_what_somebody_changed_meanwhile_is_not_written_over(self, draft: Version) -> None:
        seen = now().sha256()
        edit(retitled("Theirs"))
        with pytest.raises(services.DraftChangedError, match="nothing was saved"):
            services.edit_draft(version=draft, document=retitled("Mine"), seen=seen, act="Mine", by=None)
        assert now().title == "Theirs"

    def test_the_same_again_is_no_conflict_and_no_act(self, draft: Version) -> None:
        seen = now().sha256()
        for _twice in range(2):
            services.edit_draft(version=draft, document=retitled("Mine"), seen=seen, act="Mine", by=None)
        assert wordings() == ["Mine", "Loaded from a file"]

    def test_what_is_published_is_refused_with_what_to_do(self, draft: Version) -> None:
        services.publish_version(version=draft, by=None)
        with pytest.raises(services.PublishedError, match="begin a new version"):
            edit(retitled("Other"))
        with pytest.raises(services.PublishedError, match="begin a new version"):
            services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=None)
        assert now() == FIRST

    def test_a_draft_that_a_round_uses_is_refused(self, draft: Version, places: Places) -> None:
        criteria.make_round(draft, places)
        with pytest.raises(services.InUseError, match="already used"):
            edit(retitled("Other"))
        assert (now(), wordings()) == (FIRST, ["Loaded from a file"])

    def test_a_failure_half_way_leaves_nothing(self, draft: Version, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(**event: object) -> None:
            raise RuntimeError("no trail, no change")

        monkeypatch.setattr(drafting, "record", fail)
        for act in (lambda: edit(retitled("Other")), undo):
            with pytest.raises(RuntimeError):
                act()
        assert (now(), wordings()) == (FIRST, ["Loaded from a file"])


class TestConfirmation:
    @pytest.fixture
    def confirmed(self) -> Version:
        first = services.import_version(document=FIRST, by=None).version
        services.publish_version(version=first, by=None)
        draft = services.begin_version(version=first, slug="v2", title="Second", by=None)
        return services.confirm_lineage(version=draft, chosen={}, seen=draft.sha256, by=None)

    def edited(self, draft: Version, **fields: str) -> Version:
        before = document_of(draft)
        entry = replace(editing.placed(before, "small-1").criterion, **fields)  # type: ignore[arg-type]
        after = editing.change_criterion(before, "small-1", entry)
        return services.edit_draft(version=draft, document=after, seen=before.sha256(), act="Changed", by=None)

    def test_it_stays_where_the_table_is_the_same(self, confirmed: Version) -> None:
        assert not services.needs_confirmation(self.edited(confirmed, note="Other.", source="Other"))

    @pytest.mark.parametrize("name", ["code", "title", "text"])
    def test_it_goes_where_the_table_is_not(self, confirmed: Version, name: str) -> None:
        assert services.needs_confirmation(self.edited(confirmed, **{name: "Other"}))


class TestUndo:
    def test_acts_are_taken_back_one_after_the_other(self, draft: Version) -> None:
        edit(retitled("One"), "One")
        edit(retitled("Two"), "Two")
        undo()
        assert now().title == "One"
        undo()
        assert now() == FIRST
        assert wordings() == ["Taken back: One", "Taken back: Two", "Two", "One", "Loaded from a file"]

    def test_after_that_a_new_act_is_the_newest(self, draft: Version) -> None:
        edit(retitled("One"))
        undo()
        edit(retitled("Three"))
        undo()
        assert now() == FIRST
        assert undo() is None

    def test_what_was_taken_back_can_be_done_again(self, draft: Version) -> None:
        edit(retitled("One"), "One")
        undo()
        undo(acts_of(draft.framework, "v1").all[0].pk)
        assert now().title == "One"
        assert wordings()[0] == "Done again: One"
        undo()
        assert now() == FIRST

    def test_the_first_load_taken_back_removes_the_draft(self, draft: Version) -> None:
        assert undo() is None
        assert not Version.objects.exists()
        assert not Criterion.objects.exists()
        stored = undo(acts_of(draft.framework, "v1").all[0].pk)
        assert stored
        assert now() == FIRST

    def test_a_replacing_load_is_taken_back(self, draft: Version) -> None:
        services.import_version(document=retitled("Replaced"), by=None)
        undo()
        assert now() == FIRST

    def test_what_a_load_called_the_line_is_taken_back_while_all_are_drafts(self) -> None:
        services.import_version(document=document(small()), by=None)
        services.import_version(document=document(changed("framework", title="Large criteria")), by=None)
        undo()
        assert Framework.objects.get().title == "Small criteria"

    def test_an_act_that_is_not_the_newest_is_refused(self, draft: Version) -> None:
        first = acts_of(draft.framework, "v1").all[0].pk
        edit(retitled("One"))
        for act in (first, 0, 2**62):
            with pytest.raises(services.DraftChangedError, match="something else"):
                undo(act)
        assert now().title == "One"

    def test_what_is_published_is_never_undone_and_its_acts_are_forgotten(self, draft: Version) -> None:
        stored = edit(retitled("One"))
        act = DraftSnapshot.objects.all()[0]
        services.publish_version(version=stored, by=None)
        assert not DraftSnapshot.objects.exists()
        DraftSnapshot.objects.bulk_create([act])
        for named in (None, act.pk):
            with pytest.raises(services.PublishedError, match="is published and cannot change"):
                undo(named)
        assert now().title == "One"

    def test_of_many_acts_the_oldest_are_forgotten(self, draft: Version, settings: Settings) -> None:
        settings.CRITERIA_MAX_ACTS_KEPT = 3
        other = services.import_version(document=replace(FIRST, slug="v2"), by=None).version
        for number in range(5):
            services.edit_draft(
                version=draft,
                document=retitled(str(number)),
                seen=document_of(Version.objects.get(slug="v1")).sha256(),
                act=str(number),
                by=None,
            )
        assert wordings() == ["4", "3", "2"]
        assert len(acts_of(other.framework, "v2").all) == 1

    def test_the_undo_is_recorded(self, draft: Version, cast: Cast) -> None:
        edit(retitled("One"), "One")
        services.undo_draft(framework="small", slug="v1", by=cast.administrator)
        event = Event.objects.get(kind="criteria.act_undone")
        assert event.after
        assert (event.actor_id, event.after["act"]) == (cast.administrator.pk, "Taken back: One")


class TestThrowingAway:
    def test_it_is_gone_and_can_be_brought_back(self, draft: Version, cast: Cast) -> None:
        services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=cast.administrator)
        assert not Version.objects.exists()
        (act,) = DraftSnapshot.objects.thrown_away().told()
        assert (act.slug, getattr(act, "title", "")) == ("v1", FIRST.title)
        assert Event.objects.get(kind="criteria.thrown_away").actor_id == cast.administrator.pk
        undo(act.pk)
        assert now() == FIRST
        assert not DraftSnapshot.objects.thrown_away().exists()

    def test_a_draft_that_was_changed_meanwhile_stays(self, draft: Version) -> None:
        edit(retitled("Theirs"))
        with pytest.raises(services.DraftChangedError):
            services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=None)
        assert now().title == "Theirs"

    def test_an_edit_of_what_was_thrown_away_says_so(self, draft: Version) -> None:
        services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=None)
        with pytest.raises(services.DraftChangedError, match="thrown away"):
            services.edit_draft(version=draft, document=retitled("M"), seen=FIRST.sha256(), act="M", by=None)


class TestBeginning:
    def test_a_new_version_says_the_same_and_keeps_lineages(self, draft: Version) -> None:
        published = services.publish_version(version=draft, by=None)
        begun = services.begin_version(version=published, slug="v2", title="Second", by=None)
        assert document_of(begun) == replace(FIRST, slug="v2", title="Second")
        assert begun.status == Version.Status.DRAFT
        services.undo_draft(framework="small", slug="v2", by=None)
        assert now() == FIRST

    def test_the_address_of_another_is_refused(self, draft: Version) -> None:
        published = services.publish_version(version=draft, by=None)
        with pytest.raises(services.TakenError, match="already the address"):
            services.begin_version(version=published, slug="v1", title="Second", by=None)


def test_an_edit_of_a_large_set_takes_few_queries() -> None:
    first = FIRST.sections[0].criteria[0]
    signs = editing.signs_of([f"Sign {n} can be seen." for n in range(10)], ())
    many = tuple(
        replace(first, number=n, code=f"LEAD.{n}", lineage=f"small-{n}", indicators=signs) for n in range(1, 501)
    )
    large = replace(FIRST, sections=(replace(FIRST.sections[0], criteria=many),))
    services.import_version(document=large, by=None)
    after = editing.change_criterion(large, "small-250", replace(many[249], text="Other."))
    seen = large.sha256()
    draft = Version.objects.select_related("framework").get()
    with counted() as found:
        services.edit_draft(version=draft, document=after, seen=seen, act="Changed LEAD.250", by=None)
    assert found.number <= 40
    assert now() == after
