"""The request as our views know it."""

from datetime import datetime

from django.http import HttpRequest

from accounts.models import User


class PortalRequest(HttpRequest):
    """Any request; `arrived_at` is when the server received it, which is what deadlines are judged by."""

    arrived_at: datetime


class SignedInRequest(PortalRequest):
    """A request that passed the sign-in middleware, so it has a person."""

    user: User
