"""Who may read, write, publish and agree to a case study: the check is the fetch."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_role, standing_of
from accounts.models import Membership, RegionalPost, Role, User
from casestudies.article import read
from casestudies.models import (
    Attachment,
    CaseStudy,
    CaseStudyQuerySet,
    CaseStudyVersion,
    SearchEntry,
    SearchEntryQuerySet,
    newest_of,
)
from partnerships.models import Partnership


@dataclass(frozen=True)
class Desk:
    """A case study with the seat from which a person reads or writes it, or the post from which they may agree to it.

    Readers from outside have neither.
    """

    case_study: CaseStudy
    seat: Membership | None
    post: RegionalPost | None = None

    @property
    def newest(self) -> CaseStudyVersion | None:
        """The newest published version: what everybody outside the partnership reads."""
        return newest_of(self.case_study)

    @property
    def may_edit(self) -> bool:
        """Whether the seat's role may change the case study and its files."""
        return self.seat is not None and self.seat.role in {Role.OFFICER, Role.COORDINATOR}

    @property
    def may_publish(self) -> bool:
        """Whether the seat's role may publish it, retire it and show it to the public."""
        return self.seat is not None and self.seat.role == Role.COORDINATOR

    @property
    def may_agree(self) -> bool:
        """Whether the post is one of those that say what is good practice in this region."""
        return self.post is not None

    @property
    def reads_every_version(self) -> bool:
        """Whether earlier versions are shown: to members, and to those who agree. Others read the newest alone."""
        return self.seat is not None or self.post is not None


@dataclass(frozen=True)
class AgreeingDesk(Desk):
    """A case study for a reviewer of its region."""

    post: RegionalPost


@dataclass(frozen=True)
class WritingDesk(Desk):
    """A case study for somebody who may change it."""

    seat: Membership


def entries_to_show() -> SearchEntryQuerySet:
    """Return what anybody may find without signing in: what its partnership put on a public page."""
    return SearchEntry.objects.public()


def case_study_to_read(user: User, partnership: str, slug: str) -> Desk:
    """Return a draft for members of its partnership, what was published for everybody; 404 otherwise."""
    case_study = _fetch(partnership, slug)
    standing = standing_of(user)
    seat = standing.membership_in(case_study.partnership)
    if seat is not None:
        # Nobody agrees to the work of their own partnership.
        return Desk(case_study, seat)
    if case_study.is_draft or newest_of(case_study) is None:
        raise Http404
    region = case_study.partnership.region
    posts = (post for post in standing.posts if post.region_id == region.pk and post.can_review)
    return Desk(case_study, None, next(posts, None))


def version_to_read(user: User, partnership: str, slug: str, number: int) -> tuple[Desk, CaseStudyVersion]:
    """Return one published version: any for members and the region's reviewers, the newest for everybody else."""
    desk = case_study_to_read(user, partnership, slug)
    if desk.newest and desk.newest.number != number and not desk.reads_every_version:
        raise Http404
    return desk, get_object_or_404(desk.case_study.versions.select_related("published_by"), number=number)


def case_study_to_agree(user: User, partnership: str, slug: str) -> AgreeingDesk:
    """Return what was published for the reviewers of its region; 403 to others, and 404 to all of a draft."""
    desk = case_study_to_read(user, partnership, slug)
    if desk.case_study.is_draft:
        raise Http404
    if desk.post is None:
        raise PermissionDenied
    return AgreeingDesk(desk.case_study, desk.seat, desk.post)


def case_study_to_edit(user: User, partnership: str, slug: str) -> WritingDesk:
    """Return a case study for its partnership's officers and coordinators; 403 to viewers, 404 to everybody else."""
    return _to_write(user, Role.OFFICER, partnership, slug)


def case_study_to_publish(user: User, partnership: str, slug: str) -> WritingDesk:
    """Return a case study for its partnership's coordinators; 403 to other members, 404 to everybody else."""
    return _to_write(user, Role.COORDINATOR, partnership, slug)


def attachment_to_read(user: User, partnership: str, slug: str, fingerprint: str) -> Attachment:
    """Return a file for whoever may read its case study; from outside, only one that was published with it."""
    desk = case_study_to_read(user, partnership, slug)
    found = _attachment if desk.seat else _published_attachment
    return found(desk.case_study, fingerprint)


def attachment_to_remove(user: User, partnership: str, slug: str, fingerprint: str) -> tuple[WritingDesk, Attachment]:
    """Return a file, with its case study, for whoever may change that."""
    desk = case_study_to_edit(user, partnership, slug)
    return desk, _attachment(desk.case_study, fingerprint)


def partnership_to_write_for(user: User, slug: str) -> Membership:
    """Return the seat from which a person may write for a partnership; 403 to viewers, 404 to strangers."""
    return require_role(user, Role.OFFICER, get_object_or_404(Partnership, slug=slug))


def public_case_study(partnership: str, slug: str) -> Desk:
    """Return what anybody may read; 404 for drafts, what was retired, and all that is not shown to the public."""
    case_study = _fetch(partnership, slug, CaseStudy.objects.public())
    if newest_of(case_study) is None:
        raise Http404
    # Members too read what everybody reads there.
    return Desk(case_study, None)


def public_version(partnership: str, slug: str, number: int) -> tuple[Desk, CaseStudyVersion]:
    """Return the newest version of what anybody may read; 404 for every other number."""
    desk = public_case_study(partnership, slug)
    if desk.newest is None or desk.newest.number != number:
        raise Http404
    return desk, desk.newest


def public_attachment(partnership: str, slug: str, fingerprint: str) -> Attachment:
    """Return a file that was published with what anybody may read."""
    return _published_attachment(public_case_study(partnership, slug).case_study, fingerprint)


def _to_write(user: User, role: Role, partnership: str, slug: str) -> WritingDesk:
    case_study = _fetch(partnership, slug)
    return WritingDesk(case_study, require_role(user, role, case_study.partnership))


def _fetch(partnership: str, slug: str, among: CaseStudyQuerySet | None = None) -> CaseStudy:
    rows = CaseStudy.objects.all() if among is None else among
    return get_object_or_404(rows.with_place().with_newest(), partnership__slug=partnership, slug=slug)


def _published_files(case_study: CaseStudy) -> set[str]:
    newest = newest_of(case_study)
    return {file.sha256 for file in read(newest.document).files} if newest else set()


def _attachment(case_study: CaseStudy, fingerprint: str) -> Attachment:
    attachment = case_study.attachments.filter(sha256__startswith=fingerprint).first()
    if attachment is None or attachment.fingerprint != fingerprint:
        raise Http404
    return attachment


def _published_attachment(case_study: CaseStudy, fingerprint: str) -> Attachment:
    attachment = _attachment(case_study, fingerprint)
    if attachment.sha256 not in _published_files(case_study):
        raise Http404
    return attachment
