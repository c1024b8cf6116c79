"""Heat maps and strengths as pages: who sees names, what travels between regions, what a partnership gets."""

import csv
import datetime
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from hallmarks.models import Version
from reports import strengths_page
from tests import criteria
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.conftest import Submit
from tests.reports.releases import close, fill, neighbours

SignIn = Callable[[User | None], Client]
REGION, NATION, STRENGTHS = (
    "/compare/2027/regions/east-midlands/heat-map/",
    "/compare/2027/heat-map/",
    "/compare/2027/strengths/",
)
REGION_CSV, NATION_CSV = REGION[:-1] + ".csv", NATION[:-1] + ".csv"
WEST = "Secret west"


@pytest.fixture
def submitted(places: Places, submit: Submit) -> None:
    """Two of the East Midlands, and six of the South West that nobody elsewhere may tell apart."""
    submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 0, "LAW.1": 2, "LAW.2": None})
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": 0, "LAW.1": 0})
    for at, place in enumerate(neighbours(places.exeter.police_force, 6, "west")):
        submit(place, {"LEAD.1": at % 2, "LEAD.2": 3, "LAW.1": 1})


@pytest.fixture
def released(round_: Round, places: Places, author: User) -> None:
    """Twelve of one force and region in a round that has closed."""
    at = close(round_) - datetime.timedelta(hours=1)
    here = [places.amber_valley, places.derby, *neighbours(places.amber_valley.police_force, 10)]
    fill(round_, here, author, at)


def page(client: Client, url: str, **data: str) -> str:
    response = client.get(url, data)
    assert response.status_code == 200
    return response.content.decode()


def table(client: Client, url: str, **data: str) -> list[dict[str, str]]:
    text = client.get(url, data).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def rows_of(text: str) -> list[str]:
    """Return the names of the heat map's rows, table by table."""
    return re.findall(r'<th scope="row"><a class="govuk-link" href="[^"]*">([^<]*)</a></th><td class="app-', text)


# A region


def test_the_regions_reviewer_sees_names_and_levels_in_words(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.reviewer), REGION)
    assert rows_of(text) == ["Amber Valley", "Derby", "Amber Valley", "Derby"]
    cells = '<td class="app-l3 app-heat__first">doing well</td><td class="app-l0">gap identified</td>'
    assert f'{cells}<td class="app-heat__sum">1</td>' in text
    assert WEST not in text


def test_practice_and_what_the_law_asks_for_are_apart(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    practice, law = page(sign_in(cast.reviewer), REGION).split("Statutory requirements</h2>")
    assert "app-s2" not in practice
    assert '<td class="app-s2 app-heat__first">met</td><td class="app-na">does not apply</td>' in law
    assert '<td class="app-s0 app-heat__first">not met</td><td class="app-none">not asked</td>' in law


def test_the_weakest_criteria_stand_above_in_a_sentence(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.reviewer), REGION)
    lead = re.sub(r"<[^>]*>", "", text[text.index("The weakest criteria are") : text.index("Key to the levels")])
    assert "Partners share the work (0 of 2 at some success or better) and Leaders give direction (1 of 2" in lead


