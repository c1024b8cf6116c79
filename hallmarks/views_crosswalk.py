"""How two sets correspond: anybody reads it and takes it away, administrators load and change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from govuk import downloads
from govuk.forms import SummaryItem, require_stamp
from hallmarks import access, services
from hallmarks.crosswalk import (
    Crosswalk,
    LinkedSet,
    Plan,
    as_told_from,
    check,
    crosswalk_of,
    linked_pairs,
    linked_sets,
    pair_value,
)
from hallmarks.crosswalk_table import Link, write
from hallmarks.forms_crosswalk import AddForm, ChangeForm, TableForm
from hallmarks.models import CrosswalkLink
from hallmarks.problems import Problem
from hallmarks.services import crosswalk as acts

PROBLEMS_IN_SUMMARY = 5


@require_safe
@login_not_required
def crosswalk(request: HttpRequest) -> HttpResponse:
    """Show two sets side by side: what asks for much the same, and what has no counterpart."""
    sets = linked_sets()
    pairs = linked_pairs(sets)
    chosen = _chosen(request.GET.get("sets", ""), sets) or next(iter(pairs), None)
    found = crosswalk_of(*chosen) if chosen else None
    context = {
        "found": found,
        "choices": _choices(pairs, found),
        "may_change": access.is_administrator(request.user),
        "may_load": access.is_administrator(request.user) and len(sets) > 1,
        "today": timezone.localdate(),
    }
    return render(request, "hallmarks/crosswalk/crosswalk.html", context)


@require_safe
@login_not_required
def crosswalk_csv(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Give the links between two sets as a table that loads again."""
    first, second = _two_sets(left, right)
    stored = CrosswalkLink.objects.between(first.framework, second.framework)
    content = write((as_told_from(link, first.framework) for link in stored), first.side, second.side)
    headers = downloads.headers(downloads.CSV, left, right)
    return HttpResponse(content, content_type=downloads.TYPES[downloads.CSV], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: SignedInRequest) -> HttpResponse:
    """Take a table, show what is wrong with it or what it would do, and load it when it is sent again."""
    access.require_loader(request.user)
    sets = linked_sets()
    form = TableForm(sets.values(), *([request.POST, request.FILES] if request.method == "POST" else []))
    if not form.is_valid():
        return render(request, "hallmarks/crosswalk/load.html", {"form": form, "has_two": len(sets) > 1})
    if "load" in request.POST:
        return _load(request, form)
    checked = check(form.data_given, sets[form.cleaned_data["left"]], sets[form.cleaned_data["right"]])
    if checked.plan is None:
        return _problems_page(request, form, checked.problems)
    return _preview_page(request, form, checked.plan)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, left: str, right: str) -> HttpResponse:
    """Link two criteria."""
    access.require_loader(request.user)
    first, second = _two_sets(left, right)
    form = AddForm(first, second, *([request.POST] if request.method == "POST" else []))
    there = None
    if form.is_valid():
        try:
            acts.add_link(left=first, right=second, link=form.link, by=request.user)
        except acts.LinkThere as refusal:
            there = refusal.current
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Link added."))
            return _back(first, second)
    context = {"form": form, "left": first, "right": second, "there": there, "value": pair_value(first, second)}
    return render(request, "hallmarks/crosswalk/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, left: str, left_lineage: str, right: str, right_lineage: str) -> HttpResponse:
    """Say otherwise how far two criteria correspond; a save over what was not read shows both and keeps the text."""
    link = access.link_to_change(request.user, left, left_lineage, right, right_lineage)
    if request.method != "POST":
        said = {"strength": link.strength, "note": link.note, "revision": link.revision}
        return _change_page(request, link, ChangeForm(initial=said))
    form = ChangeForm(request.POST)
    if not form.is_valid():
        require_stamp(form)
        return _change_page(request, link, form)
    try:
        acts.change_link(link=link, **form.cleaned_data, by=request.user)
    except acts.StaleLink as stale:
        form.stamp_anew(stale.current.revision)
        return _change_page(request, link, form, theirs=stale.current)
    except acts.LinkGone as gone:
        messages.info(request, str(gone))
    else:
        messages.success(request, _("Link changed."))
    return redirect(_address(link))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, left: str, left_lineage: str, right: str, right_lineage: str) -> HttpResponse:
    """Ask, then take a link away."""
    link = access.link_to_change(request.user, left, left_lineage, right, right_lineage)
    theirs = None
    if request.method == "POST":
        try:
            acts.remove_link(link=link, revision=_revision(request), by=request.user)
        except acts.StaleLink as stale:
            theirs = stale.current
        else:
            messages.success(request, _("Link removed."))
            return redirect(_address(link))
    context = {"link": theirs or link, "sides": _sides(link), "theirs": theirs, "back": _address(link)}
    return render(request, "hallmarks/crosswalk/remove.html", context, status=409 if theirs else 200)


