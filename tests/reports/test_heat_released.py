"""The heat map of a partnership: findings in words, rows and columns sorted by the address, nothing by colour alone."""

import csv
import datetime
import html
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round
from partnerships.models import Partnership
from reports.comparison import Line
from reports.heat_cells import Span, share_cells
from reports.heat_map import columns
from tests.people import Cast, Places
from tests.reports.releases import close, fill, neighbours
from tests.reports.test_comparison import asked

SignIn = Callable[[User | None], Client]
URL, CSV = "/compare/2027/heat-map/", "/compare/2027/heat-map.csv"
# LEAD.1, LEAD.2, LAW.1, LAW.2: most do well on LEAD.1 and hardly anybody on LEAD.2; the law's second is met by few.
LEVELS = ("3021", "2120", "3020", "2111", "3220", "1012", "2020", "3120", "2011", "3022", "0120", "2320")


@pytest.fixture
def released(round_: Round, places: Places, author: User) -> list[Partnership]:
    """Twelve in one region, Amber Valley among them at the lowest level of all; twelve more elsewhere in England."""
    at = close(round_) - datetime.timedelta(hours=1)
    force = places.amber_valley.police_force
    here = [places.amber_valley, places.derby, *neighbours(force, 10)]
    fill(round_, [places.amber_valley], author, at, ["0000"])
    fill(round_, here[1:], author, at, LEVELS)
    fill(
        round_, [places.exeter, *neighbours(places.exeter.police_force, 11, "w")], author, at, ("2211", "2322", "3200")
    )
    return here


def text_of(client: Client, **data: str) -> str:
    response = client.get(URL, data)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def groups_of(text: str) -> list[str]:
    """Return the names of the rows of the first table, one's own left out."""
    body = text.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [plain(name) for name in re.findall(r'<th scope="row">(.*?)</th>', body)[1:]]


def criteria_of(text: str) -> list[str]:
    head = text.split('<th scope="col" class="app-heat__name">')[1].split("</tr>", maxsplit=1)[0]
    return [plain(each) for each in re.findall(r'<th scope="col".*?</th>', head)[:-1]]


