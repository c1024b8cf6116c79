import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts import services
from accounts.models import User


class Command(BaseCommand):
    """Makes an administrator; the first one can only come from here."""

    help = "Make a person an administrator; asks for a password, or prints a link to set one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, the name, and where the password comes from."""
        parser.add_argument("email")
        parser.add_argument("name")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--password-from-env", metavar="VAR", help="take the password from this variable")
        how.add_argument("--link", action="store_true", help="print a link with which they set a password")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything first, then make the administrator."""
        email, name = options["email"].strip().lower(), options["name"].strip()
        self._check(email, name)
        password = None if options["link"] else _password(options["password_from_env"])
        if password is not None:
            _refuse_weak(password, User(email=email, name=name))
        person = services.make_administrator(email=email, name=name, password=password)
        self.stdout.write(f"{person.email} is an administrator.")
        if options["link"]:
            link = services.password_link(user=person, by=None)
            self.stdout.write(f"They set a password here; it works once, for an hour:\n{link}")

    def _check(self, email: str, name: str) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"“{email}” is not an email address.") from None
        if not 0 < len(name) <= 120:
            raise CommandError("Give a name of 1 to 120 characters.")


def _password(variable: str | None) -> str:
    if variable is None:
        return _asked()
    password = os.environ.get(variable, "")
    if not password:
        raise CommandError(f"The variable {variable} is not set.")
    return password


def _asked() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password again: "):
        raise CommandError("The two passwords are not the same. Nothing was changed.")
    return password


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
