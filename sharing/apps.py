from django.apps import AppConfig


class SharingConfig(AppConfig):
    """What partners pass to each other, quarter by quarter, and the plan of their year."""

    name = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
