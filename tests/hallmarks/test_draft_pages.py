"""A draft is edited in the browser, act by act; nobody's words are lost, and nothing that is published is touched."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from hallmarks import editing, services
from hallmarks.document import Document
from hallmarks.models import Criterion, Version
from hallmarks.stored import document_of
from tests.counting import counted
from tests.hallmarks.test_drafting import FIRST
from tests.hallmarks.test_editing import codes
from tests.people import Cast

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>{{ settings.SECRET_KEY }}=cmd|' /C calc'!A0"


@pytest.fixture
def draft(cast: Cast) -> Version:
    return services.import_version(document=FIRST, by=cast.administrator).version


@pytest.fixture
def portal(draft: Version, cast: Cast, sign_in: Callable[[User | None], Client]) -> Client:
    return sign_in(cast.administrator)


def address(name: str, **more: str) -> str:
    return reverse(f"hallmarks:{name}", kwargs={"framework": "small", "version": "v1", **more})


CRITERION = {"lineage": "small-1"}


def now() -> Document:
    return document_of(Version.objects.select_related("framework").get(slug="v1"))


def entry(lineage: str = "small-1") -> Any:
    return editing.placed(now(), lineage).criterion


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send from the form on a page."""
    form = page.split("novalidate", 1)[1].split("</form>", 1)[0]
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if values.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        sent[values["name"]] = html.unescape(values.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = html.unescape(text).replace("\r\n", "\n").replace("\n", "\r\n")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = html.unescape(chosen.group(1)) if chosen else ""
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def form(portal: Client, name: str, **more: str) -> dict[str, str]:
    return fields_of(portal.get(address(name, **more)).content.decode())


def send(portal: Client, name: str, changes: dict[str, str], **more: str) -> Any:
    return portal.post(address(name, **more), form(portal, name, **more) | changes)


class TestOutline:
    def test_it_leads_to_everything(self, portal: Client) -> None:
        page = portal.get(address("draft")).content.decode()
        for name, more in (
            ("draft_details", {}),
            ("draft_section", {"code": "LEAD"}),
            ("draft_section_add", {}),
            ("draft_section_remove", {"code": "LAW"}),
            ("draft_criterion", CRITERION),
            ("draft_criterion_add", {"code": "LEAD"}),
            ("draft_remove", CRITERION),
            ("draft_scale", {"slug": "practice"}),
            ("draft_throw_away", {}),
            ("draft_undo", {}),
        ):
            assert address(name, **more) in page
        assert "Loaded from a file" in page

    def test_a_published_set_says_why_not_and_what_instead(self, portal: Client, draft: Version) -> None:
        services.publish_version(version=draft, by=None)
        response = portal.get(address("draft"))
        assert "These criteria cannot be edited" in response.content.decode()
        assert address("draft_copy") in response.content.decode()
        response = portal.post(address("draft_criterion", **CRITERION), {"text": "Typed in vain.", "kind": "practice"})
        assert response.status_code == 409
        assert "Typed in vain." in response.content.decode()
        assert now() == FIRST

    def test_administrators_are_led_here(self, portal: Client, draft: Version) -> None:
        assert address("draft") in portal.get(address("version")).content.decode()
        services.publish_version(version=draft, by=None)
        page = portal.get(address("version")).content.decode()
        assert address("draft_copy") in page
        assert f'"{address("draft")}"' not in page

    @pytest.mark.parametrize("who", ["coordinator", "reviewer", None])
    def test_to_others_none_of_it_is_there(
        self, draft: Version, cast: Cast, sign_in: Callable[[User | None], Client], who: str | None
    ) -> None:
        portal = sign_in(getattr(cast, who) if who else None)
        for name, more in (("draft", {}), ("draft_criterion", CRITERION), ("version", {})):
            assert portal.get(address(name, **more)).status_code in {404, 302}
        portal.post(address("draft_throw_away"), {"seen": FIRST.sha256()})
        assert now() == FIRST
        services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=None)
        assert FIRST.title not in portal.get(reverse("hallmarks:index")).content.decode()


