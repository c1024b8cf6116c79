"""`manage.py verify_submissions`: prove that every frozen document, and every report made of one, is as it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.proving import Counts, every_break


class Command(BaseCommand):
    """Names every place where something was changed; it changes nothing."""

    help = "Check fingerprints, the chain of submissions, closed reviews and stored reports; exit with 1 at any break."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at everything, say each break at once, and sum up."""
        counts, breaks = Counts(), 0
        for found in every_break(counts):
            breaks += 1
            self.stderr.write(str(found))
        looked_at = _("Submissions: %(submissions)s. Closed reviews: %(reviews)s. Report files: %(reports)s")
        self.stdout.write(f"{looked_at}, {_('not there: %(missing)s')}." % vars(counts))
        if breaks:
            raise CommandError(_("Breaks: %(count)s.") % {"count": breaks}, returncode=1)
        self.stdout.write(_("All are as they were frozen."))
