"""Pages of a Government Office's lists of partnerships to compare."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from reviews import queries
from reviews.access import region_to_read
from reviews.forms_lists import DeleteForm, ListForm
from reviews.list_access import list_to_change, lists_to_use
from reviews.services.lists import ListRefused, change_list, create_list, delete_list


@require_safe
def index(request: SignedInRequest, region: str) -> HttpResponse:
    """Show the lists that the person may compare with."""
    place, lists = lists_to_use(request.user, region)
    begun = (each for each in queries.rounds_of(place) if each.opens_on <= timezone.localdate())
    return render(request, "reviews/lists/index.html", {"region": place, "lists": lists, "round": next(begun, None)})


def new(request: SignedInRequest, region: str) -> HttpResponse:
    """Make a list."""
    place = region_to_read(request.user, region)
    form = ListForm(request.POST if request.method == "POST" else None, region=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_list(region=place, by=request.user, **form.asked_for)
        except ListRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("“{name}” saved.").format(name=made.name))
            return redirect("reviews:lists", place.slug)
    return render(request, "reviews/lists/edit.html", {"region": place, "form": form})


def edit(request: SignedInRequest, region: str, code: str) -> HttpResponse:
    """Change a list of one's own."""
    own_list = list_to_change(request.user, region, code)
    sent = request.POST if request.method == "POST" else None
    form = ListForm(sent, region=own_list.region, initial=ListForm.initial_of(own_list))
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_list(own_list=own_list, by=request.user, **form.asked_for)
        except ListRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("“{name}” saved.").format(name=changed.name))
            return redirect("reviews:lists", region)
    return render(request, "reviews/lists/edit.html", {"region": own_list.region, "form": form, "own_list": own_list})


def delete(request: SignedInRequest, region: str, code: str) -> HttpResponse:
    """Ask, then delete a list of one's own."""
    own_list = list_to_change(request.user, region, code)
    if request.method != "POST":
        context = {"region": own_list.region, "own_list": own_list, "form": DeleteForm()}
        return render(request, "reviews/lists/delete.html", context)
    delete_list(own_list=own_list, by=request.user)
    messages.success(request, _("“{name}” deleted.").format(name=own_list.name))
    return redirect("reviews:lists", region)
