"""The map in the admin: reference data cannot be touched, agencies can, and it is recorded."""

from collections.abc import Callable

from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from partnerships.models import Agency, AgencyKind, Partnership, PoliceForce, Region
from tests.people import Cast

SignIn = Callable[[User | None], Client]


def test_reference_data_cannot_be_touched(cast: Cast, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = cast.administrator
    for model in (Region, PoliceForce, Partnership, AgencyKind):
        page = admin.site._registry[model]
        assert page.has_view_permission(request)
        may = [
            page.has_add_permission(request),
            page.has_change_permission(request),
            page.has_delete_permission(request),
        ]
        assert not any(may), model


def test_an_agency_is_added_and_recorded(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.administrator)
    seat = Agency.objects.select_related("partnership", "kind").first()
    assert seat
    posted = {"partnership": seat.partnership_id, "kind": seat.kind_id, "name": "Another body"}
    assert client.post(reverse("admin:partnerships_agency_add"), posted).status_code == 302
    event = Event.objects.get(kind="agency.saved")
    assert event.after
    assert event.after["name"] == "Another body"
    assert event.actor_id == cast.administrator.pk


def test_an_agency_in_use_is_kept_and_not_told_by_whom(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.administrator)
    agency = Agency.objects.filter(memberships__isnull=False).first()
    assert agency
    page = reverse("admin:partnerships_agency_delete", args=[agency.pk])
    for answer in (client.get(page), client.post(page, {"post": "yes"})):
        assert answer.context["protected"] == ["It is in use"]
        assert "Coordinator" not in answer.content.decode().split('id="main"')[-1]
    assert Agency.objects.filter(pk=agency.pk).exists()


def test_an_agency_that_nothing_refers_to_is_deleted_and_recorded(cast: Cast, sign_in: SignIn) -> None:
    used = Agency.objects.select_related("kind", "partnership").first()
    assert used
    unused = Agency.objects.create(partnership=used.partnership, kind=used.kind, name="Never used")
    page = reverse("admin:partnerships_agency_delete", args=[unused.pk])
    assert sign_in(cast.administrator).post(page, {"post": "yes"}).status_code == 302
    assert not Agency.objects.filter(pk=unused.pk).exists()
    assert Event.objects.filter(kind="agency.deleted", target_id=str(unused.pk)).exists()


def test_officers_have_no_way_in(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.officer).get(reverse("admin:partnerships_agency_changelist"))
    assert response.status_code in {302, 403}


def test_administrators_are_led_here_from_their_home(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("admin:app_list", args=["partnerships"])
    client = sign_in(cast.administrator)
    assert f'href="{address}">Places and agencies</a>' in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert reverse("admin:partnerships_agency_changelist") in page
    assert reverse("admin:partnerships_familygroup_changelist") in page
    assert address not in sign_in(cast.officer).get("/").content.decode()