class TestCriterion:
    def test_a_form_sent_as_it_came_changes_nothing(self, portal: Client) -> None:
        awkward = replace(
            entry(),
            text="  A statement\r\nof two lines. ",
            note="\nNote\n\n",
            indicators=(replace(entry().indicators[0], number=7, text="A sign\nof two lines."),),
        )
        services.edit_draft(
            version=Version.objects.get(),
            document=editing.change_criterion(FIRST, "small-1", awkward),
            seen=FIRST.sha256(),
            act="Awkward",
            by=None,
        )
        assert entry() == awkward
        response = send(portal, "draft_criterion", {}, **CRITERION)
        assert response.status_code == 302
        assert entry() == awkward

    def test_it_is_saved_and_the_outline_says_so_at_its_place(self, portal: Client) -> None:
        changes = {
            "title": "Other",
            "text": "First line.\r\nSecond.",
            "indicators": "One.\r\n\r\n Two. \r\n",
            "kind": "statutory",
            "is_key": "true",
            "nation": "wales",
            "tier": "unitary",
            "in_force_from_day": "1",
            "in_force_from_month": "4",
            "in_force_from_year": "2027",
            "confidence": "C",
            "guidance": "Attach it.",
            "official_text": "As published.",
            "note": "A note",
            "source": "Page 2",
        }
        response = send(portal, "draft_criterion", changes, **CRITERION)
        assert response.headers["location"] == address("draft") + "?done=c-small-1#c-small-1"
        found = entry()
        assert (found.title, found.text) == ("Other", "First line.\nSecond.")
        assert [(sign.number, sign.text) for sign in found.indicators] == [(1, "One."), (2, "Two.")]
        assert (found.kind, found.is_key, found.nation, found.tier) == ("statutory", True, "wales", "unitary")
        assert (str(found.in_force_from), found.in_force_to, found.confidence) == ("2027-04-01", None, "C")
        assert (found.guidance, found.official_text) == ("Attach it.", "As published.")
        assert (found.note, found.source) == ("A note", "Page 2")
        page = portal.get(response.headers["location"]).content.decode()
        assert "Changed LEAD.1, “Other”" in page.split('id="c-small-1"')[1].split("</li>")[0]

    def test_a_new_code_keeps_the_lineage_and_the_address(self, portal: Client) -> None:
        send(portal, "draft_criterion", {"code": "LEAD.9"}, **CRITERION)
        assert entry().code == "LEAD.9"
        assert portal.get(address("draft_criterion", **CRITERION)).status_code == 200

    def test_it_goes_to_another_section(self, portal: Client) -> None:
        send(portal, "draft_criterion", {"section": "LAW"}, **CRITERION)
        assert codes(now()) == [["LEAD", "LEAD.2"], ["LAW", "LAW.1", "LEAD.1"]]

    def test_all_problems_are_said_at_once_at_their_fields_and_nothing_is_lost(self, portal: Client) -> None:
        changes = {
            "code": "lead.2",
            "title": "\u200b",
            "text": "x" * 2001,
            "indicators": "Fine.\r\n" + "y" * 1001,
            "source": "\u202eecruos",
            "in_force_from_day": "31",
            "in_force_from_month": "2",
            "in_force_from_year": "2027",
            "section": "GONE",
            "scale": "gone",
            "confidence": "E",
        }
        response = send(portal, "draft_criterion", changes, **CRITERION)
        form = response.context["form"]
        assert {name: errors[0] for name, errors in form.errors.items()} == {
            "section": "Select a section of this draft",
            "code": "Code: “lead.2” is already taken by section “Leadership”, criterion LEAD.2. Give each its own.",
            "title": "Enter a title",
            "text": "Statement: It has 2,001 characters. The limit is 2,000 characters.",
            "indicators": "Signs to look for, line 2: It has 1,001 characters. The limit is 1,000 characters.",
            "source": "Source: Character 1 is a hidden direction character (U+202E). Remove it.",
            "in_force_from": "Counts from must be a real date",
            "confidence": "How sure is the source?: “E” is not one of: A, B, C, D.",
            "scale": "Levels: There is no scale “small / v1 / gone” in the file. Did you mean “small / v1 / practice”?",
        }
        page = html.unescape(response.content.decode())
        for name in ("code", "text", "indicators", "source"):
            assert changes[name] in page
        assert now() == FIRST

    @pytest.mark.parametrize(
        ("changes", "name", "words"),
        [
            ({"code": "lead.2"}, "code", "Code: “lead.2” is already taken by section “Leadership”, criterion LEAD.2."),
            ({"code": "edit"}, "code", "Code: “edit” is kept for the portal itself."),
            ({"scale": "gone"}, "scale", "Levels: There is no scale “small / v1 / gone”"),
            ({"kind": ""}, "kind", "Select who asks for it"),
            ({"kind": "Law"}, "kind", "Who asks for it?: “Law” is not one of: practice, statutory."),
            ({"nation": "France"}, "nation", "Nation: “France” is not one of"),
            ({"text": "a\x00b"}, "text", "Statement: Character 2 is a broken character."),
            ({"indicators": "\r\n".join("x" * 51)}, "indicators", "Signs to look for: It has 51 indicators."),
            (
                {
                    **{f"in_force_from_{part}": "2" for part in ("day", "month")},
                    **{f"in_force_to_{part}": "1" for part in ("day", "month")},
                    "in_force_from_year": "2027",
                    "in_force_to_year": "2027",
                },
                "in_force_to",
                "Counts until: This day must be the same as the first day, or after it.",
            ),
        ],
    )
    def test_each_kind_of_problem_is_at_its_field(
        self, portal: Client, changes: dict[str, str], name: str, words: str
    ) -> None:
        response = send(portal, "draft_criterion", changes, **CRITERION)
        assert response.status_code == 200
        assert list(response.context["form"].errors) == [name]
        assert words in response.context["form"].errors[name][0]
        assert now() == FIRST

    def test_an_empty_post_is_no_error_page(self, portal: Client) -> None:
        assert portal.post(address("draft_criterion", **CRITERION), {}).status_code == 200
        assert now() == FIRST

    def test_hostile_texts_are_kept_and_shown_as_text(self, portal: Client) -> None:
        changes = dict.fromkeys(("title", "text", "indicators", "note", "guidance", "source"), HOSTILE)
        assert send(portal, "draft_criterion", changes, **CRITERION).status_code == 302
        assert (entry().title, entry().indicators[0].text) == (HOSTILE, HOSTILE)
        for name, more in (("draft", {}), ("draft_criterion", CRITERION), ("draft_remove", CRITERION)):
            page = portal.get(address(name, **more)).content.decode()
            assert "<script>alert" not in page
            assert "{{ settings.SECRET_KEY }}" in html.unescape(page)

    def test_one_that_is_not_there_is_not_found(self, portal: Client) -> None:
        assert portal.get(address("draft_criterion", lineage="gone")).status_code == 404


