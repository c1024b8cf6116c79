"""What happens to people: invited, joined, given another role, ended, disabled; each leaves one audit event."""

import datetime
import hashlib
import secrets
from collections.abc import Callable

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, RegionalPost, Role, Standpoint, User
from audit.services import record
from partnerships.models import Agency, AgencyKind, Partnership, Region

INVITATION_DAYS = 14
TOKEN_BYTES = 32


class AlreadyMember(Exception):
    """Raised when the person invited already holds this seat or post."""


class AlreadyEnded(Exception):
    """Raised when somebody else has just ended or withdrawn what was to be changed."""


class OnlyCoordinator(Exception):
    """Raised when a partnership's only coordinator would leave it without one."""


class LinkRefused(Exception):
    """Raised when a link cannot be used; each kind says why."""


class InvitationUnknown(LinkRefused):
    """Raised for a link that was never given out."""


class InvitationUsed(LinkRefused):
    """Raised for a link that was used before: it works once."""


class InvitationWithdrawn(LinkRefused):
    """Raised for a link whose sender took it back, or replaced it by a newer one."""


class InvitationExpired(LinkRefused):
    """Raised for a link that is older than it may be."""


class SignInFirst(Exception):
    """Raised when the address invited has an account: its owner must sign in to accept."""


class OtherPerson(Exception):
    """Raised when somebody is signed in with another address than the one invited."""


def hash_of(token: str) -> str:
    """Return what is kept of a token; the token itself has 256 random bits, so no salt or slowness is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def agency_for(*, partnership: Partnership, chosen: Agency | AgencyKind, by: User) -> Agency:
    """Return the agency chosen, or the partnership's own of a kind, which is added if it has none yet."""
    if isinstance(chosen, Agency):
        return chosen
    kind = chosen
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        agency = partnership.agencies.filter(kind=kind).first()
        if agency is None:
            agency = Agency.objects.create(partnership=partnership, kind=kind, name=kind.name)
            _record("agency.added", agency, by, partnership, after={"kind": kind.code, "name": agency.name})
        return agency


def invite(
    *,
    email: str,
    by: User,
    agency: Agency | None = None,
    region: Region | None = None,
    role: str = "",
    standpoint: str = "",
    now: datetime.datetime | None = None,
) -> tuple[Invitation, str]:
    """Make an invitation to one agency's seat or one region's post and return it with its link, which is not kept."""
    now, token = now or timezone.now(), secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        _refuse_members(email, agency, region)
        waiting = Invitation.objects.waiting(now).to(email).filter(agency=agency, region=region)
        replaced = waiting.update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            email=email.lower(),
            agency=agency,
            region=region,
            role=role,
            standpoint=(standpoint or Standpoint.DELIVERY) if agency else "",
            token_hash=hash_of(token),
            expires_at=now + datetime.timedelta(days=INVITATION_DAYS),
            invited_by=by,
        )
        after = {**_seat(invitation), "expires_at": invitation.expires_at, "replaces": replaced}
        _record("person.invited", invitation, by, invitation.partnership, after=after)
    return invitation, settings.SITE_URL + reverse("accounts:join", args=[token])


def find_invitation(token: str, *, now: datetime.datetime | None = None, lock: bool = False) -> Invitation:
    """Return the invitation that a link opens, or raise what is wrong with the link."""
    rows = Invitation.objects.with_place()
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(token_hash=hash_of(token)).first()
    if invitation is None:
        raise InvitationUnknown
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.withdrawn_at is not None:
        raise InvitationWithdrawn
    if invitation.expires_at <= (now or timezone.now()):
        raise InvitationExpired
    return invitation


def accept_invitation(
    *,
    token: str,
    name: str = "",
    password: str = "",
    user: User | None = None,
    now: datetime.datetime | None = None,
) -> User:
    """Use a link up: make the person and the seat, or only the seat for `user`, who is signed in with that address."""
    now = now or timezone.now()
    with transaction.atomic():
        invitation = find_invitation(token, now=now, lock=True)
        known = User.objects.filter(email__iexact=invitation.email).first()
        _refuse_others(known, user)
        person = known or _new_person(invitation.email, name, password)
        seat = _seat_for(person, invitation)
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        after = {**_seat(invitation), "new_person": known is None, "invitation": invitation.pk}
        _record("person.joined", seat, person, invitation.partnership, after=after)
    return person


def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make a link useless before anybody uses it."""
    with transaction.atomic():
        row = Invitation.objects.with_place().select_for_update(of=("self",)).get(pk=invitation.pk)
        if row.accepted_at or row.withdrawn_at:
            raise AlreadyEnded
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        _record("invitation.withdrawn", row, by, row.partnership, before=_seat(row))


def change_role(*, membership: Membership, role: str, standpoint: str, by: User) -> None:
    """Give a member another role or standpoint, from the next request on."""

    def change(row: Membership) -> None:
        row.role, row.standpoint = role, standpoint

    _change_membership("membership.changed", membership, by, change)


def end_membership(*, membership: Membership, by: User) -> None:
    """End a person's seat, from the next request on; what they wrote stays."""

    def end(row: Membership) -> None:
        row.ended_at = timezone.now()

    _change_membership("membership.ended", membership, by, end)


def end_post(*, post: RegionalPost, by: User) -> None:
    """End a person's post in a Government Office, from the next request on."""
    with transaction.atomic():
        row = RegionalPost.objects.select_for_update(of=("self",)).select_related("region").get(pk=post.pk)
        if row.ended_at is not None:
            raise AlreadyEnded
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        _record("post.ended", row, by, None, before={"region": row.region.slug})


