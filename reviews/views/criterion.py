"""One criterion in a review: what the partnership says on the left, what the reviewer says on the right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.models import RegionalPost
from assessments.forms import Stamp
from hallmarks.outline import Question
from hallmarks.templatetags.levels import label_on
from reviews import access, services
from reviews.earlier import earlier
from reviews.forms_reviewing import VerdictForm, initial_of
from reviews.models import ReviewerRating
from reviews.queries import published_among
from reviews.review_queries import Work, history_of, work_of
from reviews.sheets import UNREVIEWED, Line, view_of
from reviews.views.numbers import number_asked
from reviews.views.refusing import too_late


def criterion(request: SignedInRequest, region: str, round: str, partnership: str, code: str) -> HttpResponse:
    """Show one criterion of a submission with its review, and save what is sent; `?number=` shows an earlier one."""
    if request.method == "POST":
        submission, post = access.review_to_write(request.user, region, round, partnership)
        return _save(request, work_of(submission), post, code)
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    work = work_of(desk.submission)
    line, asked = _place(work, code)
    if not desk.may_review or work.why_closed:
        return _page(request, work, line, asked, may_review=desk.may_review)
    rating = work.ratings.get(code)
    form = VerdictForm(asked, line, initial=initial_of(rating, asked))
    return _page(request, work, line, asked, form=form, stamp=Stamp.fresh(rating.revision if rating else 0))


def history(request: SignedInRequest, region: str, round: str, partnership: str, code: str) -> HttpResponse:
    """Show the region's reviewers who changed what in their answer to one criterion."""
    desk = access.review_to_read(request.user, region, round, partnership, number_asked(request))
    work = work_of(desk.submission)
    line, asked = _place(work, code)
    context = {"work": work, "line": line, "entries": history_of(work.ratings.get(code), asked)}
    return render(request, "reviews/criterion_history.html", context)


def _save(request: SignedInRequest, work: Work, post: RegionalPost, code: str) -> HttpResponse:
    stamp = Stamp.read(request.POST)
    line, asked = _place(work, code)
    form = VerdictForm(asked, line, request.POST)
    is_valid = form.is_valid()
    if refusal := services.refusal_of(work.submission, work.review):
        return too_late(request, work, refusal, form)
    if not is_valid:
        return _page(request, work, line, asked, form=form, stamp=stamp)
    try:
        services.review_criterion(
            submission=work.submission,
            question=asked,
            remarks=form.remarks,
            revision=stamp.revision,
            save_id=stamp.save_id,
            by=post,
            arrived_at=request.arrived_at,
        )
    except services.Stale as conflict:
        return _conflict(request, work, line, asked, form, conflict)
    except services.Refused as refused:
        return too_late(request, work, refused, form)
    return _onward(request, work, line, form)


def _onward(request: SignedInRequest, work: Work, line: Line, form: VerdictForm) -> HttpResponse:
    """Say what was saved and go to the next criterion, of those that are worked through; to the list after the last."""
    show = _show(request)
    following = work.sheet.following(line.entry.code, show)
    said = _said(line, form.remarks)
    if following:
        messages.info(request, said, extra_tags="quiet")
        return redirect(reverse("reviews:criterion", args=[*work.here, following.entry.code]) + work.walk(show))
    rest = _("That was the last of these.") if _is_part(show) else _("No other criterion waits for your level.")
    messages.success(request, f"{said} {rest}")
    return redirect(reverse("reviews:submission", args=work.here) + work.walk(show))


def _said(line: Line, remarks: services.Remarks) -> str:
    """Return what a save did, sentence by sentence."""
    about = {"criterion": f"{line.section.title} {line.entry.number}"}
    done = [
        (_("%(criterion)s saved.") if remarks.verdict else _("%(criterion)s: no level chosen.")) % about,
        _("Question sent.") if remarks.question else "",
        _("Recommendation saved.") if remarks.recommendation else "",
    ]
    return " ".join(sentence for sentence in done if sentence)


def _show(request: SignedInRequest) -> str:
    """Return which of the criteria are worked through; blank for all."""
    return view_of(request.GET.get("show", "")).slug


def _is_part(show: str) -> bool:
    return show not in {"", UNREVIEWED}


def _conflict(
    request: SignedInRequest, work: Work, line: Line, asked: Question, form: VerdictForm, conflict: services.Stale
) -> HttpResponse:
    """Show both verdicts; the writer's own is still in the form, and saving again is a decision."""
    current = conflict.current
    if not isinstance(current, ReviewerRating):
        raise TypeError("A criterion's conflict is about its rating.")
    theirs = {"rating": current, "label": label_on(current.level, asked) if current.level else None}
    again = Stamp.fresh(current.revision)
    return _page(request, work, line, asked, form=form, stamp=again, status=409, theirs=theirs)


def _place(work: Work, code: str) -> tuple[Line, Question]:
    line, asked = work.sheet.line(code), work.question(code)
    if line is None or asked is None:
        raise Http404
    return line, asked


def _page(
    request: SignedInRequest, work: Work, line: Line, asked: Question, *, status: int = 200, **extra: Any
) -> HttpResponse:
    show = _show(request)
    previous, following = work.sheet.neighbours(line.entry.code, show)
    context = {
        "work": work,
        "sheet": work.sheet,
        "line": line,
        "entry": line.entry,
        "rating": work.ratings.get(line.entry.code),
        "here": work.here,
        "why": work.why_closed,
        "may_review": True,
        # How large the labels of its form are.
        "small": {"size": "s"},
        "earlier": earlier(work.submission, asked),
        "published": published_among(line.entry.evidence),
        "in_place": sum(indicator.answer == "yes" for indicator in line.entry.indicators),
        "previous": previous,
        "following": following,
        "walk": work.walk(show),
        "view": view_of(show) if show else None,
        "is_part": _is_part(show),
        **extra,
    }
    return render(request, "reviews/criterion.html", context, status=status)