def _change_page(
    request: SignedInRequest, link: CrosswalkLink, form: ChangeForm, theirs: CrosswalkLink | None = None
) -> HttpResponse:
    context = {"link": link, "sides": _sides(link), "form": form, "theirs": theirs, "back": _address(link)}
    return render(request, "hallmarks/crosswalk/change.html", context, status=409 if theirs else 200)


def _preview_page(request: SignedInRequest, form: TableForm, plan: Plan, *, is_moved: bool = False) -> HttpResponse:
    data = form.data_given
    parts = plan.comparison
    context = {
        "plan": plan,
        "text": data if isinstance(data, str) else data.decode("utf-8-sig"),
        "is_moved": is_moved,
        "added": [_in_words(plan, link) for link in parts.added],
        "changed": [(_in_words(plan, old), _in_words(plan, new)) for old, new in parts.changed],
        "removed": [_in_words(plan, link) for link in parts.removed],
    }
    return render(request, "hallmarks/crosswalk/preview.html", context, status=409 if is_moved else 200)


def _in_words(plan: Plan, link: Link) -> dict[str, object]:
    return {
        "left": plan.left.by_lineage[link.left].criterion,
        "right": plan.right.by_lineage[link.right].criterion,
        "strength": CrosswalkLink.Strength(link.strength).label,
        "note": link.note,
    }


def _load(request: SignedInRequest, form: TableForm) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("left", "right")}
    try:
        plan = acts.load_links(data=form.data_given, **given, seen=request.POST.get("seen", ""), by=request.user)
    except acts.LinksRefused as refusal:
        return _problems_page(request, form, refusal.problems)
    except acts.LinksMoved as moved:
        return _preview_page(request, form, moved.plan, is_moved=True)
    except services.CriteriaError as refusal:
        return _problems_page(request, form, (Problem(_("the sets"), str(refusal)),))
    parts = plan.comparison
    words = _("Loaded: %(added)s links added, %(changed)s changed, %(removed)s removed, %(same)s as they were.")
    counts = {"added": len(parts.added), "changed": len(parts.changed), "removed": len(parts.removed)}
    messages.success(request, words % {**counts, "same": len(parts.unchanged)})
    return _back(plan.left, plan.right)


def _problems_page(request: SignedInRequest, form: TableForm, problems: tuple[Problem, ...]) -> HttpResponse:
    named = problems[:PROBLEMS_IN_SUMMARY]
    summary = [SummaryItem(capfirst(str(problem)), f"problem-{number}") for number, problem in enumerate(named, 1)]
    if len(problems) > PROBLEMS_IN_SUMMARY:
        summary.append(SummaryItem(_("The other problems are in the table"), "problems"))
    context = {"form": form, "problems": problems, "summary": summary, "page_has_errors": True, "has_two": True}
    return render(request, "hallmarks/crosswalk/load.html", context)


def _chosen(value: str, sets: dict[str, LinkedSet]) -> tuple[LinkedSet, LinkedSet] | None:
    """Return the two sets that an address names; nothing where it names none or one twice."""
    left, _colon, right = value.partition(":")
    return (sets[left], sets[right]) if left in sets and right in sets and left != right else None


def _choices(pairs: list[tuple[LinkedSet, LinkedSet]], found: Crosswalk | None) -> list[dict[str, object]]:
    shown = {found.value, found.turned_value} if found else set()
    words = _("%(left)s and %(right)s")
    return [
        {
            "value": pair_value(left, right),
            "label": words % {"left": left.framework.title, "right": right.framework.title},
            "is_selected": pair_value(left, right) in shown,
        }
        for left, right in pairs
    ]


def _two_sets(left: str, right: str) -> tuple[LinkedSet, LinkedSet]:
    chosen = _chosen(f"{left}:{right}", linked_sets())
    if chosen is None:
        raise Http404
    return chosen


def _sides(link: CrosswalkLink) -> list[dict[str, object]]:
    """Return the two criteria of a link as the newest published versions have them; blank where one has it no more."""
    sets = linked_sets()
    found: list[dict[str, object]] = []
    for framework, lineage in ((link.left, link.left_lineage), (link.right, link.right_lineage)):
        side = sets.get(framework.slug)
        question = side.by_lineage.get(lineage) if side else None
        found.append({"set": side.version.title if side else framework.title, "question": question, "name": lineage})
    return found


def _address(link: CrosswalkLink) -> str:
    return reverse("hallmarks:crosswalk", query={"sets": f"{link.left.slug}:{link.right.slug}"})


def _back(left: LinkedSet, right: LinkedSet) -> HttpResponse:
    return redirect(reverse("hallmarks:crosswalk", query={"sets": pair_value(left, right)}))


def _revision(request: SignedInRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
