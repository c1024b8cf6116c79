"""What a file of another portal says, once every check was passed; who it says it is from is never checked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.documents import Document
from hallmarks.models import Version
from hallmarks.outline import outline_of
from hallmarks.problems import Problem
from reports import frozen_text, opening
from reports.known_criteria import problems_of
from reports.refusing import NotTakenIn
from reports.schema_check import FAULTS_NAMED


@dataclass(frozen=True)
class Frozen:
    """A submission as it was frozen elsewhere: what it says, and the text whose SHA-256 is its fingerprint."""

    document: Document
    text: str


def submission_of(data: bytes) -> Frozen:
    """Return the submission that a file is, or that is inside a PDF; raises NotTakenIn with all that is wrong."""
    content = opening.submission_in(data) if opening.is_pdf(data) else data
    document, text = frozen_text.read(content)
    if document.portal and not document.portal.startswith(("https://", "http://")):
        raise NotTakenIn([Problem(_("portal"), _("This is not a web address that begins with https:// or http://."))])
    version = _version(document)
    if problems := problems_of(document, version, outline_of(version) if version else None):
        raise NotTakenIn(problems[:FAULTS_NAMED])
    return Frozen(document, text)


def _version(document: Document) -> Version | None:
    known = Version.objects.exclude(status=Version.Status.DRAFT)
    return known.filter(framework__slug=document.criteria.framework, slug=document.criteria.version).first()
