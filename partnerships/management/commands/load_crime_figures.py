"""`manage.py load_crime_figures FILE [--dry-run] [--json]`: check a table of recorded crime, then load it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from partnerships import services
from partnerships.crime_loading import SOURCE_LENGTH, Plan, check
from partnerships.crime_parts import Problem, signed
from partnerships.crime_table import MAX_BYTES


class Command(BaseCommand):
    """Loads crime figures as printed; all that is wrong with a file is said at once, and then nothing is loaded."""

    help = "Check a table of recorded crime (CSV) and load its figures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, where it comes from, and whether to look only."""
        parser.add_argument("file", help="the table")
        parser.add_argument("--source", default="", help="where it was printed; the file's name unless given")
        parser.add_argument("--dry-run", action="store_true", help="check and show what it would do; change nothing")
        parser.add_argument("--json", action="store_true", help="say the same as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and unless it is a dry run, load; then show."""
        name, as_json = options["file"], options["json"]
        source = _source(options["source"] or Path(name).name)
        data = _bytes(name)
        if options["dry_run"]:
            checked = check(data, source)
            plan = checked.plan or self._refuse(name, checked.problems, as_json=as_json)
        else:
            plan = self._load(name, data, source, as_json=as_json)
        if as_json:
            self.stdout.write(json.dumps(_summary(plan, is_loaded=not options["dry_run"]), indent=1))
        else:
            self._show(plan, is_loaded=not options["dry_run"])

    def _load(self, name: str, data: bytes, source: str, *, as_json: bool) -> Plan:
        try:
            return services.load_crime_figures(data=data, source=source, by=None)
        except services.CrimeTableRefused as refusal:
            self._refuse(name, refusal.problems, as_json=as_json)

    def _refuse(self, name: str, problems: tuple[Problem, ...], *, as_json: bool) -> NoReturn:
        if as_json:
            found = [{"place": problem.place, "text": problem.text} for problem in problems]
            self.stdout.write(json.dumps({"loaded": False, "problems": found}, indent=1))
        else:
            for problem in problems:
                self.stderr.write(f"{name}: {problem}")
        raise CommandError(_("Nothing was loaded. Problems: %(count)s.") % {"count": len(problems)})

    def _show(self, plan: Plan, *, is_loaded: bool) -> None:
        words = _("%(areas)s areas; %(new)s figures new, %(changed)s changed, %(same)s already there.")
        counts = {"areas": len(plan.table.areas), "new": len(plan.new), "changed": len(plan.changed)}
        self.stdout.write(words % {**counts, "same": plan.unchanged})
        for line in _lines(plan):
            self.stdout.write(f"  {line}")
        for total in plan.table.totals:
            printed, computed = (_("none") if n is None else signed(n) for n in (total.printed, total.computed))
            line = _("Total of “%(title)s”: printed %(printed)s, computed %(computed)s")
            differs = _(" (they differ)") if total.differs else ""
            self.stdout.write(line % {"title": total.title, "printed": printed, "computed": computed} + differs)
        for title in plan.table.unread:
            self.stdout.write(_("Not read: “%(title)s”") % {"title": title})
        self.stdout.write(_("Loaded.") if is_loaded else _("Dry run: nothing was changed."))


def _lines(plan: Plan) -> Iterator[str]:
    """Yield what whoever loads the table should know of it."""
    yield from map(str, plan.retitled)
    for old, new in plan.corrected:
        words = _("%(name)s, %(period)s: %(before)s becomes %(after)s.")
        values = {"before": signed(old.value), "after": signed(new.value)}
        yield words % {"name": old.partnership.name, "period": new.period, **values}
    if plan.left:
        yield _("Figures of the same periods that the table leaves out, and that stay: %(n)s.") % {"n": plan.left}
    yield from (f"{area.name}: {text}" for area, text in (*plan.doubts, *plan.notes))


def _summary(plan: Plan, *, is_loaded: bool) -> dict[str, object]:
    return {
        "loaded": is_loaded,
        "periods": [str(period) for period in plan.table.periods],
        "areas": len(plan.table.areas),
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "left_out": plan.left,
        "sources_changed": [
            {"period": each.period, "before": each.before, "after": each.after, "figures": each.n}
            for each in plan.retitled
        ],
        "corrected": [
            {"area": old.partnership.name, "period": new.period, "before": old.value, "after": new.value}
            for old, new in plan.corrected
        ],
        "notes": [{"area": area.name, "line": area.line, "note": note} for area, note in plan.notes],
        "doubts": [{"area": area.name, "line": area.line, "doubt": doubt} for area, doubt in plan.doubts],
        "totals": [
            {"title": total.title, "printed": _plain(total.printed), "computed": _plain(total.computed)}
            for total in plan.table.totals
        ],
        "not_read": list(plan.table.unread),
    }


def _plain(number: Any) -> str | None:
    return None if number is None else str(number)


def _source(given: str) -> str:
    source = " ".join(given.split())
    if len(source) > SOURCE_LENGTH:
        raise CommandError(_("The source is longer than %(most)s characters. Shorten it.") % {"most": SOURCE_LENGTH})
    return source


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            # One byte more than the limit tells that it is passed, however large the file is.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": name, "why": error.strerror}) from None
