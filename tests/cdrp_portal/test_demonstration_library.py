"""The demonstration's library and notes: whole, made up, and as its readers will find them."""

from casestudies.models import CaseStudy, IndexEntry, Note, Source
from casestudies.personal import findings
from casestudies.queries.notebook import uses_of
from cdrp_portal.demonstration.case_studies import CITED
from cdrp_portal.demonstration.notebook import MARK
from tests.cdrp_portal.demonstrating import Told


def test_the_library_is_loaded(made: Told) -> None:
    assert (IndexEntry.objects.count(), Source.objects.count()) == (29, 74)


def test_a_dozen_partnerships_keep_notes_that_say_they_are_made_up(made: Told) -> None:
    notes = Note.objects.all()
    assert notes.values("partnership").distinct().count() >= 12
    assert all(note.found.startswith(MARK) for note in notes)
    assert not findings([("found", f"{note.found} {note.result}") for note in notes], year=2026)


def test_the_case_study_to_look_at_was_used(made: Told) -> None:
    study = CaseStudy.objects.get(partnership__slug=CITED[0], slug=CITED[1])
    assert uses_of([study])[study.pk].words.startswith("Used by 7 partnerships, 3 report success.")
