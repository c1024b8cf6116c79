from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Comparison and reports: reads everything below it, and remembers what it rendered and took in."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
