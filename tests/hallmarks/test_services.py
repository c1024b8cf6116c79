"""Criteria come in as drafts, are published once, and never change again."""

import pytest

from audit.models import Event
from hallmarks import services
from hallmarks.models import Criterion, Framework, Version
from hallmarks.stored import document_of
from tests import criteria
from tests.counting import counted
from tests.hallmarks.files import BEACON, HALLMARKS, changed, document, small, text
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db
SMALL = document(small())
OTHER = document(changed("criterion", title="Another title"))


def test_a_load_is_a_draft_that_says_what_the_file_says(cast: Cast) -> None:
    loaded = services.import_version(document=document(HALLMARKS), by=cast.administrator)
    assert loaded.words == "Loaded as a draft."
    assert loaded.version.status == Version.Status.DRAFT
    assert document_of(loaded.version) == document(HALLMARKS)


def test_a_load_leaves_one_event(cast: Cast) -> None:
    loaded = services.import_version(document=SMALL, by=cast.administrator)
    event = Event.objects.about(loaded.version).get()
    assert (event.kind, event.actor_id) == ("criteria.loaded", cast.administrator.pk)
    assert event.after
    assert (event.after["criteria"], event.after["sha256"]) == (2, SMALL.sha256())


def test_the_same_again_changes_nothing() -> None:
    services.import_version(document=SMALL, by=None)
    again = services.import_version(document=SMALL, by=None)
    assert again.words == "Already loaded; nothing changed."
    assert Event.objects.filter(kind="criteria.loaded").count() == 1


def test_the_same_again_after_publication_changes_nothing() -> None:
    version = services.import_version(document=SMALL, by=None).version
    services.publish_version(version=version, by=None)
    assert services.import_version(document=SMALL, by=None).outcome == services.Outcome.UNCHANGED
    assert Version.objects.get().status == Version.Status.PUBLISHED


def test_an_unused_draft_is_replaced_and_the_trail_says_so() -> None:
    services.import_version(document=SMALL, by=None)
    loaded = services.import_version(document=OTHER, by=None)
    assert loaded.outcome == services.Outcome.REPLACED
    assert document_of(Version.objects.get()) == OTHER
    assert Event.objects.about(loaded.version).get().before == {"replaced": SMALL.sha256()}


def test_what_is_published_cannot_change() -> None:
    version = services.import_version(document=SMALL, by=None).version
    services.publish_version(version=version, by=None)
    with pytest.raises(services.PublishedError, match="is published and cannot change; give a new version"):
        services.import_version(document=OTHER, by=None)
    assert document_of(Version.objects.get()) == SMALL


def test_a_draft_that_a_round_uses_cannot_change(places: Places) -> None:
    version = services.import_version(document=SMALL, by=None).version
    criteria.make_round(version, places)
    with pytest.raises(services.InUseError, match="already used"):
        services.import_version(document=OTHER, by=None)
    assert document_of(Version.objects.get()) == SMALL


def test_a_published_line_keeps_its_title() -> None:
    version = services.import_version(document=SMALL, by=None).version
    services.publish_version(version=version, by=None)
    second = text(changed("framework", title="Large criteria")).replace('"v1"', '"v2"')
    with pytest.raises(services.FrameworkDiffersError, match="Small criteria"):
        services.import_version(document=document(second.encode()), by=None)
    assert Framework.objects.get().title == "Small criteria"


def test_a_draft_line_takes_the_new_title() -> None:
    services.import_version(document=SMALL, by=None)
    services.import_version(document=document(changed("framework", title="Large criteria")), by=None)
    assert Framework.objects.get().title == "Large criteria"


def test_a_rehearsal_says_what_would_happen_and_does_nothing() -> None:
    assert services.rehearse_import(document=SMALL, by=None) == services.Outcome.LOADED
    assert not Framework.objects.exists()
    assert not Event.objects.exists()


def test_publishing_is_recorded_and_happens_once(cast: Cast) -> None:
    version = services.import_version(document=SMALL, by=None).version
    services.publish_version(version=version, by=cast.administrator)
    event = Event.objects.get(kind="criteria.published")
    assert event.after
    assert (event.actor_id, event.after["status"]) == (cast.administrator.pk, "published")
    with pytest.raises(services.PublishedError, match="already published"):
        services.publish_version(version=version, by=cast.administrator)
    assert Event.objects.filter(kind="criteria.published").count() == 1


def test_a_load_of_the_whole_set_takes_few_queries() -> None:
    with counted() as first:
        services.import_version(document=document(BEACON), by=None)
    assert first.number <= 20
    reworded = document(BEACON.replace(b"Senior leaders who give direction", b"Leaders who give direction"))
    with counted() as replaced:
        services.import_version(document=reworded, by=None)
    assert replaced.number <= 50


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**event: object) -> None:
        raise RuntimeError("no trail, no change")

    monkeypatch.setattr(services.loading, "record", fail)
    with pytest.raises(RuntimeError):
        services.import_version(document=SMALL, by=None)
    assert not Version.objects.exists()
    assert not Criterion.objects.exists()
