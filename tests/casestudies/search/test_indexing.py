"""What searches go through: what is published and in use, as it was published, and nothing else."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from casestudies import services
from casestudies.models import CaseStudy, SearchEntry, SearchText, SearchWord
from casestudies.search import asking
from casestudies.search.finding import engine
from hallmarks.models import Version
from tests.casestudies.making import make_case_study, seat_of
from tests.casestudies.search.stories import look, titles
from tests.people import Cast

ZEBRA = {"summary": "Zebracrossings were painted.", "response": "Giraffes helped."}


@pytest.fixture
def draft(cast: Cast, version: Version) -> CaseStudy:
    return make_case_study(cast.officer, title="Zebra", words=ZEBRA)


def publish(case_study: CaseStudy, cast: Cast) -> CaseStudy:
    return services.publish_case_study(
        case_study=case_study, revision=case_study.revision, by=seat_of(cast.coordinator)
    )


def reword(case_study: CaseStudy, cast: Cast, **words: str) -> CaseStudy:
    story = services.Story(**{**services.Story.of(case_study).__dict__, **words})
    return services.save_case_study(
        case_study=case_study, revision=case_study.revision, story=story, criteria=[], by=seat_of(cast.officer)
    )


def retire(case_study: CaseStudy, cast: Cast) -> CaseStudy:
    return services.retire_case_study(case_study=case_study, reason="Out of date", by=seat_of(cast.coordinator))


def known(word: str) -> int:
    return sum(SearchWord.objects.filter(word=word).values_list("number", flat=True))


def words_in_index() -> list[int]:
    """Return what the engine itself finds, past all that this code filters."""
    found = SearchText.objects.filter(pk__in=engine().matching(engine().question(asking.read("giraffes"))))
    return list(found.values_list("pk", flat=True))


class TestDrafts:
    """A draft is nowhere."""

    def test_a_draft_is_not_found_counted_suggested_or_in_the_vocabulary(self, draft: CaseStudy) -> None:
        services.index(draft)
        for words in ("zebra", "giraffes", ""):
            assert look(words).total == 0
        assert look("zebracrosings").meant == ""
        assert (SearchEntry.objects.count(), SearchText.objects.count(), SearchWord.objects.count()) == (0, 0, 0)

    def test_what_is_a_draft_again_is_gone(self, draft: CaseStudy, cast: Cast) -> None:
        row = publish(draft, cast)
        row.status = CaseStudy.Status.DRAFT
        row.save()
        services.index(row)
        assert look("zebra", retired="1").total == 0
        assert SearchWord.objects.count() == 0

    def test_the_working_text_of_what_is_published_is_nowhere_either(self, draft: CaseStudy, cast: Cast) -> None:
        row = reword(publish(draft, cast), cast, title="Hippopotamus", response="Crocodiles helped.")
        services.index(row)
        assert look("hippopotamus").total == look("crocodiles").total == 0
        assert look("hippopotamis").meant == ""
        assert known("hippopotamus") == known("crocodiles") == 0
        assert [hit.title for hit in look("giraffes").hits] == ["Zebra"]

    def test_tags_and_criteria_of_the_working_text_filter_nothing(self, draft: CaseStudy, cast: Cast) -> None:
        row = publish(draft, cast)
        row.criteria.add(*Version.objects.get().criteria.all())
        services.index(row)
        assert look("", criterion="test-framework/test-set/LEAD.1").total == 0


class TestVersions:
    """The newest version counts."""

    def test_what_is_published_is_found_and_known(self, draft: CaseStudy, cast: Cast) -> None:
        publish(draft, cast)
        assert titles(look("giraffe")) == ["Zebra"]
        assert known("giraffes") == known("zebracrossings") == 1
        assert look("girafes").meant == "giraffes"

    def test_a_new_version_takes_the_place_of_the_last(self, draft: CaseStudy, cast: Cast) -> None:
        publish(reword(publish(draft, cast), cast, response="Crocodiles helped."), cast)
        assert titles(look("crocodile")) == ["Zebra"]
        assert look("giraffes").total == 0
        assert (known("giraffes"), known("crocodiles"), known("helped")) == (0, 1, 1)
        assert SearchEntry.objects.get().version == 2
        assert words_in_index() == []

    def test_publishing_again_changes_nothing(self, draft: CaseStudy, cast: Cast) -> None:
        publish(publish(draft, cast), cast)
        assert known("giraffes") == 1

    def test_words_are_counted_by_case_study(self, draft: CaseStudy, cast: Cast) -> None:
        publish(draft, cast)
        publish(make_case_study(cast.officer, title="Second", words=ZEBRA), cast)
        assert known("giraffes") == 2


class TestRetired:
    """What is retired is found by those who ask for it."""

    def test_it_is_not_found_counted_suggested_or_in_the_vocabulary(self, draft: CaseStudy, cast: Cast) -> None:
        retire(publish(draft, cast), cast)
        assert look("zebra").total == look("").total == 0
        assert look("girafes").meant == ""
        assert SearchWord.objects.count() == 0

    def test_it_is_found_if_asked_for(self, draft: CaseStudy, cast: Cast) -> None:
        retire(publish(draft, cast), cast)
        (hit,) = look("zebra", retired="1").hits
        assert hit.row.is_retired

    def test_published_again_it_is_back(self, draft: CaseStudy, cast: Cast) -> None:
        row = retire(publish(draft, cast), cast)
        publish(row, cast)
        assert titles(look("zebra")) == ["Zebra"]
        assert known("giraffes") == 1


def test_what_is_agreed_says_so_until_it_is_withdrawn_or_a_newer_version_is_there(draft: CaseStudy, cast: Cast) -> None:
    post = cast.reviewer.posts.get()
    row = publish(draft, cast)
    services.agree_as_good_practice(case_study=row, number=1, reason="It works.", by=post)
    assert titles(look("", agreed="1")) == ["Zebra"]
    services.withdraw_agreement(case_study=row, reason="It does not.", by=post)
    assert look("", agreed="1").total == 0
    services.agree_as_good_practice(case_study=row, number=1, reason="It does.", by=post)
    publish(reword(CaseStudy.objects.get(), cast, title="Quagga"), cast)
    assert look("", agreed="1").total == 0


def test_publishing_and_the_index_stand_or_fall_together(
    draft: CaseStudy, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_case_study: CaseStudy) -> None:
        raise RuntimeError("no index")

    monkeypatch.setattr("casestudies.services.publishing.index", broken)
    with pytest.raises(RuntimeError, match="no index"), transaction.atomic():
        publish(draft, cast)
    assert CaseStudy.objects.get().is_draft
    assert look("zebra").total == 0


def test_making_the_index_anew_gives_the_same(draft: CaseStudy, cast: Cast) -> None:
    publish(draft, cast)
    retire(publish(make_case_study(cast.officer, title="Okapi"), cast), cast)
    make_case_study(cast.officer, title="Draft")
    before = everything()
    SearchWord.objects.all().delete()
    SearchText.objects.update(title="wrong", body="wrong")
    SearchEntry.objects.filter(is_retired=True).delete()
    out = StringIO()
    call_command("reindex_case_studies", stdout=out)
    assert everything() == before
    assert out.getvalue() == "2 case studies can be found.\n"
    assert titles(look("zebra")) == ["Zebra"]


def test_making_it_anew_of_nothing_says_so(db: None) -> None:
    out = StringIO()
    call_command("reindex_case_studies", stdout=out)
    assert out.getvalue() == "Nothing is published yet.\n"


def everything() -> list[list[tuple[object, ...]]]:
    words = SearchWord.objects.order_by("word").values_list("word", "start", "length", "number")
    return [list(table.objects.order_by("pk").values_list()) for table in (SearchEntry, SearchText)] + [list(words)]


def test_a_row_carries_the_key_of_its_case_study(draft: CaseStudy, cast: Cast) -> None:
    publish(draft, cast)
    for table in (SearchEntry, SearchText):
        with pytest.raises(IntegrityError), transaction.atomic():
            table._default_manager.update(id=999_999)


def test_the_index_is_emptied_with_its_table(draft: CaseStudy, cast: Cast) -> None:
    publish(draft, cast)
    assert words_in_index() == [draft.pk]
    SearchText.objects.all().delete()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO casestudies_searchtext_words (casestudies_searchtext_words) VALUES ('integrity-check')"
            )
    assert words_in_index() == []
