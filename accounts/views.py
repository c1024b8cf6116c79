"""Pages about people: who works where, invitations, and a person's own account."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.account import views as allauth_views
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import access, letters, queries, services
from accounts.forms import InviteForm, JoinForm, PeopleSearchForm, RegionInviteForm, confirmation, role_form
from accounts.http import PortalRequest, SignedInRequest
from accounts.models import Invitation, Membership, Role, User
from govuk.forms import GovukForm
from govuk.pagination import paginate

REFUSED = {
    services.InvitationUnknown: ("unknown", HTTPStatus.NOT_FOUND),
    services.InvitationUsed: ("used", HTTPStatus.GONE),
    services.InvitationWithdrawn: ("withdrawn", HTTPStatus.GONE),
    services.InvitationExpired: ("expired", HTTPStatus.GONE),
}


def account(request: SignedInRequest) -> HttpResponse:
    """Show a person what the portal knows of them, and lead to password, second step and sessions."""
    return render(request, "accounts/account.html", {"standing": access.standing_of(request.user)})


def people_index(request: SignedInRequest) -> HttpResponse:
    """List partnerships and regions for administrators; send a coordinator to their own partnership."""
    home = access.people_home(request.user)
    if home is not None:
        return redirect("accounts:people", home.slug)
    form = PeopleSearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.partnerships_with_people(name=wanted.get("q", "").strip(), region=wanted.get("region"))
    context = {
        "form": form,
        "page": paginate(rows, request.GET.get("page")),
        "regions": queries.regions_with_people(),
    }
    return render(request, "accounts/people_index.html", context)


def people(request: SignedInRequest, partnership: str) -> HttpResponse:
    """List a partnership's people by agency, and the invitations that wait."""
    place = access.partnership_to_manage(request.user, partnership)
    waiting = Invitation.objects.waiting(request.arrived_at).filter(agency__partnership=place)
    context = {
        "partnership": place,
        "members": Membership.objects.current().of(place).listed(),
        "invitations": waiting.select_related("agency", "invited_by"),
    }
    return render(request, "accounts/people.html", context)


def region_people(request: SignedInRequest, region: str) -> HttpResponse:
    """List the people of a region's Government Office, and the invitations that wait."""
    place = access.region_to_manage(request.user, region)
    context = {
        "region": place,
        "posts": place.posts.current().select_related("user").order_by("user__name"),
        "invitations": place.invitations.waiting(request.arrived_at).select_related("invited_by"),
    }
    return render(request, "accounts/region_people.html", context)


def invite(request: SignedInRequest, partnership: str) -> HttpResponse:
    """Invite somebody to one agency of a partnership."""
    place = access.partnership_to_manage(request.user, partnership)
    form = InviteForm(_posted(request), partnership=place)
    if form.is_valid():
        data = form.cleaned_data
        agency = services.agency_for(partnership=place, chosen=data["agency"], by=request.user)
        seat = {"agency": agency, "role": data["role"], "standpoint": data["standpoint"]}
        try:
            made = services.invite(email=data["email"], by=request.user, now=request.arrived_at, **seat)
        except services.AlreadyMember:
            form.add_error("email", _("This person already works here for that agency"))
        else:
            return _invitation_made(request, *made)
    return render(request, "accounts/invite.html", {"form": form, "partnership": place})


