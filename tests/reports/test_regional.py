"""The regional report: what it says, to whom, and that nothing of a draft or of another region is in it."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.models import Assessment, ImprovementAction, Round, SubmittedRating
from hallmarks.models import Version
from hallmarks.outline import outline_of
from partnerships.models import Agency
from reports import pdf, stored
from reviews.models import Recommendation
from tests import criteria
from tests.assessments.answering import rate
from tests.casestudies.making import make_case_study
from tests.counting import counted
from tests.people import Cast, Places
from tests.reports.conftest import Submit
from tests.reports.releases import MIXED, neighbours, send
from tests.reviews import rows

SignIn = Callable[[User | None], Client]
CEILING = 30


def address(region: str = "east-midlands", round_: str = "2027") -> str:
    return reverse("reports:regional", args=[round_, region])


@pytest.fixture
def as_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give reports as pages, which say the same."""

    def unavailable(_html: str) -> None:
        raise pdf.PdfUnavailable

    monkeypatch.setattr(stored, "stored_page", unavailable)


def words(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def part(text: str, start: str, end: str) -> str:
    """Return one chapter: the contents and the summary, which name them too, come before."""
    return text[text.rindex(start) : text.rindex(end)]


@pytest.fixture
def submitted(places: Places, submit: Submit) -> None:
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": 0, "LAW.1": 0, "LAW.2": None})
    for at, place in enumerate(neighbours(places.exeter.police_force, 6, "west")):
        submit(place, {"LEAD.1": at % 2, "LEAD.2": 3, "LAW.1": 1})


# Who may


def test_it_is_for_the_regions_office_and_administrators(
    submitted: None, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    for person in (cast.reviewer, cast.administrator):
        assert sign_in(person).get(address()).status_code == 200
    for person in (cast.reviewer_elsewhere, cast.coordinator, cast.neighbour, cast.stranger, cast.former):
        assert sign_in(person).get(address()).status_code == 404
    assert sign_in(None).get(address()).status_code == 302


def test_what_is_not_there_is_not_found(submitted: None, as_page: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    for url in (address("nowhere"), address("south-west"), address(round_="1999")):
        assert client.get(url).status_code == 404
    assert client.post(address()).status_code == 405


def test_an_etag_opens_it_to_nobody_else(
    submitted: None, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "run", lambda html, identifier: b"%PDF-")
    etag = sign_in(cast.reviewer).get(address())["ETag"]
    for person in (cast.reviewer_elsewhere, cast.coordinator):
        assert sign_in(person).get(address(), headers={"If-None-Match": etag}).status_code == 404


def test_a_round_to_come_has_no_report(places: Places, version: Version, sign_in: SignIn, cast: Cast) -> None:
    round_ = criteria.make_round(version, places, slug="2030")
    Round.objects.filter(pk=round_.pk).update(
        opens_on=timezone.localdate() + datetime.timedelta(days=1),
        closes_on=timezone.localdate() + datetime.timedelta(days=9),
    )
    assert sign_in(cast.reviewer).get(address(round_="2030")).status_code == 404


# What it says


def test_drafts_are_counts_and_nothing_else(
    assessment: Assessment, submitted: None, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    before = sign_in(cast.reviewer).get(address()).content.decode()
    rate(assessment, "LEAD.1", cast.officer, level="doing_well", reason="Secret-draft", indicators={1: "yes"})
    text = words(sign_in(cast.reviewer), address())
    assert re.search(r"Amber Valley Derbyshire In progress 1 of \d rated", text)
    assert "Secret-draft" not in text
    after = sign_in(cast.reviewer).get(address()).content.decode()
    # Whatever level a draft has, only how many are rated changes.
    chapter = slice(before.index('id="strengths"'), before.index('id="advice"'))
    assert before[chapter] == after[after.index('id="strengths"') : after.index('id="advice"')]
    assert before.count("<svg") == after.count("<svg")


def test_the_region_is_named_and_the_country_is_counted(
    submitted: None, places: Places, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    Assessment.objects.filter(partnership=places.derby).update(status=Assessment.Status.SUBMITTED)
    text = words(sign_in(cast.reviewer), address())
    assert "Secret west" not in text
    assert "Exeter" not in text
    assert "1 of 2 partnerships have submitted" in text
    # Six of the South West, who may be counted together.
    assert " 1 1 0 0 0 0 of 2 6 of 14" in part(text, "Good practice by section", "Good practice by criterion")
    assert "Fewer than two partnerships" in part(text, "Strengths and weaknesses", "Movement since")


def test_few_elsewhere_are_not_shown(
    places: Places, submit: Submit, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    for place, level in ((places.derby, 0), (places.amber_valley, 0), (places.exeter, 3)):
        submit(place, {"LEAD.1": level, "LEAD.2": level, "LAW.1": 0})
    text = words(sign_in(cast.reviewer), address())
    assert "not shown" in text
    assert "of 3" not in text.replace("of 3 rated", "")


def test_distributions_have_counts_median_and_n_and_no_mean(
    places: Places, submit: Submit, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": None})
    submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 0})
    text = part(words(sign_in(cast.reviewer), address()), "Good practice by criterion", "Every rating")
    assert "0 1 0 1 2 Between working towards and doing well Working towards to doing well" in text
    assert "1 0 0 0 1 1 does not apply Gap identified Gap identified" in text
    practice, _law = text.split("Statutory requirements")
    assert "One strategy group" not in practice
    assert not re.search(r"\b(mean|average)\b", text)


def test_the_heat_map_says_every_level_in_words(
    places: Places, submit: Submit, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    submit(places.derby, {"LEAD.1": 1, "LEAD.2": None, "LAW.1": 2})
    page = sign_in(cast.reviewer).get(address()).content.decode()
    assert '<th scope="row">Derby</th><td class="l1">working towards</td><td class="na">does not apply</td>' in page
    assert '<th scope="row">Derby</th><td class="s2">met</td><td class="none">not asked</td>' in page
    assert '<th scope="colgroup" colspan="2">Leadership</th>' in page
    assert "Amber Valley is not in these tables: it has not submitted." in page


def earlier(version: Version, places: Places) -> Round:
    round_ = criteria.make_round(version, places, slug="2025")
    days = {"opens_on": 800, "closes_on": 700}
    Round.objects.filter(pk=round_.pk).update(
        **{name: timezone.localdate() - datetime.timedelta(days=ago) for name, ago in days.items()}
    )
    round_.refresh_from_db()
    return round_


def test_movement_is_of_the_same_partnerships(
    places: Places, version: Version, submit: Submit, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    before = earlier(version, places)
    submit(places.derby, {"LEAD.1": 0, "LEAD.2": 2}, to=before)
    submit(places.derby, {"LEAD.1": 2, "LEAD.2": 2})
    submit(places.amber_valley, {"LEAD.1": 3, "LEAD.2": 3})
    text = part(words(sign_in(cast.reviewer), address()), "Movement since", "Good practice by section")
    assert "4 of 4 criteria can be compared with 2025 self-assessment" in text
    assert "Of 2 ratings that can be compared" in text
    assert "1 went up, 1 stayed and 0 went down" in text
    assert "Leadership 2 1 1 0" in text
    assert "Leaders give direction LEAD.1, Leadership 1 0 0 0 of 1 1 of 1" in text


def test_without_an_earlier_round_it_says_so(submitted: None, as_page: None, sign_in: SignIn, cast: Cast) -> None:
    assert "There is no earlier round to compare with." in words(sign_in(cast.reviewer), address())


def test_before_anybody_submits_it_is_the_round_alone(
    assessment: Assessment, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    text = words(sign_in(cast.reviewer), address())
    assert "0 of 2 partnerships have submitted; 2 not started." in text
    assert "Every rating" not in text


# Recommendations


@pytest.fixture
def recommended(assessment: Assessment, cast: Cast) -> Recommendation:
    review = rows.begin(rows.submitted(assessment, cast))
    made: Any = rows.recommend(review, cast.reviewer, "Name a <b>chair</b>", code="LEAD.1")
    return Recommendation.objects.get(pk=made.pk)


def acted(recommendation: Recommendation, status: str, days: int = 30) -> None:
    assessment = recommendation.review.submission.assessment
    owner = Agency.objects.filter(partnership=assessment.partnership).first()
    assert owner is not None
    assert recommendation.criterion is not None
    is_open = status == ImprovementAction.Status.OPEN
    action = ImprovementAction.objects.create(
        partnership=assessment.partnership,
        raised_in=assessment,
        criterion=recommendation.criterion,
        text="Chair named",
        owner=owner,
        due_on=timezone.localdate() + datetime.timedelta(days=days),
        status=status,
        closing_reason="" if is_open else "So it is",
        closed_on=None if is_open else timezone.localdate(),
    )
    Recommendation.objects.filter(pk=recommendation.pk).update(action=action)


def test_what_an_open_review_says_is_not_there(
    recommended: Recommendation, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    assert "No recommendation is outstanding." in words(client, address())
    rows.close(recommended.review, cast.reviewer, "Done.")
    text = client.get(address()).content.decode()
    assert "1 recommendation is outstanding: 1 without an action." in text
    assert "Name a &lt;b&gt;chair&lt;/b&gt;" in text
    assert "No action yet" in text


@pytest.mark.parametrize(
    ("status", "days", "said"),
    [
        ("open", 30, "1 with an action that is open."),
        ("open", -3, "1 with an action that is open, 1 of those overdue."),
        ("dropped", 30, "1 with an action that was dropped."),
        ("done", 30, "No recommendation is outstanding."),
    ],
)
def test_it_is_outstanding_until_an_action_is_done(
    recommended: Recommendation, as_page: None, sign_in: SignIn, cast: Cast, status: str, days: int, said: str
) -> None:
    rows.close(recommended.review, cast.reviewer, "Done.")
    acted(recommended, status, days)
    assert said in words(sign_in(cast.reviewer), address())


def test_recommendations_of_later_rounds_and_other_offices_are_not_there(
    recommended: Recommendation, places: Places, version: Version, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    rows.close(recommended.review, cast.reviewer, "Done.")
    before = earlier(version, places)
    assert "No recommendation is outstanding." in words(sign_in(cast.reviewer), address(round_=before.slug))
    assert "chair" not in words(sign_in(cast.reviewer_elsewhere), address("south-west"))


# Good practice


def test_case_studies_are_those_the_office_agreed_to(
    assessment: Assessment, places: Places, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    agreed, _other = (
        make_case_study(cast.officer, is_published=True, title=title) for title in ("Title agreed", "Title other")
    )
    version = agreed.versions.get()
    kept = version.endorsements.create(
        region=places.east_midlands, agreed_by=cast.reviewer, agreed_at=timezone.now(), reason="It works"
    )
    text = words(sign_in(cast.reviewer), address())
    assert "Title agreed" in text
    assert "Title other" not in text
    # Words that were not published are nobody else's.
    type(agreed).objects.filter(pk=agreed.pk).update(title="Working-title")
    assert "Working-title" not in words(sign_in(cast.reviewer), address())
    type(kept).objects.filter(pk=kept.pk).update(withdrawn_at=timezone.now(), withdrawn_reason="Not so")
    assert "has agreed to none" in words(sign_in(cast.reviewer), address())


# How it is given


def test_it_is_led_to_from_the_region_and_its_heat_map(submitted: None, sign_in: SignIn, cast: Cast) -> None:
    client = sign_in(cast.reviewer)
    for url in ("/regions/east-midlands/2027/", "/compare/2027/regions/east-midlands/heat-map/"):
        assert f'href="{address()}"' in client.get(url).content.decode()


def test_the_same_facts_on_the_same_day_are_one_file(
    submitted: None, places: Places, submit: Submit, sign_in: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def run(html: str, identifier: str) -> bytes:
        made.append(html)
        return b"%PDF-" + identifier.encode()

    monkeypatch.setattr(pdf, "run", run)
    client = sign_in(cast.reviewer)
    first, second = client.get(address()), client.get(address())
    assert first.content == second.content
    assert len(made) == 1
    assert first["Content-Disposition"] == 'inline; filename="east-midlands-2027-regional-report.pdf"'
    assert client.get(address(), headers={"If-None-Match": first["ETag"]}).status_code == 304
    submit(places.amber_valley, {"LEAD.1": 3})
    assert client.get(address())["ETag"] != first["ETag"]
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + datetime.timedelta(days=1))
    # The session is over by then.
    client = sign_in(cast.reviewer)
    assert client.get(address())["ETag"] not in {first["ETag"], None}
    assert len(made) == 3


def fill(round_: Round, places: Places, by: User, number: int, prefix: str) -> None:
    for at, place in enumerate(neighbours(places.derby.police_force, number, prefix)):
        sent = send(round_, place, MIXED[at % len(MIXED)], by, timezone.now())
        Assessment.objects.filter(pk=sent.assessment_id).update(status=Assessment.Status.SUBMITTED)
        SubmittedRating.objects.bulk_create(
            SubmittedRating(submission=sent, criterion=asked.criterion, level=asked.levels[1])
            for asked in outline_of(round_.version).questions
        )
        rows.close(_recommended(sent, by), by, "Well done.")


def _recommended(sent: Any, by: User) -> Any:
    review = rows.begin(sent)
    rows.recommend(review, by, "Do more")
    return review


def test_it_asks_the_same_for_five_and_for_all(
    round_: Round, places: Places, as_page: None, sign_in: SignIn, cast: Cast
) -> None:
    client = sign_in(cast.reviewer)
    fill(round_, places, cast.reviewer, 3, "few")
    client.get(address())
    with counted() as few:
        client.get(address())
    fill(round_, places, cast.reviewer, 40, "more")
    with counted() as many:
        assert client.get(address()).status_code == 200
    assert few.number == many.number, many.queries
    assert many.number <= CEILING, many.queries
