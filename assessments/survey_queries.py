"""What the front line is asked, and what of its answers anybody may see."""

import datetime
from collections import defaultdict

from accounts.prepared import Prepared, columns, instance
from assessments.models import FEWEST_ANSWERS, Assessment, Survey
from assessments.queries import questions_for
from hallmarks.outline import Question

# Where a set of criteria has no key ones: as many as a person answers between two calls.
MOST_QUESTIONS = 22

SURVEY = columns("", Survey)

Distribution = dict[int, dict[int, int]]


def key_questions(assessment: Assessment) -> tuple[Question, ...]:
    """Return the key criteria; where a set has none, the first 22 on practice, as the law is not asked on the street.

    A set of nothing but statutory requirements is asked about those.
    """
    asked = questions_for(assessment).questions
    key = tuple(question for question in asked if question.criterion.is_key)
    practice = tuple(question for question in asked if not question.is_statutory)
    return key or (practice or asked)[:MOST_QUESTIONS]


def survey_of(assessment: Assessment) -> Survey | None:
    """Return the assessment's front-line check, or None where there has been none."""
    row = next(iter(_SURVEY.rows(assessment=assessment.pk)), None)
    return instance(Survey, SURVEY, row) if row else None


_SURVEY = Prepared(
    lambda assessment: Survey.objects.filter(assessment=assessment).values_list(*SURVEY), number=["assessment"]
)


def distribution(assessment: Assessment, at: datetime.datetime) -> Distribution | None:
    """Return how many chose each level, by the keys of criterion and level, or None while nobody may see it.

    That is until the check is closed, and for ever if fewer than five answered. A criterion on which fewer than five
    gave a level is left out.
    """
    survey = survey_of(assessment)
    return counts_of(survey, at) if survey else None


def counts_of(survey: Survey, at: datetime.datetime) -> Distribution | None:
    """Return the same of a survey in hand: the one door to its counts."""
    if not survey.may_be_shown(at):
        return None
    counts: Distribution = defaultdict(dict)
    for count in survey.counts.all():
        counts[count.criterion_id][count.level_id] = count.number
    return {criterion: levels for criterion, levels in counts.items() if sum(levels.values()) >= FEWEST_ANSWERS}


def counts_on(assessment: Assessment, question: Question, at: datetime.datetime) -> dict[int, int]:
    """Return how many chose each level of one criterion, by the level's key; none while nobody may see it.

    One query where there is something to show; the page that is asked most pays for no other check.
    """
    survey = getattr(assessment, "survey", None)
    if survey is None or not survey.may_be_shown(at):
        return {}
    counts = dict(survey.counts.filter(criterion=question.criterion).values_list("level_id", "number"))
    return counts if sum(counts.values()) >= FEWEST_ANSWERS else {}