class TestNew:
    def test_a_criterion_gets_a_lineage_that_its_line_never_had(self, portal: Client, draft: Version) -> None:
        services.publish_version(version=draft, by=None)
        services.begin_version(version=draft, slug="v2", title="Second", by=None)
        v2 = {"framework": "small", "version": "v2"}
        gone = Version.objects.select_related("framework").get(slug="v2")
        left = editing.remove_criterion(document_of(gone), "small-2")
        services.edit_draft(version=gone, document=left, seen=document_of(gone).sha256(), act="Removed", by=None)
        page = reverse("hallmarks:draft_criterion_add", kwargs={**v2, "code": "LEAD"})
        Criterion.objects.filter(version__slug="v2", lineage="small-1").update(lineage="small-lead-2")
        sent = fields_of(portal.get(page).content.decode())
        assert (sent["code"], sent["source"]) == ("LEAD.2", "A test")
        response = portal.post(page, sent | {"title": "New", "text": "New."})
        made = Criterion.objects.get(version__slug="v2", code="LEAD.2")
        assert made.lineage == "small-lead-2-2"
        assert response.headers["location"].endswith(f"#c-{made.lineage}")

    def test_a_section_begins_with_a_criterion(self, portal: Client) -> None:
        changes = {"section_title": "People and partners", "title": "New", "text": "New."}
        response = send(portal, "draft_section_add", changes)
        assert codes(now())[-1] == ["PEOPLE", "PEOPLE.1"]
        assert response.headers["location"].endswith("#s-3")

    def test_its_problems_are_at_its_fields(self, portal: Client) -> None:
        changes = {"section_title": "", "section_code": "lead", "text": "New."}
        errors = send(portal, "draft_section_add", changes).context["form"].errors
        assert errors["section_title"] == ["Enter the title of the section"]
        assert "is already taken by section “Leadership”, section LEAD" in errors["section_code"][0]
        assert errors["title"] == ["Enter a title"]
        assert now() == FIRST

    def test_more_than_a_set_may_hold_is_said(self, portal: Client, settings: Any) -> None:
        settings.CRITERIA_MAX_CRITERIA = 3
        response = send(portal, "draft_criterion_add", {"title": "New", "text": "New."}, code="LEAD")
        assert "It has 4 criteria. The limit is 3." in response.context["form"].non_field_errors()[0]


