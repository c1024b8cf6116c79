"""Made-up front-line checks, closed, in the partnerships whose views are revealed."""

import secrets
from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import hash_of
from assessments.models import Assessment, Survey, SurveyCount
from assessments.survey_queries import key_questions
from audit.services import record
from cdrp_portal.demonstration import answers, rounds, shape
from cdrp_portal.demonstration.say import MADE, Teller
from hallmarks.outline import outline_of

FEWEST, MOST = 14, 60
# The front line sees more of what goes wrong than those who rate.
SEEN_LOWER, BETWEEN_PEOPLE = 0.6, 0.8


@transaction.atomic
def make_surveys(tell: Teller) -> None:
    """Close a check in each partnership that has revealed its views and has none yet."""
    tell.step(_("Answering front-line checks"))
    newest = rounds.demonstration_rounds()[-1]
    revealed = Assessment.objects.with_round().filter(round=newest, views_revealed_at__isnull=False, survey=None)
    assessments = list(revealed.order_by("pk"))
    surveys = [_survey(assessment) for assessment in assessments]
    Survey.objects.bulk_create(surveys)
    SurveyCount.objects.bulk_create([count for survey in surveys for count in _counts(survey)], batch_size=500)
    if surveys:
        record(kind=MADE, target=assessments[0], by=None, after={"surveys": len(surveys)})
    tell.note(_("%(count)s checks") % {"count": len(surveys)})


def _survey(assessment: Assessment) -> Survey:
    chance = shape.seeded("survey", assessment.partnership.slug)
    return Survey(
        assessment=assessment,
        # Nobody has this link, as the check is closed.
        token_hash=hash_of(secrets.token_urlsafe()),
        closes_on=assessment.closes_on,
        closed_at=assessment.views_revealed_at,
        answers=chance.randint(FEWEST, MOST),
    )


def _counts(survey: Survey) -> Iterator[SurveyCount]:
    assessment = survey.assessment
    chance = shape.seeded("front line", assessment.partnership.slug)
    outline = outline_of(assessment.round.version)
    newest = rounds.HOW_MANY - 1
    lines = shape.lines(assessment.partnership.slug, newest, answers.questions_of(outline))
    usual = {line.code: line.level for line in lines}
    for question in key_questions(assessment):
        middle = (usual.get(question.criterion.code) or 0) - SEEN_LOWER
        top = len(question.levels) - 1
        answered = survey.answers - chance.randint(0, FEWEST // 2)
        scores = (chance.gauss(middle, BETWEEN_PEOPLE) for _person in range(answered))
        chosen = Counter(round(max(0, min(top, score))) for score in scores)
        for level in question.levels:
            yield SurveyCount(survey=survey, criterion=question.criterion, level=level, number=chosen[level.position])
