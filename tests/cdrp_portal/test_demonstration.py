"""The demonstration: what its data promise, and that it may be made again."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.utils import timezone

from accounts.models import Membership, RegionalPost, User
from assessments import documents, queries
from assessments.beside import beside
from assessments.linked_answers import linked_answers, with_evidence
from assessments.low_levels import is_low
from assessments.meeting_queries import meeting_agenda
from assessments.models import Assessment, Evidence, ImprovementAction, ProgressNote, Rating, Round, Submission, Survey
from assessments.queries import questions_for
from assessments.survey_queries import distribution
from audit.models import Event
from casestudies.article import read
from casestudies.checking import what_to_check
from casestudies.models import CaseStudy, CaseStudyVersion, Endorsement
from cdrp_portal.demonstration import learning, people, rounds, steps
from hallmarks.models import Criterion, CrosswalkLink, Indicator, Version
from hallmarks.outline import Question, outline_of
from partnerships.models import Agency, FamilyGroup, Partnership
from reports import pdf, stored
from reports.stored import Report
from sharing.models import CycleStep, InformationSet, PlanLine, SheetLine
from sharing.periods import quarter_of
from sharing.queries import plan_of, sheet_of
from tests.cdrp_portal.demonstrating import ADDRESSES, PASSWORD, Told, make


def rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.app_label not in {"contenttypes", "sessions"}]
    return {model._meta.label: model._default_manager.count() for model in models}


def assessment(partnership: str, round_slug: str) -> Assessment:
    return Assessment.objects.with_round().get(partnership__slug=partnership, round__slug=round_slug)


# --- what is made -------------------------------------------------------------------------------------


def test_the_content_has_the_published_counts(made: Told) -> None:
    beacon = Version.objects.get_by_natural_key("beacon", "round-5")
    assert Partnership.objects.count() == 376
    assert Criterion.objects.filter(version=beacon).count() == 49
    assert Criterion.objects.filter(version=beacon, is_key=True).count() == 22
    assert Indicator.objects.filter(criterion__version=beacon).count() == 175
    assert {version.status for version in Version.objects.all()} == {"published"}
    assert Version.objects.count() == 2


def test_every_round_is_made_up_covers_the_map_and_follows_the_one_before(made: Told) -> None:
    first, second, third = rounds.demonstration_rounds()
    assert [round_.is_demonstration for round_ in (first, second, third)] == [True] * 3
    assert (first.previous, second.previous, third.previous) == (None, first, second)
    assert {round_.assessments.count() for round_ in (first, second, third)} == {376}
    today = timezone.localdate()
    assert second.closes_on < today
    assert third.opens_on == today - datetime.timedelta(weeks=6)
    assert third.closes_on == today + datetime.timedelta(weeks=5)
    assert third.slug == str(today.year)


def test_a_pilot_of_the_other_set_shows_what_was_written_there(made: Told) -> None:
    newest, pilot = rounds.demonstration_rounds()[-1], rounds.pilot()
    assert pilot is not None
    assert Round.objects.first() == newest
    assert (pilot.version.framework.slug, pilot.is_demonstration, pilot.previous) == ("hallmarks", True, None)
    assert CrosswalkLink.objects.count() == 61
    assessment = Assessment.objects.with_round().get(round=newest, partnership__slug="amber-valley")
    answers = {asked.criterion.code: linked_answers(assessment, asked) for asked in questions_for(assessment).questions}
    assert len([code for code, found in answers.items() if found]) > 20
    for found in answers.values():
        with_evidence(None, found)
    assert any(answer.usable() for found in answers.values() for answer in found)


def test_one_assessment_of_the_pilot_tells_how_its_agencies_saw_it(made: Told) -> None:
    (sent,) = Submission.objects.filter(assessment__round=rounds.pilot())
    assert sent.assessment.partnership.slug == "erewash"
    assert all(entry.spread for entry in documents.read(sent.document).every_criterion())


def test_people_are_roles_marked_as_made_up_with_a_confirmed_address(made: Told) -> None:
    made_up = User.objects.filter(email__in=ADDRESSES)
    assert {person.email for person in made_up} == ADDRESSES
    assert all(person.is_demonstration and person.name.endswith("(demonstration)") for person in made_up)
    confirmed = EmailAddress.objects.filter(verified=True, primary=True)
    assert {address.email for address in confirmed} == ADDRESSES
    seats = {(seat.user.email, seat.role, seat.agency.name) for seat in Membership.objects.filter(user__in=made_up)}
    assert seats == {
        ("coordinator@amber-valley.example", "coordinator", "District council"),
        ("officer@amber-valley.example", "officer", "District council"),
        ("viewer@amber-valley.example", "viewer", "Derbyshire Constabulary"),
        ("coordinator@derby.example", "coordinator", "Council"),
        ("officer@derby.example", "officer", "Council"),
        ("viewer@derby.example", "viewer", "Derbyshire Constabulary"),
        ("coordinator@erewash.example", "coordinator", "District council"),
    }
    posts = RegionalPost.objects.filter(user__in=made_up)
    assert {post.region.slug for post in posts} == {"east-midlands", "south-west"}
    assert [person.email for person in made_up.filter(is_staff=True)] == ["admin@portal.example"]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("amber-valley", {"District council", "County council", "Primary care trust"}),
        ("derby", {"Council", "Primary care trust"}),
        ("cardiff", {"Council", "Local health board"}),
    ],
)
def test_each_partnership_has_the_agencies_of_its_nation_and_tier(made: Told, slug: str, expected: set[str]) -> None:
    names = set(Agency.objects.filter(partnership__slug=slug).values_list("name", flat=True))
    force = Partnership.objects.get(slug=slug).police_force.name
    assert names == expected | {force, "Police authority", "Fire and rescue authority"}


def test_people_who_only_wrote_or_gave_views_are_made_up_and_cannot_sign_in(made: Told) -> None:
    others = User.objects.exclude(email__in=ADDRESSES)
    assert others.exists()
    assert all(one.is_demonstration and one.name.endswith("(demonstration)") for one in others)
    assert not any(one.has_usable_password() for one in others)
    assert not EmailAddress.objects.filter(user__in=others).exists()


def test_whoever_wrote_an_answer_or_sent_it_has_a_seat_at_the_agency_that_is_named(made: Told) -> None:
    seats = {
        (seat.user_id, seat.agency.partnership_id, seat.agency.name, seat.role)
        for seat in Membership.objects.select_related("agency")
    }
    places = {(user, place, agency) for user, place, agency, _role in seats}
    written = Rating.objects.filter(updated_by__isnull=False)
    assert set(written.values_list("updated_by", "assessment__partnership", "updated_by_agency")) <= places
    senders = {(user, place) for user, place, _agency, role in seats if role == "coordinator"}
    assert set(Submission.objects.values_list("submitted_by", "assessment__partnership")) <= senders


def open_round(partnership: str) -> Assessment:
    return Assessment.objects.with_round().get(partnership__slug=partnership, round=Round.objects.first())


def test_one_partnership_gives_its_views_in_private_and_may_reveal_them(made: Told) -> None:
    found = open_round("amber-valley")
    assert not found.views_revealed_at
    assert found.views.voices().values("agency").distinct().count() >= 3
    given = {email: found.views.filter(member__user__email=email).count() for email in ADDRESSES}
    own = [given[f"{who}@amber-valley.example"] for who in ("coordinator", "officer", "viewer")]
    assert own == [22, 9, 0]
    assert found.views.filter(level=None).exists()


def test_another_has_met_and_agreed_through_the_portals_own_services(made: Told) -> None:
    found = open_round("derby")
    agenda = meeting_agenda(found, timezone.now())
    decided = [item for item in agenda.items if item.decision]
    assert (len(decided), agenda.agreed, found.status) == (14, 13, "draft")
    assert [item.was_changed for item in decided].count(True) == 1
    assert any(item.decision and item.decision.dissent for item in decided)
    about = Event.objects.filter(partnership="derby")
    assert about.filter(kind="rating.decided").count() == 14
    assert about.filter(kind="views.revealed").count() == 1
    assert ImprovementAction.objects.filter(raised_in=found).exists()


def test_agencies_see_the_open_round_from_both_standpoints_and_do_not_all_agree(made: Told) -> None:
    found = open_round("derby")
    assert found.views_revealed_at
    views = found.views.voices()
    assert views.values("criterion").distinct().count() >= 20
    assert views.values("agency").distinct().count() >= 5
    assert set(views.values_list("standpoint", flat=True)) == {"strategic", "delivery"}
    assert set(views.values_list("level__position", flat=True)) == {0, 1, 2, 3}


@pytest.mark.parametrize("slug", ["amber-valley", "derby"])
def test_every_answer_that_somebody_wrote_has_a_history_that_ends_in_it(made: Told, slug: str) -> None:
    found = open_round(slug)
    written = found.ratings.filter(updated_by__isnull=False).select_related("level", "criterion")
    assert written
    for rating in written:
        events = list(Event.objects.about(rating).filter(kind__in=["rating.saved", "rating.decided"]))
        assert [event.at for event in events] == sorted(event.at for event in events)
        last = events[-1]
        after = last.after or {}
        assert after["revision"] == rating.revision
        assert (after["level"], after["reason"]) == (rating.level.slug if rating.level else "", rating.reason)
        assert (last.at, last.actor_id) == (rating.updated_at, rating.updated_by_id)
    assert Event.objects.filter(partnership=slug, kind="action.raised").exists()


def test_the_trail_of_the_rounds_is_as_old_as_they_are(made: Told) -> None:
    for round_ in Round.objects.all():
        events = Event.objects.about(round_).exclude(kind__in=["demonstration.made", "reminders.written"])
        assert {timezone.localtime(event.at).date() for event in events} == {round_.opens_on}


def test_front_line_checks_are_closed_and_worth_looking_at(made: Told) -> None:
    shown = distribution(open_round("derby"), timezone.now())
    assert shown
    assert len(shown) >= 20
    assert not any(survey.is_open(timezone.now()) for survey in Survey.objects.all())


def test_thirteen_groups_say_that_they_are_made_up_and_hold_everybody(made: Told) -> None:
    assert FamilyGroup.objects.count() == 13
    assert all("demonstration group" in str(group) for group in FamilyGroup.objects.all())
    assert not Partnership.objects.filter(family_group=None).exists()


def test_one_officer_has_work_left_and_a_neighbour_has_none(made: Told) -> None:
    this_year = rounds.demonstration_rounds()[-1].slug
    ours, theirs = assessment("amber-valley", this_year), assessment("erewash", this_year)
    progress = queries.progress_of(ours)
    assert (progress.answered, progress.to_confirm, progress.begun, progress.total) == (33, 11, 5, 49)
    assert ours.status == "draft"
    assert theirs.status == "submitted"
    assert theirs.submissions.get().submitted_by.email == "coordinator@erewash.example"


def test_the_open_round_starts_from_the_one_before(made: Told) -> None:
    _first, second, third = rounds.demonstration_rounds()
    carried = Rating.objects.filter(is_confirmed=False).select_related("assessment")
    assert carried
    assert {rating.assessment.round_id for rating in carried} == {third.pk}
    assert {rating.assessment.status for rating in carried} == {"draft"}
    for rating in carried:
        past = Rating.objects.get(
            assessment__round=second,
            assessment__partnership=rating.assessment.partnership_id,
            criterion=rating.criterion_id,
        )
        assert (rating.level_id, rating.reason) == (past.level_id, past.reason)


def test_case_studies_say_that_they_never_happened_and_one_is_evidence(made: Told) -> None:
    studies = CaseStudy.objects.exclude(slug__in=[practice.slug for practice in learning.PRACTICES])
    assert {(study.partnership.slug, study.status) for study in studies} == {
        ("amber-valley", "published"),
        ("amber-valley", "draft"),
        ("amber-valley", "retired"),
        ("derby", "published"),
        ("exeter", "published"),
    }
    assert all(study.summary.startswith("Demonstration data") and study.criteria.exists() for study in studies)
    assert {study.slug: study.versions.count() for study in studies if study.versions.count() != 1} == {
        "better-locks-on-older-terraces": 2,
        "taxi-marshals-at-weekends": 0,
        "one-desk-for-antisocial-behaviour": 3,
    }
    assert Endorsement.objects.filter(version__case_study__in=studies).count() == 3
    mailboxes = [mailbox for mailbox in studies.values_list("contact_mailbox", flat=True) if mailbox]
    assert len(mailboxes) > 3
    assert all(mailbox.endswith(".example") for mailbox in mailboxes)
    assert all(not what_to_check(read(version.document)) for version in CaseStudyVersion.objects.all())
    assert Evidence.objects.filter(case_study__isnull=False).get().rating.assessment.status == "draft"


def test_two_partnerships_have_check_sheets_and_plans_that_say_they_are_made_up(made: Told) -> None:
    assert (InformationSet.objects.count(), CycleStep.objects.count()) == (12, 17)
    places, today = ["amber-valley", "derby"], timezone.localdate()
    received = {}
    for slug in places:
        place = Partnership.objects.get(slug=slug)
        before = sheet_of(place, quarter_of(today).previous)
        received[slug] = before.counts.in_words
        assert {row.line.note for row in before.rows if row.line} == {"Demonstration data: made up."}
        assert len(plan_of(place, today.year).rows) == PlanLine.objects.of(place, today.year).count() == 17
    assert received == {"amber-valley": "9 of 12 received", "derby": "11 of 12 received"}
    assert set(SheetLine.objects.values_list("partnership__slug", flat=True)) == set(places)
    assert all(line.received_on < today for line in SheetLine.objects.all() if line.received_on)
    assert all(line.received_from.partnership_id == line.partnership_id for line in SheetLine.objects.all())  # type: ignore[union-attr]
    assert not PlanLine.objects.filter(done_on__gte=today).exists()


def test_evidence_links_lead_to_example_addresses_only(made: Told) -> None:
    links = Evidence.objects.exclude(link="").values_list("link", flat=True)
    assert links
    assert all(link.startswith("https://www.example.org/") for link in links)


def test_nothing_is_dated_after_the_first_run(made: Told) -> None:
    today = timezone.localdate()
    assert all(sent.submitted_at.date() < today for sent in Submission.objects.all())
    assert all(rating.updated_at.date() < today for rating in Rating.objects.all())


# --- the documents ------------------------------------------------------------------------------------


def test_each_document_is_what_the_portal_itself_would_freeze(made: Told) -> None:
    for submission in Submission.objects.select_related("assessment__round"):
        asked = Criterion.objects.filter(version=submission.assessment.round.version_id).in_order()
        document = documents.read(submission.document)
        found = Assessment.objects.with_round().get(pk=submission.assessment_id)
        sheet = queries.answer_sheet(found)
        frozen = queries.document_of(
            found,
            sheet,
            reference=submission.reference,
            number=submission.number,
            submitted_at=submission.submitted_at.isoformat(timespec="seconds"),
            submitted_by=document.submitted_by,
            agreed_by=document.agreed_by,
            previous_sha256=submission.previous_sha256,
        )
        shown = beside(found, timezone.now(), with_spread=found.round == rounds.pilot())
        assert document == replace(shown, actions=document.actions).added_to(frozen)
        assert submission.document == documents.canonical(document)
        assert submission.sha256 == documents.fingerprint(submission.document)
        assert submission.levels == documents.packed(document, list(asked.values_list("code", flat=True)))
        assert document.is_demonstration
        rated = {answered.question.criterion.pk: answered.rating.level_id for answered in sheet if answered.rating}
        assert dict(submission.ratings.values_list("criterion", "level")) == rated
        assert len(rated) == 49


def test_actions_are_of_every_kind_and_each_document_tells_those_that_were_open(made: Told) -> None:
    actions = ImprovementAction.objects.filter(recommendation=None).select_related(
        "raised_in__partnership", "owner", "criterion"
    )
    today = timezone.localdate()
    assert set(actions.values_list("status", flat=True)) == {"open", "done", "dropped"}
    assert any(action.is_overdue(today) for action in actions)
    assert all(action.owner.partnership_id == action.partnership_id for action in actions)
    assert all(is_low(question_of(action), rating_of(action)) for action in actions)
    assert all(action.closed_on is None or action.closed_on < today for action in actions)
    told = [documents.read(submission.document).actions for submission in Submission.objects.all()]
    assert any(told)
    assert {entry.status for entries in told for entry in entries} == {"open"}
    last = Submission.objects.filter(assessment__partnership__slug="amber-valley").first()
    assert last is not None
    assert documents.read(last.document).actions


def question_of(action: ImprovementAction) -> Question:
    outline = outline_of(action.criterion.version)
    return next(question for question in outline.questions if question.criterion == action.criterion)


def rating_of(action: ImprovementAction) -> Rating:
    return Rating.objects.get(assessment=action.raised_in, criterion=action.criterion)


def test_progress_notes_are_written_by_members_who_may_and_before_the_first_run(made: Told) -> None:
    notes = ProgressNote.objects.select_related("written_by__agency", "action")
    assert notes
    assert all(note.written_by.role != "viewer" and note.written_at.date() < timezone.localdate() for note in notes)
    assert all(note.written_by.agency.partnership_id == note.action.partnership_id for note in notes)


def test_submissions_of_one_partnership_are_a_chain(made: Told) -> None:
    for partnership in Partnership.objects.filter(assessments__submissions__isnull=False).distinct():
        before = ""
        for submission in Submission.objects.filter(assessment__partnership=partnership).order_by("submitted_at"):
            assert submission.previous_sha256 == before
            assert json.loads(submission.document)["previous_sha256"] == before
            before = submission.sha256


def test_documents_name_roles_and_agencies_and_no_person(made: Told) -> None:
    names = User.objects.values_list("name", "email")
    for submission in Submission.objects.all():
        assert not [word for pair in names for word in pair if word in submission.document]
        assert documents.read(submission.document).submitted_by.startswith("Coordinator, ")


# --- again, and after an accident ---------------------------------------------------------------------


def test_a_second_run_changes_nothing(made: Told) -> None:
    before, dates = rows(), list(Round.objects.values_list("slug", "opens_on", "closes_on"))
    passwords = list(User.objects.values_list("password", flat=True))
    make(PASSWORD)
    assert rows() == before
    assert list(Round.objects.values_list("slug", "opens_on", "closes_on")) == dates
    assert list(User.objects.values_list("password", flat=True)) == passwords


def test_the_printed_password_is_everybodys_even_after_one_was_changed(made: Told) -> None:
    officer = User.objects.get(email=people.OFFICER)
    officer.set_password("something-else-entirely")
    officer.save()
    make("another-password-now")
    for address in ADDRESSES:
        assert authenticate(None, email=address, password="another-password-now")


def test_a_real_persons_password_is_left_alone(made: Told) -> None:
    User.objects.filter(email=people.OFFICER).update(is_demonstration=False, password="kept")
    make(PASSWORD)
    assert User.objects.get(email=people.OFFICER).password == "kept"


def test_the_report_is_written_or_its_absence_explained(
    made: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(report: Report) -> Path:
        raise pdf.PdfUnavailable("Pango is not installed.")

    monkeypatch.setattr(stored, "stored", unavailable)
    told = Told()
    steps.write_report(told, tmp_path)
    assert "Pango is not installed." in told.texts[-1]
    kept = tmp_path / "stored.pdf"
    kept.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(stored, "stored", lambda report: kept)
    steps.write_report(told, tmp_path / "demo")
    assert (tmp_path / "demo" / "report.pdf").read_bytes() == b"%PDF-1.7"
