"""`manage.py move_assessments ROUND VERSION [--dry-run] [--json]`: ask other criteria in an open round."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from assessments import move_words
from assessments.models import Round
from assessments.move_queries import rehearse
from assessments.moving import Report
from assessments.services import MoveRefused, move_assessments, move_refusal_of
from hallmarks.models import Version
from hallmarks.outline import outline_of


class Command(BaseCommand):
    """Moves every answer of a round to the heir of its criterion; nothing is lost, and it can be undone on its page."""

    help = "Ask a newer version of the criteria in an open round, and take its answers along."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the round and the version, and whether to look only, and to answer for programs."""
        parser.add_argument("round", help="the round's slug, such as 2027")
        parser.add_argument("version", help="the version's slug, or framework/version")
        parser.add_argument("--dry-run", action="store_true", help="show what it would do; change nothing")
        parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show what it would do, and unless it is a dry run, do it."""
        round_ = _round(options["round"])
        version = _version(round_, options["version"])
        report = rehearse([round_], outline_of(version))[round_.pk]
        refusal = move_refusal_of(round_, version)
        is_done = refusal is None and not options["dry_run"]
        if is_done:
            refusal = self._move(round_, version)
        if options["json"]:
            self._print_json(round_, version, report, refusal, is_done=is_done and refusal is None)
        else:
            self._print(round_, version, report)
        if refusal:
            raise CommandError(str(refusal))
        if not options["json"]:
            self.stdout.write(_("Dry run: nothing was changed.") if options["dry_run"] else _("Done."))

    def _move(self, round_: Round, version: Version) -> MoveRefused | None:
        try:
            move_assessments(round_=round_, version=version, by=None)
        except MoveRefused as refused:
            return refused
        return None

    def _print(self, round_: Round, version: Version, report: Report) -> None:
        self.stdout.write(_("%(round)s, to “%(version)s”:") % {"round": round_.name, "version": version.title})
        for line in move_words.lines(report):
            self.stdout.write(line)

    def _print_json(
        self, round_: Round, version: Version, report: Report, refusal: MoveRefused | None, *, is_done: bool
    ) -> None:
        said = {
            "round": round_.slug,
            "before": "/".join(round_.version.natural_key()),
            "after": "/".join(version.natural_key()),
            "is_done": is_done,
            "refused": str(refusal) if refusal else "",
            **report.as_json(),
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))


def _round(slug: str) -> Round:
    found = Round.objects.select_related("version__framework").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Round.objects.values_list("slug", flat=True)) or _("none")
        raise CommandError(_("There is no such round. Rounds: %(known)s.") % {"known": known})
    return found


def _version(round_: Round, name: str) -> Version:
    framework, _slash, slug = name.rpartition("/")
    found = Version.objects.select_related("framework").filter(
        framework__slug=framework or round_.version.framework.slug, slug=slug
    )
    if version := found.first():
        return version
    known = ["/".join(version.natural_key()) for version in Version.objects.select_related("framework")]
    raise CommandError(_("There is no such version. Loaded: %(known)s.") % {"known": ", ".join(known)})
