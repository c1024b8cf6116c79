from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Mail that is to be sent, kept with what it tells of."""

    name = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
