"""What the frozen documents hold: a schema for programs, and the same in words."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import schemas


@require_safe
@login_not_required
def schema(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the JSON Schema of submissions or of closed reviews."""
    if kind not in schemas.KINDS:
        raise Http404
    content = json.dumps(schemas.schema_of(kind), ensure_ascii=False, indent=2)
    # Whoever checks a document elsewhere, from a page of their own, may read it.
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=3600"}
    return HttpResponse(content, content_type="application/schema+json; charset=utf-8", headers=headers)


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """Say what the JSON inside a report means."""
    return render(request, "reports/schemas.html", {"kinds": [_in_words(name) for name in schemas.KINDS]})


def _in_words(name: str) -> dict[str, object]:
    kind = schemas.KINDS[name]
    value = schemas.NARROWER[kind.root.__name__, "schema"]["const"]
    return {"name": name, "title": kind.title, "value": value, "parts": schemas.in_words(name)}
