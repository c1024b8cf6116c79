"""Make anew what searches for case studies go through."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.services import reindex


class Command(BaseCommand):
    """Reads every published case study again; searches find the old index until it is done."""

    help = "Make anew what searches for case studies go through, from what is published; needed after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, in one transaction, and say how many can be found."""
        number = reindex()
        words = ngettext("%(number)s case study can be found.", "%(number)s case studies can be found.", number)
        self.stdout.write(words % {"number": number} if number else _("Nothing is published yet."))
