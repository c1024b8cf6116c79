from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """What the Government Office reads and says."""

    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
