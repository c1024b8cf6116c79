"""The two ways in which a review ends: it is closed, or the submission is returned."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from assessments.review_services import BeforeItCloses, TooFarAhead
from assessments.round_services import RoundRefused
from reviews import access, services
from reviews.forms_reviewing import CloseForm, ReturnForm
from reviews.review_queries import Work, work_of
from reviews.views.refusing import too_late

# What a partnership gets to edit unless the reviewer says otherwise.
USUAL_TIME = datetime.timedelta(days=14)


def close(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Say what closing means and what is missing, and close; also what was returned and is answered no more."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    refused = None
    if request.method == "POST":
        try:
            services.close_review(submission=submission, by=post, arrived_at=request.arrived_at)
        except services.NothingSaid as nothing:
            refused = nothing
        except services.Refused as refusal:
            return too_late(request, work_of(submission), refusal)
        else:
            messages.success(request, _("The review is closed. The partnership can read it now."))
            return redirect("reviews:submission", region, round, partnership)
    work = work_of(submission)
    context = {
        "work": work,
        "sheet": work.sheet,
        "here": work.here,
        "form": CloseForm(work.address),
        "refused": refused,
    }
    return render(request, "reviews/close.html", context, status=409 if refused else 200)


def send_back(request: SignedInRequest, region: str, round: str, partnership: str) -> HttpResponse:
    """Ask why and until when, and return the submission."""
    submission, post = access.review_to_write(request.user, region, round, partnership)
    work = work_of(submission)
    form = _return_form(request, work)
    refusal = services.refusal_of(submission, work.review)
    if form.is_bound and refusal:
        return too_late(request, work, refusal, form)
    if form.is_valid():
        try:
            services.return_submission(
                submission=submission, by=post, arrived_at=request.arrived_at, **form.cleaned_data
            )
        except services.Refused as refused:
            return too_late(request, work, refused, form)
        except RoundRefused as refused:
            form.add_error(refused.field or None, _message(refused))
        else:
            messages.success(request, _("The submission is returned. The partnership can edit it now."))
            return redirect("reviews:submission", region, round, partnership)
    return render(request, "reviews/return.html", {"work": work, "here": work.here, "form": form})


def _return_form(request: SignedInRequest, work: Work) -> ReturnForm:
    initial = {"until": max(work.submission.assessment.closes_on, timezone.localdate() + USUAL_TIME)}
    return ReturnForm(work.address, request.POST if request.method == "POST" else None, initial=initial)


def _message(refusal: RoundRefused) -> str:
    if isinstance(refusal, TooFarAhead):
        day = date_format(refusal.day, "j F Y")
        return _("The latest day you can give is %(day)s. Enter that day or an earlier one") % {"day": day}
    if isinstance(refusal, BeforeItCloses):
        day = date_format(refusal.day, "j F Y")
        return _("The partnership has time until %(day)s already. Enter that day or a later one") % {"day": day}
    return str(refusal)
