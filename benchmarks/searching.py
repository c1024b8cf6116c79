"""Finding among 20,000 case studies of 1,000 words: pages beside their own SQL, and beside a tenth of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from accounts.models import User
from benchmarks import words
from benchmarks.measuring import Measured, side_by_side
from benchmarks.meeting import sql_alone
from benchmarks.requests import Send, in_process, visitor
from casestudies.models import WORD_LENGTH, CaseStudy, SearchEntry, SearchText, SearchWord
from casestudies.search.folding import vocabulary
from partnerships.models import Partnership
from tests.people import Cast

FEW, MANY, LENGTH, AT_ONCE = 2_000, 20_000, 1_000, 500
INDEX = "CREATE INDEX casestudies_searchtext_whole ON casestudies_searchtext USING gin (whole) WITH (fastupdate = off)"
# Ranks of words that three in four, one in three and one in fifty of the texts have.
RANKS = (280, 1_000, 20_000)
# What is counted: several words, one of them in no text, so that everything is tried.
TYPICAL = "/case-studies/?words=burglary+helicopters"


def compare(cast: Cast) -> Iterator[Measured]:
    """Fill a tenth of the collection, then all of it, and yield what is measured of the pages."""
    send, known = in_process(visitor(cast.officer)), words.vocabulary()
    looked_for = questions(known)
    fill(cast.officer, known, 0, FEW)
    small = {what: _median(send, path) for what, path in looked_for.items()}
    fill(cast.officer, known, FEW, MANY)
    large: list[Measured] = []
    for what, path in looked_for.items():
        page = _opens(send, path)
        large.append(side_by_side(f"Find {what}", page, "its SQL alone", sql_alone(send, path), "≤ 3", times=30))
        yield large[-1]
    for (what, before), now in zip(small.items(), large, strict=True):
        yield Measured(f"Find {what}, {MANY:,}", f"the same among {FEW:,}", now.first_ms, before, "≤ 10")


def questions(known: Sequence[str]) -> dict[str, str]:
    """Return the addresses of searches, by what each looks for."""
    common, other, rare = (known[rank] for rank in RANKS)
    return {
        "a word that three in four have": _address(common),
        "two words that one in four have": _address(f"{common} {other}"),
        "the two in quotes": _address(f'"{common} {other}"'),
        "a common word in one region": _address(common, region="east-midlands", sort="best"),
        "a word that one in fifty has": _address(rare),
        "case studies without words": _address(""),
    }


def fill(by: User, known: Sequence[str], first: int, last: int) -> None:
    """Publish case studies of these numbers, spread over the country and over what they are filtered by."""
    told: Counter[str] = Counter()
    with _index_made_at_the_end():
        for begin in range(first, last, AT_ONCE):
            for text in _publish(by, known, begin, min(begin + AT_ONCE, last)):
                told.update(vocabulary((text.title, text.summary, text.body), WORD_LENGTH))
    counted = [SearchWord(word=w, start=w[0], length=len(w), number=n) for w, n in told.items()]
    SearchWord.objects.bulk_create(counted, batch_size=1_000, ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _publish(by: User, known: Sequence[str], first: int, last: int) -> list[SearchText]:
    places = list(Partnership.objects.order_by("slug"))
    made = list(words.texts(known, first, last, LENGTH))
    rows = CaseStudy.objects.bulk_create(
        CaseStudy(
            partnership=places[number % len(places)],
            slug=f"benchmark-{number}",
            title=title,
            summary=summary,
            status=CaseStudy.Status.PUBLISHED,
            written_by=by,
        )
        for number, (title, summary, _body) in enumerate(made, start=first)
    )
    SearchEntry.objects.bulk_create(_entry(row, number) for number, row in enumerate(rows, start=first))
    return SearchText.objects.bulk_create(
        SearchText(id=row.pk, case_study=row, title=title, summary=summary, body=body)
        for row, (title, summary, body) in zip(rows, made, strict=True)
    )


def _entry(row: CaseStudy, number: int) -> SearchEntry:
    kinds, effects = CaseStudy.PlaceType.values, CaseStudy.Effect.values
    return SearchEntry(
        id=row.pk,
        case_study=row,
        partnership=row.partnership,
        is_retired=number % 50 == 0,
        is_agreed=number % 7 == 0,
        effect=effects[number % len(effects)],
        place_type=kinds[number % len(kinds)],
        from_year=2000 + number % 9,
        to_year=2002 + number % 9,
        version=1,
        published_at=timezone.now(),
    )


@contextmanager
def _index_made_at_the_end() -> Iterator[None]:
    """Let PostgreSQL make its word index once for all rows, as a restored backup does."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX casestudies_searchtext_whole")
        yield
        cursor.execute(INDEX)


def _address(said: str, **choices: str) -> str:
    return "/case-studies/?" + urlencode({"words": said, **choices} if said else choices)


def _opens(send: Send, path: str) -> Callable[[], None]:
    def open_page() -> None:
        if send(path) != 200:
            raise RuntimeError(f"{path} did not answer 200.")

    return open_page


def _median(send: Send, path: str) -> float:
    return side_by_side("", _opens(send, path), "", lambda: None, "", times=30).first_ms
