"""`manage.py runserver`: Django's server for one machine, with links that lead to it."""

from typing import Any

from django.conf import settings
from whitenoise.runserver_nostatic.management.commands import runserver

from cdrp_portal import environment as env

# What a server listens on that listens everywhere; a link cannot lead there.
EVERYWHERE = {"0", "0.0.0.0", "::"}  # noqa: S104 - compared with, not listened on


class Command(runserver.Command):  # type: ignore[misc]
    """Serves; links in invitations and e-mails name the port that is served, unless SITE_URL says where they lead."""

    def inner_run(self, *args: Any, **options: Any) -> None:
        """Set the address of links, then serve."""
        if not env.text("SITE_URL"):
            host = "127.0.0.1" if self.addr in EVERYWHERE else f"[{self.addr}]" if self._raw_ipv6 else self.addr
            settings.SITE_URL = f"http://{host}:{self.port}"
        super().inner_run(*args, **options)
