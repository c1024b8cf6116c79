"""Every page that a person can open by an address alone: nothing for the accessibility checker, no sideways scroll."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import must_be_accessible, sign_in
from tests.people import Cast
from tests.test_permissions import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Files and the like, not pages; those that are named as files are known by their ending.
NOT_PAGES = {
    *("health", "assessments:evidence_download", "assessments:homeless_file", "assessments:submitted_file"),
    *("casestudies:attachment", "casestudies:public_attachment"),
}
FILES = (".atom", ".csv", ".docx", ".ics", ".json", ".pdf", ".svg", ".xlsx", ".zip")
# The sign-in library's pages that a signed-in person meets.
ACCOUNT_PAGES = ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]
SIGNED_OUT_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"]


def pages_of(who: str) -> list[str]:
    """Return the addresses that this person opens as pages."""
    opened = {name: row for name, row in rows().items() if row.get[who] == 200 and name not in NOT_PAGES}
    paths = (reverse(name, kwargs=dict(row.kwargs)) for name, row in opened.items())
    return [path for path in paths if not path.endswith(FILES)]


@pytest.mark.parametrize("who", ["coordinator", "viewer", "reviewer", "administrator"])
def test_every_page_of(who: str, world: None, cast: Cast, open_page: Callable[..., Page]) -> None:
    page = open_page()
    person = cast.everybody()[who]
    assert person is not None
    sign_in(page, person.email)
    for path in [*pages_of(who), *ACCOUNT_PAGES]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        must_be_accessible(page)


def test_every_page_of_a_visitor(world: None, cast: Cast, open_page: Callable[..., Page]) -> None:
    page = open_page()
    for path in [*pages_of("visitor"), *SIGNED_OUT_PAGES]:
        page.goto(path)
        must_be_accessible(page)
