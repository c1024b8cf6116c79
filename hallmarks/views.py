"""Criteria pages: anybody reads, administrators load and publish."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from govuk.forms import SummaryItem
from hallmarks import access, formats, importing, services, wording
from hallmarks.crosswalk import asked_elsewhere
from hallmarks.document import Document
from hallmarks.forms import LoadForm
from hallmarks.hints_shown import by_kind
from hallmarks.models import Framework, Version
from hallmarks.outline import outline_of
from hallmarks.preview import preview_of
from hallmarks.stored import known_lines

PROBLEMS_IN_SUMMARY = 5


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """List every criteria set that the visitor may read, by framework."""
    versions = access.versions_to_read(request.user).with_counts().prefetch_related("sections")
    by_framework: dict[Framework, list[Version]] = {}
    for version in versions.order_by("framework", "-pk"):
        by_framework.setdefault(version.framework, []).append(version)
    for found in by_framework.values():
        found.sort(key=lambda version: version.status == Version.Status.WITHDRAWN)
    context = {
        "frameworks": by_framework.items(),
        "may_load": access.is_administrator(request.user),
        "thrown_away": access.drafts_to_bring_back(request.user),
    }
    return render(request, "hallmarks/index.html", context)


@require_safe
@login_not_required
def version(request: HttpRequest, framework: str, version: str) -> HttpResponse:
    """Show one set: its sections, its criteria, what the levels mean."""
    found = access.version_to_read(request.user, framework, version)
    outline = outline_of(found)
    kinds = {question.criterion.kind for question in outline.questions}
    context = {
        "version": found,
        "chapters": wording.chapters(outline),
        "scales": wording.scales(outline),
        "number_of_criteria": len(outline.questions),
        "number_of_key": sum(question.criterion.is_key for question in outline.questions),
        "number_of_statutory": sum(question.criterion.is_statutory for question in outline.questions),
        "has_both_kinds": len(kinds) > 1,
        "today": timezone.localdate(),
        "formats": formats.FORMATS,
        "before": Version.objects.edition_before(found),
        "may_publish": access.is_administrator(request.user) and found.status == Version.Status.DRAFT,
        "may_begin": access.is_administrator(request.user) and found.status != Version.Status.DRAFT,
        "may_withdraw": access.is_administrator(request.user) and found.status == Version.Status.PUBLISHED,
    }
    return render(request, "hallmarks/version.html", context)


@require_safe
@login_not_required
def criterion(request: HttpRequest, framework: str, version: str, code: str) -> HttpResponse:
    """Show one criterion with its indicators, levels and source."""
    found = access.version_to_read(request.user, framework, version)
    questions = outline_of(found).questions
    place = outline_of(found).place_of(code)
    if place is None:
        raise Http404
    question = questions[place]
    context = {
        "version": found,
        "question": question,
        "criterion": question.criterion,
        "of": sum(other.section == question.section for other in questions),
        "applies": wording.where_it_applies(question.criterion),
        "counts": wording.when_it_counts(question.criterion, timezone.localdate()),
        "how_sure": wording.how_sure(question.criterion),
        "elsewhere": asked_elsewhere(found.framework, question.criterion.lineage),
        "previous": questions[place - 1] if place else None,
        "next": questions[place + 1] if place + 1 < len(questions) else None,
    }
    return render(request, "hallmarks/criterion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: SignedInRequest) -> HttpResponse:
    """Take a file, show what is wrong with it or what it would do, and load it when it is sent again."""
    access.require_loader(request.user)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if not form.is_valid():
        return render(request, "hallmarks/load.html", {"form": form})
    parsed = importing.parse(form.data_given, form.name_given, known_lines())
    if parsed.document is None:
        return _problems_page(request, form, parsed)
    # What is loaded is what was looked at: another file is shown first.
    if "load" in request.POST and form.cleaned_data["seen"] in {"", parsed.document.sha256()}:
        return _load(request, form, parsed, parsed.document)
    return _preview_page(request, form, parsed, parsed.document)


def _problems_page(request: SignedInRequest, form: LoadForm, parsed: importing.Parsed) -> HttpResponse:
    named = parsed.problems[:PROBLEMS_IN_SUMMARY]
    summary = [SummaryItem(capfirst(str(problem)), f"problem-{number}") for number, problem in enumerate(named, 1)]
    if len(parsed.problems) > PROBLEMS_IN_SUMMARY:
        summary.append(SummaryItem(_("The other problems are in the table"), "problems"))
    context = {"form": form, "problems": parsed.problems, "summary": summary, "page_has_errors": True}
    return render(request, "hallmarks/load.html", context)


def _preview_page(
    request: SignedInRequest, form: LoadForm, parsed: importing.Parsed, document: Document
) -> HttpResponse:
    preview = preview_of(document, by=request.user)
    context = {
        "preview": preview,
        "hints": by_kind(preview.hints),
        "notes": parsed.notes,
        "again": form.packed,
        "name": form.name_given,
        "seen": document.sha256(),
    }
    return render(request, "hallmarks/preview.html", context)


def _load(request: SignedInRequest, form: LoadForm, parsed: importing.Parsed, document: Document) -> HttpResponse:
    try:
        loaded = services.import_version(document=document, by=request.user)
    except services.CriteriaError:
        # The preview says what stands in the way, and keeps the text.
        return _preview_page(request, form, parsed, document)
    messages.success(request, loaded.words)
    return redirect("hallmarks:version", *loaded.version.natural_key())