def set_powers(*, user: User, is_active: bool, is_administrator: bool, by: User) -> None:
    """Let a person in or keep them out, and make or unmake an administrator; their sessions follow at once."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=user.pk)
        before = {"is_active": row.is_active, "is_administrator": row.is_staff}
        row.is_active, row.is_staff = is_active, is_administrator
        # Power over administrators would outlive the power itself.
        row.is_superuser = row.is_superuser and is_administrator
        row.save(update_fields=["is_active", "is_staff", "is_superuser"])
        after = {"is_active": is_active, "is_administrator": is_administrator}
        _record("person.powers_set", row, by, None, before=before, after=after)


def set_password(*, user: User, password: str) -> None:
    """Give a person the password they chose; every other session of theirs ends with the old one."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        _record("person.password_set", user, user, None)


def password_link(*, user: User, by: User | None) -> str:
    """Return a link with which a person sets a new password; it works once, for PASSWORD_RESET_TIMEOUT seconds."""
    with transaction.atomic():
        # The link depends on the last sign-in, which the row in hand may not know of.
        key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(User.objects.get(pk=user.pk))
        _record("person.password_link_made", user, by, None)
    names = {"uidb36": user_pk_to_url_str(user), "key": key}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=names)


def make_administrator(*, email: str, name: str, password: str | None = None, by: User | None = None) -> User:
    """Make an administrator who may make others so; an existing person keeps their name, and password unless given."""
    with transaction.atomic():
        person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
        person.is_staff = person.is_superuser = person.is_active = True
        if password is not None:
            person.set_password(password)
        person.save()
        _record("person.made_administrator", person, by, None, after={"is_administrator": True})
    return person


def _refuse_members(email: str, agency: Agency | None, region: Region | None) -> None:
    seats = Membership.objects.current().filter(agency=agency, user__email__iexact=email)
    posts = RegionalPost.objects.current().filter(region=region, user__email__iexact=email)
    if (agency and seats.exists()) or (region and posts.exists()):
        raise AlreadyMember


def _refuse_others(known: User | None, user: User | None) -> None:
    if user is not None and user != known:
        raise OtherPerson
    if user is None and known is not None:
        raise SignInFirst


def _new_person(email: str, name: str, password: str) -> User:
    try:
        return User.objects.create_user(email, name, password)
    except IntegrityError as error:
        # Another invitation of the same address was accepted at the same moment.
        raise SignInFirst from error


def _seat_for(person: User, invitation: Invitation) -> Membership | RegionalPost:
    """Make the seat or post; whoever got it meanwhile by another invitation keeps what they have."""
    if invitation.region is not None:
        return RegionalPost.objects.get_or_create(user=person, region=invitation.region, ended_at=None)[0]
    given = {"role": invitation.role, "standpoint": invitation.standpoint or Standpoint.DELIVERY}
    seats = Membership.objects.current()
    return seats.get_or_create(user=person, agency=invitation.agency, ended_at=None, defaults=given)[0]


def _change_membership(kind: str, membership: Membership, by: User, change: Callable[[Membership], None]) -> None:
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).select_related("agency__partnership")
        row = rows.get(pk=membership.pk)
        if row.ended_at is not None:
            raise AlreadyEnded
        before, coordinated = _standing(row), row.role == Role.COORDINATOR
        change(row)
        if coordinated and (row.ended_at or row.role != Role.COORDINATOR):
            _refuse_without_successor(row, by)
        row.save(update_fields=["role", "standpoint", "ended_at"])
        _record(kind, row, by, row.agency.partnership, before=before, after=_standing(row))


def _refuse_without_successor(membership: Membership, by: User) -> None:
    """Let only administrators leave a partnership without coordinator: nobody else could give it another."""
    # Of two coordinators who leave at the same moment, the second waits here and sees the first one gone.
    Partnership.objects.select_for_update().get(pk=membership.agency.partnership_id)
    if not by.is_staff and not Membership.objects.succeeding(membership).exists():
        raise OnlyCoordinator


def _standing(membership: Membership) -> dict[str, object]:
    return {
        "agency": membership.agency.name,
        "role": membership.role,
        "standpoint": membership.standpoint,
        "ended_at": membership.ended_at,
    }


def _seat(invitation: Invitation) -> dict[str, object]:
    # The trail is never erased, so neither the address nor the token is written there.
    if invitation.region is not None:
        return {"region": invitation.region.slug}
    agency = invitation.agency.name if invitation.agency else ""
    return {"agency": agency, "role": invitation.role, "standpoint": invitation.standpoint}


def _record(
    kind: str,
    target: models.Model,
    by: User | None,
    partnership: Partnership | None,
    *,
    before: object = None,
    after: object = None,
) -> None:
    record(
        kind=kind,
        target=target,
        by=by,
        partnership=partnership.slug if partnership else "",
        role=_role_of(by, partnership),
        before=before,
        after=after,
    )


def _role_of(by: User | None, partnership: Partnership | None) -> str:
    """Return in what role somebody acts, as it is today: the trail tells it long after the seat is gone."""
    if by is None:
        return "command"
    if partnership is not None and by.memberships.current().of(partnership).filter(role=Role.COORDINATOR).exists():
        return Role.COORDINATOR.value
    return "administrator" if by.is_staff else ""
