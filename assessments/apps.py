from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What partnerships say about themselves."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
