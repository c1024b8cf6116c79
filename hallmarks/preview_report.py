"""What a criteria file holds and would do, for programs: the same facts as the page, by plain names."""

from typing import Any

from hallmarks.changes_report import differences, told
from hallmarks.importing import Parsed
from hallmarks.models import Version
from hallmarks.preview import Preview
from hallmarks.services import Loaded


class Report:
    """Gathers what is known so far, so that a refusal on the way still tells all that was found before it."""

    def __init__(self) -> None:
        self.said: dict[str, Any] = {"loaded": False, "published": False, "problems": [], "refused": ""}

    def format(self, form: str) -> None:
        """Add the format that was found."""
        self.said["format"] = form

    def parsed(self, parsed: Parsed) -> None:
        """Add the problems with their places, and what was filled in."""
        self.said["problems"] = [{"place": problem.place, "text": problem.text} for problem in parsed.problems]
        self.said["notes"] = list(parsed.notes)
        self.said["lineages_made"] = sorted(parsed.lineages_made)

    def previewed(self, found: Preview) -> None:
        """Add what the document holds, and what it changes."""
        document = found.document
        self.said |= {
            "framework": document.framework.slug,
            "version": document.slug,
            "title": document.title,
            "sha256": document.sha256(),
            "counts": document.counts(),
            "outcome": found.outcome.value if found.outcome else None,
            "obstacle": found.obstacle,
            "against": "/".join(found.against.natural_key()) if found.against else None,
            "differences": differences(found.comparison) if found.comparison else None,
            "hints": [told(hint) for hint in found.hints],
        }

    def refused(self, why: str) -> None:
        """Add why it went no further; nothing was kept then."""
        self.said |= {"refused": why, "loaded": False, "published": False}

    def loaded(self, loaded: Loaded) -> None:
        """Add that it is stored now."""
        self.said |= {"loaded": True, "outcome": loaded.outcome.value, "status": loaded.version.status}

    def published(self, version: Version) -> None:
        """Add that it is open to everybody now."""
        self.said |= {"published": True, "status": version.status}
