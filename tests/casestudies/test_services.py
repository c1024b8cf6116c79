"""Writing, publishing and attaching: nothing overwritten, everything audited, files and rows together."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from audit.models import Event
from casestudies import services, uploads
from casestudies.models import Attachment, CaseStudy
from casestudies.services import Story
from hallmarks.models import Criterion, Version
from tests.casestudies import files
from tests.casestudies.making import WORDS, make_attachment, make_case_study, seat_of
from tests.people import Cast, Places


def save(case_study: CaseStudy, by, revision: int = 1, criteria=(), **words: str) -> CaseStudy:
    return services.save_case_study(
        case_study=case_study, revision=revision, story=Story(**WORDS | words), criteria=criteria, by=seat_of(by)
    )


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_draft_is_begun_and_recorded(cast: Cast, version: Version) -> None:
    criterion = Criterion.objects.get(code="LEAD.1")
    case_study = make_case_study(cast.officer, criterion)
    assert (case_study.slug, case_study.status, case_study.revision) == (
        "fewer-burglaries-in-shared-houses",
        "draft",
        1,
    )
    event = Event.objects.get()
    assert (event.kind, event.actor_id, event.partnership) == ("casestudy.created", cast.officer.pk, "amber-valley")
    assert event.actor_role == "Officer, Local authority"
    assert event.after == WORDS | {"effect": "none", "criteria": ["test-framework/test-set/LEAD.1"]}


def test_the_same_words_sent_twice_make_one(cast: Cast) -> None:
    assert make_case_study(cast.officer) == make_case_study(cast.officer)
    assert events() == ["casestudy.created"]
    assert make_case_study(cast.colleague) != make_case_study(cast.officer)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("New", "new-2"),
        ("犯罪", "case-study"),
        ("-- a  B! --", "a-b"),
        ("w" * 150, "w" * 70),
    ],
)
def test_a_slug_comes_from_the_title(cast: Cast, title: str, slug: str) -> None:
    assert make_case_study(cast.officer, title=title).slug == slug


def test_a_slug_is_used_once_in_a_partnership(cast: Cast) -> None:
    slugs = [make_case_study(cast.officer, summary=text).slug for text in "abc"]
    stem = "fewer-burglaries-in-shared-houses"
    assert slugs == [stem, f"{stem}-2", f"{stem}-3"]
    assert make_case_study(cast.neighbour).slug == stem


def test_a_save_records_what_changed_and_nothing_else(cast: Cast, version: Version) -> None:
    first, second = Criterion.objects.filter(code__startswith="LEAD").order_by("code")
    case_study = make_case_study(cast.officer, first)
    saved = save(case_study, cast.colleague, criteria=[second], analysis="Other causes.")
    assert (saved.analysis, saved.revision, saved.slug) == ("Other causes.", 2, case_study.slug)
    assert list(saved.criteria.all()) == [second]
    event = Event.objects.get(kind="casestudy.saved")
    assert event.before == {"analysis": WORDS["analysis"], "criteria": ["test-framework/test-set/LEAD.1"]}
    assert event.after == {"analysis": "Other causes.", "criteria": ["test-framework/test-set/LEAD.2"]}


def test_a_stale_save_changes_nothing_and_shows_what_is_there(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    save(case_study, cast.colleague, summary="Theirs.")
    with pytest.raises(services.Stale) as stale:
        save(case_study, cast.officer, summary="Mine.")
    assert (stale.value.current.summary, stale.value.current.revision) == ("Theirs.", 2)
    assert CaseStudy.objects.get().summary == "Theirs."
    assert events() == ["casestudy.created", "casestudy.saved"]


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_kept_and_one_is_told(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    start = threading.Barrier(2)

    def try_to_save(summary: str) -> str:
        try:
            start.wait(timeout=10)
            save(case_study, cast.officer, revision=revision, summary=summary)
        except services.Stale:
            return "told"
        finally:
            connection.close()
        return "kept"

    for revision in range(1, 6):
        with ThreadPoolExecutor(2) as people:
            found = sorted(people.map(try_to_save, [f"One {revision}.", f"Other {revision}."]))
        assert found == ["kept", "told"]
    assert CaseStudy.objects.get().revision == 6


def test_a_retry_is_no_conflict(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    save(case_study, cast.officer, summary="Once.")
    assert save(case_study, cast.officer, summary="Once.").revision == 2
    assert events() == ["casestudy.created", "casestudy.saved"]


def test_criteria_of_a_set_no_longer_offered_stay(cast: Cast, version: Version) -> None:
    old, new = Criterion.objects.filter(code__startswith="LEAD").order_by("code")
    case_study = make_case_study(cast.officer, old)
    Version.objects.filter(pk=version.pk).update(status="withdrawn")
    assert list(save(case_study, cast.officer, summary="New.").criteria.all()) == [old]
    assert set(save(case_study, cast.officer, revision=2, criteria=[new]).criteria.all()) == {old, new}


def test_publishing_is_recorded_once(cast: Cast) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    again = services.publish_case_study(case_study=case_study, revision=7, by=seat_of(cast.coordinator))
    assert not again.is_draft
    assert events() == ["casestudy.created", "casestudy.published"]


def test_only_the_text_that_was_read_is_published(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    save(case_study, cast.officer, summary="Changed.")
    with pytest.raises(services.Stale):
        services.publish_case_study(case_study=case_study, revision=1, by=seat_of(cast.coordinator))
    assert CaseStudy.objects.get().is_draft


def test_a_file_is_kept_and_recorded(cast: Cast) -> None:
    attachment = make_attachment(make_case_study(cast.officer), cast.officer)
    assert files.everything_stored() == [str(attachment.file.name).rpartition("/")[2]]
    assert str(attachment.file.name).startswith("case-studies/amber-valley/")
    assert Event.objects.get(kind="attachment.added").after == {
        "case_study": attachment.case_study.slug,
        "name": "plan.pdf",
        "sha256": attachment.sha256,
        "size": attachment.size,
    }


def test_the_same_file_is_attached_once(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    make_attachment(case_study, cast.officer, data=files.png())
    with pytest.raises(services.AlreadyAttached):
        make_attachment(case_study, cast.colleague, "other.png", data=files.png())
    assert (Attachment.objects.count(), len(files.everything_stored())) == (1, 1)


def test_twenty_files_are_enough_even_if_a_colleague_added_the_twentieth(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    for number in range(20):
        make_attachment(case_study, cast.officer, f"{number}.pdf")
    with pytest.raises(uploads.UploadRefused, match="20 files already"):
        make_attachment(case_study, cast.officer, "more.pdf")
    assert (Attachment.objects.count(), len(files.everything_stored())) == (20, 20)


def test_the_share_is_held_even_if_a_colleague_used_it_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case_study = make_case_study(cast.officer)
    first = make_attachment(case_study, cast.officer)
    monkeypatch.setattr(uploads, "MAX_PARTNERSHIP_BYTES", first.size + 10)
    with pytest.raises(uploads.UploadRefused, match="in all"):
        make_attachment(case_study, cast.officer, "more.pdf")
    assert (Attachment.objects.count(), len(files.everything_stored())) == (1, 1)


def test_no_file_stays_without_its_row(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case_study = make_case_study(cast.officer)

    def broken(**kwargs: object) -> None:
        raise RuntimeError("the audit trail is away")

    monkeypatch.setattr(services.files, "record", broken)
    with pytest.raises(RuntimeError, match="away"):
        make_attachment(case_study, cast.officer)
    assert (Attachment.objects.count(), files.everything_stored()) == (0, [])


def test_a_removed_file_leaves_the_disk_after_the_commit(cast: Cast, django_capture_on_commit_callbacks) -> None:
    attachment = make_attachment(make_case_study(cast.officer), cast.officer)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_attachment(attachment=attachment, by=seat_of(cast.officer))
        assert len(files.everything_stored()) == 1
    assert (Attachment.objects.count(), files.everything_stored()) == (0, [])
    assert Event.objects.filter(kind="attachment.removed", before__name="plan.pdf").count() == 1


def test_a_file_whose_removal_is_rolled_back_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    attachment = make_attachment(make_case_study(cast.officer), cast.officer)

    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Attachment, "delete", broken)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        services.remove_attachment(attachment=attachment, by=seat_of(cast.officer))
    assert (Attachment.objects.count(), len(files.everything_stored())) == (1, 1)


def test_a_draft_of_a_neighbour_is_not_touched(cast: Cast, places: Places) -> None:
    make_case_study(cast.neighbour)
    make_case_study(cast.officer)
    assert CaseStudy.objects.of(places.derby).count() == 1
