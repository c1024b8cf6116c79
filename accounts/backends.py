"""Whose password is believed."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import User
from accounts.prepared import Prepared, columns, instance

USER = columns("", User)
# Asked at every request.
_USERS = Prepared(lambda user: User.objects.filter(pk=user).order_by().values_list(*USER), number=["user"])


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by email address; asked again at every request, so whoever is disabled is out at once."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Refuse the disabled, and in production the made-up people whose password is in the README."""
        made_up = getattr(user, "is_demonstration", False)
        return user.is_active and not (settings.PRODUCTION and made_up)

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, as they are now; None where they may not sign in any more."""
        for row in _USERS.rows(user=user_id):
            user: User = instance(User, USER, row)
            return user if self.user_can_authenticate(user) else None
        return None
