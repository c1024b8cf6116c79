"""The demonstration, made once for each file that looks at it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from hallmarks import outline
from tests.cdrp_portal.demonstrating import PASSWORD, Told, make


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """Make the demonstration once for a file, in a transaction that the tests' own ones nest in."""
    # This comes before what every test forgets, and the database uses the same keys again.
    outline.forget()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as quick, transaction.atomic():
        quick.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        yield make(PASSWORD)
        transaction.set_rollback(True)


@pytest.fixture
def made(everything: Told, db: None) -> Told:
    """What the demonstration told while it was made; it is in the database."""
    return everything
