"""One criterion as a partnership sees it: its own level beside the release, this round and over the rounds."""

from reports import queries, released_page, trends
from reports.criterion_sheet import CriterionSheet, Picked
from reports.gathering import place_of
from reports.released_page import ReleasedPage
from reports.releasing import Released


def sheet_of(page: ReleasedPage, releases: dict[str, Released], code: str) -> CriterionSheet:
    """Return the sheet of a criterion for the group that a page compares with; 404 if it was not asked.

    `releases` are those of the rounds that have closed, by slug; of every round the same group is shown.
    """
    asked, place = place_of([line.asked for line in page.every_line], code)
    editions = queries.editions(round_ for round_ in page.rounds if round_.slug in releases)
    shown = next(edition for edition in editions if edition.slug == page.round.slug)
    same = ((edition.slug, edition.same_as(asked)) for edition in editions)
    lines = {
        slug: released_page.lines(releases[slug], [each], page.own, page.compared.group)[0]
        for slug, each in same
        if each
    }
    return CriterionSheet(
        round=page.round,
        asked=asked,
        place=place,
        area=page.compared.name,
        trend=trends.trend(asked, shown, editions, lines),
        studies=list(queries.studies_on(asked.lineage)),
        query=page.query(),
        picked=Picked(page.own.name, is_you=True),
        notices=page.notices,
    )
