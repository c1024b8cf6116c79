"""What the mail of an enquiry says: who asks, about what, the question, and where to answer. It follows nobody."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.models import Enquiry


def subject_of(enquiry: Enquiry) -> str:
    """Return the subject of an enquiry fetched `with_subject()`."""
    asker, about = enquiry.asker.name, about_of(enquiry)
    return _("%(asker)s partnership asks about “%(about)s”") % {"asker": asker, "about": about}


def text_of(enquiry: Enquiry) -> str:
    """Return the text; each line of the question is marked, so that none of it can pass for the portal's own words."""
    here = enquiry.helper.slug
    context = {
        "enquiry": enquiry,
        "study_title": study_title_of(enquiry),
        "lines": enquiry.text.splitlines(),
        "questions": settings.SITE_URL + reverse("assessments:enquiries", args=[here]),
        "offer": settings.SITE_URL + reverse("assessments:help_offer", args=[here]),
    }
    return render_to_string("casestudies/letters/enquiry.txt", context)


def about_of(enquiry: Enquiry) -> str:
    """Return the title of what an enquiry is about."""
    return enquiry.criterion.title if enquiry.criterion else study_title_of(enquiry)


def study_title_of(enquiry: Enquiry) -> str:
    """Return what its case study was last published as, or ""."""
    title: str | None = vars(enquiry)["study_title"]
    return title or ""
