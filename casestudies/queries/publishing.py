"""What a coordinator sees before a case study is published."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from casestudies.access import WritingDesk
from casestudies.article import Article, fingerprint, read
from casestudies.changes import Change, changes
from casestudies.checking import what_to_check
from casestudies.models import Attachment
from casestudies.parts import LABELS
from casestudies.personal import Finding
from casestudies.queries.reading import files_of, working_of

# Beyond this nobody reads a list; the number beside it says how much there is.
LISTED = 100


@dataclass(frozen=True)
class Proof:
    """The working text as others will read it, what to check in it, and what is new since the last version."""

    article: Article
    files: Sequence[Attachment]
    found: Sequence[Finding]
    number: int
    changed: Sequence[Change]

    @property
    def seen(self) -> str:
        """What the form is stamped with."""
        return fingerprint(self.article)

    @property
    def listed(self) -> Sequence[tuple[Finding, Promise]]:
        """The findings that the page lists, each with the name of its place."""
        return [(finding, LABELS[finding.field]) for finding in self.found[:LISTED]]

    @property
    def not_listed(self) -> int:
        """How many more there are."""
        return max(0, len(self.found) - LISTED)

    @property
    def is_new(self) -> bool:
        """Whether publishing makes a version."""
        return not self.number or bool(self.changed)


def proof_of(desk: WritingDesk) -> Proof:
    """Return what publishing would publish."""
    working = working_of(desk.case_study)
    newest = desk.newest
    return Proof(
        article=working,
        files=files_of(desk.case_study, working),
        found=what_to_check(working),
        number=newest.number if newest else 0,
        changed=changes(read(newest.document), working) if newest else (),
    )
