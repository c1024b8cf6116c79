"""Learning from each other: written, published, agreed, found from a gap, asked about, found by search, noted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Membership, Role, Standpoint, User
from assessments.models import Assessment, Round
from casestudies.models import CaseStudy, Enquiry, Note, Tag
from outbox.models import Message
from partnerships.models import Agency
from tests.assessments.answering import url
from tests.assessments.helping import answered, past_round
from tests.browser.conftest import must_be_accessible, sign_in
from tests.casestudies.search.stories import published
from tests.people import PASSWORD, Cast, Places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
TITLE = "Fewer burglaries in shared houses"
MAILBOX = "helpers@amber-valley.example"
PARTS = {
    "Title": TITLE,
    "Summary": "Students' houses were burgled each autumn. New locks and advice cut that by half.",
    "Scanning": "One burglary in five was in a shared house.",
    "Analysis": "Most doors had one old lock.",
    "Response": "Landlords paid for locks, wardens gave advice.",
    "Assessment": "Burglary in shared houses fell from 61 to 30.",
    "What to do": "Change the locks before term begins.",
    "How to do it": "Ring 0115 496 0123 to hear which locks last.",
    "Who can help": "The university's housing office.",
    "When to do it": "In August, while houses are empty.",
    "Cost": "48 pounds a lock.",
    "Time it took": "Nine months.",
    "What we would do differently": "Ask landlords first.",
    "What shows the effect": "Recorded burglaries, two years before and after.",
    "First year": "2024",
    "Last year": "2025",
    "Whom to ask": "Burglary reduction officer",
    "Role mailbox": "burglary@amber-valley.example",
}


@pytest.fixture
def asker(places: Places, cast: Cast) -> User:
    """An officer of the partnership next door, who rates what the first does well as a gap."""
    user = User.objects.create_user("asker@portal.test", "Pat Asker", PASSWORD)
    agency = Agency.objects.get(partnership=places.derby)
    Membership.objects.create(code="asker", user=user, agency=agency, role=Role.OFFICER, standpoint=Standpoint.DELIVERY)
    return user


def press(page: Page, words: str) -> None:
    """Press what looks like a button, whether it leads on or sends a form."""
    page.get_by_role("button", name=words, exact=True).first.click()


def write(page: Page) -> None:
    """Fill in every part of a case study, as an officer does."""
    page.goto("/case-studies/")
    press(page, "Write a case study for Amber Valley")
    must_be_accessible(page)
    for label, words in PARTS.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("radio", name="Evaluated", exact=True).check()
    page.get_by_label("Kind of place").select_option(label="Housing estate")
    page.get_by_role("checkbox", name="House burglary").check()
    page.get_by_text("Test criteria 2026").click()
    page.get_by_role("checkbox", name="Leaders give direction").check()
    press(page, "Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("A coordinator can publish it.")).to_be_visible()
    must_be_accessible(page)


def publish(page: Page, study: CaseStudy) -> None:
    """Meet the warning of words that may tell of a person, look, publish; and agree to be asked."""
    page.goto(study.get_absolute_url())
    press(page, "Publish")
    expect(page.get_by_role("heading", name="Check this")).to_be_visible()
    expect(page.get_by_role("row", name="Phone number How to do it 0115 496 0123")).to_be_visible()
    must_be_accessible(page)
    page.get_by_label("I have looked at everything").check()
    press(page, "Publish")
    expect(page.get_by_text("Everybody who is signed in can read it now.")).to_be_visible()
    page.goto("/helping/amber-valley/")
    must_be_accessible(page)
    page.get_by_label("Whom do they ask?").fill("Burglary reduction officer")
    page.get_by_label("Mailbox that gets their questions").fill(MAILBOX)
    press(page, "Agree to be named")
    expect(page.get_by_text("Saved. Other partnerships can ask you.")).to_be_visible()


def agree(page: Page, study: CaseStudy) -> None:
    page.goto(study.get_absolute_url())
    press(page, "Agree as good practice")
    must_be_accessible(page)
    page.get_by_label("Why is it good practice?").fill("Worth trying wherever houses are shared.")
    press(page, "Agree as good practice")
    expect(page.get_by_text("Worth trying wherever houses are shared.")).to_be_visible()
    must_be_accessible(page)


def find_from_the_gap(page: Page, own: Assessment) -> None:
    """Rate a criterion as a gap, read there who does it well and what that partnership did."""
    page.goto(url("criterion", own, "LEAD.1"))
    expect(page.get_by_role("heading", name="Who does this well")).to_have_count(0)
    page.get_by_role("radio", name="Gap identified").check()
    page.get_by_label("Why this level?").fill("Nobody leads on burglary.")
    press(page, "Save and continue")
    page.goto(url("criterion", own, "LEAD.1"))
    well = page.get_by_role("region", name="Who does this well")
    expect(well).to_contain_text("Same region as you (East Midlands)")
    expect(well).to_contain_text("Agreed as good practice")
    must_be_accessible(page)
    well.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Change the locks before term begins.")).to_be_visible()
    page.go_back()
    well.get_by_role("link", name="How they were found").click()
    must_be_accessible(page)


def ask(page: Page) -> None:
    page.get_by_role("link", name="Ask them").click()
    must_be_accessible(page)
    page.get_by_label("Your question").fill("Which locks do landlords accept?")
    page.get_by_label("Mailbox to which they answer").fill("cdrp@derby.example")
    press(page, "Send the question")
    expect(page.get_by_text("Your question to Amber Valley is on its way.")).to_be_visible()
    expect(page.get_by_role("region", name="You asked Amber Valley")).to_contain_text("Waiting to be sent")
    must_be_accessible(page)


def read_the_question(page: Page) -> None:
    page.goto("/helping/amber-valley/questions/")
    asked = page.get_by_role("region", name="Derby asked you")
    expect(asked).to_contain_text("Which locks do landlords accept?")
    expect(asked).to_contain_text("Answer to cdrp@derby.example.")
    must_be_accessible(page)


def search(page: Page) -> None:
    """Look for a word with a letter wrong, and take what was meant."""
    page.goto("/case-studies/")
    page.get_by_label("Words to look for").fill("burglery")
    press(page, "Find")
    must_be_accessible(page)
    page.get_by_role("link", name="burglary", exact=True).click()
    expect(page.get_by_role("heading", name="1 case study")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name=TITLE).click()


def take_note(page: Page) -> None:
    page.get_by_role("link", name="Keep a note of what you found").click()
    must_be_accessible(page)
    page.get_by_label("What did you find?").fill("Locks first, leaflets later.")
    page.get_by_role("radio", name="Very useful").check()
    page.get_by_role("radio", name="Tried: it worked", exact=True).check()
    page.get_by_label("What came of it?").fill("Half as many burglaries in one street.")
    press(page, "Save")
    expect(page.get_by_text("Locks first, leaflets later.")).to_be_visible()
    expect(page.get_by_text("Used by 1 partnership, 1 reports success.")).to_be_visible()
    must_be_accessible(page)


@pytest.fixture
def agreed(assessment: Assessment, round_: Round, places: Places, cast: Cast) -> None:
    """Amber Valley does the first criterion well, as its Government Office saw; there is a tag to choose."""
    answered(past_round(round_), places.amber_valley, cast.coordinator)
    Tag.objects.create(slug="house-burglary", name="House burglary")


@pytest.mark.usefixtures("agreed")
def test_write_publish_agree_find_from_a_gap_ask_find_by_search_note(
    round_: Round, places: Places, cast: Cast, asker: User, open_page: OpenPage
) -> None:
    officer, coordinator, office, elsewhere, colleague = (open_page() for _who in range(5))
    sign_in(officer, cast.officer.email)
    write(officer)
    study = CaseStudy.objects.get()
    sign_in(coordinator, cast.coordinator.email)
    publish(coordinator, study)
    sign_in(office, cast.reviewer.email)
    agree(office, study)

    sign_in(elsewhere, asker.email)
    find_from_the_gap(elsewhere, Assessment.objects.with_round().get(round=round_, partnership=places.derby))
    ask(elsewhere)
    read_the_question(officer)
    mail = Message.objects.get(to=MAILBOX)
    assert mail.status == Message.Status.WAITING
    assert "Which locks do landlords accept?" in mail.body
    assert Enquiry.objects.get().case_study == study

    sign_in(colleague, cast.neighbour.email)
    search(colleague)
    take_note(colleague)
    elsewhere.goto(study.get_absolute_url())
    expect(elsewhere.get_by_text("Locks first, leaflets later.")).to_be_visible()
    officer.goto(study.get_absolute_url())
    expect(officer.get_by_text("Used by 1 partnership, 1 reports success.")).to_be_visible()
    assert "Locks first, leaflets later." not in officer.content()


def tab_to(page: Page, css: str) -> None:
    """Press Tab until the control is reached, as somebody without a mouse does."""
    for _press in range(80):
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {css} on {page.url}")


def search_and_note_by_keyboard(page: Page, address: str) -> None:
    """Search, take what was meant, open it and keep a note, with nothing but keys."""
    tab_to(page, "#id_words")
    page.keyboard.type("burglery")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=burglery**")
    tab_to(page, "a[href*='words=burglary']")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=burglary**")
    tab_to(page, f"a[href='{address}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}*")
    tab_to(page, f"a[href='{address}notes/new/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/new/")
    tab_to(page, "[name=found]")
    page.keyboard.type("Locks first.")
    tab_to(page, "[name=usefulness]")
    page.keyboard.press("Space")
    tab_to(page, "[name=tried]:checked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}*")


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_searching_and_noting_need_neither_mouse_nor_script(
    script: bool, places: Places, cast: Cast, open_page: OpenPage
) -> None:
    study = published(
        places.amber_valley, cast.officer, TITLE, summary=PARTS["Summary"], how_to_do_it="A burglary map."
    )
    page = open_page(script=script)
    sign_in(page, cast.neighbour.email)
    page.goto("/case-studies/")
    search_and_note_by_keyboard(page, study.get_absolute_url())
    expect(page.get_by_text("Used by 1 partnership, 1 reports success.")).to_be_visible()
    note = Note.objects.get()
    assert (note.found, note.tried, note.is_private) == ("Locks first.", Note.Tried.SUCCESS, False)
