"""The admin shows published case studies and changes nothing."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.casestudies.making import make_case_study
from tests.people import Cast


def test_administrators_see_published_ones_and_change_none(
    cast: Cast, sign_in: Callable[[User | None], Client]
) -> None:
    draft = make_case_study(cast.officer, title="Our draft")
    published = make_case_study(cast.coordinator, title="Our published", is_published=True)
    client = sign_in(cast.administrator)
    page = client.get(reverse("admin:casestudies_casestudy_changelist")).content.decode()
    assert "Our published" in page
    assert "Our draft" not in page
    assert client.get(reverse("admin:casestudies_casestudy_change", args=[draft.pk])).status_code == 302
    assert client.get(reverse("admin:casestudies_casestudy_change", args=[published.pk])).status_code == 200
    assert client.post(reverse("admin:casestudies_casestudy_change", args=[published.pk])).status_code == 403
    assert client.post(reverse("admin:casestudies_casestudy_delete", args=[published.pk])).status_code == 403
    assert client.post(reverse("admin:casestudies_casestudy_add")).status_code == 403
