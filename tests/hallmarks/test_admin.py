"""The admin shows criteria and changes none of them."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from hallmarks.models import Criterion, Version
from hallmarks.schema import MODELS
from tests.people import Cast


@pytest.mark.parametrize("name", MODELS)
def test_no_model_can_be_added_to_changed_or_deleted(name: str, cast: Cast, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = cast.administrator
    page = admin.site._registry[MODELS[name]]
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_a_published_criterion_cannot_be_posted_to(
    version: Version, cast: Cast, sign_in: Callable[[User | None], Client]
) -> None:
    criterion = Criterion.objects.filter(version=version).first()
    assert criterion
    client = sign_in(cast.administrator)
    address = reverse("admin:hallmarks_criterion_change", args=[criterion.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Changed"}).status_code == 403
    criterion.refresh_from_db()
    assert criterion.title != "Changed"
