"""`manage.py publish_criteria FRAMEWORK VERSION [--from DAY]`: open a draft to everybody; it never changes again."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
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
        parser.add_argument("--from", dest="day", help="in force from, such as 2027-04-01; otherwise as the draft says")
        parser.add_argument(
            "--confirm-lineage", action="store_true", help="confirm that criteria continue earlier ones as stored"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, or say which versions there are."""
        try:
            version = Version.objects.get_by_natural_key(options["framework"], options["version"])
            done = self._publish(version, _day(options["day"]), confirm=options["confirm_lineage"])
        except Version.DoesNotExist:
            raise CommandError(_not_there()) from None
        except services.LineageNotConfirmedError as refusal:
            remedy = _("Open %(page)s, or run this again with --confirm-lineage to confirm what is stored.")
            page = reverse("hallmarks:lineage", args=version.natural_key())
            raise CommandError(f"{refusal} {remedy % {'page': page}}") from None
        except services.CriteriaError as refusal:
            raise CommandError(str(refusal)) from None
        said = {"title": done.title, "day": date_format(done.in_force_from, "j F Y") if done.in_force_from else ""}
        self.stdout.write(_("Published “%(title)s”, in force from %(day)s.") % said)

    @transaction.atomic
    def _publish(self, version: Version, day: datetime.date | None, *, confirm: bool) -> Version:
        if confirm and services.needs_confirmation(version):
            version = services.confirm_lineage(version=version, chosen={}, seen=version.sha256, by=None)
            self.stdout.write(_("Lineage confirmed as it is stored."))
        day = day or version.in_force_from or timezone.localdate()
        return services.publish_version(version=version, by=None, in_force_from=day)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(_("“%(text)s” is no day. Write it as in 2027-04-01.") % {"text": text}) from None


def _not_there() -> str:
    known = ["/".join(version.natural_key()) for version in Version.objects.select_related("framework")]
    return _("There is no such version. Loaded: %(known)s.") % {"known": ", ".join(known) or _("none")}
