"""Keep what searches go through in step with what is published; drafts and working texts never come here."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction

from casestudies.article import Article, read
from casestudies.models import (
    WORD_LENGTH,
    CaseStudy,
    CaseStudyVersion,
    Endorsement,
    SearchEntry,
    SearchText,
    SearchWord,
    Tag,
)
from casestudies.search.folding import vocabulary
from casestudies.search.wording import Wording
from hallmarks.models import Criterion

ROW = "(%s, %s, %s, %s)"
COUNT = """INSERT INTO casestudies_searchword (word, start, length, number) VALUES {rows}
    ON CONFLICT (word) DO UPDATE SET number = casestudies_searchword.number + excluded.number"""


@transaction.atomic
def index(case_study: CaseStudy) -> None:
    """Let searches find the newest published version of a case study, or nothing of it while it is a draft.

    To be called last in the transaction that publishes, retires, agrees or withdraws. What is retired is found by those
    who ask for it, and its words are suggested to nobody.
    """
    before = _words_told(case_study.pk)
    newest = case_study.versions.first()
    if newest is None or case_study.is_draft:
        SearchText.objects.filter(pk=case_study.pk).delete()
        SearchEntry.objects.filter(pk=case_study.pk).delete()
    else:
        _write(case_study, newest)
    _count(before, _words_told(case_study.pk))


@transaction.atomic
def reindex() -> int:
    """Make everything anew from what is published, and return how many case studies can be found."""
    for table in (SearchWord, SearchText, SearchEntry):
        table.objects.all().delete()
    number, told = 0, Counter[str]()
    for newest in CaseStudyVersion.objects.newest().select_related("case_study").iterator(chunk_size=200):
        if not newest.case_study.is_draft:
            _write(newest.case_study, newest)
            told.update(_words_told(newest.case_study_id))
            number += 1
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, start=word[0], length=len(word), number=times) for word, times in sorted(told.items())),
        batch_size=1_000,
    )
    return number


def _write(case_study: CaseStudy, newest: CaseStudyVersion) -> None:
    article = read(newest.document)
    wording = Wording.of(article)
    entry, _made = SearchEntry.objects.update_or_create(
        pk=case_study.pk,
        defaults={
            "case_study_id": case_study.pk,
            "partnership_id": case_study.partnership_id,
            "is_retired": case_study.is_retired,
            "is_agreed": Endorsement.objects.standing().filter(version=newest).exists(),
            "effect": article.effect,
            "place_type": article.place_type,
            "from_year": article.from_year,
            "to_year": article.to_year,
            "version": newest.number,
            "published_at": newest.published_at,
        },
    )
    entry.tags.set(Tag.objects.filter(slug__in=[tag.slug for tag in article.tags]))
    entry.criteria.set(_criteria(article))
    SearchText.objects.update_or_create(
        pk=case_study.pk,
        defaults={
            "case_study_id": case_study.pk,
            "title": wording.title,
            "summary": wording.summary,
            "body": wording.body,
        },
    )


def _criteria(article: Article) -> list[Criterion]:
    """Return the criteria that an article speaks to, those of sets that are gone left out."""
    named = {(one.framework, one.version, one.code) for one in article.criteria}
    rows = Criterion.objects.filter(code__in={code for _framework, _version, code in named})
    rows = rows.select_related("version__framework")
    return [row for row in rows if (row.version.framework.slug, row.version.slug, row.code) in named]


def _words_told(key: int) -> set[str]:
    """Return the words that a case study adds to the vocabulary: none unless it is found without being asked for."""
    texts = SearchText.objects.filter(pk=key, case_study__search_entry__is_retired=False)
    told = texts.values_list("title", "summary", "body").first()
    return vocabulary(told, WORD_LENGTH) if told else set()


def _count(before: Iterable[str], after: Iterable[str]) -> None:
    """Count the words of one case study as they are now; always in one order, so that no two wait for each other."""
    change = Counter(after)
    change.subtract(before)
    rows = [(word, word[0], len(word), by) for word, by in sorted(change.items()) if by]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(rows=", ".join([ROW] * len(rows))), [value for row in rows for value in row])
    gone = [word for word, _start, _length, by in rows if by < 0]
    SearchWord.objects.filter(word__in=gone, number__lte=0).delete()
