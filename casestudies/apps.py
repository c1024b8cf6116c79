from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    """What partnerships can learn from each other."""

    name = "casestudies"
    default_auto_field = "django.db.models.BigAutoField"
