from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are, and what they may see."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
