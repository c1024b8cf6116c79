"""Writing a case study."""

from dataclasses import asdict, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from casestudies import access, services
from casestudies.article import Article, CriterionEntry, TagEntry
from casestudies.changes import changes
from casestudies.forms import EditForm, StoryForm
from casestudies.models import CaseStudy
from casestudies.queries.reading import working_of
from casestudies.views.sent import sent
from govuk.forms import require_stamp


def new(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Begin a case study."""
    seat = access.partnership_to_write_for(request.user, partnership)
    form = StoryForm(*sent(request), place=seat.agency.partnership)
    if request.method == "POST" and form.is_valid():
        case_study = services.create_case_study(
            partnership=seat.agency.partnership,
            story=form.story,
            criteria=form.chosen,
            tags=form.chosen_tags,
            by=seat,
        )
        return _saved(request, case_study)
    return render(request, "casestudies/new.html", {"form": form, "partnership": seat.agency.partnership})


def edit(request: SignedInRequest, partnership: str, slug: str) -> HttpResponse:
    """Change a case study; a colleague's text saved meanwhile is shown beside one's own."""
    desk = access.case_study_to_edit(request.user, partnership, slug)
    study = desk.case_study
    form = EditForm(*sent(request), initial=EditForm.initial_of(study), place=study.partnership)
    require_stamp(form)
    context: dict[str, Any] = {"form": form, "case_study": desk.case_study}
    if request.method != "POST" or not form.is_valid():
        return render(request, "casestudies/edit.html", context)
    try:
        case_study = services.save_case_study(
            case_study=desk.case_study,
            revision=form.cleaned_data["revision"],
            story=form.story,
            criteria=form.chosen,
            tags=form.chosen_tags,
            by=desk.seat,
        )
    except services.Stale as stale:
        context |= {"theirs": _theirs(form, working_of(stale.current)), "current": stale.current}
        form.stamp_anew(stale.current.revision)
        return render(request, "casestudies/edit.html", context, status=409)
    return _saved(request, case_study)


def _saved(request: SignedInRequest, case_study: CaseStudy) -> HttpResponse:
    messages.success(request, _("“{title}” saved.").format(title=case_study.title))
    return redirect("casestudies:index") if request.POST.get("then") == "later" else redirect(case_study)


def _theirs(form: EditForm, theirs: Article) -> list[tuple[str, str]]:
    """Return what a colleague wrote wherever it is not what this form says: the question and their answer."""
    mine = replace(theirs, criteria=_criteria(form, theirs), tags=_tags(form, theirs), **asdict(form.story))
    return [(str(change.label), change.after) for change in changes(mine, theirs)]


def _criteria(form: EditForm, theirs: Article) -> tuple[CriterionEntry, ...]:
    # Those of sets that are no longer offered stay, because no form can show them.
    chosen = {entry.address: entry for entry in map(CriterionEntry.of, form.chosen)}
    there = [entry for entry in theirs.criteria if entry.address in chosen or entry.address not in form.offered]
    return (*there, *(entry for entry in chosen.values() if entry not in there))


def _tags(form: EditForm, theirs: Article) -> tuple[TagEntry, ...]:
    chosen = [TagEntry.of(tag) for tag in form.chosen_tags]
    return theirs.tags if set(chosen) == set(theirs.tags) else tuple(chosen)
