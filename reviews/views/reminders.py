"""The page of a region's reminders: who would get one and what it says, what was sent, and what went wrong."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import RegionalPost
from outbox.services import can_send
from reviews import letters, reminder_access
from reviews.reminder_access import Reminding
from reviews.reminder_queries import reminders_of
from reviews.reminders import Kind, Letter, Person, Plan, Standing, batches
from reviews.services.reminding import remind, send_again


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: SignedInRequest, region: str, round: str) -> HttpResponse:
    """Show who would get a reminder and the earlier ones; write the mails, or let failed ones be tried again."""
    if request.method == "POST":
        found, post = reminder_access.reminders_to_send(request.user, region, round)
        _act(request, found, post)
        return redirect("reviews:reminders", region, round)
    found = reminder_access.reminders_to_read(request.user, region, round)
    known = reminders_of(found.region, found.round, timezone.now())
    context = {
        "region": found.region,
        "round": found.round,
        "may_send": found.post is not None,
        "can_send": can_send(),
        "sections": [_section(plan, found) for plan in known.plans],
        "troubles": known.troubles,
        "retries": sum(trouble.may_retry for trouble in known.troubles),
        "batches": batches(known.written),
        "standings": list(Standing),
    }
    return render(request, "reviews/reminders.html", context)


def _act(request: SignedInRequest, found: Reminding, post: RegionalPost) -> None:
    where: dict[str, Any] = {"region": found.region, "round_": found.round, "by": post, "now": timezone.now()}
    if kind := _kind(request.POST.get("kind", "")):
        _say(request, remind(kind=kind, **where), _("Everybody was reminded today already, so nobody was written to"))
        return
    asked = {int(number) for number in request.POST.getlist("again") if number.isdecimal() and len(number) < 19}
    _say(request, send_again(messages=asked, **where), _("Nothing was left to try again"))


def _say(request: SignedInRequest, number: int, nothing: str) -> None:
    if not number:
        messages.info(request, nothing)
        return
    words = ngettext("%(n)d mail is on its way", "%(n)d mails are on their way", number) % {"n": number}
    messages.success(request, words if can_send() else _("%(words)s once there is a mail server") % {"words": words})


def _kind(word: str) -> Kind | None:
    return next((kind for kind in Kind if kind.value == word), None)


def _section(plan: Plan, found: Reminding) -> dict[str, Any]:
    """Return a plan with the mail that its first partnership gets, as an example of all."""
    sample = next(iter(plan.letters), None) or (
        Letter(Person(0, "", is_reminded=False), plan.places[:1]) if plan.places else None
    )
    return {
        "plan": plan,
        "is_to_submit": plan.kind is Kind.SUBMIT,
        "subject": letters.subject_of(sample, plan.kind, found.round) if sample else "",
        "text": letters.text_of(sample, plan.kind, found.region, found.round) if sample else "",
    }
