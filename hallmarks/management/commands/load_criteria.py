"""`manage.py load_criteria FILE [--dry-run] [--publish] [--json]`: check a criteria file, then load it as a draft."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from hallmarks import formats, importing, preview_report, services
from hallmarks.importing import Parsed
from hallmarks.models import Version
from hallmarks.preview import Preview, preview_of
from hallmarks.stored import known_lines

STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Loads criteria and nothing else; all that is wrong with a file is said at once, and then nothing is loaded."""

    help = "Check a criteria file (outline, CSV, Excel or JSON) and load it as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether to look only, to publish as well, and to answer for programs."""
        parser.add_argument("file", help="the criteria file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="check and show what it would do; change nothing")
        parser.add_argument("--publish", action="store_true", help="publish it as well; it can never change again")
        parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, show, and unless it is a dry run, load."""
        name, report = options["file"], preview_report.Report()
        try:
            self._work(name, report, dry=options["dry_run"], publish=options["publish"], quiet=options["json"])
        except CommandError as refused:
            report.refused(str(refused))
            raise
        finally:
            if options["json"]:
                self.stdout.write(json.dumps(report.said, ensure_ascii=False, indent=1))

    def _work(self, name: str, report: preview_report.Report, *, dry: bool, publish: bool, quiet: bool) -> None:
        data = _bytes(name)
        report.format(formats.find(data, name))
        parsed = importing.parse(data, name, known_lines())
        report.parsed(parsed)
        if parsed.document is None:
            raise self._problems(name, parsed, quiet=quiet)
        found = preview_of(parsed.document, by=None)
        report.previewed(found)
        if not quiet:
            self._show(found, parsed)
        if found.obstacle:
            raise CommandError(found.obstacle)
        if dry:
            self._tell(_("Dry run: nothing was changed."), quiet=quiet)
            return
        try:
            self._load(parsed, report, publish=publish, quiet=quiet)
        except services.CriteriaError as refusal:
            raise CommandError(str(refusal)) from None

    def _problems(self, name: str, parsed: Parsed, *, quiet: bool) -> CommandError:
        for problem in () if quiet else parsed.problems:
            self.stderr.write(f"{name}: {problem}")
        return CommandError(_("Nothing was loaded. Problems: %(count)s.") % {"count": len(parsed.problems)})

    def _tell(self, words: str, *, quiet: bool) -> None:
        if not quiet:
            self.stdout.write(words)

    def _show(self, found: Preview, parsed: Parsed) -> None:
        document = found.document
        self.stdout.write(f"{document.title} ({document.framework.slug}/{document.slug})")
        self.stdout.write(found.counts)
        for line in found.lines:
            self.stdout.write(f"  {line.title}: {line.codes}")
        for note in parsed.notes:
            self.stdout.write(note)
        if found.against:
            words = {"title": found.against.title, "words": found.changes}
            self.stdout.write(_("Against “%(title)s”: %(words)s.") % words)

    @transaction.atomic
    def _load(self, parsed: Parsed, report: preview_report.Report, *, publish: bool, quiet: bool) -> None:
        if parsed.document is None:
            return
        loaded = services.import_version(document=parsed.document, by=None)
        self._tell(loaded.words, quiet=quiet)
        report.loaded(loaded)
        if publish and loaded.version.status == Version.Status.DRAFT:
            version = services.publish_version(version=loaded.version, by=None)
            self._tell(_("Published."), quiet=quiet)
            report.published(version)


def _bytes(name: str) -> bytes:
    # One byte more than the limit tells that it is passed, however large the file is.
    limit = settings.CRITERIA_MAX_BYTES + 1
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(limit)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}) from None
