"""What loading a document would do, found by trying it, and put into words once for the page and the command."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import Actor
from hallmarks import services
from hallmarks.document import Document
from hallmarks.importing import Comparison, compare
from hallmarks.models import Version
from hallmarks.stored import document_of


@dataclass(frozen=True)
class Preview:
    """What a document holds, what it changes against the newest published version, and what stands in its way."""

    document: Document
    outcome: services.Outcome | None
    obstacle: str
    against: Version | None
    comparison: Comparison | None

    @property
    def counts(self) -> str:
        """How much there is of each part, as a sentence."""
        return counted(self.document.counts())

    @property
    def lines(self) -> list["Line"]:
        """The sections."""
        return tree(self.document)

    @property
    def changes(self) -> str:
        """What it changes, as a sentence; empty where nothing is published yet."""
        return compared(self.comparison) if self.comparison else ""


@dataclass(frozen=True)
class Line:
    """One section of a preview, in words."""

    title: str
    codes: str
    criteria: int
    indicators: int


def preview_of(document: Document, *, by: Actor | None) -> Preview:
    """Try the load, undo it, and tell what it would have done."""
    outcome, obstacle = None, ""
    try:
        outcome = services.rehearse_import(document=document, by=by)
    except services.CriteriaError as refusal:
        obstacle = str(refusal)
    against = Version.objects.newest_published(document.framework.slug)
    comparison = compare(document, document_of(against)) if against else None
    return Preview(document, outcome, obstacle, against, comparison)


def tree(document: Document) -> list[Line]:
    """Return a line a section: its title, the codes of its criteria, and how many there are."""
    return [
        Line(
            title=section.title,
            codes=", ".join(criterion.code for criterion in section.criteria),
            criteria=len(section.criteria),
            indicators=sum(len(criterion.indicators) for criterion in section.criteria),
        )
        for section in document.sections
    ]


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


def compared(comparison: Comparison) -> str:
    """Return a comparison as one sentence, such as "2 added, 1 reworded, 0 dropped, 46 unchanged"."""
    return _("%(added)s added, %(reworded)s reworded, %(dropped)s dropped, %(unchanged)s unchanged") % {
        "added": len(comparison.added),
        "reworded": len(comparison.reworded),
        "dropped": len(comparison.dropped),
        "unchanged": len(comparison.unchanged),
    }
