"""A case study as one person may read it, and its versions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects

from casestudies.access import Desk
from casestudies.article import Article, read, working_article
from casestudies.changes import Change, changes
from casestudies.models import Attachment, CaseStudy, CaseStudyVersion, Endorsement, beside_the_text


@dataclass(frozen=True)
class Shown:
    """One text of a case study with everything that stands beside it."""

    article: Article
    version: CaseStudyVersion | None
    files: Sequence[Attachment]
    endorsement: Endorsement | None
    differs: Sequence[Change] = ()

    @property
    def agreed_to_another(self) -> int:
        """The version that was agreed to, if it is not the newest one; otherwise 0."""
        agreed = self.endorsement.version.number if self.endorsement else 0
        return agreed if self.version is None or agreed != self.version.number else 0


@dataclass(frozen=True)
class Told:
    """One published version, and what changed since the one before."""

    row: CaseStudyVersion
    article: Article
    changed: Sequence[Change]
    endorsements: Sequence[Endorsement]


def shown_to(desk: Desk) -> Shown:
    """Return the newest version for readers from outside; for members the working text, and how the two differ."""
    published = read(desk.newest.document) if desk.newest else None
    if desk.seat is None and published is not None:
        return _shown(desk, published)
    working = working_of(desk.case_study)
    return replace(_shown(desk, working), differs=changes(published, working) if published else ())


def working_of(case_study: CaseStudy) -> Article:
    """Return the working text, with all that belongs to it."""
    prefetch_related_objects([case_study], *beside_the_text())
    return working_article(case_study)


def version_shown(desk: Desk, version: CaseStudyVersion) -> Shown:
    """Return one published version as it was; files that were removed since are gone."""
    return replace(_shown(desk, read(version.document)), version=version)


def versions_of(case_study: CaseStudy) -> list[Told]:
    """Return every version, the newest first."""
    rows = list(case_study.versions.select_related("published_by").prefetch_related("endorsements__region"))
    articles = [read(row.document) for row in rows]
    earlier = [*articles, None][1:]
    return [
        Told(row, article, changes(before, article) if before else (), list(row.endorsements.all()))
        for row, article, before in zip(rows, articles, earlier, strict=True)
    ]


def files_of(case_study: CaseStudy, article: Article) -> list[Attachment]:
    """Return the files of an article that are still there."""
    named = {file.sha256 for file in article.files}
    return [file for file in case_study.attachments.all() if file.sha256 in named]


def _shown(desk: Desk, article: Article) -> Shown:
    case_study = desk.case_study
    return Shown(
        article=article,
        version=desk.newest,
        files=files_of(case_study, article),
        endorsement=Endorsement.objects.standing().of(case_study).first() if desk.newest else None,
    )
