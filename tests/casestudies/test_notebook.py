"""Notes: writing, changing, deleting, counting, and whose they are."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role, User
from audit.models import Event
from casestudies.models import CaseStudy, Note, Source
from casestudies.queries.notebook import uses_of
from casestudies.services.notebook import NoteChanged, NoteWords, delete_note, save_note
from casestudies.use import Use
from hallmarks.models import Version
from partnerships.models import Agency
from tests.casestudies.making import make_case_study, seat_of
from tests.casestudies.shelving import keep, keep_private, make_printed, make_source
from tests.counting import counted
from tests.people import Cast, Places

SignIn = Callable[[User | None], Client]
WORDS = {"found": "Read page 3 first.", "usefulness": "very", "tried": "no", "result": "", "audience": "partnership"}


@pytest.fixture
def source(cast: Cast) -> Source:
    return make_source(cast.administrator)


def address(source: Source) -> str:
    return reverse("casestudies:library_entry", args=["sources", source.slug])


def add(source: Source) -> str:
    return reverse("casestudies:note_on_entry", args=["sources", source.slug])


class TestWriting:
    def test_a_note_is_kept_and_stands_next_to_the_item(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        client = sign_in(cast.officer)
        response = client.post(add(source), WORDS, follow=True)
        assert response.redirect_chain == [(f"{address(source)}#notes", 302)]
        assert "Read page 3 first." in client.get(address(source)).content.decode()
        assert Note.objects.get().partnership.slug == "amber-valley"

    def test_a_viewer_keeps_notes_too(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        assert sign_in(cast.viewer).post(add(source), WORDS).status_code == 302

    def test_the_same_sent_twice_is_kept_once(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        client = sign_in(cast.officer)
        client.post(add(source), WORDS)
        client.post(add(source), WORDS)
        assert Note.objects.count() == 1

    @pytest.mark.parametrize("item", ["printed", "study"])
    def test_every_kind_of_item_takes_notes(self, item: str, cast: Cast, sign_in: SignIn, version: Version) -> None:
        if item == "printed":
            url = reverse("casestudies:note_on_entry", args=["case-studies", make_printed(cast.administrator).slug])
        else:
            study = make_case_study(cast.coordinator, is_published=True)
            url = reverse("casestudies:note_on_case_study", args=["amber-valley", study.slug])
        client = sign_in(cast.neighbour)
        shown = client.post(url, WORDS, follow=True).content.decode()
        assert "Read page 3 first." in shown
        assert "1 partnership kept a note; none tried it yet." in shown

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"found": " "}, "Enter what you found"),
            ({"usefulness": ""}, "Select how useful it is"),
            ({"audience": ""}, "Select who may read it"),
            ({"found": "x" * 4_001}, "What you found must be 4,000 characters or fewer. You entered 4001."),
            ({"result": "line\n" * 20_000}, "What came of it must be 4,000 characters or fewer."),
            ({"found": "a\x00b"}, "broken character"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, changed: dict[str, str], error: str, cast: Cast, source: Source, sign_in: SignIn
    ) -> None:
        response = sign_in(cast.officer).post(add(source), WORDS | {"result": "Kept in the form"} | changed)
        assert response.status_code == 200
        assert error in response.content.decode()
        assert changed.get("result", "Kept in the form")[:16] in response.content.decode()
        assert not Note.objects.exists()

    def test_every_free_text_says_what_not_to_write(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        page = sign_in(cast.officer).get(add(source)).content.decode()
        assert page.count("Do not include names or details of victims or offenders.") == 2

    def test_what_may_tell_of_a_person_is_looked_at_first(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        client, words = sign_in(cast.officer), WORDS | {"found": "Ask pat@home.example first."}
        page = client.post(add(source), words).content.decode()
        assert "Check this: “pat@home.example” (email address)" in page
        assert "Ask pat@home.example first." in page
        assert not Note.objects.exists()
        client.post(add(source), words | {"is_checked": "on"})
        assert Note.objects.get().found == "Ask pat@home.example first."

    def test_a_member_of_two_partnerships_says_for_which(
        self, cast: Cast, places: Places, source: Source, sign_in: SignIn
    ) -> None:
        council = Agency.objects.get(partnership=places.derby)
        Membership.objects.create(user=cast.officer, agency=council, role=Role.VIEWER, standpoint="delivery")
        client = sign_in(cast.officer)
        assert "Select the partnership" in client.post(add(source), WORDS).content.decode()
        client.post(add(source), WORDS | {"partnership": "derby"})
        assert Note.objects.get().partnership == places.derby


class TestChanging:
    def test_the_writer_changes_and_deletes(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        note, client = keep(cast.officer, source), sign_in(cast.officer)
        client.post(reverse("casestudies:note_edit", args=[note.code]), WORDS | {"revision": "1", "found": "Anew."})
        note.refresh_from_db()
        assert (note.found, note.revision) == ("Anew.", 2)
        client.post(reverse("casestudies:note_delete", args=[note.code]))
        assert not Note.objects.exists()

    def test_another_page_does_not_write_over_it(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        note = keep(cast.officer, source)
        save_note(note=note, revision=1, words=NoteWords("From the other page.", "not"), by=seat_of(cast.officer))
        url, client = reverse("casestudies:note_edit", args=[note.code]), sign_in(cast.officer)
        response = client.post(url, WORDS | {"revision": "1", "found": "From this page."})
        page = response.content.decode()
        assert response.status_code == 409
        assert "From the other page." in page
        assert "From this page." in page
        assert 'name="revision" value="2"' in page
        note.refresh_from_db()
        assert note.found == "From the other page."

    def test_the_same_words_again_are_no_conflict(self, cast: Cast, source: Source) -> None:
        note, words = keep(cast.officer, source), NoteWords("Anew.", "not")
        for _again in range(2):
            save_note(note=note, revision=1, words=words, by=seat_of(cast.officer))
        note.refresh_from_db()
        assert note.revision == 2

    def test_one_that_was_deleted_meanwhile_is_not_lost(self, cast: Cast, source: Source) -> None:
        note = keep(cast.officer, source)
        delete_note(note=note, by=seat_of(cast.officer))
        with pytest.raises(NoteChanged):
            save_note(note=note, revision=1, words=NoteWords("Anew.", "not"), by=seat_of(cast.officer))

    def test_a_colleague_reads_and_does_not_touch(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        note, client = keep(cast.officer, source), sign_in(cast.colleague)
        assert note.found in client.get(address(source)).content.decode()
        for name in ("note_edit", "note_delete"):
            assert client.post(reverse(f"casestudies:{name}", args=[note.code])).status_code == 403

    def test_a_coordinator_deletes_what_is_shared_and_does_not_rewrite_it(
        self, cast: Cast, source: Source, sign_in: SignIn
    ) -> None:
        note, client = keep(cast.officer, source), sign_in(cast.coordinator)
        assert client.get(reverse("casestudies:note_edit", args=[note.code])).status_code == 403
        assert client.post(reverse("casestudies:note_delete", args=[note.code])).status_code == 302

    def test_nobody_but_its_writer_finds_a_private_one(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        note = keep_private(cast.officer, source)
        for person in (cast.coordinator, cast.neighbour, cast.administrator):
            for name in ("note_edit", "note_delete"):
                url = reverse(f"casestudies:{name}", args=[note.code])
                assert sign_in(person).get(url).status_code == 404

    def test_the_trail_keeps_no_words(self, cast: Cast, source: Source) -> None:
        note = keep(cast.officer, source, "Canary words", result="Canary result")
        words = NoteWords("Canary again", "not", result="Canary too")
        save_note(note=note, revision=1, words=words, by=seat_of(cast.officer))
        delete_note(note=note, by=seat_of(cast.officer))
        trail = Event.objects.filter(kind__startswith="note.").order_by("pk")
        assert [event.kind for event in trail] == ["note.written", "note.saved", "note.deleted"]
        assert "Canary" not in str([(event.before, event.after) for event in trail])


class TestCounting:
    def test_a_partnership_counts_once_and_private_notes_nowhere(self, cast: Cast, source: Source) -> None:
        keep(cast.officer, source, tried="success")
        keep(cast.coordinator, source, "Another", tried="failed")
        keep(cast.colleague, source, "A third")
        keep(cast.neighbour, source, tried="trying")
        assert uses_of([source]) == {source.pk: Use(2, 2, 1)}

    def test_private_notes_count_nowhere(self, cast: Cast, source: Source) -> None:
        keep_private(cast.officer, source)
        assert uses_of([source]) == {}

    def test_ones_own_work_is_not_counted(self, cast: Cast, version: Version) -> None:
        study = make_case_study(cast.coordinator, is_published=True)
        keep(cast.officer, study, tried="success")
        assert uses_of([study]) == {}
        keep(cast.neighbour, study, tried="partly")
        assert uses_of([study]) == {study.pk: Use(1, 1, 0)}

    def test_whoever_left_takes_nothing_along(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        keep(cast.officer, source, "Stays here.", tried="success")
        keep_private(cast.officer, source, "Nobody's now.")
        Membership.objects.filter(user=cast.officer).update(ended_at=timezone.now())
        page = sign_in(cast.colleague).get(address(source)).content.decode()
        assert "Stays here." in page
        assert "Nobody&#x27;s now." not in page
        assert "Used by 1 partnership, 1 reports success." in page
        gone = sign_in(cast.officer)
        assert "Stays here." not in gone.get(address(source)).content.decode()
        assert gone.get(reverse("casestudies:notebook")).status_code == 404


def test_a_case_study_asks_as_much_with_one_note_as_with_many(cast: Cast, sign_in: SignIn, version: Version) -> None:
    study, client = make_case_study(cast.coordinator, is_published=True), sign_in(cast.neighbour)
    keep(cast.neighbour, study)
    client.get(study.get_absolute_url())
    with counted() as few:
        client.get(study.get_absolute_url())
    for n in range(25):
        keep(cast.neighbour, study, f"Note {n}.")
    with counted() as many:
        page = client.get(study.get_absolute_url()).content.decode()
    assert many.number == few.number, many.queries
    assert "There are more in your notebook" in page


class TestTheNotebook:
    def asked(self, sign_in: SignIn, person: User, query: str) -> str:
        return sign_in(person).get(reverse("casestudies:notebook") + query).content.decode()

    def test_it_holds_ones_own_and_the_partnerships(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        keep(cast.coordinator, source, "Of a colleague.")
        keep_private(cast.officer, source, "Mine alone.")
        keep(cast.neighbour, source, "Of neighbours.")
        page = self.asked(sign_in, cast.officer, "")
        assert "Of a colleague." in page
        assert "Mine alone." in page
        assert "Of neighbours." not in page

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("?whose=mine", {"One", "Three"}),
            ("?whose=private", {"Three"}),
            ("?kind=index_entry", {"Two"}),
            ("?tried=success", {"One", "Three"}),
            ("?words=wor+thr", {"Three"}),
            ("?words=nothing+like+it", set()),
            ("?whose=yours&kind=all&tried=perhaps", {"One", "Two", "Three"}),
            ("?page=many", {"One", "Two", "Three"}),
            ("?words=%00", {"One", "Two", "Three"}),
            ("?words=" + "x" * 10_000, {"One", "Two", "Three"}),
        ],
    )
    def test_it_shows_what_is_asked_for(
        self, query: str, shown: set[str], cast: Cast, source: Source, sign_in: SignIn
    ) -> None:
        keep(cast.officer, source, "One word.", tried="success")
        keep(cast.coordinator, make_printed(cast.administrator), "Two words.")
        keep_private(cast.officer, source, "Three words.")
        page = self.asked(sign_in, cast.officer, query)
        assert {number for number in ("One", "Two", "Three") if f"{number} word" in page} == shown

    def test_others_case_studies_are_called_what_they_published(
        self, cast: Cast, sign_in: SignIn, version: Version
    ) -> None:
        study = make_case_study(cast.coordinator, is_published=True, title="As published")
        keep(cast.neighbour, study)
        keep(cast.officer, study)
        CaseStudy.objects.filter(pk=study.pk).update(title="Working title")
        assert "As published" in self.asked(sign_in, cast.neighbour, "")
        assert "Working title" not in self.asked(sign_in, cast.neighbour, "")
        assert "Working title" in self.asked(sign_in, cast.officer, "")

    def test_a_note_stays_when_its_source_is_taken_off(self, cast: Cast, source: Source, sign_in: SignIn) -> None:
        note = keep(cast.officer, source)
        Source.objects.update(is_listed=False)
        page = self.asked(sign_in, cast.officer, "")
        assert note.found in page
        assert "(no longer on the list)" in page
        assert address(source) not in page
        response = sign_in(cast.officer).post(
            reverse("casestudies:note_edit", args=[note.code]), WORDS | {"revision": "1"}, follow=True
        )
        assert response.status_code == 200
