"""`manage.py load_criteria FILE [--dry-run] [--publish]`: check a criteria file, then load it as a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from hallmarks import importing, reading, services
from hallmarks.document import Document
from hallmarks.models import Version
from hallmarks.preview import Preview, preview_of


class Command(BaseCommand):
    """Loads criteria and nothing else; all that is wrong with a file is said at once, and then nothing is loaded."""

    help = "Check a criteria file (JSON) and load it as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether to look only or to publish as well."""
        parser.add_argument("file", help="the criteria file")
        parser.add_argument("--dry-run", action="store_true", help="check and show what it would do; change nothing")
        parser.add_argument("--publish", action="store_true", help="publish it as well; it can never change again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, show, and unless it is a dry run, load."""
        found = preview_of(self._checked(options["file"]), by=None)
        self._show(found)
        if found.obstacle:
            raise CommandError(found.obstacle)
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was changed."))
            return
        try:
            self._load(found.document, publish=options["publish"])
        except services.CriteriaError as refusal:
            raise CommandError(str(refusal)) from None

    def _checked(self, name: str) -> Document:
        parsed = importing.parse(_bytes(name))
        if parsed.document is None:
            for problem in parsed.problems:
                self.stderr.write(f"{name}: {problem}")
            raise CommandError(_("Nothing was loaded. Problems: %(count)s.") % {"count": len(parsed.problems)})
        return parsed.document

    def _show(self, found: Preview) -> None:
        document = found.document
        self.stdout.write(f"{document.title} ({document.framework.slug}/{document.slug})")
        self.stdout.write(found.counts)
        for line in found.lines:
            self.stdout.write(f"  {line.title}: {line.codes}")
        if found.against:
            words = {"title": found.against.title, "words": found.changes}
            self.stdout.write(_("Against “%(title)s”: %(words)s.") % words)

    @transaction.atomic
    def _load(self, document: Document, *, publish: bool) -> None:
        loaded = services.import_version(document=document, by=None)
        self.stdout.write(loaded.words)
        if publish and loaded.version.status == Version.Status.DRAFT:
            services.publish_version(version=loaded.version, by=None)
            self.stdout.write(_("Published."))


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            # One byte more than the limit tells that it is passed, however large the file is.
            return file.read(reading.CRITERIA_MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}) from None
