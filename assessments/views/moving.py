"""Pages on which administrators change the criteria of an open round: what it would do, the act, and the way back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import require_administrator
from accounts.forms import confirmation
from accounts.http import SignedInRequest
from assessments import move_queries, move_words, services
from assessments.models import Round
from assessments.round_access import round_to_manage, version_to_look_at
from govuk import downloads
from hallmarks import importing
from hallmarks.forms import LoadForm
from hallmarks.imagined import outline_of_document
from hallmarks.models import Version
from hallmarks.outline import Outline, outline_of
from hallmarks.stored import known_lines

require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def criteria(request: SignedInRequest, round: str) -> HttpResponse:
    """Show which criteria a round asks, which it could ask instead, and what was changed so far."""
    found = round_to_manage(request.user, round)
    last = move_queries.last_move(found)
    refusal = services.undo_refusal_of(found, last) if last else None
    context = {
        "round": found,
        "is_over": found.closes_on < timezone.localdate(),
        "versions": move_queries.may_be_taken(found),
        "moves": move_queries.moves_of(found),
        "last": last,
        "why_not": str(refusal) if refusal else "",
    }
    return render(request, "assessments/rounds/criteria.html", context)


@require_form
def move(request: SignedInRequest, round: str, framework: str, version: str) -> HttpResponse:
    """Show what a move would do, computed on what stands there now; do it when that is confirmed."""
    found = round_to_manage(request.user, round)
    wanted = version_to_look_at(request.user, framework, version)
    if request.method != "POST":
        return _report(request, found, wanted, services.move_refusal_of(found, wanted))
    try:
        services.move_assessments(round_=found, version=wanted, by=request.user)
    except services.MoveRefused as refusal:
        return _report(request, found, wanted, refusal, HTTPStatus.CONFLICT)
    messages.success(request, _("%(round)s asks “%(title)s” now") % {"round": found, "title": wanted.title})
    return redirect("assessments:round_criteria", found.slug)


@require_safe
def answers(request: SignedInRequest, round: str, framework: str, version: str, form: str) -> HttpResponse:
    """Give what a move would do to each answer as a file; what was answered is not in it."""
    found = round_to_manage(request.user, round)
    wanted = version_to_look_at(request.user, framework, version)
    table = move_words.table(found, move_queries.fates_of(found, outline_of(wanted)))
    return downloads.table_file(form, _("Answers"), table, "move", found.slug, wanted.slug)


@require_form
def undo(request: SignedInRequest, round: str) -> HttpResponse:
    """Say under which condition the last change can be undone, ask, and undo it."""
    found = round_to_manage(request.user, round)
    last = move_queries.last_move(found)
    refusal = services.undo_refusal_of(found, last) if last else services.NothingToUndo()
    if request.method == "POST" and refusal is None:
        try:
            undone = services.undo_move(round_=found, by=request.user)
        except services.MoveRefused as late:
            refusal = late
        else:
            words = _("Undone. %(round)s asks “%(title)s” again, with every answer as it was")
            messages.success(request, words % {"round": found, "title": undone.before.title})
            return redirect("assessments:round_criteria", found.slug)
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    form = confirmation(_("Undo the change"))
    context = {"round": found, "last": last, "why_not": str(refusal or ""), "form": form}
    return render(request, "assessments/rounds/move_undo.html", context, status=status)


@require_safe
def if_moved_to(request: SignedInRequest, framework: str, version: str) -> HttpResponse:
    """Show what a move to a version, which may still be a draft, would do to each open round."""
    wanted = version_to_look_at(request.user, framework, version)
    rounds = [each for each in _open() if each.version_id != wanted.pk]
    return _if_moved(request, wanted.title, outline_of(wanted), rounds, wanted)


@require_POST
def if_moved(request: SignedInRequest) -> HttpResponse:
    """Show the same for a file that nobody has loaded: it is read again, and not kept."""
    require_administrator(request.user)
    form = LoadForm(request.POST, request.FILES)
    if not form.is_valid():
        return redirect("hallmarks:load")
    parsed = importing.parse(form.data_given, form.name_given, known_lines())
    if parsed.document is None:
        return redirect("hallmarks:load")
    return _if_moved(request, parsed.document.title, outline_of_document(parsed.document), _open(), None)


def _open() -> list[Round]:
    return move_queries.open_rounds(timezone.localdate())


def _if_moved(
    request: SignedInRequest, title: str, now: Outline, rounds: list[Round], version: Version | None
) -> HttpResponse:
    reports = move_queries.rehearse(rounds, now)
    lines = [(each, reports[each.pk]) for each in rounds]
    context: dict[str, Any] = {"title": title, "version": version, "lines": lines, "words": move_words.in_short}
    return render(request, "assessments/rounds/if_moved.html", context)


def _report(
    request: SignedInRequest,
    found: Round,
    wanted: Version,
    refusal: services.MoveRefused | None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    report = move_queries.rehearse([found], outline_of(wanted))[found.pk]
    context = {
        "round": found,
        "version": wanted,
        "report": report,
        "criteria": [(line, move_words.becomes(line.way)) for line in report.criteria],
        "partnerships": [line for line in report.partnerships if line.tally.total],
        "untouched": sum(not line.tally.total for line in report.partnerships),
        "why_not": str(refusal or ""),
        "page_has_errors": status != HTTPStatus.OK,
    }
    return render(request, "assessments/rounds/move.html", context, status=status)
