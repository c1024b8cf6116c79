"""Tell on the next page what a rating just saved makes one ask: quietly, and nothing waits for an answer."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from assessments import view_queries
from assessments.access import Desk
from assessments.prompts import Prompt, prompts_about, rated
from assessments.services import Answer
from hallmarks.outline import Question

# The criterion page's buttons that lead away from it: to the next one, and to the task list.
GOES_ON = {"", "later"}


def ask_quietly(request: HttpRequest, question: Question, prompts: Iterable[Prompt], url: str) -> None:
    """Leave the prompts about one criterion for the next page, each with the way back to it."""
    place = {"section": question.section.title, "number": question.criterion.number}
    for prompt in prompts:
        words = _("About %(section)s %(number)s, which you just saved: %(text)s") % {**place, "text": prompt.text}
        link = _("Go back to %(section)s %(number)s") % place
        text = format_html('{} <a class="govuk-link" href="{}">{}</a>', words, url, link)
        messages.info(request, text, extra_tags="quiet")


def ask_about_saved(request: SignedInRequest, desk: Desk, question: Question, answer: Answer) -> None:
    """Leave for the next page what an answer just saved makes one ask, unless the writer stays with the criterion."""
    if answer.level is None or request.POST.get("then", "") not in GOES_ON:
        return
    views = view_queries.revealed_of(desk.assessment, question, request.arrived_at)
    found = rated(question, answer.level, list(answer.indicators.values()), views)
    here = [desk.assessment.round.slug, desk.assessment.partnership.slug, question.criterion.code]
    ask_quietly(request, question, prompts_about(found), reverse("assessments:criterion", args=here))
