"""The long form: everything is kept, shown in conflict, and no text however hostile is an error."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from casestudies import services
from casestudies.models import CaseStudy, Tag
from hallmarks.models import Criterion, Version
from tests.casestudies.making import WORDS, make_case_study, seat_of
from tests.people import Cast

SignIn = Callable[[User | None], Client]
NEW = "/case-studies/amber-valley/new/"
EVERYTHING = WORDS | {
    "what_to_do": "Change the locks.",
    "how_to_do_it": "Street by street.",
    "who_can_help": "The housing team.",
    "when_to_do_it": "In June.",
    "cost": "48 pounds a lock.",
    "time_taken": "Nine months.",
    "differently": "Landlords first.",
    "effect": "evaluated",
    "effect_words": "Two years compared.",
    "from_year": "2006",
    "to_year": "2007",
    "place_type": "estate",
    "contact_role": "Burglary reduction officer",
    "contact_mailbox": "burglary@amber-valley.example",
}
LISTS = {"tags": ["burglary", "locks"], "criteria": ["test-framework/test-set/LEAD.1"]}
# Marks that turn a line round, letters from every plane, and a text that is all of one character.
HOSTILE = [
    "\u202eevil\u202c \u200f\u2067turned\u2069 \ufeff",
    "".join(chr(plane * 0x10000 + 0x1F5) for plane in range(17)),
    "\U0001f46e\u200d\u2640\ufe0f " * 400,
    "a\u0300" * 900,
    "{{ 7|add:7 }}{% now 'Y' %}<script>alert(1)</script>",
    "' OR 1=1; --\\%_\x0b\u2028",
]


@pytest.fixture
def client_of(sign_in: SignIn, version: Version) -> SignIn:
    for name in ("Burglary", "Locks"):
        Tag.objects.create(slug=name.lower(), name=name)
    return sign_in


def text(response) -> str:
    return str(response.content.decode())


def test_everything_that_is_typed_is_kept_and_read(cast: Cast, client_of: SignIn) -> None:
    page = text(client_of(cast.officer).post(NEW, EVERYTHING | LISTS, follow=True))
    case_study = CaseStudy.objects.get()
    for name, said in EVERYTHING.items():
        assert str(getattr(case_study, name)) == said, name
    for words in (
        *WORDS.values(),
        "Evaluated.",
        "2006 to 2007",
        "Housing estate",
        "Burglary",
        "Leaders give direction",
    ):
        assert words in page
    assert 'href="mailto:burglary@amber-valley.example"' in page
    assert set(case_study.tags.values_list("slug", flat=True)) == {"burglary", "locks"}


def test_the_form_shows_again_what_is_kept(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.officer)
    client.post(NEW, EVERYTHING | LISTS)
    form = client.get(CaseStudy.objects.get().get_absolute_url() + "edit/").context["form"]
    shown = {name: str(form[name].value()) for name in EVERYTHING}
    assert shown == EVERYTHING
    assert form["tags"].value() == ["burglary", "locks"]


def test_a_draft_may_be_half_empty(cast: Cast, client_of: SignIn) -> None:
    page = text(client_of(cast.officer).post(NEW, {"title": "A", "summary": "B"}, follow=True))
    assert CaseStudy.objects.get().effect == "none"
    assert "Not written yet:" in page
    assert "Not measured." in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"from_year": "1979"}, "First year must be a year from 1980 to this year, in four digits"),
        ({"to_year": "9" * 5000}, "Last year must be a year from 1980 to this year, in four digits"),
        ({"to_year": "soon"}, "Last year must be a year from 1980 to this year, in four digits"),
        ({"from_year": "2007", "to_year": "2006"}, "Last year must be the same as the first year, or after it"),
        ({"contact_mailbox": "nobody"}, "Role mailbox must be an email address in the correct format"),
        ({"what_to_do": "x" * 2_001}, "What to do must be 2,000 characters or fewer. You entered 2001."),
        ({"contact_role": "x" * 121}, "“Whom to ask” must be 120 characters or fewer. You entered 121."),
        ({"tags": ["none"]}, "Select tags from the list: “none” is not one of them"),
        ({"tags": ["\0"]}, "Select tags from the list"),
        ({"effect": "great"}, "Select a valid choice"),
        ({"place_type": "moon"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(
    sent: dict[str, str], says: str, cast: Cast, client_of: SignIn
) -> None:
    response = client_of(cast.officer).post(NEW, EVERYTHING | LISTS | sent)
    assert response.status_code == 200
    assert text(response).count(says) == 2
    form = response.context["form"]
    assert all(form[name].value() == said for name, said in EVERYTHING.items() if name not in sent)
    assert CaseStudy.objects.count() == 0


@pytest.mark.parametrize(
    "field", [name for name in EVERYTHING if name not in {"effect", "from_year", "to_year", "place_type"}]
)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_is_an_error_on_any_page(field: str, hostile: str, cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.coordinator)
    assert client.post(NEW, WORDS | {field: hostile}).status_code in {200, 302}
    for case_study in CaseStudy.objects.all():
        url = case_study.get_absolute_url()
        page = text(client.get(f"{url}publish/"))
        assert "<script>alert" not in page
        sent = {"revision": "1", "is_checked": "true"}
        assert client.post(f"{url}publish/", sent).status_code == 302
        for one in ("", "edit/", "versions/", "versions/1/"):
            assert client.get(url + one).status_code == 200


def test_twenty_thousand_lines_are_refused_with_the_limit_and_kept_in_the_form(cast: Cast, client_of: SignIn) -> None:
    lines = "line\n" * 20_000
    response = client_of(cast.officer).post(NEW, WORDS | {"analysis": lines, "cost": lines})
    assert response.status_code == 200
    assert "Analysis must be 10,000 characters or fewer." in text(response)
    assert response.context["form"]["cost"].value() == lines


def test_a_colleagues_answer_to_any_question_is_shown(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    services.save_case_study(
        case_study=case_study,
        revision=1,
        story=services.Story(**WORDS | {"cost": "Theirs.", "from_year": 2001, "effect": "monitored"}),
        criteria=list(Criterion.objects.filter(code="LEAD.2")),
        tags=list(Tag.objects.filter(slug="locks")),
        by=seat_of(cast.colleague),
    )
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "edit/"
    response = client.post(url, EVERYTHING | {"from_year": "2001", "tags": ["burglary"], "revision": "1"})
    assert response.status_code == 409
    theirs = dict(response.context["theirs"])
    assert theirs["Cost"] == "Theirs."
    assert theirs["Tags"] == "Locks"
    assert theirs["Evidence of effect"] == "Monitored"
    assert theirs["Criteria it speaks to"] == "Partners share the work (Test criteria 2026)"
    assert theirs["What to do"] == ""
    assert "First year" not in theirs
    assert response.context["form"]["cost"].value() == "48 pounds a lock."
    assert CaseStudy.objects.get().cost == "Theirs."


def test_what_is_the_same_on_both_sides_is_no_conflict(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    client, url = client_of(cast.officer), case_study.get_absolute_url() + "edit/"
    sent = EVERYTHING | {"tags": ["locks", "burglary"], "criteria": LISTS["criteria"], "revision": "1"}
    for _press in range(2):
        assert client.post(url, sent).status_code == 302
    assert CaseStudy.objects.get().revision == 2


def test_a_tag_that_is_no_longer_offered_stays_with_those_that_have_it(cast: Cast, client_of: SignIn) -> None:
    case_study = make_case_study(cast.officer)
    case_study.tags.set(Tag.objects.filter(slug="locks"))
    Tag.objects.update(is_offered=False)
    client = client_of(cast.officer)
    offered = client.get(case_study.get_absolute_url() + "edit/").context["form"].fields["tags"].choices
    assert list(offered) == [("locks", "Locks")]
    assert list(client.get(NEW).context["form"].fields["tags"].choices) == []
