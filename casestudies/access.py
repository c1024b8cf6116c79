"""Who may read, write and publish a case study: the check is the fetch."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import require_role, standing_of
from accounts.models import Membership, Role, User
from casestudies.models import Attachment, CaseStudy
from partnerships.models import Partnership


@dataclass(frozen=True)
class Desk:
    """A case study together with the seat from which a person reads or writes it; readers from outside have none."""

    case_study: CaseStudy
    seat: Membership | None

    @property
    def may_edit(self) -> bool:
        """Whether the seat's role may change the case study and its files."""
        return self.seat is not None and self.seat.role in {Role.OFFICER, Role.COORDINATOR}

    @property
    def may_publish(self) -> bool:
        """Whether the seat's role may publish it."""
        return self.seat is not None and self.seat.role == Role.COORDINATOR


@dataclass(frozen=True)
class WritingDesk(Desk):
    """A case study for somebody who may change it."""

    seat: Membership


def case_study_to_read(user: User, partnership: str, slug: str) -> Desk:
    """Return a draft for members of its partnership, a published case study for everybody; 404 otherwise."""
    case_study = _fetch(partnership, slug)
    seat = standing_of(user).membership_in(case_study.partnership)
    if case_study.is_draft and seat is None:
        raise Http404
    return Desk(case_study, seat)


def case_study_to_edit(user: User, partnership: str, slug: str) -> WritingDesk:
    """Return a case study for its partnership's officers and coordinators; 403 to viewers, 404 to everybody else."""
    return _to_write(user, Role.OFFICER, partnership, slug)


def case_study_to_publish(user: User, partnership: str, slug: str) -> WritingDesk:
    """Return a case study for its partnership's coordinators; 403 to other members, 404 to everybody else."""
    return _to_write(user, Role.COORDINATOR, partnership, slug)


def attachment_to_read(user: User, partnership: str, slug: str, fingerprint: str) -> Attachment:
    """Return a file for whoever may read its case study."""
    return _attachment(case_study_to_read(user, partnership, slug).case_study, fingerprint)


def attachment_to_remove(user: User, partnership: str, slug: str, fingerprint: str) -> tuple[WritingDesk, Attachment]:
    """Return a file, with its case study, for whoever may change that."""
    desk = case_study_to_edit(user, partnership, slug)
    return desk, _attachment(desk.case_study, fingerprint)


def partnership_to_write_for(user: User, slug: str) -> Membership:
    """Return the seat from which a person may write for a partnership; 403 to viewers, 404 to strangers."""
    return require_role(user, Role.OFFICER, get_object_or_404(Partnership, slug=slug))


def _to_write(user: User, role: Role, partnership: str, slug: str) -> WritingDesk:
    case_study = _fetch(partnership, slug)
    return WritingDesk(case_study, require_role(user, role, case_study.partnership))


def _fetch(partnership: str, slug: str) -> CaseStudy:
    return get_object_or_404(CaseStudy.objects.with_place(), partnership__slug=partnership, slug=slug)


def _attachment(case_study: CaseStudy, fingerprint: str) -> Attachment:
    attachment = case_study.attachments.filter(sha256__startswith=fingerprint).first()
    if attachment is None or attachment.fingerprint != fingerprint:
        raise Http404
    return attachment