def test_the_findings_stand_above_in_words(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    found = plain(text_of(sign_in(cast.officer)))
    assert "East Midlands: Amber Valley is above the middle partnership on 0 of 2 criteria" in found
    assert re.search(
        r"Where to ask: at least half of East Midlands are at some success or better and Amber Valley is not, on "
        r"Leaders give direction \( ?\d+ of 12\)",
        found,
    )
    assert re.search(r"In East Midlands the weakest criteria are Partners share the work \( ?\d of 12\)", found)
    assert re.search(r"The fewest meet .* of 12\)", found)


def test_the_words_are_about_the_group_that_is_asked_for(
    released: list[Partnership], sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.officer)
    found = plain(text_of(client, **{"with": "nation"}))
    assert "England: Amber Valley is above the middle partnership" in found
    assert "In England the weakest criteria are" in found
    assert 'value="nation" selected' in text_of(client, **{"with": "nation"})


def test_rows_are_sorted_by_the_address(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.officer)
    own_first = groups_of(text_of(client))
    assert own_first[0] == "East Midlands"
    assert groups_of(text_of(client, rows="name")) == sorted(own_first)
    most = text_of(client, rows="most")
    halves = re.findall(r'app-heat__sum">(\d+) of (\d+)</td>', most.split("</tbody>")[0])
    shares = [int(half) / int(shown) for half, shown in halves]
    assert len(set(shares)) > 1
    assert shares == sorted(shares, reverse=True)
    assert groups_of(most) != own_first


def test_columns_are_sorted_by_the_address(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.officer)
    assert [each.split()[0] for each in criteria_of(text_of(client))] == ["1", "2"]
    weakest = criteria_of(text_of(client, cols="weakest"))
    assert [each.split()[0] for each in weakest] == ["LEAD.2", "LEAD.1"]
    # Amber Valley is two levels below on LEAD.1, and hardly below on LEAD.2.
    assert [each.split()[0] for each in criteria_of(text_of(client, cols="behind"))] == ["LEAD.1", "LEAD.2"]
    assert "LEAD.1" not in text_of(client, section="LAW").split("<tbody>")[1]


def test_one_section_has_titles_and_counts_in_sight(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    found = text_of(sign_in(cast.officer), section="LEAD")
    assert "1. Leaders give direction" in criteria_of(found)
    assert re.search(r"<td[^>]*>\d+<span>% \(\d+ of 12\)</span></td>", found)
    assert "Statutory requirements" not in found.split("</form>")[1]


def test_every_cell_says_in_words_what_it_shows(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    cells = re.findall(r'<td class="app-([a-z]+\d?)[^"]*">(.*?)</td>', text_of(sign_in(cast.officer)))
    own = [words for css, words in cells if css.startswith(("l", "s"))]
    shares = [words for css, words in cells if css.startswith("q")]
    assert own == ["gap identified", "gap identified", "not met", "not met"]
    assert shares
    assert all(re.fullmatch(r'\d+<span class="govuk-visually-hidden">% \(\d+ of \d+\)</span>', each) for each in shares)
    assert {plain(words) for css, words in cells if css == "none"} <= {"- not shown"}


def test_links_keep_rows_columns_and_group(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.officer)
    query = {"with": "nation", "section": "LEAD", "rows": "most", "cols": "behind"}
    found = text_of(client, **query)
    assert all(f'value="{value}" selected' in found for value in query.values())
    (href,) = re.findall(r'href="([^"]*heat-map\.csv[^"]*)"', found)
    assert all(f"{name}={value}" in href for name, value in query.items())
    rows = list(csv.DictReader(io.StringIO(client.get(href).content.decode("utf-8-sig"), newline="")))
    assert list(dict.fromkeys(row["Group"] for row in rows)) == groups_of(found)
    titles = [each.split(". ")[1] for each in criteria_of(found)]
    assert list(dict.fromkeys(row["Criterion"] for row in rows)) == titles


def test_no_other_partnership_is_named_in_any_order(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    for rows in ("", "name", "most"):
        for cols in ("", "weakest", "behind"):
            found = text_of(sign_in(cast.officer), rows=rows, cols=cols)
            assert "Secret" not in found
            assert "Derby<" not in found


def test_who_submitted_nothing_is_told_so_and_sees_the_shares(
    round_: Round, places: Places, author: User, sign_in: SignIn, cast: Cast
) -> None:
    at = close(round_) - datetime.timedelta(hours=1)
    fill(round_, neighbours(places.amber_valley.police_force, 12), author, at, LEVELS)
    found = plain(text_of(sign_in(cast.officer)))
    assert "Amber Valley had nothing submitted when the round closed" in found
    assert "Where to ask" not in found
    assert "In East Midlands the weakest criteria are" in found


def test_nothing_fits_is_said(released: list[Partnership], sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.officer)
    assert "No criterion fits this selection." in text_of(client, section="LAW", key="1")
    assert len(client.get(CSV, {"section": "LAW", "key": "1"}).content.decode().splitlines()) == 1


def test_shares_from_a_quarter_on_have_another_tint() -> None:
    shares = [share_cells([(Line(asked(), (4 - upper, 0, upper, 0), 0), False)]) for upper in range(5)]
    assert [re.findall(r"app-(q\d)", each)[0] for each in shares] == ["q0", "q1", "q2", "q3", "q3"]


def test_a_title_that_has_no_room_gives_way_to_its_code() -> None:
    found = tuple(columns([Line(asked(), (1, 0, 0, 0), 0)] * 3))
    assert Span("LEAD", "Leadership of the partnership", found).is_narrow
    assert not Span("LEAD", "Lead", found).is_narrow
