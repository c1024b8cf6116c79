"""One criterion's page: names for the region's reviewer, counts beyond, oneself alone for a partnership; the trend."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from assessments.models import Round, SubmittedRating
from casestudies.models import CaseStudy
from hallmarks.models import Criterion, Scale, Section, Version
from partnerships.models import Partnership, PoliceForce
from tests import criteria
from tests.casestudies.making import freeze
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.comparing import neighbours, review
from tests.reports.conftest import Submit

SignIn = Callable[[User | None], Client]
URL = "/compare/2027/LEAD.1/"
EVERYWHERE = {"region": "both-nations"}


@pytest.fixture
def submitted(places: Places, submit: Submit) -> None:
    """In the East Midlands one at each of two levels and one to which it does not apply; six in the South West."""
    submit(places.amber_valley, {"LEAD.1": 3, "LAW.1": 2})
    submit(places.derby, {"LEAD.1": 1, "LAW.1": 0})
    (third,) = neighbours(places.derby.police_force, 1, "east")
    submit(third, {"LEAD.1": None})
    for place in neighbours(places.exeter.police_force, 6, "west"):
        submit(place, {"LEAD.1": 0})


def page(client: Client, query: dict[str, str] | None = None, url: str = URL) -> str:
    response = client.get(url, query or {})
    assert response.status_code == 200
    return response.content.decode()


def earlier(version: Version, places: Places, slug: str, years: int) -> Round:
    """Make a round that closed some years ago."""
    round_ = criteria.make_round(version, places, slug=slug)
    opens = round_.opens_on - datetime.timedelta(days=365 * years)
    Round.objects.filter(pk=round_.pk).update(opens_on=opens, closes_on=opens + datetime.timedelta(days=60))
    return Round.objects.get(pk=round_.pk)


# Who is named


def test_the_regions_reviewer_sees_who_is_at_which_level(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.reviewer), {"partnership": "derby"})
    assert "<strong>1</strong> of 2 partnerships are at some success or better." in text
    assert "The median is between working towards and doing well." in text
    assert "Derby is at working towards." in text
    assert "3 partnerships in order of level. 3 partnerships: 0 gap identified, 1 working towards" in text
    for slug in ("amber-valley", "derby", "east-0"):
        assert f'href="/regions/east-midlands/2027/{slug}/"' in text
    assert "WEST" not in text
    # The highest level comes first, and what does not apply last.
    assert text.index("amber-valley/") < text.index("2027/derby/") < text.index("east-0/")


def test_beyond_the_region_nobody_is_named_and_nobody_elsewhere_is_picked_out(
    submitted: None, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    for query in (EVERYWHERE, {**EVERYWHERE, "partnership": "west-0"}, {"partnership": "west-0"}):
        text = page(client, query)
        assert "WEST" not in text
        assert "Devon" not in text
    text = page(client, EVERYWHERE)
    assert "9 partnerships in order of level. 9 partnerships: 6 gap identified" in text
    assert "/regions/east-midlands/2027/" not in text
    assert client.get(URL, {"region": "south-west"}).status_code == 404


def test_a_reviewer_of_another_region_cannot_name_or_pick_ours(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer_elsewhere)
    for query in ({"region": "east-midlands"}, {"region": "east-midlands", "partnership": "derby"}):
        assert client.get(URL, query).status_code == 404
    for query in ({"partnership": "derby"}, {"force": "derbyshire"}, EVERYWHERE, {**EVERYWHERE, "list": "towns"}):
        text = page(client, query)
        assert "Derby" not in text
        assert "Amber Valley" not in text


def test_administrators_see_names_everywhere(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.administrator), {**EVERYWHERE, "partnership": "west-0"})
    assert "/regions/south-west/2027/west-5/" in text
    assert "WEST 0 is at gap identified." in text


def test_fewer_than_five_elsewhere_are_not_drawn(places: Places, submit: Submit, sign_in: SignIn, cast: Cast) -> None:
    submit(places.derby, {"LEAD.1": 2})
    submit(places.exeter, {"LEAD.1": 0})
    text = page(sign_in(cast.reviewer), EVERYWHERE)
    assert "Fewer than 5 partnerships outside your region" in text
    assert "gap identified," not in text


def test_a_criterion_that_nobody_answered_says_so(round_: Round, sign_in: SignIn, cast: Cast) -> None:
    assert "No partnership of this group has submitted an answer" in page(sign_in(cast.reviewer))


@pytest.mark.parametrize("code", ["NONE.1", "lead.1", "%00"])
def test_an_unknown_criterion_is_not_there(code: str, submitted: None, sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.reviewer).get(f"/compare/2027/{code}/").status_code == 404


def test_a_requirement_is_met_or_not(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.reviewer), url="/compare/2027/LAW.1/")
    assert "<strong>1</strong> of 2 partnerships say that this requirement is met." in text
    assert "or better" not in text


# A partnership


def test_a_partnership_is_sent_on_until_the_round_has_closed(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    assert sign_in(cast.coordinator).get(URL)["Location"] == "/compare/2027/"


@pytest.fixture
def closed(places: Places, version: Version, submit: Submit) -> Round:
    """In a round that has closed: 12 beside Amber Valley, four at each of the lower levels."""
    round_ = earlier(version, places, "2025", 2)
    for at, place in enumerate([*neighbours(places.derby.police_force, 11, "east"), places.derby]):
        submit(place, {"LEAD.1": at % 3}, to=round_)
    submit(places.amber_valley, {"LEAD.1": 3}, to=round_)
    return round_


def test_a_partnership_sees_the_release_and_only_itself_named(closed: Round, sign_in: SignIn, cast: Cast) -> None:
    text = page(sign_in(cast.viewer), url="/compare/2025/LEAD.1/")
    assert "You are at doing well." in text
    assert "13 partnerships: 4 gap identified, 4 working towards, 4 some success, 1 doing well." in text
    for name in ("EAST", "Derby<", "/regions/"):
        assert name not in text


def test_what_is_withheld_is_withheld_here_too(
    closed: Round, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    # Amber Valley is the only shire district.
    text = page(sign_in(cast.viewer), {"with": "area"}, url="/compare/2025/LEAD.1/")
    assert "Not shown" in text
    assert "1 partnership:" not in text
    assert "You are at doing well." in text


# The trend


def test_the_trend_follows_the_lineage_through_the_rounds(
    submitted: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    other = criteria.make_version(slug="older-set")
    before, first = earlier(version, places, "2026", 1), earlier(other, places, "2025", 2)
    submit(places.amber_valley, {"LEAD.1": 2}, to=before)
    submit(places.derby, {"LEAD.1": 0}, to=before)
    submit(places.derby, {"LEAD.1": 0, "LEAD.2": 3}, to=first)
    text = page(sign_in(cast.reviewer), {"partnership": "derby"})
    assert "4 of the 4 criteria kept their meaning and their levels in these 3 rounds" in text
    bars = [
        "3 partnerships: 0 gap",
        "2 partnerships: 1 gap identified, 0 working towards, 1 some",
        "1 partnership: 1 gap",
    ]
    places_of = [text.index(words) for words in bars]
    assert places_of == sorted(places_of)
    assert "/compare/2026/LEAD.1/?region=east-midlands&amp;partnership=derby" in text


def other_criteria() -> Version:
    """Make a published set with one criterion, whose lineage is its own."""
    version = Version.objects.create(
        framework=Version.objects.get().framework, slug="other", title="Others", source="A test"
    )
    section = Section.objects.create(version=version, number=1, code="LEAD", title="Leadership")
    scale = Scale.objects.create(version=version, slug="practice")
    Criterion.objects.create(
        version=version, section=section, scale=scale, number=1, code="LEAD.1", lineage="other", title="Other"
    )
    return criteria.published(version)


def test_a_round_with_another_question_is_left_out_and_said(
    submitted: None, places: Places, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    assert "There is no other round to compare it with yet." in page(client)
    earlier(other_criteria(), places, "2026", 1)
    text = page(client)
    assert "2026 self-assessment: it was not asked." in text
    assert "In 1 round" in text


def test_ten_rounds_take_no_more_questions_than_one(
    submitted: None, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    for query in ({}, EVERYWHERE, {"partnership": "derby"}):
        page(client, query)
        with counted() as few:
            page(client, query)
        assert few.number <= 10
        for years in range(1, 10):
            slug = f"{2027 - years}-{len(query)}-{query.get('region', 'x')}"
            round_ = earlier(version, places, slug, years)
            submit(places.derby, {"LEAD.1": years % 4}, to=round_)
        page(client, query)
        with counted() as many:
            page(client, query)
        assert many.number == few.number
        assert sum("GROUP BY" in query and "submittedrating" in query for query in many.queries) == 1


def test_many_partnerships_take_no_more_questions(
    submitted: None, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    page(client)
    with counted() as few:
        page(client)
    force = PoliceForce.objects.create(slug="more", name="More", region=places.east_midlands)
    for place in neighbours(force, 60, "more"):
        submit(place, {"LEAD.1": 2})
    with counted() as many:
        assert "MORE 59" in page(client)
    assert many.number == few.number


def test_a_partnerships_trend_takes_no_more_questions_for_more_rounds(
    closed: Round, version: Version, places: Places, submit: Submit, sign_in: SignIn, cast: Cast
) -> None:
    client, url = sign_in(cast.viewer), "/compare/2025/LEAD.1/"
    page(client, url=url)
    with counted() as few:
        page(client, url=url)
    for years in range(3, 10):
        submit(places.derby, {"LEAD.1": 1}, to=earlier(version, places, str(2027 - years), years))
    page(client, url=url)
    with counted() as many:
        page(client, url=url)
    assert few.number == many.number <= 10


# Whom to learn from


def study(place: Partnership, author: User, *codes: str, title: str = "Joint patrols", is_draft: bool = False) -> None:
    made = CaseStudy.objects.create(
        partnership=place,
        slug=title.lower().replace(" ", "-"),
        title=title,
        summary="What we did.",
        status="draft" if is_draft else "published",
        written_by=author,
    )
    made.criteria.set(Criterion.objects.filter(code__in=codes))
    if not is_draft:
        freeze(made)


def test_case_studies_of_those_whom_a_reviewer_agreed_with(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast, author: User
) -> None:
    review(submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 3}), {"LEAD.1": 3, "LEAD.2": 2})
    review(submit(places.derby, {"LEAD.1": 2}), {"LEAD.1": 2})
    submit(places.exeter, {"LEAD.1": 3})
    review(submit(places.cardiff, {"LEAD.1": 2}), {"LEAD.1": 3})
    study(places.amber_valley, author, "LEAD.1", "LEAD.2")
    study(places.amber_valley, author, "LEAD.1", title="Not ready", is_draft=True)
    study(places.amber_valley, author, "LAW.1", title="Another matter")
    study(places.derby, author, "LEAD.1", title="Agreed on a lower level")
    study(places.exeter, author, "LEAD.1", title="Not reviewed")
    study(places.cardiff, author, "LEAD.1", title="Higher than they said")
    client = sign_in(cast.reviewer_elsewhere)
    text = page(client)
    assert "Joint patrols" in text
    for title in ("Not ready", "Another matter", "Agreed on a lower", "Not reviewed", "Higher than"):
        assert title not in text
    assert "Joint patrols" not in page(client, url="/compare/2027/LEAD.2/")


def test_a_partnership_finds_every_case_study_whatever_the_level(
    closed: Round, places: Places, submit: Submit, sign_in: SignIn, cast: Cast, author: User
) -> None:
    study(places.derby, author, "LEAD.1")
    study(places.exeter, author, "LEAD.1", title="Nothing submitted")
    study(places.derby, author, "LEAD.1", title="Not ready", is_draft=True)
    study(places.derby, author, "LAW.1", title="Another matter")
    text = page(sign_in(cast.viewer), url="/compare/2025/LEAD.1/")
    assert "Joint patrols" in text
    assert "Nothing submitted" in text
    assert "Not ready" not in text
    assert "Another matter" not in text
    for words in ("Learn from partnerships at", "Government Office saw", "by partnerships that chose"):
        assert words not in text


def test_a_case_study_on_an_earlier_version_of_the_criterion_counts_by_lineage(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast, author: User
) -> None:
    older = criteria.make_version(slug="older-set")
    review(submit(places.amber_valley, {"LEAD.1": 3}), {"LEAD.1": 3})
    study(places.amber_valley, author, is_draft=True)
    written = CaseStudy.objects.get()
    written.criteria.set(Criterion.objects.filter(version=older, code="LEAD.1"))
    written.status = CaseStudy.Status.PUBLISHED
    written.save()
    freeze(written)
    assert "Joint patrols" in page(sign_in(cast.reviewer))


def test_what_was_withdrawn_does_not_make_an_example(
    places: Places, submit: Submit, sign_in: SignIn, cast: Cast, author: User
) -> None:
    review(submit(places.amber_valley, {"LEAD.1": 3}, is_current=False), {"LEAD.1": 3})
    study(places.amber_valley, author, "LEAD.1")
    assert SubmittedRating.objects.count() == 1
    assert "Joint patrols" not in page(sign_in(cast.reviewer))
