from django.apps import AppConfig
from django.core.checks import Tags, register

from cdrp_portal import checks


class PortalConfig(AppConfig):
    """Joins the apps, and checks that the machine is fit for them."""

    name = "cdrp_portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        register(checks.secret_key, Tags.security)
        register(checks.database_engine, Tags.security)
        register(checks.mail_server, "mail")
        register(checks.pdf_libraries, "pdf")
        for check in (checks.demonstration_people, checks.durability, checks.cache_table):
            register(check, Tags.database)
