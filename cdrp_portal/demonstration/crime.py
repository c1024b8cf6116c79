"""Recorded crime in 44 areas as it was printed in 2007: the one thing in the demonstration's numbers that is real."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cdrp_portal.demonstration.say import Teller
from partnerships import services
from partnerships.models import CrimeFigure

FILE = "crime_figures_44.csv"
SOURCE = "Partnership Support Programme paper (2007), table of 44 areas"


@transaction.atomic
def load_crime_figures(tell: Teller) -> None:
    """Load the printed figures, unless some are there."""
    tell.step(_("Loading recorded crime of 2006 and 2007"))
    if not CrimeFigure.objects.exists():
        data = (settings.BASE_DIR / "fixtures" / FILE).read_bytes()
        services.load_crime_figures(data=data, source=SOURCE, by=None)
    tell.note(_("%(count)s printed figures") % {"count": CrimeFigure.objects.count()})
