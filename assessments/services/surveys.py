"""The front-line check: a coordinator opens, renews and closes it; whoever has the link answers without a trace."""

import datetime
import secrets
from collections.abc import Mapping

from django.db import transaction

from accounts.models import Membership
from accounts.services import hash_of
from assessments.models import LONDON, MAX_ANSWERS, Assessment, Survey, SurveyCount
from assessments.services.states import Refused, WrongLevel, lock_open, require_asked
from assessments.survey_limits import forget_expired, take_place, use_once
from assessments.survey_queries import key_questions, survey_of
from audit.services import record
from hallmarks.models import Level
from hallmarks.outline import Question

TOKEN_BYTES = 32


class SurveyOpened(Refused):
    """The check is open, or closed with sums that one answer more would tell of."""


class SurveyClosed(Refused):
    """The check takes no answers any more, or not by this link."""


class ClosingDayRefused(Refused):
    """The check would close before today or after the assessment."""


@transaction.atomic
def open_survey(
    *,
    assessment: Assessment,
    closes_on: datetime.date,
    max_answers: int = MAX_ANSWERS,
    by: Membership,
    arrived_at: datetime.datetime,
) -> tuple[Survey, str]:
    """Open the check and return it with its link's token, which is not kept; one that was closed too early goes on.

    Raises SurveyOpened, ClosingDayRefused or what `lock_open` raises; then nothing is written.
    """
    lock_open(assessment, arrived_at)
    require_asked(assessment, assessment.round.version_id)
    if not arrived_at.astimezone(LONDON).date() <= closes_on <= assessment.closes_on:
        raise ClosingDayRefused
    before = Survey.objects.select_for_update().filter(assessment=assessment).first()
    if before and not before.may_be_opened_again(arrived_at):
        raise SurveyOpened
    token = secrets.token_urlsafe(TOKEN_BYTES)
    given = {"token_hash": hash_of(token), "closes_on": closes_on, "max_answers": max_answers, "closed_at": None}
    survey, is_new = Survey.objects.update_or_create(assessment=assessment, defaults=given)
    if is_new:
        _start_at_zero(survey)
    _record("survey.opened", survey, by, after={"closes_on": closes_on, "max_answers": max_answers})
    return survey, token


@transaction.atomic
def renew_link(*, survey: Survey, by: Membership, arrived_at: datetime.datetime) -> str:
    """Return a new token and make the link given out so far useless; the answers stay. Raises SurveyClosed."""
    row = _lock(survey)
    if not row.is_open(arrived_at):
        raise SurveyClosed
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash = hash_of(token)
    row.save(update_fields=["token_hash"])
    _record("survey.link_renewed", row, by)
    return token


def close_survey(*, survey: Survey, by: Membership, arrived_at: datetime.datetime) -> None:
    """Take no more answers; closing twice changes nothing."""
    # Before the transaction, as for an answer: one that held the check and waited for the cache would wait for ever.
    forget_expired()
    _close(survey, by, arrived_at)


def close_with(*, assessment: Assessment, by: Membership, arrived_at: datetime.datetime) -> None:
    """Close the check of an assessment that is being submitted: what is sent has nothing to wait for."""
    survey = survey_of(assessment)
    if survey:
        _close(survey, by, arrived_at)


def answer_survey(
    *,
    survey: Survey,
    choices: Mapping[Question, Level],
    form_key: str,
    address: str,
    arrived_at: datetime.datetime,
) -> None:
    """Add somebody's choices to the sums, and keep nothing else: no `by`, no time, no audit event.

    Raises WrongLevel, TooManyAnswers, AlreadyCounted, CriteriaChanged or SurveyClosed; then nothing is counted.
    """
    if any(level not in question.levels for question, level in choices.items()):
        raise WrongLevel
    forget_expired()
    _count(survey, choices, form_key, address, arrived_at)


@transaction.atomic
def _close(survey: Survey, by: Membership, arrived_at: datetime.datetime) -> None:
    row = _lock(survey)
    if row.is_open(arrived_at):
        row.closed_at = arrived_at
        row.save(update_fields=["closed_at"])
        _record("survey.closed", row, by)


@transaction.atomic
def _count(
    survey: Survey, choices: Mapping[Question, Level], form_key: str, address: str, arrived_at: datetime.datetime
) -> None:
    """Count an answer whole or not at all; what it used up is given back where the check took it no more."""
    take_place(survey, address)
    use_once(survey, form_key)
    if not (survey.is_open(arrived_at) and Survey.objects.count_answer(survey)):
        raise SurveyClosed
    # Counting locked the check, which a change of the round's criteria waits for.
    require_asked(survey.assessment, survey.assessment.round.version_id)
    SurveyCount.objects.add_one(survey, {asked.criterion.pk: level.pk for asked, level in choices.items()})


def _start_at_zero(survey: Survey) -> None:
    """Make every sum beforehand: made when first chosen, the rows' order would tell what the first person chose."""
    SurveyCount.objects.bulk_create(
        SurveyCount(survey=survey, criterion=asked.criterion, level=level, number=0)
        for asked in key_questions(survey.assessment)
        for level in asked.levels
    )


def _lock(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).with_place().get(pk=survey.pk)


def _record(kind: str, survey: Survey, by: Membership, after: object = None) -> None:
    record(
        kind=kind,
        target=survey,
        by=by.user,
        role=f"{by.get_role_display()}, {by.agency}",
        partnership=survey.assessment.partnership.slug,
        after=after,
    )
