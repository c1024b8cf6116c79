"""The administrators' pages on a round's criteria, the command, and what officers see of a change."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment, Move, Rating, Round, View
from hallmarks import formats
from hallmarks.models import Version
from hallmarks.stored import document_of
from tests import criteria
from tests.assessments import giving
from tests.assessments.answering import rate, url
from tests.assessments.carrying import changed_version
from tests.assessments.deciding import decide
from tests.assessments.moving import answer_all, dump, fresh, move, undo
from tests.people import Cast

SignIn = Callable[[User | None], Client]


@pytest.fixture
def after(version: Version) -> Version:
    return changed_version(version)


@pytest.fixture
def answered(assessment: Assessment, cast: Cast) -> Assessment:
    answer_all(assessment, cast.officer)
    return assessment


def text(page: Any) -> str:
    return str(page.content.decode())


def round_url(name: str, *more: str) -> str:
    return reverse(f"assessments:{name}", args=["2027", *more])


def to(version: Version) -> tuple[str, str]:
    return version.framework.slug, version.slug


# The administrator


def test_the_dry_run_says_what_a_move_would_do_and_changes_nothing(
    answered: Assessment, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.administrator)
    before = dump(("django_session",))
    page = client.get(round_url("round_move", *to(after)))
    assert dump(("django_session",)) == before
    assert page.context["report"].tally.as_json() == {
        "answers": 4,
        "kept": 1,
        "to_confirm": 2,
        "needs_level": 1,
        "without_a_home": 1,
    }
    assert "Reworded; Other signs" in text(page)
    assert "LEAD.3 Partners learn together" in text(page)
    assert "Leaders meet." not in text(page)


def test_the_list_names_every_answer_and_tells_none(
    answered: Assessment, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    found = sign_in(cast.administrator).get(round_url("round_move_csv", *to(after)))
    rows = list(csv.reader(io.StringIO(text(found).removeprefix("\ufeff"))))
    assert [(row[1], row[2], row[6]) for row in rows[1:]] == [
        ("Amber Valley", "LEAD.1", "To confirm"),
        ("Amber Valley", "LEAD.2", "Without a home"),
        ("Amber Valley", "LAW.1", "To confirm, with a level to choose"),
        ("Amber Valley", "LAW.2", "Kept"),
    ]
    assert not any(word in text(found) for word in ("Leaders meet", "Some success", "Partly met"))


def test_an_administrator_moves_and_undoes(answered: Assessment, after: Version, cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.administrator)
    shown = client.post(round_url("round_move", *to(after)), follow=True)
    assert "asks “Test criteria 2027” now" in text(shown)
    assert "until somebody saves something in this round" in text(shown)
    assert Round.objects.get().version == after
    asked = client.get(round_url("round_move_undo"))
    assert "nobody has saved anything in this round since" in text(asked)
    shown = client.post(round_url("round_move_undo"), follow=True)
    assert "Undone." in text(shown)
    assert Round.objects.get().version != after


def test_after_a_save_the_pages_say_why_it_stays(
    answered: Assessment, after: Version, cast: Cast, sign_in: SignIn, round_: Round
) -> None:
    move(round_, after)
    rate(fresh(answered), "LEAD.3", cast.officer, level="doing_well")
    client = sign_in(cast.administrator)
    assert "can no longer be undone" in text(client.get(round_url("round_criteria")))
    refused = client.post(round_url("round_move_undo"))
    assert refused.status_code == 409
    assert "can no longer be undone" in text(refused)
    assert Round.objects.get().version == after


def test_a_draft_can_be_looked_at_and_not_asked(answered: Assessment, cast: Cast, sign_in: SignIn) -> None:
    draft = criteria.make_version("a-draft", is_draft=True)
    client = sign_in(cast.administrator)
    page = client.get(reverse("assessments:if_moved_to", args=to(draft)))
    (round_, report) = page.context["lines"][0]
    assert (round_.slug, report.tally.kept) == ("2027", 4)
    refused = client.post(round_url("round_move", *to(draft)))
    assert refused.status_code == 409
    assert "Publish this version first" in text(refused)


def test_a_file_that_nobody_loaded_can_be_looked_at(answered: Assessment, cast: Cast, sign_in: SignIn) -> None:
    draft = criteria.make_version("a-draft", is_draft=True)
    content = formats.write(formats.OUTLINE, document_of(draft)).decode()
    client = sign_in(cast.administrator)
    before = dump(("django_session",))
    page = client.post(reverse("assessments:if_moved"), {"text": content})
    assert page.status_code == 200
    assert dump(("django_session",)) == before
    (_round, report) = page.context["lines"][0]
    assert (report.tally.total, report.tally.kept) == (4, 4)


# The command


def test_the_command_says_the_same_for_people_and_for_programs(answered: Assessment, after: Version) -> None:
    out = io.StringIO()
    call_command("move_assessments", "2027", "next-set", "--dry-run", stdout=out)
    assert "4 answers: 1 kept, 2 to confirm, 1 without a home." in out.getvalue()
    assert "Dry run: nothing was changed." in out.getvalue()
    out = io.StringIO()
    call_command("move_assessments", "2027", "test-framework/next-set", "--dry-run", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert (said["kept"], said["to_confirm"], said["without_a_home"], said["is_done"]) == (1, 2, 1, False)
    assert not Move.objects.exists()


def test_the_command_moves(answered: Assessment, after: Version) -> None:
    out = io.StringIO()
    call_command("move_assessments", "2027", "next-set", "--json", stdout=out)
    assert json.loads(out.getvalue())["is_done"]
    assert Round.objects.get().version == after


@pytest.mark.parametrize(
    ("given", "why"),
    [(("2027", "test-set"), "already"), (("2027", "nothing"), "Loaded:"), (("1999", "test-set"), "Rounds: 2027")],
)
def test_the_command_says_what_is_wrong(assessment: Assessment, given: tuple[str, str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("move_assessments", *given, stdout=io.StringIO())


# Pages that were open


def test_what_was_typed_to_a_criterion_of_before_comes_back(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.officer)
    sent = as_sent(client, answered, "LEAD.1")
    move(round_, after)
    before = dump(("django_session",))
    page = client.post(url("criterion", answered, "LEAD.1"), {**sent, "level": "doing_well", "reason": "Typed by hand"})
    assert page.status_code == 409
    assert "Typed by hand" in text(page)
    assert "Doing well" in text(page)
    assert "Leaders meet." in text(page)
    quiet = client.post(url("autosave", answered, "LEAD.1"), {**sent, "reason": "Typed by hand"})
    assert (quiet.status_code, quiet.json()) == (409, {"error": "criteria"})
    for name in ("confirm", "merge"):
        page = client.post(url(name, answered, "LEAD.1"), {**sent, "reason": "Typed by hand"})
        assert (page.status_code, "Typed by hand" in text(page)) == (409, True)
    assert dump(("django_session",)) == before


def test_what_was_typed_to_a_criterion_that_is_gone_comes_back(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.officer)
    sent = as_sent(client, answered, "LEAD.2")
    move(round_, after)
    page = client.post(url("criterion", answered, "LEAD.2"), {**sent, "reason": "Typed by hand"})
    assert page.status_code == 409
    assert "Typed by hand" in text(page)
    assert "not asked of you any more" in text(page)


def test_a_page_opened_between_a_move_and_its_undoing_does_not_save(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    """Undoing brings the revision back that the page knows: only what the page says it was asked tells them apart."""
    move(round_, after)
    client = sign_in(cast.officer)
    sent = as_sent(client, fresh(answered), "LEAD.1")
    undo(round_)
    page = client.post(url("criterion", answered, "LEAD.1"), {**sent, "reason": "Typed by hand", "indicator_1": "no"})
    assert page.status_code == 409
    assert Rating.objects.get(criterion__code="LEAD.1").reason == "Leaders meet."


def test_a_view_and_a_decision_of_before_come_back(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    giving.give(answered, cast.officer, code="LEAD.1")
    client = sign_in(cast.officer)
    view = hidden(client.get(url("view", answered, "LEAD.1")))
    decision = hidden(client.get(url("meeting_criterion", answered, "LEAD.1")))
    move(round_, after)
    page = client.post(url("view", answered, "LEAD.1"), {**view, "level": "doing_well", "comment": "My comment"})
    assert (page.status_code, "My comment" in text(page)) == (409, True)
    page = client.post(
        url("meeting_criterion", answered, "LEAD.1"), {**decision, "reason": "Our reason", "dissent": "The police"}
    )
    assert (page.status_code, "Our reason" in text(page), "The police" in text(page)) == (409, True, True)
    page = client.post(url("view_take_back", answered, "LEAD.1"), view)
    assert page.status_code == 409
    assert View.objects.count() == 1


def test_evidence_for_a_criterion_of_before_is_not_added_to_another(
    answered: Assessment, round_: Round, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.officer)
    sent = as_sent(client, answered, "LEAD.2")
    form = client.post(url("criterion", answered, "LEAD.2"), {**sent, "reason": "Work is shared.", "then": "link"})
    other = criteria.make_version("swapped")
    move(round_, other)
    client_page = client.post(form["Location"], {"title": "Minutes", "link": "https://example.org/"})
    assert client_page.status_code == 302
    swapped = form["Location"].replace("test-lead-2", "another-lineage")
    assert client.post(swapped, {"title": "Minutes", "link": "https://example.org/"}).status_code == 409


# What officers see of it


def test_the_task_list_leads_to_the_answers_without_a_home(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.viewer)
    assert "without a home" not in text(client.get(url("tasks", answered)))
    move(round_, after)
    assert "1 answer is without a home" in text(client.get(url("tasks", answered)))
    page = text(client.get(url("homeless", answered)))
    assert "Partners share the work" in page
    assert "Working towards" in page
    assert "Work is shared." in page
    assert "Leaders meet." not in page


def test_a_criterion_to_confirm_says_what_changed(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    move(round_, after)
    client = sign_in(cast.officer)
    page = text(client.get(url("criterion", answered, "LEAD.1")))
    assert "The criteria changed on" in page
    assert "Carried forward" not in page
    assert "Still true, confirm" in page
    law = text(client.get(url("criterion", answered, "LAW.1")))
    assert "Its level was “Partly met”, which there is no more." in law
    confirmed = client.post(url("confirm", answered, "LEAD.1"), as_sent(client, answered, "LEAD.1"))
    assert confirmed.status_code == 302
    assert Rating.objects.get(criterion__code="LEAD.1").is_answered


def test_the_history_tells_of_the_change_and_names_signs_as_they_were(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    move(round_, after, cast.administrator)
    rate(fresh(answered), "LEAD.1", cast.officer, level="doing_well", revision=1, indicators={1: "yes"})
    client = sign_in(cast.viewer)
    page = text(client.get(reverse("assessments:criterion_history", args=["2027", "amber-valley", "LEAD.1"])))
    assert "An administrator changed the criteria of the round to “Test criteria 2027”" in page
    assert "“Sign 1 &lt;partners&gt; can be seen.” from not answered to yes" in page
    assert "“Sign 2 &lt;partners&gt; can be seen.” from partly to yes" in page
    whole = text(client.get(reverse("assessments:history", args=["2027", "amber-valley"])))
    assert "changed the criteria of the round" in whole


def test_a_meetings_level_that_is_gone_is_still_told(
    assessment: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn
) -> None:
    decide(assessment, "LAW.1", cast.officer, level="partly_met")
    move(round_, after)
    page = sign_in(cast.officer).get(url("criterion", assessment, "LAW.1"))
    assert page.status_code == 200
    assert "partly met" in text(page).lower()


@pytest.mark.parametrize(
    "name", ["tasks", "check", "views", "meeting", "meeting_agenda", "survey", "history", "late_drafts"]
)
def test_every_page_of_the_assessment_opens_after_a_move(
    answered: Assessment, round_: Round, after: Version, cast: Cast, sign_in: SignIn, name: str
) -> None:
    giving.give(answered, cast.viewer, code="LEAD.2")
    decide(answered, "LEAD.2", cast.officer, revision=1)
    move(round_, after)
    assert sign_in(cast.coordinator).get(url(name, answered), follow=True).status_code == 200


def as_sent(client: Client, assessment: Assessment, code: str) -> dict[str, str]:
    """Return the hidden fields of a criterion's page as it is now."""
    return hidden(client.get(url("criterion", assessment, code)))


def hidden(page: Any) -> dict[str, str]:
    """Return the hidden fields of a page as the browser would send them."""
    found = dict(re.findall(r'<input type="hidden" name="(revision|save_id|asked)" value="([^"]*)"', text(page)))
    assert found.keys() == {"revision", "save_id", "asked"}
    return found
