"""`manage.py publish_criteria FRAMEWORK VERSION`: open a draft to everybody; it never changes afterwards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hallmarks import services
from hallmarks.models import Version


class Command(BaseCommand):
    """Publishes a loaded draft."""

    help = "Publish a draft criteria set. A published set can never change."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the slugs of the framework and of its version."""
        parser.add_argument("framework", help="such as beacon")
        parser.add_argument("version", help="such as round-5")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, or say which versions there are."""
        try:
            version = Version.objects.get_by_natural_key(options["framework"], options["version"])
            services.publish_version(version=version, by=None)
        except Version.DoesNotExist:
            raise CommandError(_not_there()) from None
        except services.CriteriaError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("Published “%(title)s”.") % {"title": version.title})


def _not_there() -> str:
    known = ["/".join(version.natural_key()) for version in Version.objects.select_related("framework")]
    return _("There is no such version. Loaded: %(known)s.") % {"known": ", ".join(known) or _("none")}
