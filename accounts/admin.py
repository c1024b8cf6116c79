"""People behind the scenes: look at everything, change only whether somebody may sign in or administer."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Invitation, Membership, RegionalPost, User
from partnerships.admin import ReadOnlyAdmin


def change_password(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Lead from the admin's own page, which nothing audits, to the portal's."""
    return redirect("account_change_password")


# The admin's own sign-in would go round the throttle and the second step.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign,assignment]
# Groups and permissions would be a second answer to who-may-do-what; the others hold secrets of the sign-in.
for model in (Group, EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who works where."""

    list_display = ["user", "agency", "role", "standpoint", "started_at", "ended_at"]
    list_select_related = ["user", "agency__partnership"]
    list_filter = ["role"]
    search_fields = ["user__name", "user__email", "agency__partnership__name"]


@admin.register(RegionalPost)
class RegionalPostAdmin(ReadOnlyAdmin):
    """Who works for a Government Office."""

    list_display = ["user", "region", "can_review", "started_at", "ended_at"]
    list_select_related = ["user", "region"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who was invited; the link itself is kept nowhere."""

    list_display = ["email", "agency", "region", "role", "expires_at", "accepted_at", "withdrawn_at"]
    list_select_related = ["agency", "region"]
    search_fields = ["email"]
    exclude = ["token_hash"]


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Disabling and enabling people; only a superuser decides who is an administrator, and nobody about themselves."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    actions = ["give_password_link"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators change ordinary people, superusers everybody but themselves."""
        if obj is None or not self.has_view_permission(request):
            return self.has_view_permission(request)
        return obj.pk != request.user.pk and (_is_superuser(request) or not obj.is_staff)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Leave only the two powers open, and the second to superusers."""
        open_fields = {"is_active", "is_staff"} if _is_superuser(request) else {"is_active"}
        return [name for name in self.fields or () if isinstance(name, str) and name not in open_fields]

    def save_model(self, request: HttpRequest, obj: Any, form: "ModelForm[Model]", change: bool) -> None:
        """Change powers through the service, so that it is audited."""
        user = User.objects.get(pk=obj.pk)
        is_staff = obj.is_staff if _is_superuser(request) else user.is_staff
        services.set_powers(user=user, is_active=obj.is_active, is_administrator=is_staff, by=_user(request))

    @admin.action(description=_("Give one person a link to set a new password"))
    def give_password_link(self, request: HttpRequest, people: QuerySet[User]) -> HttpResponse | None:
        """Show, once, a link that the person uses to choose a password where there is no mail server."""
        person = people.first() if people.count() == 1 else None
        if person is None or not person.is_active or not self.has_change_permission(request, person):
            self.message_user(request, _("Choose one person who can sign in, and not yourself."), "ERROR")
            return None
        link = services.password_link(user=person, by=_user(request))
        return render(request, "accounts/password_link.html", {"person": person, "link": link})


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
    return request.user
