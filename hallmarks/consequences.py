"""What publishing a draft would mean, told before it is done."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hallmarks import services
from hallmarks.document import Document
from hallmarks.models import Framework, Version
from hallmarks.preview import counted
from hallmarks.stored import document_of, without_scales


@dataclass(frozen=True)
class Consequences:
    """What publishing a draft would mean: what is in it, what came before, and who goes on with that."""

    counts: str
    before: Version | None
    changes: str
    rounds: tuple[tuple[str, str], ...]
    is_confirmed: bool


def consequences(draft: Version) -> Consequences:
    """Return what publishing a draft would mean."""
    document, before = document_of(draft), Version.objects.continued_by(draft)
    return Consequences(
        counts=counted(document.counts()),
        before=before,
        changes=_changes(document, without_scales(before)) if before else "",
        rounds=_rounds(draft.framework),
        is_confirmed=not services.needs_confirmation(draft),
    )


def _changes(new: Document, old: Document) -> str:
    older = {c.lineage: c for c in old.criteria()}
    newer = {c.lineage: c for c in new.criteria()}
    kept = newer.keys() & older.keys()
    reworded = sum((older[key].title, older[key].text) != (newer[key].title, newer[key].text) for key in kept)
    return _("Going on: %(kept)s (reworded: %(reworded)s). New: %(new)s. No longer asked: %(ended)s.") % {
        "kept": len(kept),
        "reworded": reworded,
        "new": len(newer.keys() - kept),
        "ended": len(older.keys() - kept),
    }


def _rounds(framework: Framework) -> tuple[tuple[str, str], ...]:
    """Return the rounds, open or to come, that ask another version of the line, each with that version's title."""
    today = timezone.localdate()
    still = Q(rounds__closes_on__gte=today) | Q(rounds__extensions__until__gte=today)
    asked = Version.objects.filter(still, framework=framework).distinct().order_by("rounds__opens_on", "rounds__pk")
    return tuple(
        (name, title)
        for name, title, _day, _key in asked.values_list("rounds__name", "title", "rounds__opens_on", "rounds__pk")
    )
