"""Versions: frozen, in order, only when something changed; checked, retired, brought back, shown to the public."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from audit.models import Event
from casestudies import services
from casestudies.article import read
from casestudies.models import CaseStudy, CaseStudyVersion
from casestudies.services import Story
from tests.casestudies.making import WORDS, make_attachment, make_case_study, seat_of
from tests.people import Cast


def say(case_study: CaseStudy, cast: Cast, **words: str) -> CaseStudy:
    return services.save_case_study(
        case_study=case_study,
        revision=CaseStudy.objects.get(pk=case_study.pk).revision,
        story=Story(**WORDS | words),
        criteria=[],
        by=seat_of(cast.officer),
    )


def publish(case_study: CaseStudy, cast: Cast, **more: object) -> CaseStudy:
    revision = CaseStudy.objects.get(pk=case_study.pk).revision
    return services.publish_case_study(
        **{"case_study": case_study, "revision": revision, "by": seat_of(cast.coordinator), **more}  # type: ignore[arg-type]
    )


def titles(case_study: CaseStudy) -> list[str]:
    return [read(version.document).title for version in case_study.versions.all()]


def test_a_version_holds_what_was_published_whatever_is_written_later(cast: Cast) -> None:
    case_study = publish(make_case_study(cast.officer, title="One"), cast)
    say(case_study, cast, title="Two")
    assert titles(case_study) == ["One"]
    publish(case_study, cast)
    assert titles(case_study) == ["Two", "One"]
    assert Event.objects.latest("pk").after == {"status": "published", "revision": 2, "version": 2}


def test_publishing_again_without_a_change_makes_nothing(cast: Cast) -> None:
    case_study = publish(make_case_study(cast.officer), cast)
    before = Event.objects.count()
    publish(case_study, cast, revision=99)
    assert case_study.versions.count() == 1
    assert Event.objects.count() == before


def test_a_file_added_or_removed_is_a_change(cast: Cast) -> None:
    case_study = publish(make_case_study(cast.officer), cast)
    file = make_attachment(case_study, cast.officer)
    publish(case_study, cast)
    services.remove_attachment(attachment=file, by=seat_of(cast.officer))
    publish(case_study, cast)
    counts = [len(read(version.document).files) for version in case_study.versions.all()]
    assert counts == [0, 1, 0]


def test_a_text_or_a_file_that_came_after_the_page_was_read_is_not_published(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    say(case_study, cast, title="Later")
    with pytest.raises(services.Stale):
        publish(case_study, cast, revision=1)
    with pytest.raises(services.Stale):
        publish(case_study, cast, seen="0" * 64)
    assert CaseStudy.objects.get().is_draft
    assert not CaseStudyVersion.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_version_can_neither_be_changed_nor_deleted(act: str, cast: Cast) -> None:
    publish(make_case_study(cast.officer), cast)
    versions = CaseStudyVersion.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        versions.delete() if act == "delete" else versions.update(number=7)
    assert versions.get().number == 1


def test_what_may_tell_of_a_person_is_published_only_once_somebody_looked(cast: Cast) -> None:
    case_study = make_case_study(cast.officer, cost="Ask 0115 496 0123 or 0115 496 0124, at DE1 2AB")
    with pytest.raises(services.NotChecked) as refused:
        publish(case_study, cast)
    assert [finding.words for finding in refused.value.found] == ["0115 496 0123", "0115 496 0124", "DE1 2AB"]
    assert CaseStudy.objects.get().is_draft
    publish(case_study, cast, is_checked=True)
    event = Event.objects.latest("pk")
    assert event.after == {"status": "published", "revision": 1, "version": 1, "checked": {"phone": 2, "postcode": 1}}
    assert "0115" not in str(event.after)


def test_names_of_files_and_the_mailbox_are_looked_at_too(cast: Cast) -> None:
    case_study = make_case_study(cast.officer, contact_mailbox=cast.viewer.email.upper())
    make_attachment(case_study, cast.officer, "Statement 12 March 1985.pdf")
    with pytest.raises(services.NotChecked) as refused:
        publish(case_study, cast)
    assert [(finding.kind.value, finding.field) for finding in refused.value.found] == [
        ("date_of_birth", "files"),
        ("own_mailbox", "contact_mailbox"),
    ]


def test_a_mailbox_of_a_role_is_no_finding(cast: Cast) -> None:
    publish(make_case_study(cast.officer, contact_mailbox="community.safety@amber-valley.example"), cast)


def test_one_is_retired_with_a_reason_and_comes_back_by_publishing_again(cast: Cast) -> None:
    case_study = publish(make_case_study(cast.officer), cast)
    retired = services.retire_case_study(case_study=case_study, reason="It ended.", by=seat_of(cast.coordinator))
    assert (retired.status, retired.retired_reason) == ("retired", "It ended.")
    assert CaseStudy.objects.published().count() == 0
    assert CaseStudy.objects.to_read().count() == 1
    services.retire_case_study(case_study=case_study, reason="Again.", by=seat_of(cast.coordinator))
    assert Event.objects.filter(kind="casestudy.retired").count() == 1
    back = publish(case_study, cast)
    assert (back.status, back.retired_reason, back.versions.count()) == ("published", "", 1)
    say(back, cast, title="Two")
    services.retire_case_study(case_study=case_study, reason="It ended.", by=seat_of(cast.coordinator))
    assert publish(case_study, cast).versions.count() == 2


def test_only_what_is_published_is_retired_or_shown_to_the_public(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    by = seat_of(cast.coordinator)
    with pytest.raises(services.NotPublished):
        services.retire_case_study(case_study=case_study, reason="No.", by=by)
    with pytest.raises(services.NotPublished):
        services.set_public(case_study=case_study, is_public=True, by=by)
    publish(case_study, cast)
    for is_public in (True, True, False):
        assert services.set_public(case_study=case_study, is_public=is_public, by=by).is_public is is_public
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds.count("casestudy.public") == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_version(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    together = threading.Barrier(2)

    def press() -> None:
        together.wait()
        try:
            publish(case_study, cast)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for pressed in [pool.submit(press) for _ in range(2)]:
            pressed.result()
    assert CaseStudyVersion.objects.count() == 1