class TestOthers:
    def test_details(self, portal: Client) -> None:
        send(portal, "draft_details", {"title": "Other", "source": "Elsewhere"})
        assert (now().title, now().source) == ("Other", "Elsewhere")

    def test_a_section_is_renamed(self, portal: Client) -> None:
        response = send(portal, "draft_section", {"title": "The Act", "code": "ACT"}, code="LAW")
        assert codes(now())[-1] == ["ACT", "LAW.1"]
        assert response.headers["location"].endswith("#s-2")

    def test_levels_are_renamed_added_and_removed(self, portal: Client) -> None:
        changes = {"name-low": "Lowest", "new_name": "Middle", "new_place": "low"}
        send(portal, "draft_scale", changes, slug="practice")
        assert [(e.slug, e.name) for e in now().scales[0].levels] == [
            ("low", "Lowest"),
            ("middle", "Middle"),
            ("high", "High"),
        ]
        send(portal, "draft_scale", {"remove-low": "true", "name-low": ""}, slug="practice")
        assert [(e.position, e.slug) for e in now().scales[0].levels] == [(0, "middle"), (1, "high")]

    @pytest.mark.parametrize(
        ("changes", "name", "words"),
        [
            ({"name-high": "low"}, "name-high", "“low” is already taken by this page, level 0 of practice."),
            ({"new_name": "HIGH"}, "new_name", "“HIGH” is already taken by this page, level 1 of practice."),
            ({"name-low": " "}, "name-low", "Enter the name of the level, or remove the level"),
            ({"new_descriptor": "What?"}, "new_name", "Enter the name of the new level"),
            ({"descriptor-low": "x" * 401}, "descriptor-low", "What it means (Low): It has 401 characters."),
            ({"remove-low": "true", "remove-high": "true"}, "__all__", "It has no levels."),
        ],
    )
    def test_problems_of_levels_are_at_their_fields(
        self, portal: Client, changes: dict[str, str], name: str, words: str
    ) -> None:
        errors = send(portal, "draft_scale", changes, slug="practice").context["form"].errors
        assert list(errors) == [name]
        assert words in errors[name][0]
        assert now() == FIRST

    def test_moving(self, portal: Client) -> None:
        seen = {"seen": FIRST.sha256()}
        response = portal.post(address("draft_move"), {**seen, "criterion-up": "small-2"})
        assert response.headers["location"].endswith("#c-small-2")
        assert codes(now())[0] == ["LEAD", "LEAD.2", "LEAD.1"]
        portal.post(address("draft_move"), {"seen": now().sha256(), "section-down": "LEAD"})
        assert [section.code for section in now().sections] == ["LAW", "LEAD"]

    def test_removing_asks_once_more_and_names_what_goes(self, portal: Client) -> None:
        page = portal.get(address("draft_remove", lineage="small-3")).content.decode()
        assert "The section “The law” has no other criterion, so it goes as well." in html.unescape(page)
        assert "2 criteria go with it" in portal.get(address("draft_section_remove", code="LEAD")).content.decode()
        assert now() == FIRST
        portal.post(address("draft_section_remove", code="LEAD"), {"seen": FIRST.sha256()})
        assert codes(now()) == [["LAW", "LAW.1"]]

    def test_the_last_criterion_stays(self, portal: Client) -> None:
        portal.post(address("draft_section_remove", code="LEAD"), {"seen": FIRST.sha256()})
        response = portal.post(address("draft_remove", lineage="small-3"), {"seen": now().sha256()})
        assert "It cannot be removed" in response.content.decode()
        assert "throw the draft away" in response.content.decode()
        assert codes(now()) == [["LAW", "LAW.1"]]

    def test_undo_and_do_it_again(self, portal: Client) -> None:
        send(portal, "draft_details", {"title": "Other"})
        page = portal.get(address("draft")).content.decode()
        (act,) = re.findall(r'name="act" value="(\d+)"', page)
        portal.post(address("draft_undo"), {"act": act})
        assert now() == FIRST
        again = re.findall(r'name="act" value="(\d+)".*?Do it again', portal.get(address("draft")).content.decode())
        portal.post(address("draft_undo"), {"act": again[0]})
        assert now().title == "Other"

    def test_an_undo_of_what_is_not_the_newest_is_told(self, portal: Client) -> None:
        (act,) = re.findall(r'name="act" value="(\d+)"', portal.get(address("draft")).content.decode())
        send(portal, "draft_details", {"title": "Other"})
        page = portal.post(address("draft_undo"), {"act": act}, follow=True).content.decode()
        assert "somebody did something else" in page
        assert now().title == "Other"
        for wrong in ("", "x", "9" * 30):
            assert portal.post(address("draft_undo"), {"act": wrong}).status_code == 400

    def test_thrown_away_and_brought_back(self, portal: Client) -> None:
        assert "Throw this draft away?" in portal.get(address("draft_throw_away")).content.decode()
        response = portal.post(address("draft_throw_away"), {"seen": FIRST.sha256()})
        assert not Version.objects.exists()
        page = portal.get(response.headers["location"]).content.decode()
        (act,) = re.findall(r'name="act" value="(\d+)"', page)
        assert "Bring back" in page
        gone = portal.get(address("draft"))
        assert (gone.status_code, "Bring it back" in gone.content.decode()) == (404, True)
        portal.post(address("draft_undo"), {"act": act})
        assert now() == FIRST
        assert "Bring back" not in portal.get(reverse("hallmarks:index")).content.decode()

    def test_words_for_a_draft_that_was_thrown_away_are_not_lost(self, portal: Client, draft: Version) -> None:
        sent = form(portal, "draft_criterion", **CRITERION) | {"text": "Typed in vain."}
        services.throw_away_draft(version=draft, seen=FIRST.sha256(), by=None)
        response = portal.post(address("draft_criterion", **CRITERION), sent)
        assert (response.status_code, "Typed in vain." in response.content.decode()) == (409, True)

    def test_a_new_version_is_begun_from_a_published_one(self, portal: Client, draft: Version) -> None:
        services.publish_version(version=draft, by=None)
        page = portal.get(address("draft_copy")).content.decode()
        assert fields_of(page)["slug"] == "v1-2"
        for slug in ("v1", "no spaces", "", "x" * 51):
            response = portal.post(address("draft_copy"), {"title": "Second", "slug": slug})
            assert list(response.context["form"].errors) == ["slug"]
        response = portal.post(address("draft_copy"), {"title": "Second", "slug": "v2"})
        made = Version.objects.select_related("framework").get(slug="v2")
        assert response.headers["location"] == reverse("hallmarks:draft", args=["small", "v2"])
        assert document_of(made) == replace(FIRST, slug="v2", title="Second")

    def test_a_draft_is_not_copied(self, portal: Client) -> None:
        assert portal.get(address("draft_copy")).headers["location"] == address("draft")