def region_invite(request: SignedInRequest, region: str) -> HttpResponse:
    """Invite somebody to a region's Government Office."""
    place = access.region_to_manage(request.user, region)
    form = RegionInviteForm(_posted(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            made = services.invite(email=email, region=place, by=request.user, now=request.arrived_at)
        except services.AlreadyMember:
            form.add_error("email", _("This person already works for this Government Office"))
        else:
            return _invitation_made(request, *made)
    return render(request, "accounts/region_invite.html", {"form": form, "region": place})


def membership_role(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Give a member another role or standpoint."""
    membership = access.membership_to_manage(request.user, partnership, code)
    form = role_form(membership, _posted(request), is_own=_is_own(request, membership))
    if not form.is_valid():
        return _ask_about(request, membership, "accounts/membership_role.html", form)
    done = _("%(name)s’s role is saved.") % {"name": membership.user.name}
    if _is_own(request, membership):
        done = _("Your role is saved.")
    try:
        _do(request, done, lambda: services.change_role(membership=membership, by=request.user, **form.cleaned_data))
    except services.OnlyCoordinator:
        form.add_error("role", _("You are the only coordinator. Invite another coordinator first"))
        return _ask_about(request, membership, "accounts/membership_role.html", form)
    return _back_to_people(request, membership)


def membership_end(request: SignedInRequest, partnership: str, code: str) -> HttpResponse:
    """Ask whether to end a membership, and end it."""
    membership = access.membership_to_manage(request.user, partnership, code)
    form = confirmation(_("End the membership"))
    if request.method != "POST":
        return _ask_about(request, membership, "accounts/membership_end.html", form)
    done = _("%(name)s’s membership has ended.") % {"name": membership.user.name}
    if _is_own(request, membership):
        done = _("Your membership has ended.")
    try:
        _do(request, done, lambda: services.end_membership(membership=membership, by=request.user))
    except services.OnlyCoordinator:
        return _ask_about(request, membership, "accounts/membership_end.html", form, status=HTTPStatus.CONFLICT)
    return _back_to_people(request, membership)


def post_end(request: SignedInRequest, region: str, code: str) -> HttpResponse:
    """Ask whether to end a post in a Government Office, and end it."""
    post = access.post_to_manage(request.user, region, code)
    if request.method != "POST":
        return render(request, "accounts/post_end.html", {"form": confirmation(_("End the post")), "post": post})
    done = _("%(name)s’s post has ended.") % {"name": post.user.name}
    _do(request, done, lambda: services.end_post(post=post, by=request.user))
    return redirect("accounts:region_people", region)


def invitation_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask whether to withdraw an invitation, and withdraw it."""
    invitation = access.invitation_to_manage(request.user, code)
    if request.method != "POST":
        context = {"form": confirmation(_("Withdraw the invitation")), "invitation": invitation}
        return render(request, "accounts/invitation_withdraw.html", context)
    done = _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email}
    _do(request, done, lambda: services.withdraw_invitation(invitation=invitation, by=request.user))
    if invitation.region is not None:
        return redirect("accounts:region_people", invitation.region.slug)
    return redirect("accounts:people", invitation.partnership.slug if invitation.partnership else "")


@login_not_required
@never_cache
def join(request: PortalRequest, token: str) -> HttpResponse:
    """Let whoever holds the link join, or say why the link does not work."""
    try:
        invitation = services.find_invitation(token, now=request.arrived_at)
        user = request.user if isinstance(request.user, User) else None
        return _join_as(request, invitation, token, user) if user else _join_new(request, invitation, token)
    except services.SignInFirst:
        return render(request, "accounts/join_sign_in.html", {"invitation": invitation})
    except services.LinkRefused as error:
        reason, status = REFUSED[type(error)]
        return render(request, "accounts/link_refused.html", {"reason": reason}, status=status)


def _join_as(request: PortalRequest, invitation: Invitation, token: str, user: User) -> HttpResponse:
    """Add the seat to somebody who is signed in, if the invitation is theirs."""
    if user.email.lower() != invitation.email.lower():
        return render(request, "accounts/join_other.html", {"invitation": invitation}, status=HTTPStatus.CONFLICT)
    if request.method != "POST":
        context = {"form": confirmation(_("Join"), variant=""), "invitation": invitation}
        return render(request, "accounts/join_as.html", context)
    services.accept_invitation(token=token, user=user, now=request.arrived_at)
    messages.success(request, _("You have joined %(place)s.") % {"place": invitation.place})
    return redirect("home")


def _join_new(request: PortalRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Make an account for somebody who has none, and sign them in."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise services.SignInFirst
    form = JoinForm(_posted(request), invitation=invitation)
    if not form.is_valid():
        return render(request, "accounts/join.html", {"form": form, "invitation": invitation})
    person = services.accept_invitation(token=token, now=request.arrived_at, **form.cleaned_data)
    messages.success(request, _("Your account is ready. You have joined %(place)s.") % {"place": invitation.place})
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response


@login_not_required
def password_reset(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password, or say whom to ask where the portal has no mail server."""
    if not letters.can_send():
        return render(request, "accounts/no_mail.html")
    response: HttpResponse = allauth_views.password_reset(request)
    return response


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _invitation_made(request: SignedInRequest, invitation: Invitation, link: str) -> HttpResponse:
    """Show the link, once: it is kept nowhere, so this page is the answer to the form and not an address."""
    was_sent = letters.send_invitation(invitation, link)
    context = {"invitation": invitation, "link": link, "was_sent": was_sent}
    return render(request, "accounts/invitation_made.html", context)


def _do(request: HttpRequest, done: str, change: Callable[[], None]) -> None:
    try:
        change()
    except services.AlreadyEnded:
        messages.info(request, _("Somebody else has just changed this. Nothing more was done."))
    else:
        messages.success(request, done)


def _ask_about(
    request: SignedInRequest, membership: Membership, template: str, form: GovukForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    is_coordinator = membership.role == Role.COORDINATOR
    is_last = is_coordinator and not Membership.objects.succeeding(membership).exists()
    context = {
        "form": form,
        "membership": membership,
        "is_own": _is_own(request, membership),
        "is_last": is_last,
        "needs_successor": is_last and not request.user.is_staff,
    }
    return render(request, template, context, status=status)


def _is_own(request: SignedInRequest, membership: Membership) -> bool:
    return membership.user_id == request.user.pk


def _back_to_people(request: SignedInRequest, membership: Membership) -> HttpResponse:
    # Who has just given up their own role may not see the people page any more.
    gone = _is_own(request, membership) and not request.user.is_staff
    return redirect("home") if gone else redirect("accounts:people", membership.agency.partnership.slug)
