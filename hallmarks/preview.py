"""What loading a document would do, found by trying it, and put into words once for the page and the command."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import Actor
from hallmarks import changes_words, services
from hallmarks.changes_shown import Shown, shown
from hallmarks.comparing import Comparison, compare
from hallmarks.document import Document
from hallmarks.editors_eye import Hint, hints
from hallmarks.models import Version
from hallmarks.stored import document_of


@dataclass(frozen=True)
class Preview:
    """What a document holds, what it changes against the newest published version, and what stands in its way."""

    document: Document
    outcome: services.Outcome | None
    obstacle: str
    against: Version | None
    earlier: Document | None

    @property
    def counts(self) -> str:
        """How much there is of each part, as a sentence."""
        return counted(self.document.counts())

    @cached_property
    def comparison(self) -> Comparison | None:
        """What it changes; nothing where nothing is published yet."""
        return compare(self.document, self.earlier) if self.earlier else None

    @property
    def changes(self) -> str:
        """What it changes, as a sentence; empty where nothing is published yet."""
        return changes_words.counted(self.comparison) if self.comparison else ""

    @cached_property
    def shown(self) -> Shown | None:
        """What it changes, as a page shows it."""
        found, earlier = self.comparison, self.earlier
        return shown(found, self.document, earlier) if found and earlier else None

    @property
    def short(self) -> list[str]:
        """What it changes, a line a kind, criteria by their codes."""
        return changes_words.short(self.comparison) if self.comparison else []

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What an editor would say; it never stands in the way."""
        return hints(self.document)


def preview_of(document: Document, *, by: Actor | None) -> Preview:
    """Try the load, undo it, and tell what it would have done."""
    outcome, obstacle = None, ""
    try:
        outcome = services.rehearse_import(document=document, by=by)
    except services.CriteriaError as refusal:
        obstacle = str(refusal)
    against = Version.objects.newest_published(document.framework.slug)
    return Preview(document, outcome, obstacle, against, document_of(against) if against else None)


def counted(counts: dict[str, int]) -> str:
    """Return counts as one sentence, such as "9 sections, 49 criteria (22 key), 175 signs to look for"."""
    key, statutory = counts.get("key", 0), counts.get("statutory", 0)
    kinds = [_("%(n)s key") % {"n": key}] * bool(key) + [_("%(n)s statutory") % {"n": statutory}] * bool(statutory)
    criteria = ngettext("%(n)s criterion", "%(n)s criteria", counts["criteria"]) % {"n": counts["criteria"]}
    return ", ".join(
        [
            ngettext("%(n)s section", "%(n)s sections", counts["sections"]) % {"n": counts["sections"]},
            f"{criteria} ({', '.join(kinds)})" if kinds else criteria,
            ngettext("%(n)s sign to look for", "%(n)s signs to look for", counts["indicators"])
            % {"n": counts["indicators"]},
        ]
    )
