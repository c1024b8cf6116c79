"""Who does well what another partnership does not: whom to ask, asking, agreeing to be asked, and what was asked."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from assessments import access, help_access
from assessments.access import Desk
from assessments.help_access import HelpDesk
from assessments.helper_queries import helpers_on, named_on
from assessments.helpers import Helper
from assessments.views.criterion import Place, place_of
from casestudies import services
from casestudies.forms import AskForm, OfferForm
from casestudies.models import CaseStudy
from casestudies.queries import helping as queries
from govuk.forms import require_stamp
from outbox.services import can_send
from partnerships.models import Partnership

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def helpers(request: SignedInRequest, round: str, partnership: str, code: str) -> HttpResponse:
    """Name the partnerships that do a criterion well and may be asked, and say why each is named."""
    desk = access.assessment_to_read(request.user, round, partnership)
    place = place_of(desk, code)
    context = {**_about(desk, place), "helpers": helpers_on(place.question.criterion, desk.assessment.partnership)}
    return render(request, "assessments/helping/helpers.html", context)


@require_form
def ask(request: SignedInRequest, round: str, partnership: str, code: str, helper: str) -> HttpResponse:
    """Ask one of them; what was typed stays on the page whenever it cannot be sent."""
    desk = access.assessment_to_rate(request.user, round, partnership)
    place = place_of(desk, code)
    asked, shown = help_access.helper_to_ask(desk, place.question.criterion, helper)
    form = AskForm(*_sent(request), people=_people(request, desk.assessment.partnership), initial=_fresh(desk))
    require_stamp(form)
    if shown is None:
        return _not_named(request, desk, place, asked, form)
    if request.method != "POST" or not form.is_valid():
        return _ask_page(request, desk, place, shown, form)
    try:
        _ask(request, desk, place, shown, asked, form)
    except services.NotOffered:
        return _not_named(request, desk, place, asked, form)
    except services.AskedAlready:
        form.stamp_anew()
        form.add_error(None, _("You sent another question from this page already. Send this one too, if you want."))
        return _ask_page(request, desk, place, shown, form, HTTPStatus.CONFLICT)
    except services.TooMany as refusal:
        form.add_error(None, _too_many(refusal, asked))
        return _ask_page(request, desk, place, shown, form, HTTPStatus.TOO_MANY_REQUESTS)
    messages.success(request, _("Your question to %(name)s is on its way.") % {"name": asked.name})
    return redirect("assessments:enquiries", partnership)


@require_form
def offer(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Agree to be named as a helper, or change whom others ask; says what others will see."""
    desk = help_access.help_to_offer(request.user, partnership)
    current = queries.offer_of(desk.partnership)
    form = OfferForm(current, *_sent(request), people=_people(request, desk.partnership))
    require_stamp(form)
    if request.method != "POST" or not form.is_valid():
        return _offer_page(request, desk, form, current)
    words = {"role": form.cleaned_data["role"], "mailbox": form.cleaned_data["mailbox"]}
    read = form.cleaned_data["revision"]
    try:
        services.offer_help(**words, read=read, by=desk.seat, arrived_at=request.arrived_at)
    except services.StaleOffer as stale:
        form.stamp_anew(stale.current.pk if stale.current else 0)
        return _offer_page(request, desk, form, stale.current, HTTPStatus.CONFLICT)
    messages.success(request, _("Saved. Other partnerships can ask you."))
    return redirect("assessments:help_offer", partnership)


@require_form
def withdraw(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Ask whether to be named no longer, and stop it at once."""
    desk = help_access.help_to_offer(request.user, partnership)
    if request.method != "POST":
        context = {"desk": desk, "offer": queries.offer_of(desk.partnership)}
        return render(request, "assessments/helping/withdraw.html", context)
    services.withdraw_help(by=desk.seat, arrived_at=request.arrived_at)
    messages.success(request, _("Your partnership is no longer named as a helper."))
    return redirect("assessments:help_offer", partnership)


@require_safe
def enquiries(request: SignedInRequest, partnership: str) -> HttpResponse:
    """List what a partnership asked and was asked, with what became of each mail."""
    desk = help_access.questions_to_read(request.user, partnership)
    page = queries.page_of_questions(desk.partnership, request.GET.get("page"), request.arrived_at)
    offer = queries.offer_of(desk.partnership)
    context = {"desk": desk, "page": page, "offer": offer, "can_send": can_send()}
    return render(request, "assessments/helping/questions.html", context)


def _about(desk: Desk, place: Place) -> dict[str, Any]:
    return {"desk": desk, "assessment": desk.assessment, "place": place, "criterion": place.question.criterion}


def _ask(request: SignedInRequest, desk: Desk, place: Place, shown: Helper, asked: Partnership, form: AskForm) -> None:
    study = shown.candidate.study
    found = CaseStudy.objects.published().filter(partnership=asked, slug=study.slug).first() if study else None
    question = services.Ask(
        helper=asked,
        criterion=place.question.criterion,
        case_study=found,
        text=form.cleaned_data["text"],
        reply_to=form.cleaned_data["mailbox"],
    )
    save_id = form.cleaned_data["save_id"]
    services.ask_helper(ask=question, save_id=save_id, by=desk.seat, arrived_at=request.arrived_at)


def _ask_page(
    request: SignedInRequest, desk: Desk, place: Place, shown: Helper, form: AskForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {**_about(desk, place), "helper": shown, "form": form}
    return render(request, "assessments/helping/ask.html", context, status=status)


def _not_named(request: SignedInRequest, desk: Desk, place: Place, asked: Partnership, form: AskForm) -> HttpResponse:
    """Say that it cannot be asked any more, with the question to be sent to somebody else."""
    context = {**_about(desk, place), "asked": asked, "typed": form["text"].value() or ""}
    return render(request, "assessments/helping/not_named.html", context, status=HTTPStatus.CONFLICT)


def _offer_page(
    request: SignedInRequest, desk: HelpDesk, form: OfferForm, current: Any, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"desk": desk, "form": form, "offer": current, "named_on": named_on(desk.partnership)}
    return render(request, "assessments/helping/offer.html", {**context, "is_stale": status != 200}, status=status)


def _too_many(refusal: services.TooMany, asked: Partnership) -> str:
    if isinstance(refusal, services.HelperIsAskedTooMuch):
        words = ngettext(
            "%(name)s was asked %(n)s question today, as many as anybody should be in a day. "
            "Your text is below: send it tomorrow, or ask somebody else today",
            "%(name)s was asked %(n)s questions today, as many as anybody should be in a day. "
            "Your text is below: send it tomorrow, or ask somebody else today",
            refusal.limit,
        )
    else:
        words = ngettext(
            "Your partnership asked %(n)s question today, which is as many as it may. "
            "Your text is below: send it tomorrow",
            "Your partnership asked %(n)s questions today, which is as many as it may. "
            "Your text is below: send it tomorrow",
            refusal.limit,
        )
    return words % {"name": asked.name, "n": refusal.limit}


def _fresh(desk: Desk) -> dict[str, Any]:
    return {"save_id": uuid.uuid4(), "mailbox": queries.mailbox_of(desk.assessment.partnership)}


def _people(request: SignedInRequest, partnership: Partnership) -> frozenset[str]:
    return queries.addresses_of(partnership) if request.method == "POST" else frozenset()


def _sent(request: SignedInRequest) -> tuple[Any, ...]:
    # An empty POST is a form sent empty, not a form not sent.
    return (request.POST,) if request.method == "POST" else ()
