"""A Government Office agrees that a case study is good practice, or takes that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from casestudies import access, services
from casestudies.forms import AgreeForm, WithdrawForm
from casestudies.queries.reading import shown_to
from casestudies.views.sent import sent
from govuk.forms import require_stamp


def agree(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Ask why it is good practice, then say so beside the version that was read."""
    desk = access.case_study_to_agree(request.user, partnership, slug)
    shown = shown_to(desk)
    number = shown.version.number if shown.version else 0
    form = AgreeForm(*sent(request), initial={"revision": number})
    require_stamp(form)
    context = {"form": form, "case_study": desk.case_study, "shown": shown, "article": shown.article}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/agree.html", context)
    read, reason = form.cleaned_data["revision"], form.cleaned_data["reason"]
    try:
        services.agree_as_good_practice(case_study=desk.case_study, number=read, reason=reason, by=desk.post)
    except (services.NewerVersion, services.NotPublished):
        return render(request, "casestudies/not_agreed.html", context, status=409)
    messages.success(request, _("Agreed as good practice."))
    return redirect(desk.case_study)


def withdraw(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Ask why, then take back what was agreed."""
    desk = access.case_study_to_agree(request.user, partnership, slug)
    shown = shown_to(desk)
    form = WithdrawForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "case_study": desk.case_study, "shown": shown, "article": shown.article}
        return render(request, "casestudies/withdraw.html", context)
    services.withdraw_agreement(case_study=desk.case_study, by=desk.post, **form.cleaned_data)
    messages.success(request, _("The agreement is withdrawn."))
    return redirect(desk.case_study)