def test_rows_and_columns_are_sorted_by_the_address(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    text = page(client, REGION, cols="weakest")
    assert text.index("LEAD.2<span") < text.index("LEAD.1<span")
    assert 'scope="rowgroup"' in page(client, REGION, rows="force")
    assert rows_of(page(client, REGION, rows="name", section="LEAD")) == ["Amber Valley", "Derby"]
    assert "app-heat--wide" in page(client, REGION, section="LEAD")
    for nonsense in ({"rows": "x", "cols": "y", "section": "z"}, {"rows": "\0"}):
        text = page(client, REGION, **nonsense)
        assert rows_of(text) == ["Amber Valley", "Derby"] * 2
        assert text.count("which is not known here.") == len(nonsense)


def test_a_region_is_for_its_own_government_office(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    for person in (cast.reviewer_elsewhere, cast.coordinator, cast.neighbour, cast.stranger):
        for url in (REGION, REGION_CSV):
            assert sign_in(person).get(url).status_code == 404
    assert sign_in(cast.administrator).get(REGION).status_code == 200
    assert sign_in(cast.reviewer).get(REGION.replace("east-midlands", "nowhere")).status_code == 404


def test_who_has_not_submitted_is_said(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    assert "No partnership of the region has submitted" in page(client, REGION)
    submit(places.derby, {"LEAD.1": 1})
    assert "Amber Valley has not submitted." in page(client, REGION)


def test_what_was_withdrawn_is_not_there(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.derby, {"LEAD.1": 1})
    submit(places.amber_valley, {"LEAD.1": 3}, is_current=False)
    assert set(rows_of(page(sign_in(cast.reviewer), REGION))) == {"Derby"}


def test_the_file_has_levels_in_words(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    rows = table(sign_in(cast.reviewer), REGION_CSV)
    assert [row["Partnership"] for row in rows] == ["Amber Valley", "Derby"]
    assert rows[0]["LEAD.1 Leaders give direction"] == "Doing well"
    assert rows[1]["LAW.2 District and county"] == "Not asked"


# The country


def test_beyond_the_region_only_counts_are_drawn_and_nobody_is_named(
    submitted: None, sign_in: SignIn, cast: Cast
) -> None:
    text = page(sign_in(cast.reviewer), NATION)
    assert "<svg" in text
    for name in (WEST, "Derby<", "South West", "Devon"):
        assert name not in text
    assert "Rest of England" in text
    # LEAD.1 of the six elsewhere, 0 and 1 in turn: sorted it is two runs of three; row by row it would be six of one.
    gaps = re.findall(r'<path fill="url\(#heat-l0\)" d="([^"]*)"', text)
    assert re.search(r"M0 [\d.]+h1v3h-1z", gaps[0])
    assert REGION in text


def test_few_elsewhere_are_not_drawn(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.derby, {"LEAD.1": 0})
    submit(places.exeter, {"LEAD.1": 3})
    client = sign_in(cast.reviewer)
    text = page(client, NATION)
    assert 'fill="url(#heat-l3)"' not in text
    assert "1 of 2 at some success" not in text
    counts = (row for row in table(client, NATION_CSV) if row["What is in the cells"] == "How many: Doing well")
    assert {row["Region"]: row["LEAD.1 Leaders give direction"] for row in counts} == {
        "Rest of England": "",
        "Wales": "0",
    }
    assert 'fill="url(#heat-l3)"' in page(sign_in(cast.administrator), NATION)


def test_administrators_see_each_region_and_its_page(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.administrator)
    text = page(client, NATION)
    assert "/compare/2027/regions/south-west/heat-map/" in text
    assert "Rest of England" not in text
    assert {row["Partnership"] for row in table(client, NATION_CSV)} >= {"Derby", f"{WEST} 0"}


def test_the_file_of_the_country_counts_beyond_the_region(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    rows = table(sign_in(cast.reviewer), NATION_CSV)
    assert [row["Partnership"] for row in rows if row["What is in the cells"] == "Level"] == ["Amber Valley", "Derby"]
    elsewhere = (row for row in rows if row["Region"] == "Rest of England")
    counts = {row["What is in the cells"]: row["LEAD.1 Leaders give direction"] for row in elsewhere}
    assert counts["How many: Gap identified"] == "3"
    assert counts["How many: Not met"] == ""
    assert WEST not in str(rows)


def test_an_empty_round_is_no_error(round_: Round, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.administrator)
    assert "No partnership has submitted" in page(client, NATION)
    assert "Fewer than two partnerships" in page(client, STRENGTHS)


# A partnership


def test_a_partnership_has_its_own_row_and_groups(released: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.viewer), NATION)
    assert '<th scope="row"><strong>Amber Valley</strong></th><td class="app-l0' in text
    assert '<th scope="row"><strong>East Midlands</strong></th><td class="app-q' in text
    for name in ("Derby<", "Secret", "/regions/", "<svg xmlns"):
        assert name not in text
    rows = table(sign_in(cast.viewer), NATION_CSV)
    assert "Secret" not in str(rows)
    assert {row["Group"] for row in rows} >= {"East Midlands", "England"}


def test_before_the_round_closes_a_partnership_sees_nothing_of_others(
    submitted: None, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.coordinator)
    for url in (NATION, STRENGTHS):
        assert "You can compare yourselves with others when this round has closed" in page(client, url)
    assert client.get(NATION_CSV).status_code == 404


def test_what_the_release_withholds_is_withheld(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    at = close(round_) - datetime.timedelta(hours=1)
    fill(round_, [places.amber_valley, places.derby, places.exeter], author, at)
    client = sign_in(cast.viewer)
    text = page(client, NATION)
    assert '<td class="app-q' not in text
    assert "not shown" in text
    assert {row["Gave a level"] for row in table(client, NATION_CSV)} == {""}
    assert "Nothing can be shown of this group" in page(client, STRENGTHS)


# Strengths and weaknesses


def earlier(version: Version, places: Places) -> Round:
    round_ = criteria.make_round(version, places, slug="2026")
    opens = round_.opens_on - datetime.timedelta(days=365)
    Round.objects.filter(pk=round_.pk).update(opens_on=opens, closes_on=opens + datetime.timedelta(days=60))
    return Round.objects.get(pk=round_.pk)


def test_a_region_and_its_nation_stand_beside_each_other(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.reviewer), STRENGTHS)
    strong, rest = text.split('id="weaknesses"')
    assert "East Midlands" in strong
    assert ">England" in strong
    # In the region half are at some success on the first criterion; in the nation 6 of 8 on the second.
    assert "1 of 2" in strong
    assert "6 of 8" in strong
    assert "0 of 2" in rest
    assert "There is no earlier round" in rest


def test_what_moved_since_the_round_before(
    submitted: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    before = earlier(version, places)
    for place in (places.amber_valley, places.derby):
        submit(place, {"LEAD.1": 0, "LEAD.2": 0, "LAW.1": 2}, to=before)
    text = page(sign_in(cast.reviewer), STRENGTHS)
    moved = text[text.index('id="moved"') : text.index('id="split"')]
    assert "up 50 points" in moved
    assert "One strategy group" not in moved
    law = text[text.index('id="law"') :]
    assert "2 of 2" in law


def test_another_region_is_not_there_and_few_elsewhere_are_left_out(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.derby, {"LEAD.1": 0})
    submit(places.amber_valley, {"LEAD.1": 0})
    submit(places.exeter, {"LEAD.1": 3})
    client = sign_in(cast.reviewer)
    assert client.get(STRENGTHS, {"region": "south-west"}).status_code == 404
    assert "1 of 3" not in page(client, STRENGTHS, region="nation-england")
    assert "1 of 3" in page(sign_in(cast.administrator), STRENGTHS, region="nation-england")


def test_a_partnerships_strengths_are_those_of_the_release(released: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.viewer)
    text = page(client, STRENGTHS)
    assert "of 12" in text
    assert "Secret" not in text
    assert "Nothing can be shown" not in page(client, STRENGTHS, **{"with": "force"})
    assert '<h3 class="govuk-heading-s">South West' not in page(client, STRENGTHS, region="south-west")


def test_no_page_asks_much(
    released: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    before = earlier(version, places)
    submit(places.derby, {"LEAD.1": 0}, to=before)
    for person, urls in ((cast.viewer, (NATION, STRENGTHS)), (cast.reviewer, (REGION, NATION, STRENGTHS))):
        client = sign_in(person)
        for url in urls:
            page(client, url)
            with counted() as asked:
                page(client, url)
            assert asked.number <= 10, (url, asked.queries)


def test_pages_link_to_them(released: None, places: Places, sign_in: SignIn, cast: Cast) -> None:
    reviewer = sign_in(cast.reviewer)
    for text in (page(reviewer, "/compare/2027/"), page(reviewer, "/regions/east-midlands/2027/")):
        assert REGION in text
        assert f"{STRENGTHS}?region=east-midlands" in text
    assert NATION in page(reviewer, "/compare/2027/", region="both-nations")
    assert NATION in page(sign_in(cast.viewer), "/compare/2027/")


def test_what_moved_is_of_those_in_both_rounds_where_all_are_open(
    submitted: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    before = earlier(version, places)
    force = places.amber_valley.police_force
    for place in (places.amber_valley, places.derby, *neighbours(force, 6, "only-then")):
        submit(place, {"LEAD.1": 0, "LEAD.2": 0, "LAW.1": 2}, to=before)
    text = page(sign_in(cast.reviewer), STRENGTHS)
    moved = text[text.index('id="moved"') : text.index('id="split"')]
    assert "Only those partnerships that gave a level in both rounds." in moved
    assert "0 of 2" in moved.split("England")[0]
    assert "of 8" not in moved.split("England")[0]


def test_strengths_calibration_and_crime_offer_the_other_rounds(
    submitted: None, version: Version, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    other = earlier(version, places)
    client = sign_in(cast.reviewer)
    for way in ("strengths", "calibration", "crime"):
        text = client.get(f"/compare/2027/{way}/").content.decode()
        assert f'href="/compare/{other.slug}/{way}/' in text, way


def test_a_pilot_of_quite_other_criteria_is_not_the_round_before(monkeypatch: pytest.MonkeyPatch) -> None:
    lineages = {1: {"lead-1", "lead-2"}, 2: {"other-1"}}
    monkeypatch.setattr(strengths_page, "_lineages", lambda round_: lineages[round_.version_id])
    last, pilot, now = (
        Round(slug=str(month), version_id=version, opens_on=datetime.date(2027, month, 1))
        for month, version in ((1, 1), (2, 2), (3, 1))
    )
    assert strengths_page.previous(now, [now, pilot, last]) == last
    assert strengths_page.previous(pilot, [now, pilot, last]) is None
