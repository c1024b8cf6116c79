"""Drafts belong to their partnership; published case studies to everybody; writing to officers and coordinators."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from casestudies import access
from tests.casestudies.making import make_attachment, make_case_study
from tests.people import Cast

MEMBERS = {"coordinator", "officer", "viewer", "colleague"}


def outcome(user: User, function, *args: str) -> str:
    try:
        function(user, *args)
    except Http404:
        return "not there"
    except PermissionDenied:
        return "may not"
    return "may"


def outcomes(cast: Cast, function, *args: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, user in vars(cast).items():
        found.setdefault(outcome(user, function, *args), set()).add(name)
    return found


def test_a_draft_is_there_for_members_only(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    address = ("amber-valley", case_study.slug)
    assert outcomes(cast, access.case_study_to_read, *address) == {
        "may": MEMBERS,
        "not there": set(vars(cast)) - MEMBERS,
    }
    file = make_attachment(case_study, cast.officer)
    assert outcomes(cast, access.attachment_to_read, *address, file.fingerprint)["may"] == MEMBERS


def test_a_published_one_is_there_for_everybody(cast: Cast) -> None:
    case_study = make_case_study(cast.coordinator, is_published=True)
    assert outcomes(cast, access.case_study_to_read, "amber-valley", case_study.slug) == {"may": set(vars(cast))}


@pytest.mark.parametrize("is_published", [False, True])
def test_officers_and_coordinators_write_and_coordinators_publish(cast: Cast, is_published: bool) -> None:
    case_study = make_case_study(cast.coordinator, is_published=is_published)
    address = ("amber-valley", case_study.slug)
    file = make_attachment(case_study, cast.officer)
    strangers = set(vars(cast)) - MEMBERS
    writers = {"may": {"coordinator", "officer", "colleague"}, "may not": {"viewer"}, "not there": strangers}
    assert outcomes(cast, access.case_study_to_edit, *address) == writers
    assert outcomes(cast, access.attachment_to_remove, *address, file.fingerprint) == writers
    assert outcomes(cast, access.partnership_to_write_for, "amber-valley") == writers
    assert outcomes(cast, access.case_study_to_publish, *address) == {
        "may": {"coordinator"},
        "may not": MEMBERS - {"coordinator"},
        "not there": strangers,
    }


def test_an_address_must_name_the_right_partnership_and_the_whole_fingerprint(cast: Cast) -> None:
    case_study = make_case_study(cast.officer)
    file = make_attachment(case_study, cast.officer)
    other = make_case_study(cast.officer, title="Another")
    for address in (
        ("derby", case_study.slug, file.fingerprint),
        ("amber-valley", other.slug, file.fingerprint),
        ("amber-valley", case_study.slug, file.fingerprint[:-1]),
        ("amber-valley", case_study.slug, file.sha256),
    ):
        assert outcome(cast.officer, access.attachment_to_read, *address) == "not there"
