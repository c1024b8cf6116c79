"""What a reminder says: fixed words, with the partnership, what it owes, until when, and where to do it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from assessments.models import Round
from partnerships.models import Region
from reviews.reminders import Kind, Letter

SUBJECTS = {
    Kind.SUBMIT: lambda: _("Reminder: submit %(round)s for %(names)s"),
    Kind.REPLY: lambda: _("Reminder: reply to questions on %(round)s of %(names)s"),
}


def subject_of(letter: Letter, kind: Kind, round_: Round) -> str:
    """Return a reminder's subject."""
    names = get_text_list([place.name for place in letter.places], _("and"))
    return SUBJECTS[kind]() % {"round": round_.name, "names": names}


def text_of(letter: Letter, kind: Kind, region: Region, round_: Round) -> str:
    """Return a reminder's text."""
    places = [(place, _link(round_, place.slug)) for place in letter.places]
    context = {"region": region, "round": round_, "places": places}
    return render_to_string(f"reviews/letters/reminder_{kind.value}.txt", context)


def _link(round_: Round, partnership: str) -> str:
    return settings.SITE_URL + reverse("assessments:tasks", args=[round_.slug, partnership])
