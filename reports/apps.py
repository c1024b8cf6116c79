from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Comparison and reports: reads only, owns no tables."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
