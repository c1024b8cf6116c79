"""What a partnership wrote in another set: shown beside the criterion, its evidence used here, and never another's."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments import services
from assessments.linked_answers import LinkedAnswer, linked_answers, with_evidence
from assessments.models import Assessment, Evidence, Rating, Round
from audit.models import Event
from casestudies.models import CaseStudy
from hallmarks.models import Version
from partnerships.models import Partnership
from tests.assessments.answering import NOW, question, rate, rate_everything, seat, stamp_on, submit, url
from tests.counting import counted
from tests.criteria import make_round, make_version
from tests.hallmarks.linking import link, other_version
from tests.people import Cast, Places
from tests.world import PDF, PDF_SHA256

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
NAME = "other-framework/test-lead-2"
LINK = "https://www.example.org/minutes"


@pytest.fixture
def other(assessment: Assessment, places: Places) -> Round:
    """A round of another set, open beside the usual one, whose LEAD.2 asks for part of what LEAD.1 asks."""
    version = other_version()
    link("LEAD.1", "LEAD.2", "partial", "Both ask who leads.")
    return make_round(version, places, slug="pilot")


def there(round_: Round, place: Partnership) -> Assessment:
    return Assessment.objects.with_criteria().get(round=round_, partnership=place)


@pytest.fixture
def written(other: Round, places: Places, cast: Cast) -> Assessment:
    """What Amber Valley answered there: a level, a reason, a file and a web address."""
    pilot = there(other, places.amber_valley)
    rate(pilot, "LEAD.2", cast.officer, level="doing_well", reason="Our canary <reason>.")
    attach_file(pilot, cast.officer)
    attach_link(pilot, cast.officer)
    return pilot


def attach_link(assessment: Assessment, by: User, code: str = "LEAD.2", address: str = LINK) -> Evidence:
    given = {"assessment": assessment, "question": question(assessment, code), "by": seat(by), "arrived_at": NOW()}
    return services.add_link(**given, title="Canary minutes", link=address)  # type: ignore[arg-type]


def attach_file(assessment: Assessment, by: User) -> Evidence:
    name = default_storage.save("evidence/amber-valley/a.pdf", SimpleUploadedFile("a.pdf", PDF))
    rating = assessment.ratings.get(criterion__code="LEAD.2")
    kept = {"file": name, "sha256": PDF_SHA256, "size": len(PDF), "media_type": "application/pdf"}
    return Evidence.objects.create(rating=rating, number=1, title="Canary file", added_by=by, **kept)


def found(assessment: Assessment, code: str = "LEAD.1") -> list[LinkedAnswer]:
    answers = linked_answers(assessment, question(assessment, code))
    with_evidence(None, answers)
    return answers


def page(client: Client, assessment: Assessment, code: str = "LEAD.1", **query: str) -> str:
    return client.get(url("criterion", assessment, code), query).content.decode()


def use_url(assessment: Assessment, name: str = NAME) -> str:
    return url("evidence_linked", assessment, "LEAD.1") + f"?from={name}"


def titles(assessment: Assessment, code: str = "LEAD.1") -> list[str]:
    rows = Evidence.objects.filter(rating__assessment=assessment, rating__criterion__code=code)
    return list(rows.order_by("number").values_list("title", flat=True))


# --- what is shown ------------------------------------------------------------------------------------


def test_the_page_says_what_was_written_where_and_how_far_it_is_the_same(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    shown = page(sign_in(cast.officer), assessment)
    assert "You wrote about this under Leadership 2: Partners share the work" in shown
    assert f"LEAD.2 of {written.round.version.title}, in pilot self-assessment" in shown
    assert "It asks for the same in part. Both ask who leads." in shown
    assert "Our canary &lt;reason&gt;." in shown
    assert "Doing well" in shown
    assert f'href="{LINK}"' in shown
    assert url("evidence_download", written, "LEAD.2", 1) in shown
    assert "Use that evidence" in shown
    assert "You wrote about this" not in page(sign_in(cast.officer), assessment, "LEAD.2")


def test_it_is_found_from_either_side(written: Assessment, assessment: Assessment, cast: Cast) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="some_success", reason="There.")
    assert [answer.name for answer in found(written, "LEAD.2")] == ["test-framework/test-lead-1"]


def test_a_viewer_reads_it_and_cannot_use_it(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    viewer = sign_in(cast.viewer)
    shown = page(viewer, assessment)
    assert "Our canary &lt;reason&gt;." in shown
    assert "Use that evidence" not in shown
    assert viewer.get(use_url(assessment)).status_code == 403
    assert viewer.post(use_url(assessment), {"pieces": ["1"]}).status_code == 403
    assert titles(assessment) == []


@pytest.mark.parametrize("who", ["neighbour", "reviewer", "stranger", "former", "administrator"])
def test_nobody_elses_page_has_it(
    who: str, written: Assessment, places: Places, cast: Cast, sign_in: SignIn, assessment: Assessment
) -> None:
    client = sign_in(getattr(cast, who))
    derby = there(assessment.round, places.derby)
    for mine in (assessment, derby):
        assert "anary" not in page(client, mine)
        assert client.get(use_url(mine)).status_code == 404
    assert found(derby) == []


def test_the_newest_answer_counts_and_an_unconfirmed_one_is_none(
    written: Assessment, assessment: Assessment, places: Places, cast: Cast
) -> None:
    newer = make_round(written.round.version, places, slug="pilot-2")
    Round.objects.filter(pk=written.round_id).update(opens_on=timezone.localdate() - datetime.timedelta(days=400))
    assert [answer.said.round for answer in found(assessment)] == ["pilot"]
    rate(there(newer, places.amber_valley), "LEAD.2", cast.officer, level="working_towards")
    assert [answer.said.round for answer in found(assessment)] == ["pilot-2"]
    Rating.objects.filter(assessment__round=newer).update(is_confirmed=False)
    assert [answer.said.round for answer in found(assessment)] == ["pilot"]


def test_a_new_version_of_the_other_set_still_finds_what_was_written(
    written: Assessment, assessment: Assessment, places: Places, cast: Cast
) -> None:
    later = make_version("other-set-2", "other-framework", title="In other words")
    newer = make_round(later, places, slug="pilot-2")
    assert [answer.said.version_title for answer in found(assessment)] == [written.round.version.title]
    rate(there(newer, places.amber_valley), "LEAD.2", cast.officer, level="working_towards")
    assert [answer.asked.criterion.version_id for answer in found(assessment)] == [later.pk]


def test_what_was_asked_is_shown_after_it_retired(assessment: Assessment, places: Places, cast: Cast) -> None:
    day = timezone.localdate()
    retiring = other_version(in_force_to=day)
    link("LEAD.1", "LEAD.2")
    pilot = there(make_round(retiring, places, slug="pilot"), places.amber_valley)
    rate(pilot, "LEAD.2", cast.officer, level="doing_well", reason="While it counted.")
    assert [answer.said.reason for answer in found(assessment)] == ["While it counted."]


def test_what_its_round_does_not_ask_has_no_page_to_lead_to(written: Assessment, assessment: Assessment) -> None:
    moved = make_version("other-set-2", "other-framework")
    Round.objects.filter(pk=written.round_id).update(version=moved)
    assert found(assessment) == []


def test_an_answer_that_says_nothing_is_not_shown(other: Round, assessment: Assessment, cast: Cast) -> None:
    pilot = there(other, assessment.partnership)
    rate(pilot, "LEAD.2", cast.officer, level="doing_well")
    rate(pilot, "LEAD.2", cast.officer, revision=1)
    assert found(assessment) == []
    attach_link(pilot, cast.officer)
    assert [answer.label for answer in found(assessment)] == [None]


def test_without_its_link_nothing_is_shown(written: Assessment, assessment: Assessment, version: Version) -> None:
    link("LEAD.2", "LEAD.1")
    assert found(assessment, "LEAD.2") == []
    assert len(found(assessment, "LEAD.1")) == 1


def test_the_page_needs_one_query_more_than_without_and_a_save_none(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn, world: None
) -> None:
    attach_link(written, cast.officer, address=f"{LINK}/2")
    officer = sign_in(cast.officer)
    page(officer, assessment)
    with counted() as queries:
        assert "You wrote about this" in page(officer, assessment)
    assert queries.number <= 12, queries.queries
    sent = {**stamp_on(officer, assessment, "LEAD.1"), "level": "doing_well", "reason": "Other words."}
    with counted() as queries:
        assert officer.post(url("criterion", assessment, "LEAD.1"), sent).status_code == 302
    assert not [query for query in queries.queries if "crosswalk" in str(query)]


# --- what is used -------------------------------------------------------------------------------------


def test_the_evidence_is_used_once_and_neither_level_nor_text(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="working_towards", reason="Our own words.")
    before = Rating.objects.get(assessment=assessment)
    officer = sign_in(cast.officer)
    assert "Canary minutes" in officer.get(use_url(assessment)).content.decode()
    for _press in range(2):
        assert officer.post(use_url(assessment), {"pieces": ["1", "2"]}).status_code == 302
    assert titles(assessment) == ["Canary file", "Canary minutes"]
    after = Rating.objects.get(assessment=assessment)
    assert (after.level, after.reason, after.revision) == (before.level, "Our own words.", before.revision)
    files = set(Evidence.objects.exclude(file="").values_list("file", flat=True))
    assert len(files) == 1
    events = Event.objects.filter(kind="evidence.added", after__from__startswith="pilot/LEAD.2/")
    assert [event.actor_id for event in events] == [cast.officer.pk] * 2
    assert "It is here already" in page(officer, assessment)
    assert "Use that evidence" not in page(officer, assessment)


def test_a_piece_at_a_time_and_what_is_there_under_another_name_is_not_added_again(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    attach_link(assessment, cast.officer, "LEAD.1")
    Evidence.objects.filter(rating__assessment=assessment).update(title="Under another name")
    officer = sign_in(cast.officer)
    officer.post(use_url(assessment), {"pieces": ["2"]})
    assert titles(assessment) == ["Under another name"]
    officer.post(use_url(assessment), {"pieces": ["1"]})
    assert titles(assessment) == ["Under another name", "Canary file"]


def test_a_file_stays_in_either_place_when_it_is_taken_off_the_other(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: object
) -> None:
    officer = sign_in(cast.officer)
    officer.post(use_url(assessment), {"pieces": ["1"]})
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        officer.post(url("evidence_remove", written, "LEAD.2", 1))
    download = officer.get(url("evidence_download", assessment, "LEAD.1", 1))
    assert download.content == PDF


def test_the_page_is_saved_before_evidence_is_used_or_a_text_begun_from(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    officer = sign_in(cast.officer)
    sent = {"level": "some_success", "reason": "", "then": f"use:{NAME}"}
    where = url("criterion", assessment, "LEAD.1")
    answer = officer.post(where, {**stamp_on(officer, assessment, "LEAD.1"), **sent})
    assert answer["Location"].startswith(url("evidence_linked", assessment, "LEAD.1"))
    assert officer.get(answer["Location"]).status_code == 200
    assert Rating.objects.get(assessment=assessment).level.slug == "some_success"  # type: ignore[union-attr]
    sent = {"level": "some_success", "reason": "", "then": f"start:{NAME}"}
    answer = officer.post(where, {**stamp_on(officer, assessment, "LEAD.1"), **sent})
    begun = officer.get(answer["Location"]).context["form"].initial["reason"]
    assert begun == "Our canary <reason>."
    assert Rating.objects.get(assessment=assessment).reason == ""


def test_a_text_that_stands_is_never_written_over(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    rate(assessment, "LEAD.1", cast.officer, level="working_towards", reason="Our own words.")
    officer = sign_in(cast.officer)
    assert "Start from that text" not in page(officer, assessment)
    shown = officer.get(url("criterion", assessment, "LEAD.1"), {"start": NAME})
    assert shown.context["form"].initial["reason"] == "Our own words."


@pytest.mark.parametrize("name", ["", "x", "other-framework/test-lead-1", "test-framework/test-lead-1", "\x00"])
def test_an_address_that_names_no_linked_answer_finds_nothing(
    name: str, written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    officer = sign_in(cast.officer)
    assert officer.get(use_url(assessment, name)).status_code == 404
    assert officer.get(url("criterion", assessment, "LEAD.1"), {"start": name}).status_code == 200


@pytest.mark.parametrize("pieces", [[], ["3"], ["x"], ["1", "-1"]])
def test_pieces_that_are_not_there_are_refused(
    pieces: list[str], written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in(cast.officer).post(use_url(assessment), {"pieces": pieces})
    assert answer.status_code == 200
    assert "Select" in answer.content.decode()
    assert titles(assessment) == []


def test_another_partnerships_files_cannot_be_taken(
    written: Assessment, assessment: Assessment, places: Places, cast: Cast
) -> None:
    derby = there(assessment.round, places.derby)
    used = services.use_evidence(
        assessment=derby,
        question=question(derby, "LEAD.1"),
        pieces=list(Evidence.objects.all()),
        by=seat(cast.neighbour),
        arrived_at=NOW(),
    )
    assert used == []
    assert not Rating.objects.filter(assessment=derby).exists()


def test_a_retired_case_study_is_not_cited_anew(written: Assessment, assessment: Assessment, cast: Cast) -> None:
    study = CaseStudy.objects.create(
        partnership=assessment.partnership,
        slug="old",
        title="Old",
        summary="Old.",
        status=CaseStudy.Status.RETIRED,
        retired_reason="Out of date.",
        written_by=cast.officer,
    )
    rating = written.ratings.get(criterion__code="LEAD.2")
    piece = Evidence.objects.create(rating=rating, number=9, title="Old", case_study=study, added_by=cast.officer)
    assert piece not in found(assessment)[0].usable()
    used = services.use_evidence(
        assessment=assessment,
        question=question(assessment, "LEAD.1"),
        pieces=[piece],
        by=seat(cast.officer),
        arrived_at=NOW(),
    )
    assert used == []


def test_a_submitted_or_closed_assessment_takes_none(
    written: Assessment, assessment: Assessment, cast: Cast, sign_in: SignIn
) -> None:
    rate_everything(assessment, cast.officer)
    submit(assessment, cast.coordinator)
    officer = sign_in(cast.officer)
    assert "Use that evidence" not in page(officer, assessment)
    assert officer.post(use_url(assessment), {"pieces": ["1"]}).status_code == 409
    with pytest.raises(services.AlreadySubmitted):
        services.use_evidence(
            assessment=assessment,
            question=question(assessment, "LEAD.1"),
            pieces=list(Evidence.objects.all()),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )
    assert titles(assessment) == []


def test_criteria_that_changed_since_the_page_was_opened_take_none(
    written: Assessment, assessment: Assessment, cast: Cast
) -> None:
    asked = question(assessment, "LEAD.1")
    Round.objects.filter(pk=assessment.round_id).update(version=make_version("next-set"))
    with pytest.raises(services.CriteriaChanged):
        services.use_evidence(
            assessment=assessment,
            question=asked,
            pieces=list(Evidence.objects.all()),
            by=seat(cast.officer),
            arrived_at=NOW(),
        )
