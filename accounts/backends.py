"""Whose password is believed."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by email address; asked again at every request, so whoever is disabled is out at once."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Refuse the disabled, and in production the made-up people whose password is in the README."""
        made_up = getattr(user, "is_demonstration", False)
        return user.is_active and not (settings.PRODUCTION and made_up)
