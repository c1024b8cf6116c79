"""Questions with their replies, and recommendations with what was made of them, as rows for a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.models import Assessment
from hallmarks.outline import Question
from reviews.partnership_queries import Asked, Recommended


def remarks_table(
    assessment: Assessment, asked: Iterable[Asked], recommended: Iterable[Recommended]
) -> list[list[object]]:
    """Return what the Government Office asked and recommends, under headings; people are left out."""
    heading: list[object] = [
        *(_("Round"), _("Partnership"), _("Kind"), _("Code"), _("Criterion"), _("Text"), _("Date")),
        *(_("Reply"), _("Replied on"), _("Improvement action"), _("Agency"), _("By when"), _("State")),
    ]
    start = [assessment.round.name, assessment.partnership.name]
    cells = [*map(_question, asked), *map(_recommendation, recommended)]
    return [heading, *([*start, *row] for row in cells)]


def _question(asked: Asked) -> list[object]:
    query = asked.query
    words = [_("Question"), *_about(asked.about), query.question, query.asked_at]
    return [*words, query.reply, query.replied_at or "", "", "", "", ""]


def _recommendation(recommended: Recommended) -> list[object]:
    made, action = recommended.recommendation, recommended.recommendation.action
    words = [_("Recommendation"), *_about(recommended.about), made.text, made.made_at, "", ""]
    if action is None:
        return [*words, "", "", "", ""]
    return [*words, action.text, action.owner.name, action.due_on, action.get_status_display()]


def _about(about: Question | None) -> tuple[str, str]:
    return (about.criterion.code, about.criterion.title) if about else ("", _("The whole assessment"))
