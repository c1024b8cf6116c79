"""`manage.py load_criteria FILE [--dry-run] [--publish] [--json]`: check a criteria file, then load it as a draft."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        for section in document.sections:
            self.stdout.write(f"  {section.title}: {', '.join(criterion.code for criterion in section.criteria)}")
        for note in parsed.notes:
            self.stdout.write(note)
        if found.against:
            words = {"title": found.against.title, "words": found.changes}
            self.stdout.write(_("Against “%(title)s”: %(words)s.") % words)
        for line in found.short:
            self.stdout.write(f"  {line}")
        if found.hints:
            self.stdout.write(_("Hints for the editor: %(n)s. --json tells them.") % {"n": len(found.hints)})

    @transaction.atomic
    def _load(self, parsed: Parsed, report: preview_report.Report, *, publish: bool, quiet: bool) -> None:
        if parsed.document is None:
            return
        loaded = services.import_version(document=parsed.document, by=None)
        self._tell(loaded.words, quiet=quiet)
        report.loaded(loaded)
        if publish and loaded.version.status == Version.Status.DRAFT:
            report.published(self._publish(loaded.version, parsed, quiet=quiet))

    def _publish(self, version: Version, parsed: Parsed, *, quiet: bool) -> Version:
        """Publish; a lineage that the file itself names needs nobody to confirm it, one that was proposed does."""
        try:
            done = services.publish_version(version=version, by=None)
        except services.LineageNotConfirmedError:
            if parsed.lineages_made:
                raise CommandError(_proposed(version, len(parsed.lineages_made))) from None
            version = services.confirm_lineage(version=version, chosen={}, seen=version.sha256, by=None)
            self._tell(_("Lineage confirmed as the file gives it."), quiet=quiet)
            done = services.publish_version(version=version, by=None)
        self._tell(_("Published."), quiet=quiet)
        return done


def _proposed(version: Version, number: int) -> str:
    text = ngettext(
        "Nothing was loaded: %(n)s lineage is only proposed, and somebody must confirm what continues what. Write the "
        "lineage into the file, or load it without --publish and confirm the table at %(page)s.",
        "Nothing was loaded: %(n)s lineages are only proposed, and somebody must confirm what continues what. Write "
        "the lineages into the file, or load it without --publish and confirm the table at %(page)s.",
        number,
    )
    return text % {"n": number, "page": reverse("hallmarks:lineage", args=version.natural_key())}


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
