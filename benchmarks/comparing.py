"""Comparison over the whole nation: pages beside their own SQL, the naive way, and a tenth of the data."""

from collections.abc import Callable, Iterator

from django.template import engines

from assessments.models import Round, Submission
from benchmarks import nation
from benchmarks.browsing import first_frames
from benchmarks.measuring import Measured, side_by_side
from benchmarks.meeting import sql_alone
from benchmarks.requests import Send, in_process, visitor
from benchmarks.server import serving
from benchmarks.workbooks import workbook_of
from hallmarks.models import Version
from reports import kept
from tests.people import Cast

NEWEST = f"{nation.SLUG}{nation.LAST_YEAR}"
REGION = f"/compare/{NEWEST}/?region=east-midlands"
NATION = f"/compare/{NEWEST}/heat-map/"
REGION_HEAT = f"/compare/{NEWEST}/regions/east-midlands/heat-map/"
# A page as one writes it first: every rating an object, every cell a lookup in a template.
NAIVE = """<table>
{% for each in submissions %}<tr><th>{{ each.assessment.partnership.name }}</th>
{% for rating in each.ratings.all %}<td title="{{ rating.criterion.title }}">{{ rating.level.name }}</td>
{% endfor %}</tr>
{% endfor %}</table>"""


def compare(cast: Cast) -> Iterator[Measured]:
    """Fill one round, then ten, and yield what is measured of the pages."""
    reviewer, administrator = in_process(visitor(cast.reviewer)), in_process(visitor(cast.administrator))
    version = Version.objects.get(framework__slug="beacon")
    nation.prepare()
    nation.fill(cast.administrator, version, [nation.LAST_YEAR])
    small = {path: _median(send, path) for send, path in ((reviewer, REGION), (administrator, NATION))}
    ratings = nation.fill(cast.administrator, version, range(nation.FIRST_YEAR, nation.LAST_YEAR))
    what = f"Region comparison, {ratings:,} ratings in ten rounds"
    page, alone = _opens(reviewer, REGION), sql_alone(reviewer, REGION)
    yield side_by_side(what, page, "its SQL alone", alone, "≤ 3", times=60)
    yield side_by_side("The same, drawn for the first time", _afresh(page), "its SQL alone", alone, "-", times=60)
    yield _grows("Region comparison, ten rounds of data", reviewer, REGION, small[REGION])
    page = _opens(administrator, NATION)
    yield side_by_side("National heat map", page, "its packed-string query", _packed, "≤ 10", times=30)
    yield side_by_side("The same, drawn for the first time", _afresh(page), "its packed-string query", _packed, "-", 30)
    yield side_by_side("National heat map", page, "naive page of model objects", _naive, "≤ 0.05", times=3)
    yield _grows("National heat map, ten rounds of data", administrator, NATION, small[NATION])
    yield workbook_of(Round.objects.get(slug=NEWEST))
    with serving() as port:
        yield from first_frames("First frame of a region's heat map", port, visitor(cast.reviewer), REGION_HEAT)


def _opens(send: Send, path: str) -> Callable[[], None]:
    def open_page() -> None:
        if send(path) != 200:
            raise RuntimeError(f"{path} did not answer 200.")

    return open_page


def _afresh(open_page: Callable[[], None]) -> Callable[[], None]:
    """Forget what was drawn before each time, as it is after a submission."""

    def open_it() -> None:
        kept.forget()
        open_page()

    return open_it


def _median(send: Send, path: str) -> float:
    return side_by_side("", _opens(send, path), "", lambda: None, "", times=30).first_ms


def _grows(what: str, send: Send, path: str, before: float) -> Measured:
    return Measured(what, "the same with one round", _median(send, path), before, "≤ 10")


def _packed() -> None:
    current = Submission.objects.current().filter(assessment__round__slug=NEWEST)
    list(current.values_list("assessment__partnership__name", "levels"))


def _naive() -> None:
    submissions = Submission.objects.filter(assessment__round__slug=NEWEST).prefetch_related(
        "assessment__partnership", "ratings__criterion", "ratings__level"
    )
    engines["django"].from_string(NAIVE).render({"submissions": submissions})
