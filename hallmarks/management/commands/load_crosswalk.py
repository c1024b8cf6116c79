"""`manage.py load_crosswalk FILE LEFT RIGHT [--dry-run] [--json]`: check a table of links, then load it."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hallmarks.crosswalk import LinkedSet, Plan
from hallmarks.crosswalk_table import Link
from hallmarks.problems import Problem
from hallmarks.services import CriteriaError
from hallmarks.services.crosswalk import LinksRefused, load_links

STANDARD_INPUT = "-"


class Command(BaseCommand):
    """Makes the links between two sets those of a table; what is wrong is said at once, and then nothing changes."""

    help = "Check a table of links between two sets of criteria (CSV) and load it in place of those that are there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the two sets, whether to look only, and whether to answer for programs."""
        parser.add_argument("file", help="the table, or - for standard input")
        parser.add_argument("left", help="the set whose codes stand in the first column, such as beacon")
        parser.add_argument("right", help="the set whose codes stand in the second column, such as hallmarks")
        parser.add_argument("--dry-run", action="store_true", help="check and show what it would do; change nothing")
        parser.add_argument("--json", action="store_true", help="tell everything as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and unless it is a dry run, load; then show."""
        name, dry, as_json = options["file"], options["dry_run"], options["json"]
        given = {"data": _bytes(name), "left": options["left"], "right": options["right"]}
        try:
            plan = load_links(**given, dry_run=dry, by=None)
        except LinksRefused as refusal:
            self._refuse(name, refusal.problems, as_json=as_json)
        except CriteriaError as refusal:
            self._refuse(name, (Problem(_("the sets"), str(refusal)),), as_json=as_json)
        if as_json:
            self.stdout.write(json.dumps(_summary(plan, is_loaded=not dry), ensure_ascii=False, indent=1))
        else:
            self._show(plan, is_loaded=not dry)

    def _refuse(self, name: str, problems: tuple[Problem, ...], *, as_json: bool) -> NoReturn:
        if as_json:
            found = [{"place": problem.place, "text": problem.text} for problem in problems]
            self.stdout.write(json.dumps({"loaded": False, "problems": found}, ensure_ascii=False, indent=1))
        else:
            for problem in problems:
                self.stderr.write(f"{name}: {problem}")
        raise CommandError(_("Nothing was loaded. Problems: %(count)s.") % {"count": len(problems)})

    def _show(self, plan: Plan, *, is_loaded: bool) -> None:
        parts = plan.comparison
        words = _("Links added: %(added)s, changed: %(changed)s, removed: %(removed)s, as they were: %(same)s.")
        counts = {"added": len(parts.added), "changed": len(parts.changed), "removed": len(parts.removed)}
        self.stdout.write(words % {**counts, "same": len(parts.unchanged)})
        for links, sign in ((parts.added, "+"), ([new for _old, new in parts.changed], "~"), (parts.removed, "-")):
            for link in links:
                self.stdout.write(f"  {sign} {' '.join(_codes(plan, link))} {link.strength}")
        if plan.kept:
            self.stdout.write(
                _("Links of criteria that only earlier versions have, left alone: %(n)s.") % {"n": plan.kept}
            )
        self.stdout.write(_("Loaded.") if is_loaded else _("Dry run: nothing was changed."))


def _summary(plan: Plan, *, is_loaded: bool) -> dict[str, object]:
    parts = plan.comparison
    return {
        "loaded": is_loaded,
        "problems": [],
        "sets": [_named(plan.left), _named(plan.right)],
        "added": [_told(plan, link) for link in parts.added],
        "changed": [{"before": _told(plan, old), "after": _told(plan, new)} for old, new in parts.changed],
        "removed": [_told(plan, link) for link in parts.removed],
        "unchanged": len(parts.unchanged),
        "kept": plan.kept,
    }


def _named(side: LinkedSet) -> str:
    return "/".join(side.version.natural_key())


def _codes(plan: Plan, link: Link) -> list[str]:
    pairs = ((plan.left, link.left), (plan.right, link.right))
    return [side.by_lineage[lineage].criterion.code for side, lineage in pairs]


def _told(plan: Plan, link: Link) -> dict[str, object]:
    return {"codes": _codes(plan, link), "strength": link.strength, "note": link.note}


def _bytes(name: str) -> bytes:
    # One byte more than the limit tells that it is passed, however large the file is.
    limit = settings.CROSSWALK_MAX_BYTES + 1
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(limit)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}) from None
