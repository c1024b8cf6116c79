"""The admin shows published case studies and changes nothing."""

from collections.abc import Callable

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from casestudies.models import Tag
from tests.casestudies.making import make_case_study
from tests.casestudies.test_publishing import say
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


def test_administrators_read_the_published_title_and_not_what_is_being_written(
    cast: Cast, sign_in: Callable[[User | None], Client]
) -> None:
    case_study = make_case_study(cast.coordinator, title="What was published", is_published=True)
    say(case_study, cast, title="What we are writing")
    client = sign_in(cast.administrator)
    for name, args in (("changelist", []), ("change", [case_study.pk])):
        page = client.get(reverse(f"admin:casestudies_casestudy_{name}", args=args)).content.decode()
        assert "What was published" in page
        assert "What we are writing" not in page


def test_administrators_keep_the_list_of_tags_and_each_change_is_recorded(
    cast: Cast, sign_in: Callable[[User | None], Client]
) -> None:
    call_command("loaddata", "case_study_tags", verbosity=0)
    client = sign_in(cast.administrator)
    client.post(
        reverse("admin:casestudies_tag_add"), {"name": "Loan sharks", "slug": "loan-sharks", "is_offered": "on"}
    )
    tag = Tag.objects.get(slug="loan-sharks")
    change = reverse("admin:casestudies_tag_change", args=[tag.pk])
    client.post(change, {"name": "Illegal lending", "slug": "changed"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug, tag.is_offered) == ("Illegal lending", "loan-sharks", False)
    assert Event.objects.latest("pk").after == {"name": "Illegal lending", "is_offered": "False"}
    assert client.post(reverse("admin:casestudies_tag_delete", args=[tag.pk])).status_code == 403
    assert sign_in(cast.coordinator).get(change).status_code == 302


def test_the_list_of_tags_loads_again_over_itself(db: None) -> None:
    for _again in range(2):
        call_command("loaddata", "case_study_tags", verbosity=0)
    assert 25 <= Tag.objects.offered().count() == Tag.objects.count() <= 30
