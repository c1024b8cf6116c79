from django.apps import AppConfig


class HallmarksConfig(AppConfig):
    """What good looks like: every published criteria set."""

    name = "hallmarks"
    default_auto_field = "django.db.models.BigAutoField"