class TestTwoPeople:
    def test_what_both_changed_is_shown_and_what_one_changed_is_taken_over(self, portal: Client, cast: Cast) -> None:
        sent = form(portal, "draft_criterion", **CRITERION)
        theirs = {"text": "Their statement.", "note": "Their note", "is_key": "true"}
        send(portal, "draft_criterion", theirs, **CRITERION)
        mine = {"text": "My statement.", "title": "My title"}
        response = portal.post(address("draft_criterion", **CRITERION), sent | mine)
        page = response.content.decode()
        assert response.status_code == 409
        assert (entry().text, entry().title) == ("Their statement.", "Title 1")
        assert cast.administrator.name in page
        assert [(c.label, c.is_mine_too) for c in response.context["theirs"]] == [
            ("Statement", True),
            ("One of the key criteria", False),
            ("Note", False),
        ]
        again = fields_of(page)
        assert (again["text"], again["title"], again["note"]) == ("My statement.", "My title", "Their note")
        assert portal.post(address("draft_criterion", **CRITERION), again).status_code == 302
        assert (entry().text, entry().note, entry().is_key) == ("My statement.", "Their note", True)

    def test_a_change_elsewhere_asks_for_one_more_save(self, portal: Client) -> None:
        sent = form(portal, "draft_criterion", **CRITERION)
        send(portal, "draft_details", {"title": "Theirs"})
        response = portal.post(address("draft_criterion", **CRITERION), sent | {"title": "Mine"})
        assert response.status_code == 409
        assert "was not changed" in response.content.decode()
        portal.post(address("draft_criterion", **CRITERION), fields_of(response.content.decode()))
        assert (now().title, entry().title) == ("Theirs", "Mine")

    @pytest.mark.parametrize("seen", ["", "0" * 64, "x\x00", "é" * 5000])
    def test_a_form_that_does_not_say_what_it_was_made_from_loses_nothing(self, portal: Client, seen: str) -> None:
        sent = form(portal, "draft_criterion", **CRITERION) | {"text": "Mine.", "seen": seen}
        response = portal.post(address("draft_criterion", **CRITERION), sent)
        assert response.status_code == 409
        assert fields_of(response.content.decode())["text"] == "Mine."
        assert now() == FIRST

    def test_words_for_a_criterion_that_is_gone_are_not_lost(self, portal: Client) -> None:
        sent = form(portal, "draft_criterion", **CRITERION) | {"text": "Typed in vain."}
        portal.post(address("draft_remove", **CRITERION), {"seen": FIRST.sha256()})
        response = portal.post(address("draft_criterion", **CRITERION), sent)
        assert response.status_code == 409
        assert "Typed in vain." in response.content.decode()
        assert "Removed LEAD.1" in response.content.decode()

    @pytest.mark.parametrize(
        ("name", "more", "sent"),
        [
            ("draft_move", {}, {"criterion-down": "small-1"}),
            ("draft_move", {}, {"criterion-down": "gone"}),
            ("draft_remove", CRITERION, {}),
            ("draft_section_remove", {"code": "LAW"}, {}),
            ("draft_throw_away", {}, {}),
        ],
    )
    def test_an_act_on_what_was_changed_meanwhile_is_not_done(
        self, portal: Client, name: str, more: dict[str, str], sent: dict[str, str]
    ) -> None:
        send(portal, "draft_details", {"title": "Theirs"})
        response = portal.post(address(name, **more), {"seen": FIRST.sha256(), **sent})
        assert response.status_code == 409
        assert "Changed the title, source or dates" in response.content.decode()
        assert codes(now()) == codes(FIRST)


def test_a_large_set_is_edited_in_few_queries(portal: Client) -> None:
    many = tuple(
        replace(FIRST.sections[0].criteria[0], number=n, code=f"LEAD.{n}", lineage=f"small-{n}") for n in range(1, 501)
    )
    services.import_version(document=replace(FIRST, sections=(replace(FIRST.sections[0], criteria=many),)), by=None)
    portal.get(address("draft"))
    for name, more in (("draft", {}), ("draft_criterion", CRITERION)):
        with counted() as found:
            assert portal.get(address(name, **more)).status_code == 200
        assert found.number <= 10
    sent = form(portal, "draft_criterion", lineage="small-250") | {"title": "Other"}
    with counted() as found:
        assert portal.post(address("draft_criterion", lineage="small-250"), sent).status_code == 302
    assert found.number <= 60
    assert entry("small-250").title == "Other"


def test_the_admin_site_is_no_way_round(portal: Client, draft: Version) -> None:
    found = Criterion.objects.filter(version=draft)[0]
    page = reverse("admin:hallmarks_criterion_change", args=[found.pk])
    assert portal.post(page, {"title": "Changed"}).status_code == 403
    assert now() == FIRST
