"""Answers of the round before: copied for each partnership, and counted only once somebody says they are true."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments import queries, round_services, services
from assessments.beside import draft_document
from assessments.last_round import last_round
from assessments.models import Assessment, Evidence, IndicatorAnswer, Rating, Round
from audit.models import Event
from casestudies.models import CaseStudy
from hallmarks.models import Version
from partnerships.models import AreaType, Partnership
from reports import contexts
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, submit
from tests.assessments.carrying import TwoRounds, assessment_in, changed_version, two_rounds
from tests.counting import counted
from tests.people import Cast, Places

pytestmark = pytest.mark.django_db


@pytest.fixture
def same(places: Places, version: Version) -> TwoRounds:
    """Two rounds of the same criteria."""
    return two_rounds(places, version, version)


@pytest.fixture
def changed(places: Places, version: Version) -> TwoRounds:
    """Two rounds, the second of criteria that changed."""
    return two_rounds(places, version, changed_version(version))


def attach(rating: Rating, cast: Cast, number: int = 1, **what: Any) -> Evidence:
    return Evidence.objects.create(rating=rating, number=number, title=f"Piece {number}", added_by=cast.officer, **what)


def rating_of(assessment: Assessment, code: str) -> Rating:
    return Rating.objects.select_related("level").get(assessment=assessment, criterion__code=code)


def confirm(assessment: Assessment, code: str, cast: Cast, revision: int = 1, **changes: Any) -> Rating:
    given = {"save_id": uuid.uuid4(), "by": seat(cast.officer), "arrived_at": NOW(), **changes}
    return services.confirm_rating(
        assessment=assessment, question=question(assessment, code), revision=revision, **given
    )


# What is copied


def test_an_answer_is_copied_whole_and_waits_to_be_confirmed(same: TwoRounds, places: Places, cast: Cast) -> None:
    last = same.last(places.amber_valley)
    said = {"level": "some_success", "reason": "We meet.", "indicators": {1: "yes", 3: "partly"}}
    rate(last, "LEAD.1", cast.colleague, **said)  # type: ignore[arg-type]
    here = assessment_in(same.open(cast.administrator), places.amber_valley)
    copy = rating_of(here, "LEAD.1")
    assert (copy.level.slug, copy.reason) == ("some_success", "We meet.")  # type: ignore[union-attr]
    assert set(copy.answers.values_list("indicator__number", "answer")) == {(1, "yes"), (3, "partly")}
    assert (copy.is_confirmed, copy.revision, copy.save_id) == (False, 1, None)
    assert (copy.updated_by, copy.updated_by_agency) == (None, "Police force")


def test_that_it_does_not_apply_is_copied(same: TwoRounds, places: Places, cast: Cast) -> None:
    rate(same.last(places.amber_valley), "LEAD.2", cast.officer, does_not_apply=True, reason="No river")
    copy = rating_of(assessment_in(same.open(), places.amber_valley), "LEAD.2")
    assert (copy.does_not_apply, copy.reason, copy.is_to_confirm) == (True, "No river", True)


def test_evidence_of_every_kind_is_copied_and_a_file_is_stored_once(
    same: TwoRounds, places: Places, cast: Cast
) -> None:
    rating = rate(same.last(places.amber_valley), "LEAD.1", cast.officer, level="doing_well")
    study = CaseStudy.objects.create(
        partnership=places.amber_valley, slug="s", title="S", summary="S", written_by=cast.officer
    )
    attach(rating, cast, 1, file="evidence/amber-valley/a.pdf", sha256="a" * 64, size=9, media_type="application/pdf")
    attach(rating, cast, 2, link="https://www.example.org/a")
    attach(rating, cast, 4, case_study=study)
    copy = rating_of(assessment_in(same.open(), places.amber_valley), "LEAD.1")
    names = ("number", "title", "file", "link", "case_study", "sha256", "size", "media_type", "added_by")
    assert list(copy.evidence.values_list(*names)) == list(rating.evidence.values_list(*names))


def test_what_was_begun_is_copied_and_an_empty_answer_is_not(same: TwoRounds, places: Places, cast: Cast) -> None:
    last = same.last(places.amber_valley)
    rate(last, "LEAD.1", cast.officer, indicators={1: "no"})
    Rating.objects.create(assessment=last, criterion=question(last, "LAW.1").criterion)
    bare = Rating.objects.create(assessment=last, criterion=question(last, "LEAD.2").criterion)
    attach(bare, cast, link="https://www.example.org/a")
    here = assessment_in(same.open(), places.amber_valley)
    assert set(here.ratings.values_list("criterion__code", flat=True)) == {"LEAD.1", "LEAD.2"}
    assert not any(rating.is_to_confirm for rating in here.ratings.all())


@pytest.mark.parametrize("is_submitted", [True, False])
def test_what_stands_is_copied_submitted_or_not(
    same: TwoRounds, places: Places, cast: Cast, is_submitted: bool
) -> None:
    last = same.last(places.amber_valley)
    rate_everything(last, cast.officer)
    if is_submitted:
        submit(last, cast.coordinator)
    assert assessment_in(same.open(), places.amber_valley).ratings.count() == 4


def test_what_nobody_confirmed_goes_no_further(same: TwoRounds, places: Places, cast: Cast) -> None:
    last = same.last(places.amber_valley)
    rate_everything(last, cast.officer)
    last.ratings.exclude(criterion__code="LEAD.1").update(is_confirmed=False)
    here = assessment_in(same.open(), places.amber_valley)
    assert here.ratings.get().criterion.code == "LEAD.1"


def test_each_partnership_gets_its_own_and_one_without_a_past_nothing(
    same: TwoRounds, places: Places, cast: Cast
) -> None:
    rate(same.last(places.amber_valley), "LEAD.1", cast.officer, level="doing_well", reason="Ours")
    rate(same.last(places.derby), "LEAD.1", cast.neighbour, level="gap_identified", reason="Theirs")
    force = places.exeter.police_force
    Partnership.objects.create(slug="new", name="New", police_force=force, area_type=AreaType.UNITARY)
    round_ = same.open()
    found = Rating.objects.filter(assessment__round=round_).values_list("assessment__partnership__slug", "reason")
    assert set(found) == {("amber-valley", "Ours"), ("derby", "Theirs")}


def test_criteria_that_changed(changed: TwoRounds, places: Places, cast: Cast) -> None:
    last = changed.last(places.amber_valley)
    signs = {1: "no", 2: "yes", 3: "partly"}
    rate(last, "LEAD.1", cast.officer, level="some_success", reason="Reworded", indicators=signs)
    rate(last, "LEAD.2", cast.officer, level="doing_well", reason="Dropped")
    rate(last, "LAW.1", cast.officer, level="partly_met", reason="No such level")
    rate(last, "LAW.2", cast.officer, level="met", reason="As it was")
    here = assessment_in(changed.open(), places.amber_valley)
    found = {rating.criterion.code: rating for rating in here.ratings.select_related("criterion", "level")}
    assert set(found) == {"LEAD.1", "LAW.1", "LAW.2"}
    assert {found[code].criterion.version for code in found} == {changed.version}
    # The first sign was reworded, the second now stands first.
    assert set(found["LEAD.1"].answers.values_list("indicator__number", "answer")) == {(1, "yes"), (3, "partly")}
    assert (found["LAW.1"].level, found["LAW.1"].reason) == (None, "No such level")
    assert found["LAW.2"].level == question(here, "LAW.2").level("met")
    assert queries.progress_of(here).to_confirm == 2


def test_what_is_not_asked_of_a_partnership_is_not_copied(same: TwoRounds, places: Places) -> None:
    last = same.last(places.derby)
    asked = question(same.last(places.amber_valley), "LAW.2")
    Rating.objects.create(assessment=last, criterion=asked.criterion, level=asked.levels[0])
    assert not assessment_in(same.open(), places.derby).ratings.exists()


def test_a_rating_that_is_there_is_left_alone(same: TwoRounds, places: Places, cast: Cast) -> None:
    rate(same.last(places.amber_valley), "LEAD.1", cast.officer, level="doing_well", reason="Last year")
    round_ = same.open()
    here = assessment_in(round_, places.amber_valley)
    rate(here, "LEAD.1", cast.officer, level="gap_identified", reason="This year", revision=1)
    assert services.carry_forward(round_=round_, by=None).ratings == 0
    assert rating_of(here, "LEAD.1").reason == "This year"


# Rounds


def test_a_round_may_start_empty(same: TwoRounds, places: Places, cast: Cast) -> None:
    rate(same.last(places.amber_valley), "LEAD.1", cast.officer, level="doing_well")
    round_ = same.open(starts_empty=True)
    assert not Rating.objects.filter(assessment__round=round_).exists()
    assert not Event.objects.about(round_).filter(kind="round.carried_forward").exists()


def test_a_round_with_none_before_it_starts_empty(same: TwoRounds) -> None:
    assert not Event.objects.about(same.open(previous=None)).filter(kind="round.carried_forward").exists()


def test_one_event_says_how_much(same: TwoRounds, places: Places, cast: Cast) -> None:
    rating = rate(
        same.last(places.amber_valley), "LEAD.1", cast.officer, level="doing_well", indicators={1: "yes", 2: "no"}
    )
    attach(rating, cast, link="https://www.example.org/a")
    round_ = same.open(cast.administrator)
    event = Event.objects.about(round_).get(kind="round.carried_forward")
    assert event.actor_id == cast.administrator.pk
    assert event.after == {"from": "2026", "partnerships": 1, "ratings": 1, "signs": 2, "evidence": 1}


@pytest.mark.parametrize(("starts_empty", "copied"), [(False, 1), (True, 0)])
def test_a_partnership_added_later_starts_as_the_others_did(
    same: TwoRounds, places: Places, cast: Cast, starts_empty: bool, copied: int
) -> None:
    for place, by in ((places.amber_valley, cast.officer), (places.derby, cast.neighbour)):
        rate(same.last(place), "LEAD.1", by, level="doing_well")
    round_ = same.open(regions=[places.south_west], starts_empty=starts_empty)
    added = round_services.add_partnership(round_=round_, partnership=places.amber_valley, by=None)
    assert added.ratings.count() == Rating.objects.filter(assessment__round=round_).count() == copied


def test_a_whole_round_is_copied_in_few_queries(same: TwoRounds, places: Places, cast: Cast) -> None:
    asked = question(same.last(places.amber_valley), "LEAD.1")
    force = places.amber_valley.police_force
    Partnership.objects.bulk_create(
        Partnership(slug=f"p-{n}", name=f"P {n}", police_force=force, area_type=AreaType.SHIRE_DISTRICT)
        for n in range(300)
    )
    made = Partnership.objects.filter(slug__startswith="p-")
    old = Assessment.objects.bulk_create(Assessment(round=same.before, partnership=place) for place in made)
    rows = Rating.objects.bulk_create(
        Rating(assessment=one, criterion=asked.criterion, level=asked.levels[0]) for one in old
    )
    for rating in rows[:5]:
        attach(rating, cast, link="https://www.example.org/a")
    IndicatorAnswer.objects.bulk_create(
        IndicatorAnswer(rating=rating, indicator=sign, answer="yes") for rating in rows for sign in asked.indicators
    )
    with counted() as asked_of_it:
        round_ = same.open()
    assert Rating.objects.filter(assessment__round=round_).count() == 300
    assert IndicatorAnswer.objects.filter(rating__assessment__round=round_).count() == 900
    assert asked_of_it.number <= 30, asked_of_it.queries


# Files


def test_a_file_stays_as_long_as_any_round_refers_to_it(
    same: TwoRounds, places: Places, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    name = default_storage.save("evidence/amber-valley/minutes.pdf", ContentFile(b"%PDF"))
    last = same.last(places.amber_valley)
    first = attach(rate(last, "LEAD.1", cast.officer, level="doing_well"), cast, file=name)
    here = assessment_in(same.open(), places.amber_valley)
    copy = rating_of(here, "LEAD.1").evidence.get()
    for assessment, piece, is_left in ((here, copy, True), (last, first, False)):
        with django_capture_on_commit_callbacks(execute=True):
            services.remove_evidence(assessment=assessment, evidence=piece, by=seat(cast.officer), arrived_at=NOW())
        assert default_storage.exists(name) == is_left


# What counts


@pytest.fixture
def here(same: TwoRounds, places: Places, cast: Cast) -> Assessment:
    """This year's assessment, with last year's four answers to confirm."""
    rate_everything(same.last(places.amber_valley), cast.officer)
    return assessment_in(same.open(), places.amber_valley)


def test_nothing_carried_counts(here: Assessment, cast: Cast) -> None:
    progress = queries.progress_of(here)
    assert (progress.answered, progress.to_confirm, progress.not_started) == (0, 4, 0)
    assert not Rating.objects.answered().filter(assessment=here).exists()
    with pytest.raises(services.Incomplete) as refused:
        submit(here, cast.coordinator)
    assert list(refused.value.missing) == ["LEAD.1", "LEAD.2", "LAW.1", "LAW.2"]


def test_a_draft_report_says_what_is_not_confirmed_and_counts_none_of_it(here: Assessment, cast: Cast) -> None:
    confirm(here, "LEAD.2", cast)
    Rating.objects.filter(assessment=here, criterion__code="LAW.1").update(level=None, does_not_apply=True)
    Rating.objects.filter(assessment=here, criterion__code="LAW.2").update(level=None)
    report = contexts.of_draft(draft_document(here, NOW()), NOW().date())
    parts = {part.code: part for section in (*report.sections, *report.statutory) for part in section.criteria}
    assert {code: (part.label.name, part.carried) for code, part in parts.items()} == {
        "LEAD.1": ("Not rated", "Carried forward, not confirmed: working towards"),
        "LEAD.2": ("Working towards", ""),
        "LAW.1": ("Not rated", "Carried forward, not confirmed: does not apply"),
        "LAW.2": ("Not rated", "Carried forward, not confirmed"),
    }
    assert parts["LEAD.1"].reason == "Because."
    assert "1 is not rated yet." in report.lead_rest


def test_confirming_lets_it_count_as_it_stands(here: Assessment, cast: Cast) -> None:
    rating = confirm(here, "LEAD.1", cast)
    assert (rating.is_answered, rating.revision, rating.reason) == (True, 2, "Because.")
    assert (rating.updated_by, rating.updated_by_agency) == (cast.officer, "Local authority")
    event = Event.objects.about(rating).get()
    assert (event.kind, event.actor_id, event.partnership) == ("rating.confirmed", cast.officer.pk, "amber-valley")
    after = event.after or {}
    assert (after["criterion"], after["level"]) == ("LEAD.1", "working_towards")


def test_confirming_twice_is_once(here: Assessment, cast: Cast) -> None:
    press = uuid.uuid4()
    confirm(here, "LEAD.1", cast, save_id=press)
    assert confirm(here, "LEAD.1", cast, save_id=press).revision == 2
    assert Event.objects.filter(kind="rating.confirmed").count() == 1


def test_confirming_over_somebodys_change_is_a_conflict(here: Assessment, cast: Cast) -> None:
    rate(here, "LEAD.1", cast.colleague, level="gap_identified", reason="No longer", revision=1)
    with pytest.raises(services.Stale) as conflict:
        confirm(here, "LEAD.1", cast)
    assert conflict.value.current.reason == "No longer"
    assert rating_of(here, "LEAD.1").updated_by == cast.colleague


def test_what_has_no_level_cannot_be_confirmed(here: Assessment, cast: Cast) -> None:
    Rating.objects.filter(assessment=here, criterion__code="LEAD.1").update(level=None)
    with pytest.raises(services.NothingToConfirm):
        confirm(here, "LEAD.1", cast)
    assert not rating_of(here, "LEAD.1").is_confirmed


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"arrived_at": timezone.now() + datetime.timedelta(days=60)}, services.DeadlinePassed),
        ({"arrived_at": timezone.now() - datetime.timedelta(days=60)}, services.NotOpenYet),
    ],
)
def test_nothing_is_confirmed_out_of_time(
    here: Assessment, cast: Cast, change: dict[str, Any], refusal: type[services.Refused]
) -> None:
    with pytest.raises(refusal):
        confirm(here, "LEAD.1", cast, **change)


def test_any_change_confirms(here: Assessment, cast: Cast) -> None:
    rating = rate(here, "LEAD.1", cast.officer, level="working_towards", reason="Because so.", revision=1)
    assert rating.is_answered
    before = Event.objects.about(rating).get().before
    assert before
    assert before["reason"] == "Because."


@pytest.mark.parametrize(("confirms", "revision"), [(True, 2), (False, 1)])
def test_saving_it_unchanged_confirms_it_only_where_that_is_meant(
    here: Assessment, cast: Cast, confirms: bool, revision: int
) -> None:
    asked = question(here, "LEAD.1")
    rating = services.save_rating(
        assessment=here,
        question=asked,
        answer=services.Answer(asked.levels[1], reason="Because."),
        revision=1,
        save_id=uuid.uuid4(),
        confirms=confirms,
        by=seat(cast.officer),
        arrived_at=NOW(),
    )
    assert (rating.is_confirmed, rating.revision) == (confirms, revision)


def test_a_round_can_be_submitted_once_all_is_confirmed(here: Assessment, cast: Cast) -> None:
    for code in ("LEAD.1", "LEAD.2", "LAW.1", "LAW.2"):
        confirm(here, code, cast)
    submission = submit(here, cast.coordinator)
    assert "carried" not in submission.document
    assert Round.objects.get(slug="2027").assessments.filter(status="submitted").count() == 1


# Over more than one round


def test_whoever_missed_a_round_starts_from_the_one_before_it(same: TwoRounds, places: Places, cast: Cast) -> None:
    rate(same.last(places.amber_valley), "LEAD.1", cast.officer, level="some_success", reason="From long ago.")
    rate(same.last(places.amber_valley), "LEAD.2", cast.officer, level="working_towards")
    missed = same.open(opens_on=timezone.localdate() - datetime.timedelta(days=1))
    confirm(assessment_in(missed, places.amber_valley), "LEAD.2", cast)
    rate(assessment_in(missed, places.amber_valley), "LEAD.2", cast.officer, level="doing_well", revision=2)
    after = same.open(slug="2028", name="2028 self-assessment", previous=missed)
    here = assessment_in(after, places.amber_valley)
    assert rating_of(here, "LEAD.1").reason == "From long ago."
    assert rating_of(here, "LEAD.2").level.slug == "doing_well"  # type: ignore[union-attr]
    told = last_round(here, question(here, "LEAD.1"))
    assert told
    assert (told.name, told.answer.rating.reason) == (same.before.name, "From long ago.")  # type: ignore[union-attr]


def test_what_is_submitted_later_comes_after_where_nobody_has_touched_it(
    same: TwoRounds, places: Places, cast: Cast
) -> None:
    last = same.last(places.amber_valley)
    for code in ("LEAD.1", "LEAD.2", "LAW.1"):
        rate(last, code, cast.officer, level=question(last, code).levels[0].slug, reason="Half done.")
    here = assessment_in(same.open(), places.amber_valley)
    confirm(here, "LEAD.2", cast)
    attach(rating_of(here, "LAW.1"), cast, link="https://www.example.org/new")
    for answered in queries.answer_sheet(last):
        code = answered.question.criterion.code
        top = answered.question.levels[-1].slug
        revision = answered.rating.revision if answered.rating else 0
        signs = {sign.number: "yes" for sign in answered.question.indicators[:1]}
        rate(last, code, cast.officer, level=top, reason="Done.", revision=revision, indicators=signs)
    submit(last, cast.coordinator)
    reasons = {rating.criterion.code: rating.reason for rating in here.ratings.select_related("criterion")}
    assert reasons == {"LEAD.1": "Done.", "LEAD.2": "Half done.", "LAW.1": "Half done.", "LAW.2": "Done."}
    assert list(rating_of(here, "LEAD.1").answers.values_list("answer", flat=True)) == ["yes"]
    assert rating_of(here, "LAW.1").evidence.count() == 1
